//! The pages for people as a browser meets them, without a network between.

mod administration;
mod browser;
mod doors;
mod own_account;
mod permissions;
mod writing;
