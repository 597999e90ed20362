//! Attached rows (labels, likes, properties, watches and others) of pages, attachments, comments
//! and spaces, which are removed with the thing that they belong to.

use crate::plan::Plan;
use crate::{grant, page};
use narthex_access::{BodyId, Catalogue, Object, PageId, RowChange, Table, Watched};
use narthex_store::change::{Beside, Change, Event};

/// Makes a journal entry about something attached to a thing. It names the page or space, and
/// nothing that is in it. If the thing isn't in the catalogue, the entry names nothing.
pub(crate) fn event(plan: &Plan<'_>, kind: &'static str, on: Object) -> Event {
    let catalogue = plan.catalogue;
    let page = match on {
        Object::Space(space) => return grant::event(kind, catalogue, space),
        Object::Page(page) => Some(page),
        Object::Attachment(id) => catalogue.attachment(id).map(|row| row.page),
        Object::Comment(id) => catalogue.comment(id).map(|row| row.page),
        Object::Template(id) => match catalogue.template(id).and_then(|row| row.space) {
            Some(space) => return grant::event(kind, catalogue, space),
            None => None,
        },
    };
    match page.and_then(|page| catalogue.page(page)) {
        Some(page) => page::event(kind, catalogue, page.row()),
        None => crate::entry::entry(kind, String::new()),
    }
}

/// Returns a page with its attachments and comments, whose visibility follows from that of the
/// page.
pub(crate) fn with_page(catalogue: &Catalogue, page: PageId) -> Vec<Object> {
    let attachments = catalogue.attachments_of(page);
    let comments = catalogue.comments_of(page);
    [Object::Page(page)]
        .into_iter()
        .chain(attachments.map(|row| Object::Attachment(row.id)))
        .chain(comments.map(|row| Object::Comment(row.id)))
        .collect()
}

/// Plans the removal of everything attached to things that are deleted for good.
pub(crate) fn remove<T>(catalogue: &Catalogue, gone: &[Object], change: &mut Change<T>) {
    let mut values: Vec<BodyId> = Vec::new();
    for object in gone {
        let labels = catalogue.labels_on(*object);
        let labels = labels.map(|row| (Table::Label, row.id.get()));
        let likes = catalogue.likes_of(*object);
        let likes = likes.map(|row| (Table::Like, row.id.get()));
        let mut rows: Vec<(Table, u64)> = labels.chain(likes).collect();
        if let Object::Page(page) = object {
            let watches = catalogue.watches_of(Watched::Page(*page));
            rows.extend(watches.map(|row| (Table::Watch, row.id.get())));
            let statuses = catalogue.content_statuses_of(*page);
            rows.extend(statuses.map(|row| (Table::ContentStatus, row.id.get())));
            for draft in catalogue.page_drafts_of(*page) {
                rows.push((Table::PageDraft, draft.id.get()));
                values.push(draft.body);
            }
            let tasks = catalogue.tasks_of(*page);
            rows.extend(tasks.map(|row| (Table::Task, row.id.get())));
        }
        for property in catalogue.properties_on(*object) {
            rows.push((Table::Property, property.id.get()));
            values.push(property.body);
        }
        change.rows.extend(
            rows.into_iter()
                .map(|(table, id)| RowChange::Remove(table, id)),
        );
    }
    if !values.is_empty() {
        change.beside.push(Beside::RetireBodies(values));
    }
}
