//! Tests law 7.2, *only what opens, opens*, over histories of real operations.

#[cfg(test)]
mod history;
#[cfg(test)]
mod stage;
#[cfg(test)]
mod viewers;
