//! The rows that a catalogue is made of, and changes of them.
//!
//! Loading, following and planning a write all use these types. Each table has one column `id`, so
//! that a table and an id name one row.

use crate::account::{AccountRow, GroupRow, MembershipRow};
use crate::content_status::{ContentStatusRow, CustomStatusRow};
use crate::credential::{OneTimeLinkRow, SessionRow, TokenRow};
use crate::grant::{GlobalGrantRow, GrantRow};
use crate::label::LabelRow;
use crate::like::LikeRow;
use crate::page::{AttachmentRow, CommentRow, PageRow};
use crate::page_draft::PageDraftRow;
use crate::property::PropertyRow;
use crate::restriction::RestrictionRow;
use crate::service_project::{
    OrganizationMemberRow, OrganizationRow, ProjectOrganizationRow, ProjectRoleRow,
    ServiceProjectRow, SpaceLinkRow,
};
use crate::space::SpaceRow;
use crate::space_role::SpaceRoleRow;
use crate::switches::SwitchesRow;
use crate::task::TaskRow;
use crate::template::TemplateRow;
use crate::watch::WatchRow;
use crate::word::words;

words! {
    /// The tables of the catalogue, in an order in which they can be loaded.
    pub enum Table {
        /// The table of [`SwitchesRow`], which has one row with id 1.
        Switches = "switches",
        /// The table of [`GroupRow`].
        Group = "account_group",
        /// The table of [`AccountRow`].
        Account = "account",
        /// The table of [`MembershipRow`].
        Membership = "membership",
        /// The table of [`GlobalGrantRow`].
        GlobalGrant = "global_grant",
        /// The table of [`SpaceRow`].
        Space = "space",
        /// The table of [`GrantRow`].
        Grant = "space_grant",
        /// The table of [`PageRow`].
        Page = "page",
        /// The table of [`RestrictionRow`].
        Restriction = "restriction",
        /// The table of [`AttachmentRow`].
        Attachment = "attachment",
        /// The table of [`CommentRow`].
        Comment = "comment",
        /// The table of [`ServiceProjectRow`].
        ServiceProject = "service_project",
        /// The table of [`ProjectRoleRow`].
        ProjectRole = "project_role",
        /// The table of [`OrganizationRow`].
        Organization = "organization",
        /// The table of [`OrganizationMemberRow`].
        OrganizationMember = "organization_member",
        /// The table of [`ProjectOrganizationRow`].
        ProjectOrganization = "project_organization",
        /// The table of [`SpaceLinkRow`].
        SpaceLink = "space_link",
        /// The table of [`TokenRow`].
        Token = "api_token",
        /// The table of [`SessionRow`].
        Session = "session",
        /// The table of [`OneTimeLinkRow`].
        OneTimeLink = "one_time_link",
        /// The table of [`LabelRow`].
        Label = "label",
        /// The table of [`PropertyRow`].
        Property = "property",
        /// The table of [`LikeRow`].
        Like = "like_of",
        /// The table of [`WatchRow`].
        Watch = "watch",
        /// The table of [`ContentStatusRow`].
        ContentStatus = "content_status",
        /// The table of [`CustomStatusRow`].
        CustomStatus = "custom_status",
        /// The table of [`TaskRow`].
        Task = "task",
        /// The table of [`TemplateRow`].
        Template = "template",
        /// The table of [`SpaceRoleRow`].
        SpaceRole = "space_role",
        /// The table of [`PageDraftRow`].
        PageDraft = "page_draft",
    }
}

/// The id of the only row of [`Table::Switches`].
pub const SWITCHES_ID: u64 = 1;

macro_rules! rows {
    ($($variant:ident($row:ty)),* $(,)?) => {
        /// One row of the catalogue.
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[expect(missing_docs, reason = "each variant is the row of the table of its name")]
        pub enum Row { $($variant($row)),* }

        $(impl From<$row> for Row {
            fn from(row: $row) -> Self {
                Self::$variant(row)
            }
        })*

        impl Row {
            /// The table that the row is in.
            #[must_use]
            pub const fn table(&self) -> Table {
                match self { $(Self::$variant(_) => Table::$variant),* }
            }
        }
    };
}

rows! {
    Switches(SwitchesRow),
    Group(GroupRow),
    Account(AccountRow),
    Membership(MembershipRow),
    GlobalGrant(GlobalGrantRow),
    Space(SpaceRow),
    Grant(GrantRow),
    Page(PageRow),
    Restriction(RestrictionRow),
    Attachment(AttachmentRow),
    Comment(CommentRow),
    ServiceProject(ServiceProjectRow),
    ProjectRole(ProjectRoleRow),
    Organization(OrganizationRow),
    OrganizationMember(OrganizationMemberRow),
    ProjectOrganization(ProjectOrganizationRow),
    SpaceLink(SpaceLinkRow),
    Token(TokenRow),
    Session(SessionRow),
    OneTimeLink(OneTimeLinkRow),
    Label(LabelRow),
    Property(PropertyRow),
    Like(LikeRow),
    Watch(WatchRow),
    ContentStatus(ContentStatusRow),
    CustomStatus(CustomStatusRow),
    Task(TaskRow),
    Template(TemplateRow),
    SpaceRole(SpaceRoleRow),
    PageDraft(PageDraftRow),
}

impl Row {
    /// Returns the row's id within its table.
    #[must_use]
    pub fn id(&self) -> u64 {
        match self {
            Self::Switches(_) => SWITCHES_ID,
            Self::Group(row) => row.id.get(),
            Self::Account(row) => row.id.get(),
            Self::Membership(row) => row.id.get(),
            Self::GlobalGrant(row) => row.id.get(),
            Self::Space(row) => row.id.get(),
            Self::Grant(row) => row.id.get(),
            Self::Page(row) => row.id.get(),
            Self::Restriction(row) => row.id.get(),
            Self::Attachment(row) => row.id.get(),
            Self::Comment(row) => row.id.get(),
            Self::ServiceProject(row) => row.id.get(),
            Self::ProjectRole(row) => row.id.get(),
            Self::Organization(row) => row.id.get(),
            Self::OrganizationMember(row) => row.id.get(),
            Self::ProjectOrganization(row) => row.id.get(),
            Self::SpaceLink(row) => row.id.get(),
            Self::Token(row) => row.id.get(),
            Self::Session(row) => row.id.get(),
            Self::OneTimeLink(row) => row.id.get(),
            Self::Label(row) => row.id.get(),
            Self::Property(row) => row.id.get(),
            Self::Like(row) => row.id.get(),
            Self::Watch(row) => row.id.get(),
            Self::ContentStatus(row) => row.id.get(),
            Self::CustomStatus(row) => row.id.get(),
            Self::Task(row) => row.id.get(),
            Self::Template(row) => row.id.get(),
            Self::SpaceRole(row) => row.id.get(),
            Self::PageDraft(row) => row.id.get(),
        }
    }
}

/// A change of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowChange {
    /// Inserts the row, or replaces the one with its id.
    Put(Row),
    /// Removes the row with this id.
    Remove(Table, u64),
}

impl RowChange {
    /// Returns the table and the id of the row that changes.
    #[must_use]
    pub fn touched(&self) -> (Table, u64) {
        match self {
            Self::Put(row) => (row.table(), row.id()),
            Self::Remove(table, id) => (*table, *id),
        }
    }
}

impl<R: Into<Row>> From<R> for RowChange {
    fn from(row: R) -> Self {
        Self::Put(row.into())
    }
}
