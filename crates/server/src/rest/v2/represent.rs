//! v2's objects, made of what a view shows.

pub mod attachment;
pub mod body;
pub mod comment;
pub mod hung;
pub mod include;
pub mod included;
pub mod label;
pub mod operation;
pub mod page;
pub mod permission;
pub mod property;
pub mod space;
pub mod status;
pub mod user;
pub mod version;

use crate::rest::lens::Lens;
use narthex_access::AccountId;

/// The id of an author, as far as the viewer is shown one: null for "a user" (law 3).
pub fn author(lens: Lens<'_>, id: Option<AccountId>) -> Option<String> {
    let account = lens.view.author(id?).account()?;
    Some(account.row().id.to_string())
}
