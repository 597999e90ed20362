//! v2's objects, made of what a view shows.

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

/// The id of an author, as far as the viewer is shown one: null for "a user" (law 3.8).
pub fn author(lens: Lens<'_>, id: Option<AccountId>) -> Option<String> {
    author_id(lens.view, id).map(|id| id.to_string())
}

/// The same as an id, for filters: they tell no more than answers.
pub fn author_id(view: &View, id: Option<AccountId>) -> Option<AccountId> {
    Some(view.author(id?).account()?.row().id)
}
