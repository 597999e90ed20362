//! `GET /wiki/api/v2/footer-comments/{id}`, `/inline-comments/{id}`: one comment.
//!
//! `version` names a former version, for people who see the past; `body-format`;
//! `include-operations`, `include-versions`, `include-version`, `include-properties`,
//! `include-likes`.

use super::find;
use crate::call::{Call, OrAbsent as _};
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v2::represent::body::BodyFormat;
use crate::rest::v2::represent::comment::Comment;
use crate::rest::v2::represent::include::Include;
use crate::route::Answer;
use narthex_access::CommentPlace;
use narthex_site::version::Versioned;

pub(super) async fn handle(call: Call, place: CommentPlace) -> Answer {
    let query = call.query();
    let format = BodyFormat::of(&query)?;
    let include = Include::of(&query)?;
    let version: Option<u32> = query.parsed("version", "the number of a version")?;
    let row = find(&call, place)?;
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let comment = match version.filter(|number| *number != row.version) {
        None => Comment::of(lens, row, format).await?,
        Some(number) => {
            let of = Versioned::Comment(row.id);
            let read = lens
                .site
                .version(lens.view, of, number)
                .await?
                .or_absent()?;
            let comment = Comment::of(lens, row, BodyFormat::None).await?;
            comment.former(lens, row.id, &read, format).await?
        }
    };
    respond::ok(&comment.including(lens, row, include).await?.alone(lens))
}
