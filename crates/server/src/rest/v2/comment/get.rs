//! `GET /wiki/api/v2/footer-comments/{id}`: one comment.

use crate::call::Call;
use crate::failure::Failure;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v2::represent::body::BodyFormat;
use crate::rest::v2::represent::comment::Comment;
use crate::route::Answer;
use narthex_access::ContentState;

pub(super) async fn handle(call: Call) -> Answer {
    let format = BodyFormat::of(&call.query())?;
    let row = call.view.comment(call.id("id")?)?;
    // What is in the trash is shown by v1, to who asks for it there.
    if row.state == ContentState::Trashed {
        return Err(Failure::Absent);
    }
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    respond::ok(&Comment::of(lens, row, format).await?)
}
