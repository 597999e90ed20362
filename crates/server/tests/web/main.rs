//! The pages for people as a browser meets them, without a network between.

#[cfg(test)]
mod administration;
#[cfg(test)]
mod browser;
#[cfg(test)]
mod doors;
#[cfg(test)]
mod incomplete_forms;
#[cfg(test)]
mod own_account;
#[cfg(test)]
mod permissions;
#[cfg(test)]
mod search_engines;
#[cfg(test)]
mod trash;
#[cfg(test)]
mod writing;
