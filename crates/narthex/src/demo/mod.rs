//! The demo: a fictional ferry company's knowledge base, with people of each tier.

pub(crate) mod announce;
pub(crate) mod load;
mod manifest;
mod people;
