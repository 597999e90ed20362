//! `GET /wiki/api/v2/attachments/{id}`: one attachment.
//!
//! `version` names a former version, for people who see the past; `include-operations`,
//! `include-versions`, `include-version`, `include-labels`, `include-properties`.

use crate::call::{Call, OrAbsent as _};
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v2::represent::attachment::Attachment;
use crate::rest::v2::represent::include::Include;
use crate::route::Answer;
use narthex_site::version::Versioned;

pub(super) async fn handle(call: Call) -> Answer {
    let query = call.query();
    let include = Include::of(&query)?;
    let version: Option<u32> = query.parsed("version", "the number of a version")?;
    let row = super::find(&call)?;
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let mut attachment = Attachment::of(lens, row)?;
    if let Some(number) = version.filter(|number| *number != row.version) {
        let of = Versioned::Attachment(row.id);
        let read = lens
            .site
            .version(lens.view, of, number)
            .await?
            .or_absent()?;
        attachment = attachment.former(lens, &read);
    }
    respond::ok(&attachment.including(lens, row, include).await?)
}
