//! Reading a request within limits: body, credential, client address, parameters and JSON, before a
//! handler gives them a meaning.

pub mod attempts;
pub mod bad_request;
pub mod body;
pub mod client;
pub mod credential;
pub(crate) mod file_name;
pub mod guarded_members;
pub mod json;
pub mod narrowing;
pub mod origin;
pub mod query;
pub mod rates;
pub(crate) mod sent_body;
pub mod ticks;
pub(crate) mod watched;
