//! The properties of law 7, tested on generated sites; and the decision, compared with a slow
//! literal reading of the law.

mod catalogue;
mod closing;
mod decision;
mod exposure;
mod hung;
#[path = "../rows/hung.rs"]
mod hung_rows;
mod reference;
#[path = "../rows/mod.rs"]
mod rows;
mod site;
