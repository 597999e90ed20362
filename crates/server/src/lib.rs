//! HTTP: what Narthex answers to browsers and to programs.

pub mod web;
