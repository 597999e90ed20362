//! Lists of pages by what they have: labels, or an answer to a query.

use super::Place;
use super::filling::Filling;
use super::list::{LONGEST_LIST, sort};
use super::loaded::{Found, Part};
use narthex_access::view::SeenPage;
use narthex_content::hole::{Order, Selection};
use narthex_content::slot::{DetailsRow, Slot};
use narthex_content::template::{Html, Template};

impl<'a> Filling<'a> {
    /// Whether a page has one of these labels; without labels every page does.
    // Nothing has a label until labels can be given.
    pub(super) fn has_label(&self, _: SeenPage<'_>, labels: &[String]) -> bool {
        labels.is_empty()
    }

    pub(super) fn content_by_label(
        &mut self,
        selection: &Selection,
        slot: &mut Slot<'_>,
        place: Place,
    ) {
        let pages = self.selected(selection, place);
        slot.list(|list| {
            for page in pages {
                if !self.takes_an_entry() {
                    return;
                }
                let note = self.note(page.id(), selection.excerpt);
                list.item_with(&self.href(page), &page.row().title, &note, |_| {});
            }
        });
    }

    pub(super) fn details_summary(
        &mut self,
        selection: &Selection,
        id: Option<&str>,
        columns: &[String],
        slot: &mut Slot<'_>,
        place: Place,
    ) {
        let mut rows = Vec::new();
        for page in self.selected(selection, place) {
            let part = Part::Details(id.map(str::to_owned));
            if let Some(Found::Details(details)) = self.part(page.id(), part)
                && !details.is_empty()
                && self.takes_an_entry()
            {
                rows.push((page, details));
            }
        }
        let columns = self.columns(columns, rows.iter().map(|(_, details)| details.as_ref()));
        let mut filled = Vec::new();
        for (page, details) in &rows {
            let mut cells = Vec::with_capacity(columns.len());
            for column in &columns {
                let value = details
                    .iter()
                    .find(|(key, _)| key.eq_ignore_ascii_case(column));
                cells.push(match value {
                    Some((_, value)) if self.takes(value) => self.fill(value, Place::on(*page)),
                    _ => Html::default(),
                });
            }
            filled.push((self.href(*page), cells));
        }
        let table: Vec<DetailsRow<'_>> = rows
            .iter()
            .zip(&filled)
            .map(|((page, _), (href, cells))| DetailsRow {
                href,
                title: &page.row().title,
                cells,
            })
            .collect();
        let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        slot.details(&columns, &table);
    }

    /// The columns that are asked for, or all that there are, in the order in which
    /// they are met.
    fn columns<'r>(
        &self,
        asked: &[String],
        rows: impl Iterator<Item = &'r [(String, Template)]>,
    ) -> Vec<String> {
        /// How many columns a table has that names none.
        const MOST_COLUMNS: usize = 30;
        if !asked.is_empty() {
            return asked.iter().take(MOST_COLUMNS).cloned().collect();
        }
        let mut columns: Vec<String> = Vec::new();
        for (key, _) in rows.flatten() {
            let known = columns
                .iter()
                .any(|column| column.eq_ignore_ascii_case(key));
            if !known && columns.len() < MOST_COLUMNS {
                columns.push(key.clone());
            }
        }
        columns
    }

    /// The pages that are selected, in the order that is asked for: the newest
    /// change first where none is.
    fn selected(&mut self, _: &Selection, _: Place) -> Vec<SeenPage<'a>> {
        let mut pages: Vec<SeenPage<'a>> = Vec::new();
        sort(&mut pages, Order::Natural);
        pages.truncate(LONGEST_LIST);
        pages
    }
}
