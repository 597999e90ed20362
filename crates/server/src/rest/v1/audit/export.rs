//! `GET /wiki/rest/api/audit/export?startDate=&endDate=&searchString=&format=`: the audit log of
//! the site in CSV, newest first; with `format=zip` in an archive. It is written bit by bit, and
//! access is decided anew for each bit.

use super::archive::Archive;
use super::list::filter;
use crate::call::Call;
use crate::failure::Failure;
use crate::rest::lens::moment;
use crate::route::Answer;
use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use futures_util::stream::{self, Stream, StreamExt};
use http::HeaderValue;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use narthex_access::Credential;
use narthex_site::audit::{AuditEntry, AuditFilter, AuditPlace};
use narthex_site::{Site, SiteError};
use std::error::Error;

const HEAD: &str = "Date,Author,Account ID,Event,Space,Page,About,Before,After\r\n";

pub(super) async fn handle(call: Call) -> Answer {
    call.require_account()?;
    let query = call.query();
    let zipped = match query.get("format") {
        None | Some("csv") => false,
        Some("zip") => true,
        Some(_) => {
            return Err(Failure::bad_request(
                "the query parameter \"format\" must be csv or zip",
            ));
        }
    };
    let filter = filter(&query)?;
    let reading = Reading {
        site: call.app.site.clone(),
        credential: call.credential.clone(),
        filter,
    };
    // People who may not read the log get an error before anything is sent.
    let (first, next) = reading.bit(None).await?;
    let head = stream::once(async move { Ok(Bytes::from(format!("{HEAD}{first}"))) });
    let rest = stream::try_unfold((reading, next), async |(reading, next)| {
        let Some(place) = next else {
            return Ok::<_, SiteError>(None);
        };
        let (text, next) = reading.bit(Some(place)).await?;
        Ok(Some((Bytes::from(text), (reading, next))))
    });
    let lines = StreamExt::chain(head, rest);
    if zipped {
        let body = Body::from_stream(in_archive(lines, Archive::of("audit.csv")));
        return Ok(file(body, "application/zip", "audit.zip"));
    }
    let body = Body::from_stream(lines);
    Ok(file(body, "text/csv; charset=utf-8", "audit.csv"))
}

/// The error that an export breaks off with.
type Broken = Box<dyn Error + Send + Sync>;

/// Turns a text into the file of an archive.
fn in_archive(
    text: impl Stream<Item = Result<Bytes, SiteError>> + Send,
    archive: Archive,
) -> impl Stream<Item = Result<Bytes, Broken>> + Send {
    let begun = (Box::pin(text), Some(archive));
    stream::try_unfold(begun, async |(mut text, archive)| {
        let Some(mut archive) = archive else {
            return Ok::<_, Broken>(None);
        };
        Ok(Some(match text.next().await.transpose()? {
            Some(bytes) => (archive.write(&bytes)?, (text, Some(archive))),
            None => (archive.end()?, (text, None)),
        }))
    })
}

fn file(body: Body, media_type: &'static str, name: &str) -> Response {
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(CONTENT_DISPOSITION, value);
    }
    response
}

/// The state of reading the log for one export.
struct Reading {
    site: Site,
    credential: Credential,
    filter: AuditFilter,
}

impl Reading {
    /// Returns the lines after a position, and the position that they end at if there are more.
    async fn bit(
        &self,
        after: Option<AuditPlace>,
    ) -> Result<(String, Option<AuditPlace>), SiteError> {
        let page = self
            .site
            .audit_after(&self.credential, &self.filter, after)
            .await?;
        let lines = page.entries.iter().map(line).collect();
        Ok((lines, page.end.filter(|_| page.more)))
    }
}

fn line(entry: &AuditEntry) -> String {
    let cells = [
        moment(entry.at),
        entry.actor_name.clone(),
        entry.actor.map(|id| id.to_string()).unwrap_or_default(),
        entry.kind.clone(),
        entry.space.as_deref().unwrap_or_default().to_owned(),
        entry.page.map(|id| id.to_string()).unwrap_or_default(),
        entry.object.clone(),
        entry.before.clone().unwrap_or_default(),
        entry.after.clone().unwrap_or_default(),
    ];
    let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
    format!("{}\r\n", cells.join(","))
}

/// Writes a cell in quotes. A text that a spreadsheet would take for a formula gets an apostrophe
/// before it, because the words were written by people.
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let shield = if formula { "'" } else { "" };
    format!("\"{shield}{}\"", cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_cell_ends_where_it_should_and_is_no_formula() {
        assert_eq!(quoted("a \"b\", c"), "\"a \"\"b\"\", c\"");
        assert_eq!(quoted("=1+1"), "\"'=1+1\"");
    }
}
