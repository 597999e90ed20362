//! `GET /wiki/api/v2/folders/{id}`: one folder that isn't in the trash.
//!
//! `include-operations`, `include-properties`; its collaborators and its direct children are never
//! included.

use crate::call::Call;
use crate::failure::Failure;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v2::page::find;
use crate::rest::v2::represent::folder::Folder;
use crate::rest::v2::represent::include::Include;
use crate::route::Answer;
use narthex_access::{PageKind, PageState};

pub(super) async fn handle(call: Call) -> Answer {
    let query = call.query();
    let include = Include {
        operations: query.flag("include-operations")?,
        properties: query.flag("include-properties")?,
        ..Include::NOTHING
    };
    let folder = find(&call, &call.view, PageKind::Folder)?;
    if folder.row().state != PageState::Live {
        return Err(Failure::Absent);
    }
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    respond::ok(&Folder::of(lens, folder, include).await?)
}
