//! The pages for people, as a browser meets them.

mod addresses;
mod administration;
mod entrance;
mod incomplete_forms;
mod log_in;
mod old_addresses;
mod own_account;
mod permissions;
mod search_engines;
mod sessions;
mod trash;
mod typed_again;
mod writing;
