//! The routes as callers of every tier meet them, without a network between.

mod bad_input;
mod call;
mod content;
mod second;
mod stage;
