//! Stories of search: the index follows the journal, on both engines and with several nodes.

#[cfg(test)]
mod damage;
#[cfg(test)]
mod following;
#[cfg(test)]
mod ground;
#[cfg(test)]
mod seeing;
