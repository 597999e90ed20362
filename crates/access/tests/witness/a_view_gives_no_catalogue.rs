//! Whoever has a view sees what it shows, not what is behind it.
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
