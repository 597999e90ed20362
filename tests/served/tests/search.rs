//! What is found, and what pages quote of others.

mod hits;
mod macro_queries;
mod quoted_pages;
