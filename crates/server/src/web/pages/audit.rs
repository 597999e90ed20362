//! Administration: the audit log.

use askama::Template;

use crate::web::pages::Text;
use crate::web::pages::chrome::Chrome;
use crate::web::pages::moment::Moment;
use crate::web::paths;

/// `/wiki/admin/audit`: a reading of the journal, newest first.
#[derive(Clone, Debug, Template)]
#[template(path = "admin/audit.html")]
pub struct AuditLog<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The entries of this page.
    pub entries: Vec<AuditEntry<'a>>,
    /// Where newer entries are.
    pub newer: Option<Text<'a>>,
    /// Where older entries are.
    pub older: Option<Text<'a>>,
}

/// One change.
#[derive(Clone, Debug)]
pub struct AuditEntry<'a> {
    /// When.
    pub at: Moment,
    /// Who; `None` for the system itself.
    pub actor: Option<Text<'a>>,
    /// What, in a few words, e.g. `Unlicensed view of a space`.
    pub what: Text<'a>,
    /// Which thing, e.g. a space key or an e-mail address.
    pub object: Text<'a>,
    /// What it was; empty where there was nothing.
    pub before: Text<'a>,
    /// What it has become; empty where nothing remains.
    pub after: Text<'a>,
}
