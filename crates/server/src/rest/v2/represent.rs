//! The objects of v2, built from a view.
//!
//! There is one file for each kind of object, which takes a [`Lens`]. The lists that the
//! `include-...` parameters embed in an object are in [`include`](mod@include), [`included`] and [`hung`].

pub mod attachment;
pub mod body;
pub mod comment;
pub mod folder;
pub mod hung;
pub mod include;
pub mod included;
pub mod label;
pub mod operation;
pub mod page;
pub mod permission;
pub mod property;
pub mod space;
pub mod space_role;
pub mod status;
pub mod task;
pub mod user;
pub mod version;

use crate::rest::lens::Lens;
use narthex_access::{AccountId, View};

/// Returns the id of an author as far as the viewer may see the account: `None`, written as null,
/// for "a user" (law 3.8).
pub fn author(lens: Lens<'_>, id: Option<AccountId>) -> Option<String> {
    author_id(lens.view, id).map(|id| id.to_string())
}

/// The same as [`author`] for filters, which then reveal no more than responses do.
pub fn author_id(view: &View, id: Option<AccountId>) -> Option<AccountId> {
    Some(view.author(id?).account()?.row().id)
}
