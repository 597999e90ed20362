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

/// `?tab=user-groups`: the groups and the access they give.
#[derive(Clone, Debug, Template)]
#[template(path = "admin/global_user_groups.html")]
pub struct UserGroupsTab<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The groups, by name.
    pub groups: Vec<GroupAccess<'a>>,
}

/// The access that membership of one group gives.
#[derive(Clone, Debug)]
pub struct GroupAccess<'a> {
    /// The id of the group.
    pub id: Text<'a>,
    /// The name of the group.
    pub name: Text<'a>,
    /// The access of its members to Confluence.
    pub access: ConfluenceAccess,
    /// Whether its members administer the product.
    pub administers: bool,
    /// The number of its members.
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
    /// The display name of the account.
    pub name: Text<'a>,
    /// The e-mail address of the account.
    pub email: Text<'a>,
    /// Key and name of the assigned space; `None` if there is none.
    pub space: Option<(Text<'a>, Text<'a>)>,
}

/// `?tab=jsm`: *Use Confluence* for active accounts without a licence (`jsm_access`).
#[derive(Clone, Debug, Template)]
#[template(path = "admin/global_jsm.html")]
pub struct JsmTab<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// Says who reads what through this switch at the moment.
    pub now: Text<'a>,
    /// Whether the switch is on.
    pub jsm_access: bool,
    /// The number of spaces that any active user can view, as set.
    pub open_spaces: Count,
    /// Key and name of the first of them, by name.
    pub spaces: Vec<(Text<'a>, Text<'a>)>,
}

/// `?tab=anonymous`: *Use Confluence* for people who aren't signed in.
#[derive(Clone, Debug, Template)]
#[template(path = "admin/global_anonymous.html")]
pub struct AnonymousTab<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// Says what anonymous visitors read at the moment.
    pub now: Text<'a>,
    /// Whether the switch `anonymous_access` is on.
    pub anonymous_access: bool,
    /// Whether the switch `enforce_anonymous` is on.
    pub enforce_anonymous: bool,
    /// Whether the switch `jsm_access` is on: the older rule reaches accounts without a licence
    /// only while it is.
    pub jsm_access: bool,
    /// Whether anonymous visitors may view user profiles.
    pub user_profiles: bool,
    /// Whether anonymous visitors see the names of authors.
    pub author_names: bool,
    /// Whether search engines may list the content that anonymous visitors can view.
    pub indexing: bool,
    /// The number of spaces with anonymous view, as set.
    pub open_spaces: Count,
}

impl AnonymousTab<'_> {
    /// Returns whether enforcement and anonymous access are both off, so that anonymous grants let
    /// signed-in people in (law 2.6).
    fn older_rule(&self) -> bool {
        !self.anonymous_access && !self.enforce_anonymous
    }
}
