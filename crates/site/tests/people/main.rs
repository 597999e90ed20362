//! Stories of people, and of what they administer: accounts, groups, credentials, set-up, service
//! projects, space roles, the trash. Each runs on both database engines.

#[cfg(test)]
mod accounts;
#[cfg(test)]
mod archived;
#[cfg(test)]
mod audit;
#[cfg(test)]
mod credentials;
#[cfg(test)]
mod deletion;
#[cfg(test)]
mod explain;
#[cfg(test)]
mod ground;
#[cfg(test)]
mod groups;
#[cfg(test)]
mod passwords;
#[cfg(test)]
mod projects;
#[cfg(test)]
mod roles;
#[cfg(test)]
mod setup;
#[cfg(test)]
mod space_roles;
