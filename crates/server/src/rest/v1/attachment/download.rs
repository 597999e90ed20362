//! Downloads an attachment: `GET .../child/attachment/{attachment}/download` and
//! `/wiki/download/attachments/{id}/{file}`; smaller pictures:
//! `/wiki/download/thumbnails/{id}/{file}`. `?version=` names a former version.

use crate::call::Call;
use crate::rest::file;
use crate::route::Answer;

pub(super) async fn handle_by_id(call: Call) -> Answer {
    file::answer(&call, file::of_page(&call)?).await
}

pub(super) async fn handle_by_name(call: Call) -> Answer {
    file::answer(&call, file::named(&call)?).await
}

pub(super) async fn handle_thumbnail(call: Call) -> Answer {
    file::thumbnail(&call, file::named(&call)?).await
}
