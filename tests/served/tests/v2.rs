//! Operations of version 2 of the API.

mod inline_comments;
mod pages;
mod roles_and_tasks;
mod space_roles;
mod tree;
mod versions;
