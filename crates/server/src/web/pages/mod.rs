//! One plain struct per page, and the small values that pages are made of.
//!
//! A struct holds what its page shows: texts, numbers and Booleans. It is filled from decisions
//! that were made before; no template asks whether somebody may see a thing. Text is [`Cow`], so
//! that the most read pages borrow everything.
//!
//! On pages that show what people wrote, the site's own ids begin with `nx-`: content can't make
//! such ids, so that the two never collide.
//!
//! Forms post `application/x-www-form-urlencoded` to the address of their own page. Where a page
//! has more than one form, the field `do` says which. Field names are in each struct's docs.

use std::borrow::Cow;

pub mod access;
pub mod account;
pub mod accounts;
pub mod audit;
pub mod chrome;
pub mod confirm;
pub mod drafts;
pub mod editor;
pub mod entry;
pub mod global;
pub mod groups;
pub mod home;
pub mod moment;
pub mod page;
pub mod page_access;
pub mod profile;
pub mod refusal;
pub mod restrictions;
pub mod search;
pub mod space;
pub mod space_permissions;
pub mod spaces;
pub mod trash;
pub mod tree;

/// Text that a page shows; it is escaped where it is written.
pub type Text<'a> = Cow<'a, str>;

/// The error about one field of a form, in words for the person who filled it in; `None` if there
/// is none.
pub type FieldError<'a> = Option<Text<'a>>;

/// For fields that can't have an error.
const NO_ERROR: FieldError<'static> = None;
