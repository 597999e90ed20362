//! The store: one journal, one catalogue that follows it, one freshness gate,
//! and content against a witness. See ARCHITECTURE.md.

pub mod change;
