//! Rules that hold on every route, tried by the table of routes.

mod asked_members;
mod attacks;
mod audience;
mod bad_input;
mod declared_exceptions;
mod denied;
mod guarded_members;
mod hostile_texts;
mod links;
mod members_that_matter;
mod narrowing;
mod nonsense;
mod openapi;
mod published_operations;
mod query_words;
mod response_headers;
mod route_table;
mod scopes;
mod states_of_operations;
mod two_worlds;
