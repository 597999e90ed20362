//! The objects of v1, built from a view.
//!
//! There is one file for each kind of object. Each takes a [`Lens`](super::super::lens::Lens) and
//! the parts that the request expands ([`expand`]); a part that isn't expanded is noted under
//! `_expandable`.

pub mod attachment;
pub mod body;
pub mod children;
pub mod comment;
pub mod content;
pub mod expand;
pub mod group;
pub mod history;
pub mod inline_task;
pub mod label;
pub mod long_task;
mod metadata;
pub mod past;
pub mod permission;
pub mod property;
pub mod restriction;
pub mod search_result;
pub mod space;
pub mod space_settings;
pub mod state;
pub mod template;
pub mod user;
pub mod user_property;
pub mod version;

pub use expand::Expand;
