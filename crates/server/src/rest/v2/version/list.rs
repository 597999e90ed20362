//! `GET .../versions`: the versions of an object, newest first.
//!
//! `sort=modified-date` reverses the order; `body-format` adds the text of each version of a page
//! or comment; `cursor`, `limit`.

use super::Subject;
use crate::call::Call;
use crate::failure::Failure;
use crate::rest::keyset::Sort;
use crate::rest::lens::Lens;
use crate::rest::paging::{After, answer_written_v2};
use crate::rest::v2::represent::body::{Body, BodyFormat};
use crate::rest::v2::represent::comment;
use crate::rest::v2::represent::version::Version;
use crate::rest::written::Entries;
use crate::route::Answer;
use narthex_site::version::Versioned;
use narthex_store::past::{VersionRead, VersionRun};
use serde::Serialize;
use std::collections::BTreeMap;

/// A version, and the content that it is a version of, under its type: `page`, `blogpost`,
/// `comment` or `attachment`.
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
    let mut results = Entries::new(lens);
    for version in &read {
        let entry = Entry {
            version: Version::read(lens, version),
            of: [(name, told(lens, of, version, format).await?)].into(),
        };
        if !results.push(&entry)? {
            break;
        }
    }
    let more = more || results.len() < read.len();
    let last = results.len().checked_sub(1).and_then(|last| read.get(last));
    let next = last.filter(|_| more).map(|v| v.number.to_string());
    answer_written_v2(&call, results, next)
}

async fn told(
    lens: Lens<'_>,
    of: Versioned,
    version: &VersionRead,
    format: BodyFormat,
) -> Result<Told, Failure> {
    let (title, id) = match of {
        Versioned::Page(id) => (version.title.clone(), id.to_string()),
        Versioned::Comment(id) => {
            let page = lens.view.page(lens.view.comment(id)?.page)?;
            (comment::title(page), id.to_string())
        }
        Versioned::Attachment(id) => {
            let row = lens.view.attachment(id)?;
            (row.file_name.to_string(), format!("att{id}"))
        }
    };
    let body = Body::of_version(lens, of, version.number, format).await?;
    Ok(Told { title, id, body })
}
