//! The operations of a site, which handlers and commands call.
//!
//! This is the only crate that composes store, search, access and content. Reading goes through
//! [`Site::view`]: the freshness gate, then a [`View`](narthex_access::View) of the subject.
//! Writing goes through [`Site::commit`]: a plan, which is decided inside the write's own
//! transaction.

pub mod access_change;
pub mod account;
mod additional_list;
pub mod address;
pub mod archive;
pub mod attachment;
pub mod audit;
pub mod body;
pub mod comment;
pub mod content_status;
pub mod conversion;
pub mod copy;
pub mod copy_tree;
mod entry;
pub mod error;
pub mod event_words;
pub mod explain;
pub mod first_access;
pub mod folder;
pub mod grant;
pub mod group;
pub mod hidden_people;
mod hung;
pub mod inline_comment;
pub mod label;
pub mod like;
pub mod long_task;
pub mod metadata;
mod missing;
pub mod name;
pub mod naming;
pub mod one_time_link;
pub mod operations;
pub mod page;
pub mod page_draft;
pub mod password;
pub mod past;
pub mod picture;
pub mod place;
pub mod plan;
mod posting;
mod principal;
mod private;
pub mod project;
pub mod property;
pub mod read;
mod rename;
pub mod render;
pub mod representation;
pub mod restriction;
pub mod retention;
pub mod search;
pub mod secret;
pub mod session;
pub mod setup;
pub mod site;
pub mod space;
pub mod space_role;
pub mod switch;
pub mod task;
pub mod template;
pub mod thumbnail;
mod title;
pub mod token;
pub mod trash;
pub mod trash_tree;
pub mod user_property;
pub mod version;
pub mod watch;

pub use error::SiteError;
pub use plan::Plan;
pub use site::Site;
