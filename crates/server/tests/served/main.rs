//! The routes as callers of every tier meet them, without a network between.

#[cfg(test)]
mod bad_input;
#[cfg(test)]
mod call;
#[cfg(test)]
mod content;
#[cfg(test)]
mod hung;
#[cfg(test)]
mod second;
#[cfg(test)]
mod space_roles;
#[cfg(test)]
mod stage;
#[cfg(test)]
mod wire;
