//! The access decision: the one crate that decides who may see or do what.
//!
//! It is pure: no I/O, no async, no clock, and no allocation on the path of a decision. It owns the
//! [`Catalogue`], which is the state of a site at one revision, and [`View`], a catalogue seen by
//! one subject at one instant. Every read and every write of Narthex goes through a `View`. For
//! content that may be read it returns a [`Seen`], the only key that the store's content functions
//! accept.
//!
//! "Law 2.6" in these pages cites a rule of the law, `docs/law.md`.

#![cfg_attr(not(test), no_std)]
extern crate alloc;

pub mod account;
pub mod action;
mod by_id;
pub mod catalogue;
pub mod content_status;
pub mod credential;
pub mod decide;
pub mod explain;
pub mod exposure;
pub mod grant;
pub mod id;
pub mod label;
pub mod like;
pub mod ordered;
pub mod page;
pub mod page_draft;
pub mod people;
pub mod property;
pub mod readers;
pub mod restriction;
pub mod row;
pub mod seen;
pub mod service_project;
pub mod space;
pub mod space_role;
pub mod subject;
pub mod switches;
pub mod system;
pub mod task;
pub mod template;
mod title;
pub mod view;
pub mod watch;
mod word;

pub use account::{AccountKind, AccountRow, ConfluenceAccess, GroupRow, MembershipRow, Tier};
pub use action::{Action, NotAnObject, Object};
pub use catalogue::{Catalogue, Loader};
pub use content_status::{ContentStatusRow, CustomStatusRow, SUGGESTED, StatusChoice};
pub use credential::{
    Credential, Door, OneTimeLinkRow, Refused, Scope, Scopes, SessionRow, TokenRow,
};
pub use decide::{Allowed, Channel, Decision, Denied};
pub use exposure::Exposure;
pub use grant::{
    AccessClass, GlobalGrantRow, GlobalPermission, GrantRow, Operation, Principal, Rights,
};
pub use id::*;
pub use label::{LabelPrefix, LabelRow, label_id};
pub use like::LikeRow;
pub use ordered::Ordered;
pub use page::{
    AttachmentRow, CommentPlace, CommentRow, ContentState, PageKind, PageRow, PageState, Resolution,
};
pub use page_draft::PageDraftRow;
pub use property::PropertyRow;
pub use restriction::{RestrictionKind, RestrictionRow};
pub use row::{Row, RowChange, Table};
pub use seen::{
    Absent, AttachmentKey, AttachmentPastKey, BodyKey, CommentKey, CommentPastKey, PastKey,
    PropertyKey, Refusal, Seen, TemplateKey,
};
pub use service_project::{
    OrganizationMemberRow, OrganizationRow, Portal, ProjectOrganizationRow, ProjectRole,
    ProjectRoleRow, ServiceProjectRow, SpaceLinkRow,
};
pub use space::{SpaceKind, SpaceRow, SpaceState, personal_key};
pub use space_role::{SYSTEM_ROLES, SpaceRoleRow, SystemRole, VIEWER, system_role_of};
pub use subject::Subject;
pub use switches::SwitchesRow;
pub use system::{SystemSubject, SystemView};
pub use task::{TaskRow, TaskStatus};
pub use template::TemplateRow;
pub use title::compare_titles;
pub use view::{SpaceRole, View};
pub use watch::{NotWatched, WatchRow, Watched};

/// Milliseconds since 1970-01-01T00:00:00Z, by the database's clock.
pub type Millis = i64;
