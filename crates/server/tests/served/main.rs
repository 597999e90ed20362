//! The routes as callers of every tier meet them, without a network between.

#[cfg(test)]
mod addresses;
#[cfg(test)]
mod administration;
#[cfg(test)]
mod bad_input;
#[cfg(test)]
mod blog_posts;
#[cfg(test)]
mod call;
#[cfg(test)]
mod comment_trash;
#[cfg(test)]
mod content;
#[cfg(test)]
mod copies;
#[cfg(test)]
mod expansions;
#[cfg(test)]
mod folders;
#[cfg(test)]
mod hung;
#[cfg(test)]
mod label_lists;
#[cfg(test)]
mod long_lists;
#[cfg(test)]
mod read_leniently;
#[cfg(test)]
mod second;
#[cfg(test)]
mod second_inline;
#[cfg(test)]
mod second_roles;
#[cfg(test)]
mod second_tree;
#[cfg(test)]
mod second_versions;
#[cfg(test)]
mod sent_metadata;
#[cfg(test)]
mod space_roles;
#[cfg(test)]
mod stage;
#[cfg(test)]
mod templates;
#[cfg(test)]
mod tree;
#[cfg(test)]
mod versions;
#[cfg(test)]
mod wire;
#[cfg(test)]
mod words;
