//! The catalogue: everything that is needed to decide and to list, at one revision.
//!
//! It is immutable for its readers and cheap to clone; [`Catalogue::apply`] makes the next one by
//! copying only what a change touches. It contains no text of a page: bodies are named by id, and
//! the store returns them only against a witness.

mod apply;
mod gate;
mod hung;
mod load;
mod lookup;
mod people;
mod place;
pub(crate) mod rows;

use crate::Millis;
use crate::account::{AccountRow, ConfluenceAccess, GroupRow, MembershipRow, Tier};
use crate::by_id::ById;
use crate::content_status::{ContentStatusRow, CustomStatusRow};
use crate::credential::{OneTimeLinkRow, SessionRow, TokenRow};
use crate::grant::{GlobalGrantRow, GrantRow, Principal, Rights};
use crate::id::{
    AccountId, AttachmentId, CommentId, GlobalGrantId, GrantId, GroupId, MembershipId,
    OneTimeLinkId, OrganizationId, OrganizationMemberId, PageId, ProjectId, ProjectOrganizationId,
    ProjectRoleId, RestrictionId, SessionId, SpaceId, SpaceLinkId, TokenId,
};
use crate::label::LabelRow;
use crate::like::LikeRow;
use crate::ordered::Ordered;
use crate::page::{AttachmentRow, CommentRow, PageKind, PageRow, PageState};
use crate::page_draft::PageDraftRow;
use crate::property::PropertyRow;
use crate::restriction::RestrictionRow;
use crate::service_project::{
    OrganizationMemberRow, OrganizationRow, ProjectOrganizationRow, ProjectRoleRow,
    ServiceProjectRow, SpaceLinkRow,
};
use crate::space::{SpaceRow, SpaceState};
use crate::space_role::SpaceRoleRow;
use crate::switches::SwitchesRow;
use crate::task::TaskRow;
use crate::template::TemplateRow;
use crate::watch::WatchRow;
use alloc::sync::Arc;

use place::Standing;

pub use load::Loader;
use rows::Rows;

pub use lookup::title_key;

/// The state of a site at one revision.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalogue {
    /// The revision of the journal whose state this is.
    pub revision: u64,
    /// The revision's random mark, by which two histories can be told apart.
    pub mark: u64,
    /// When the newest event known here was written.
    pub last_event_at: Millis,
    pub(crate) switches: SwitchesRow,

    pub(crate) accounts: ById<AccountId, Account>,
    pub(crate) emails: Ordered<Arc<str>, AccountId>,
    pub(crate) groups: ById<GroupId, Arc<GroupRow>>,
    pub(crate) group_names: Ordered<Arc<str>, GroupId>,
    pub(crate) memberships: ById<MembershipId, MembershipRow>,
    pub(crate) members: Ordered<(GroupId, AccountId), MembershipId>,
    pub(crate) groups_of: Ordered<(AccountId, GroupId), MembershipId>,
    pub(crate) global_grants: ById<GlobalGrantId, GlobalGrantRow>,

    pub(crate) spaces: ById<SpaceId, Space>,
    pub(crate) space_keys: Ordered<Arc<str>, SpaceId>,
    pub(crate) grants: ById<GrantId, GrantRow>,
    pub(crate) grants_of: Ordered<(SpaceId, GrantId), ()>,

    pub(crate) pages: ById<PageId, Page>,
    pub(crate) pages_of: Ordered<(SpaceId, PageId), ()>,
    /// The pages and blog posts that were never published, by their authors.
    pub(crate) unpublished_of: Ordered<(AccountId, PageId), ()>,
    pub(crate) children: Ordered<Standing, ()>,
    pub(crate) titles: Ordered<(SpaceId, u64, PageId), ()>,
    pub(crate) restrictions: ById<RestrictionId, Arc<RestrictionRow>>,
    pub(crate) lists: ById<PageId, Lists>,
    pub(crate) attachments: ById<AttachmentId, Arc<AttachmentRow>>,
    pub(crate) attachments_of: Ordered<(PageId, AttachmentId), ()>,
    pub(crate) comments: ById<CommentId, Arc<CommentRow>>,
    pub(crate) comments_of: Ordered<(PageId, CommentId), ()>,

    pub(crate) projects: ById<ProjectId, Arc<ServiceProjectRow>>,
    pub(crate) project_roles: ById<ProjectRoleId, ProjectRoleRow>,
    pub(crate) roles_of: Ordered<(ProjectId, AccountId, ProjectRoleId), ()>,
    pub(crate) organizations: ById<OrganizationId, Arc<OrganizationRow>>,
    pub(crate) organization_members: ById<OrganizationMemberId, OrganizationMemberRow>,
    pub(crate) organizations_of: Ordered<(AccountId, OrganizationId, OrganizationMemberId), ()>,
    pub(crate) project_organizations: ById<ProjectOrganizationId, ProjectOrganizationRow>,
    pub(crate) organizations_in: Ordered<(ProjectId, OrganizationId, ProjectOrganizationId), ()>,
    pub(crate) space_links: ById<SpaceLinkId, SpaceLinkRow>,
    pub(crate) links_of: Ordered<(SpaceId, ProjectId, SpaceLinkId), ()>,

    pub(crate) tokens: ById<TokenId, Arc<TokenRow>>,
    pub(crate) token_hashes: Ordered<[u8; 32], TokenId>,
    pub(crate) tokens_of: Ordered<(AccountId, TokenId), ()>,
    pub(crate) sessions: ById<SessionId, Arc<SessionRow>>,
    pub(crate) session_hashes: Ordered<[u8; 32], SessionId>,
    pub(crate) sessions_of: Ordered<(AccountId, SessionId), ()>,
    pub(crate) one_time_links: ById<OneTimeLinkId, Arc<OneTimeLinkRow>>,
    pub(crate) link_hashes: Ordered<[u8; 32], OneTimeLinkId>,

    pub(crate) labels: Rows<LabelRow>,
    pub(crate) properties: Rows<PropertyRow>,
    pub(crate) likes: Rows<LikeRow>,
    pub(crate) watches: Rows<WatchRow>,
    pub(crate) content_statuses: Rows<ContentStatusRow>,
    pub(crate) custom_statuses: Rows<CustomStatusRow>,
    pub(crate) tasks: Rows<TaskRow>,
    pub(crate) templates: Rows<TemplateRow>,
    pub(crate) space_roles: Rows<SpaceRoleRow>,
    pub(crate) page_drafts: Rows<PageDraftRow>,
}

/// An account with the groups it is in and the access that they give it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub(crate) row: Arc<AccountRow>,
    /// The groups that the account is in, sorted.
    pub(crate) groups: Arc<[GroupId]>,
    /// The most access that any of its groups gives.
    pub(crate) access: ConfluenceAccess,
}

impl Account {
    /// Returns the account's row.
    #[must_use]
    pub fn row(&self) -> &AccountRow {
        &self.row
    }

    /// Returns the groups that the account is in, sorted by id.
    #[must_use]
    pub fn groups(&self) -> &[GroupId] {
        &self.groups
    }

    /// Returns the Confluence access that its groups give it, whether or not it is active.
    #[must_use]
    pub fn access(&self) -> ConfluenceAccess {
        self.access
    }

    /// Returns its tier (law 1.1), or `None` for a deactivated account.
    #[must_use]
    pub fn tier(&self) -> Option<Tier> {
        use crate::account::AccountKind;
        if !self.row.active {
            return None;
        }
        Some(match (self.row.kind, self.access) {
            (AccountKind::Customer, _) => Tier::Customer,
            (_, ConfluenceAccess::User | ConfluenceAccess::Admin) => Tier::Licensed,
            (_, ConfluenceAccess::Guest) => Tier::Guest,
            (_, ConfluenceAccess::None) => Tier::Unlicensed,
        })
    }
}

/// A space with its grants combined for each principal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Space {
    pub(crate) row: Arc<SpaceRow>,
    /// A copy of the row's state, next to the other fields that a decision reads.
    pub(crate) state: SpaceState,
    /// The rights of each principal, except for the two classes below. Principals whose members are
    /// found fastest come first.
    pub(crate) granted: Arc<[(Principal, Rights)]>,
    /// Whether unlicensed view is set.
    pub(crate) unlicensed_view: bool,
    /// The rights of anonymous. Anonymous view is set if reading is one of them.
    pub(crate) anonymous: Rights,
    /// The service projects that link the space, in the order of their ids.
    pub(crate) projects: Arc<[ProjectId]>,
}

impl Space {
    /// Returns the space's row.
    #[must_use]
    pub fn row(&self) -> &SpaceRow {
        &self.row
    }

    /// Whether *unlicensed view* is set (law 4.2), in effect or not.
    #[must_use]
    pub fn unlicensed_view(&self) -> bool {
        self.unlicensed_view
    }

    /// Whether *anonymous view* is set (law 4.3), in effect or not.
    #[must_use]
    pub fn anonymous_view(&self) -> bool {
        self.anonymous.has(crate::grant::Operation::Read)
    }

    /// Returns all rights that anonymous is granted, in effect or not.
    #[must_use]
    pub fn anonymous(&self) -> Rights {
        self.anonymous
    }
}

/// A page with its nearest restricted node.
///
/// The fields that a decision reads are copied here, next to those of other pages, and aren't only
/// in the row. So the pages that a site reads most stay in the processor's cache.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub(crate) row: Arc<PageRow>,
    /// The nearest page from this one up, itself included, that has a view
    /// restriction.
    pub(crate) gate: Option<PageId>,
    /// The row's space.
    pub(crate) space: SpaceId,
    /// The row's author.
    pub(crate) author: AccountId,
    /// The row's kind.
    pub(crate) kind: PageKind,
    /// The row's state.
    pub(crate) state: PageState,
    /// Whether it has restrictions of its own, of either kind.
    pub(crate) restricted: bool,
}

impl Page {
    fn new(row: PageRow, gate: Option<PageId>, restricted: bool) -> Self {
        Self {
            gate,
            restricted,
            space: row.space,
            author: row.author,
            kind: row.kind,
            state: row.state,
            row: Arc::new(row),
        }
    }

    /// Returns the page's row.
    #[must_use]
    pub fn row(&self) -> &PageRow {
        &self.row
    }
}

/// The restrictions of one page, in the order of their ids.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lists {
    /// The view restrictions, all of which must pass.
    pub(crate) view: Arc<[Arc<RestrictionRow>]>,
    /// The edit restrictions, all of which must pass.
    pub(crate) edit: Arc<[Arc<RestrictionRow>]>,
    /// The nearest page strictly above that has a view restriction, if this page has one. With it a
    /// decision goes from list to list and not through the tree.
    pub(crate) above: Option<PageId>,
}

impl Lists {
    /// Returns the view restrictions.
    #[must_use]
    pub fn view(&self) -> &[Arc<RestrictionRow>] {
        &self.view
    }

    /// Returns the edit restrictions.
    #[must_use]
    pub fn edit(&self) -> &[Arc<RestrictionRow>] {
        &self.edit
    }
}
