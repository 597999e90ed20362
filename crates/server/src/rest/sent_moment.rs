//! Reads a moment that a request sends, as `2020-01-02T03:04:05.000Z`.

use crate::failure::Failure;
use crate::request::json::{Node, Object};
use narthex_access::Millis;

/// Reads the moment that a blog post is to be dated with, as v2 sends it: `createdAt`.
///
/// # Errors
/// Bad request if it isn't a date and time with an offset.
pub fn created_at(request: &Object<'_>) -> Result<Option<Millis>, Failure> {
    request
        .optional("createdAt")?
        .map(|sent| read(&sent))
        .transpose()
}

/// Reads the moment that a blog post is to be dated with, as v1 sends it, in the member that also
/// has it in responses: `history.createdDate`.
///
/// # Errors
/// As [`created_at`].
pub fn created_date(request: &Object<'_>) -> Result<Option<Millis>, Failure> {
    let Some(history) = request.optional("history")? else {
        return Ok(None);
    };
    history
        .object()?
        .optional("createdDate")?
        .map(|sent| read(&sent))
        .transpose()
}

fn read(sent: &Node<'_>) -> Result<Millis, Failure> {
    let text = sent.string()?;
    let read: Result<jiff::Timestamp, _> = text.trim().parse();
    read.map(jiff::Timestamp::as_millisecond).map_err(|_| {
        Failure::bad_request(format!(
            "the member \"{}\" must be a date and time as 2020-01-02T03:04:05.000Z",
            sent.path()
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::body::Held;
    use crate::request::json::Document;

    fn sent(text: &str) -> Result<Option<Millis>, Failure> {
        let body = format!("{{\"createdAt\":{text}}}");
        let document = Document::new(body.into(), Held::default()).unwrap();
        created_at(&document.object().unwrap())
    }

    #[test]
    fn a_moment_is_read_as_it_is_answered_and_with_other_offsets() {
        for text in [
            "2020-01-02T03:04:05.000Z",
            "2020-01-02T03:04:05Z",
            "2020-01-02T04:04:05.000+01:00",
            "2020-01-02T04:04:05.000+0100",
            "2020-01-01T22:04:05.000-05",
        ] {
            let read = sent(&format!("\"{text}\"")).unwrap();
            assert_eq!(read, Some(1_577_934_245_000), "{text}");
        }
        assert_eq!(sent("null").unwrap(), None);
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for text in [
            "\"\"",
            "\"2020-01-02\"",
            "\"2020-01-02T03:04:05\"",
            "1577934245000",
            "{}",
        ] {
            assert!(sent(text).is_err(), "{text}");
        }
    }
}
