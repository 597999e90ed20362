//! Journal entries about people, which the operations on accounts and groups write.

use narthex_store::change::Event;

/// Makes an entry of a kind about a person or thing; the caller adds the values before and after.
/// An entry holds names and e-mail addresses, never a secret.
pub(crate) fn entry(kind: &'static str, object: impl Into<String>) -> Event {
    Event {
        kind,
        space: None,
        page: None,
        object: object.into(),
        before: None,
        after: None,
    }
}
