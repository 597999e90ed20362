//! What hangs on pages, attachments, comments and spaces, and goes with them.

use crate::plan::Plan;
use crate::{grant, page};
use narthex_access::{Catalogue, Object, PageId, PropertyId, RowChange, Table};
use narthex_store::change::{Beside, Change, Event};

/// An entry about something on a thing: it names the page or space, and nothing
/// that is in it. An entry about what isn't there names nothing.
pub(crate) fn event(plan: &Plan<'_>, kind: &'static str, on: Object) -> Event {
    let catalogue = plan.catalogue;
    let page = match on {
        Object::Space(space) => return grant::event(kind, catalogue, space),
        Object::Page(page) => Some(page),
        Object::Attachment(id) => catalogue.attachment(id).map(|row| row.page),
        Object::Comment(id) => catalogue.comment(id).map(|row| row.page),
    };
    match page.and_then(|page| catalogue.page(page)) {
        Some(page) => page::event(kind, catalogue, page.row()),
        None => crate::entry::entry(kind, String::new()),
    }
}

/// A page with all that is decided as it.
pub(crate) fn with_page(catalogue: &Catalogue, page: PageId) -> Vec<Object> {
    let attachments = catalogue.attachments_of(page);
    let comments = catalogue.comments_of(page);
    [Object::Page(page)]
        .into_iter()
        .chain(attachments.map(|row| Object::Attachment(row.id)))
        .chain(comments.map(|row| Object::Comment(row.id)))
        .collect()
}

/// Plans the end of what hangs on things that go for good.
pub(crate) fn remove<T>(catalogue: &Catalogue, gone: &[Object], change: &mut Change<T>) {
    let mut properties: Vec<PropertyId> = Vec::new();
    for object in gone {
        let labels = catalogue.labels_on(*object);
        change
            .rows
            .extend(labels.map(|row| RowChange::Remove(Table::Label, row.id.get())));
        properties.extend(catalogue.properties_on(*object).map(|row| row.id));
    }
    change.rows.extend(
        properties
            .iter()
            .map(|id| RowChange::Remove(Table::Property, id.get())),
    );
    if !properties.is_empty() {
        change.beside.push(Beside::PurgeProperties(properties));
    }
}
