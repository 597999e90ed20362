//! doctor
use super::Context;
use crate::exit::Failure;
pub(super) async fn run(_context: &Context) -> Result<(), Failure> { Ok(()) }
