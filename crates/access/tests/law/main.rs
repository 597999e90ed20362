//! Law 7, as properties of generated sites; and the decision
//! against a slow literal reading of the law.

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
