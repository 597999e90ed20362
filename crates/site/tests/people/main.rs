//! Stories of people: accounts, groups, credentials, set-up, service projects.
//! Each is told on both engines.

mod accounts;
mod audit;
mod credentials;
mod deletion;
mod explain;
mod ground;
mod groups;
mod passwords;
mod projects;
mod roles;
mod setup;
