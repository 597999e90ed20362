//! Administration: the audit log.

use askama::Template;

use crate::web::pages::Text;
use crate::web::pages::chrome::Chrome;
use crate::web::pages::moment::Moment;
use crate::web::paths;

/// `/wiki/admin/audit`: the entries of the journal as text, newest first.
#[derive(Clone, Debug, Template)]
#[template(path = "admin/audit.html")]
pub struct AuditLog<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The entries of this page.
    pub entries: Vec<AuditEntry<'a>>,
    /// The address of newer entries; `None` if there are none.
    pub newer: Option<Text<'a>>,
    /// The address of older entries; `None` if there are none.
    pub older: Option<Text<'a>>,
}

/// One change in the log.
#[derive(Clone, Debug)]
pub struct AuditEntry<'a> {
    /// The instant of the change.
    pub at: Moment,
    /// The person who made the change; `None` for the system itself.
    pub actor: Option<Text<'a>>,
    /// The kind of change in a few words, e.g. `Unlicensed view of a space`.
    pub what: Text<'a>,
    /// The thing that was changed, e.g. a space key or an e-mail address.
    pub object: Text<'a>,
    /// The value before; empty if there was none.
    pub before: Text<'a>,
    /// The value after; empty if there is none any more.
    pub after: Text<'a>,
}
