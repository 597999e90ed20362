//! Operations of version 1 of the API.

mod administration;
mod content;
mod content_states;
mod conversions;
mod copied_parts;
mod copies;
mod expansions;
mod inline_tasks;
mod lenient_requests;
mod long_lists;
mod templates;
mod tree;
mod user_properties;
mod versions;
