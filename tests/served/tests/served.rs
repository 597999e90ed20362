//! All tests of the served site, one program: linking the house once is enough.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that can't go on must stop and say why"
)]

mod adf_unchanged;
mod alone;
mod asked_members;
mod attachments;
mod attacks;
mod audience;
mod bad_input;
mod bodies;
mod comments_of_files;
mod content_states;
mod conversions;
mod copied_parts;
mod declared_exceptions;
mod denied;
mod file_names;
mod hostile;
mod inline_tasks;
mod kept;
mod links_told;
mod log_in;
mod macro_queries;
mod members_that_matter;
mod narrowing;
mod old_addresses;
mod openapi;
mod operations;
mod order_of_children;
mod owners_groups_exports;
mod page_drafts;
mod personal_spaces;
mod quoted;
mod route_table;
mod said_of_versions;
mod scopes;
mod search;
mod sessions;
mod states_of_operations;
mod status_of_things;
mod story;
mod the_call;
mod two_worlds;
mod user_properties;
