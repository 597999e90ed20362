//! `GET .../versions`: the versions of something, the newest first.
//!
//! `sort=modified-date` turns the order round; `body-format` answers the text of
//! each version of a page or comment; `cursor`, `limit`.

use super::Subject;
use crate::call::Call;
use crate::failure::Failure;
use crate::rest::keyset::Sort;
use crate::rest::lens::Lens;
use crate::rest::paging::{After, answer_v2};
use crate::rest::v2::represent::body::{Body, BodyFormat};
use crate::rest::v2::represent::comment;
use crate::rest::v2::represent::version::Version;
use crate::route::Answer;
use narthex_site::version::Versioned;
use narthex_store::past::{VersionRead, VersionRun};
use serde::Serialize;
use std::collections::BTreeMap;

/// A version, and what it is a version of, under the name of that: `page`,
/// `blogpost`, `comment` or `attachment`.
#[derive(Serialize)]
struct Entry {
    #[serde(flatten)]
    version: Version,
    #[serde(flatten)]
    of: BTreeMap<&'static str, Told>,
}

#[derive(Serialize)]
struct Told {
    title: String,
    id: String,
    body: Body,
}

pub(super) async fn handle(call: Call, subject: Subject, name: &'static str) -> Answer {
    let query = call.query();
    let format = BodyFormat::of(&query)?;
    let after = After::<u32>::of(&query, 25)?;
    let sort = Sort::of(&query, &[("modified-date", ())], Sort::descending(()))?;
    let of = subject(&call)?;
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let run = VersionRun {
        newest_first: sort.descending,
        after: after.last,
        limit: after.limit.saturating_add(1),
    };
    let mut read = lens.site.versions(lens.view, of, run).await?;
    let more = read.len() > after.limit;
    read.truncate(after.limit);
    let next = read.last().filter(|_| more).map(|v| v.number.to_string());
    let mut results = Vec::with_capacity(read.len());
    for version in &read {
        results.push(Entry {
            version: Version::read(lens, version),
            of: [(name, told(lens, of, version, format).await?)].into(),
        });
    }
    answer_v2(&call, results, next)
}

async fn told(
    lens: Lens<'_>,
    of: Versioned,
    version: &VersionRead,
    format: BodyFormat,
) -> Result<Told, Failure> {
    let (page, title, id, text) = match of {
        Versioned::Page(id) => {
            let text = if format == BodyFormat::None {
                None
            } else {
                lens.site.past_body(lens.view, id, version.number).await?
            };
            let page = lens.view.page(id)?;
            (page, version.title.clone(), id.to_string(), text)
        }
        Versioned::Comment(id) => {
            let text = if format == BodyFormat::None {
                None
            } else {
                lens.site
                    .past_comment_body(lens.view, id, version.number)
                    .await?
            };
            let page = lens.view.page(lens.view.comment(id)?.page)?;
            (page, comment::title(page), id.to_string(), text)
        }
        Versioned::Attachment(id) => {
            let row = lens.view.attachment(id)?;
            let page = lens.view.page(row.page)?;
            (page, row.file_name.to_string(), format!("att{id}"), None)
        }
    };
    let body = Body::of_text(lens, page, text.as_ref(), format).await?;
    Ok(Told { title, id, body })
}
