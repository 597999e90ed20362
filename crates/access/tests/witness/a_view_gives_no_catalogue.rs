//! Code that has a view sees what it shows, and not the catalogue behind it.
use narthex_access::{Catalogue, View};

fn behind(view: &View) -> &Catalogue {
    &view.catalogue
}

fn below(view: &View) -> &Catalogue {
    view.catalogue()
}

fn above(view: View) -> Catalogue {
    view.into()
}

fn main() {}
