//! The operations of a site: what a handler or a command calls.
//!
//! The only room that composes store, access and content. Reading goes through
//! [`Site::view`]: the freshness gate, then a [`View`](narthex_access::View) of the
//! subject. Writing goes through [`Site::commit`]: a plan, decided inside the
//! write's own transaction.

pub mod address;
pub mod attachment;
pub mod comment;
pub mod error;
pub mod grant;
pub mod hidden_people;
pub mod page;
pub mod place;
pub mod plan;
pub mod read;
pub mod render;
pub mod restriction;
pub mod site;
pub mod space;
pub mod switch;
pub mod trash;

pub use error::SiteError;
pub use plan::Plan;
pub use site::Site;
