//! `/wiki/admin/permissions/global`: who may use Confluence on this site, in four tabs.
//!
//! Each switch is a link to its confirmation, `?tab=TAB&change=FACT&to=on|off`: see
//! [`ConfirmChange`](crate::web::pages::confirm::ConfirmChange).

use askama::Template;

use crate::web::pages::Text;
use crate::web::pages::access::ConfluenceAccess;
use crate::web::pages::chrome::Chrome;
use crate::web::pages::moment::Count;
use crate::web::paths;

/// `?tab=user-groups`: the groups and what they give.
#[derive(Clone, Debug, Template)]
#[template(path = "admin/global_user_groups.html")]
pub struct UserGroupsTab<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The groups, by name.
    pub groups: Vec<GroupAccess<'a>>,
}

/// What membership of one group gives.
#[derive(Clone, Debug)]
pub struct GroupAccess<'a> {
    /// The id.
    pub id: Text<'a>,
    /// The name.
    pub name: Text<'a>,
    /// Which access its members get.
    pub access: ConfluenceAccess,
    /// Whether its members administer the product.
    pub administers: bool,
    /// How many members it has.
    pub members: Count,
}

/// `?tab=guests`: the guests and the one space each is assigned.
#[derive(Clone, Debug, Template)]
#[template(path = "admin/global_guests.html")]
pub struct GuestsTab<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The guests, by name.
    pub guests: Vec<GuestLine<'a>>,
}

/// One guest.
#[derive(Clone, Debug)]
pub struct GuestLine<'a> {
    /// The id of the account.
    pub id: Text<'a>,
    /// The display name.
    pub name: Text<'a>,
    /// The e-mail address.
    pub email: Text<'a>,
    /// Key and name of the assigned space.
    pub space: Option<(Text<'a>, Text<'a>)>,
}

/// `?tab=jsm`: *Use Confluence* for active accounts without a licence (`jsm_access`).
#[derive(Clone, Debug, Template)]
#[template(path = "admin/global_jsm.html")]
pub struct JsmTab<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// Who reads what by this right now.
    pub now: Text<'a>,
    /// Whether the switch is on.
    pub jsm_access: bool,
    /// How many spaces any active user can view, as set.
    pub open_spaces: Count,
    /// The first of them by name: key and name.
    pub spaces: Vec<(Text<'a>, Text<'a>)>,
}

/// `?tab=anonymous`: *Use Confluence* for nobody in particular.
#[derive(Clone, Debug, Template)]
#[template(path = "admin/global_anonymous.html")]
pub struct AnonymousTab<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// What the internet reads right now.
    pub now: Text<'a>,
    /// `anonymous_access`.
    pub anonymous_access: bool,
    /// `enforce_anonymous`.
    pub enforce_anonymous: bool,
    /// `jsm_access`: the older rule reaches accounts without a licence only while it is on.
    pub jsm_access: bool,
    /// *View user profiles*.
    pub user_profiles: bool,
    /// Whether anonymous sees the names of authors.
    pub author_names: bool,
    /// Whether search engines may list what anonymous can view.
    pub indexing: bool,
    /// How many spaces have anonymous view, as set.
    pub open_spaces: Count,
}

impl AnonymousTab<'_> {
    /// Law 2.6: enforcement off and anonymous access off, so that anonymous grants let signed-in
    /// people in.
    fn older_rule(&self) -> bool {
        !self.anonymous_access && !self.enforce_anonymous
    }
}
