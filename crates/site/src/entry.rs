//! Entries of the journal about people, as an operation writes them.

use narthex_store::change::Event;

/// An entry of a kind about somebody or something; whoever writes it adds the
/// values before and after. It holds names and e-mail addresses, never a secret.
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
