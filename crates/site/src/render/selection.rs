//! Lists of pages that are selected by labels or by a query.

use super::Place;
use super::filling::Filling;
use super::list::{LONGEST_LIST, sort};
use super::loaded::{Found, Part};
use crate::label::NewLabel;
use narthex_access::view::SeenPage;
use narthex_access::{
    AccountId, AttachmentRow, LabelId, LabelPrefix, Object, PageId, PageState, label_id,
};
use narthex_content::hole::{Order, Selection};
use narthex_content::slot::{DetailsRow, Slot};
use narthex_content::template::{Html, Template};
use std::cmp::Reverse;
use std::collections::BTreeSet;

impl<'a> Filling<'a> {
    /// Whether a page has one of these labels; without labels every page fits.
    pub(super) fn has_label(&self, page: SeenPage<'_>, labels: &[String]) -> bool {
        if labels.is_empty() {
            return true;
        }
        let on = self.view.labels(Object::Page(page.id()));
        let wanted: Vec<LabelId> = labels.iter().filter_map(|name| self.label(name)).collect();
        on.is_ok_and(|on| on.iter().any(|row| wanted.contains(&row.label())))
    }

    /// Whether an attachment has all of these labels.
    pub(super) fn has_labels(&self, row: &AttachmentRow, labels: &[String]) -> bool {
        if labels.is_empty() {
            return true;
        }
        let on = self.view.labels(Object::Attachment(row.id));
        let on = on.unwrap_or_default();
        labels.iter().all(|name| {
            let label = self.label(name);
            on.iter().any(|row| Some(row.label()) == label)
        })
    }

    /// Returns the label that a macro names: `word`, or `my:word` for one of the viewer's own.
    fn label(&self, name: &str) -> Option<LabelId> {
        let label = NewLabel::written(name).ok()?;
        let owner = match label.prefix {
            LabelPrefix::My => self.view.subject().account()?,
            _ => AccountId::from_random(0),
        };
        Some(label_id(label.prefix, &label.name, owner))
    }

    pub(super) fn content_by_label(
        &mut self,
        selection: &Selection,
        slot: &mut Slot<'_>,
        place: Place,
    ) {
        if selection.cql.is_some() {
            return self.list_found(selection, slot, place);
        }
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

    /// Returns the requested columns or, without a request, all columns in order of appearance.
    fn columns<'r>(
        &self,
        asked: &[String],
        rows: impl Iterator<Item = &'r [(String, Template)]>,
    ) -> Vec<String> {
        /// The largest number of columns of a table.
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

    /// Returns the selected pages in the requested order, or the latest change first if there is
    /// none. A label with `+` before it must be present, one with `-` must not.
    fn selected(&mut self, selection: &Selection, place: Place) -> Vec<SeenPage<'a>> {
        if selection.cql.is_some() {
            return self.pages_found(selection, place);
        }
        let mut any = Vec::new();
        let (mut all, mut none) = (Vec::new(), Vec::new());
        for label in &selection.labels {
            match (label.strip_prefix('+'), label.strip_prefix('-')) {
                (Some(label), _) => all.push(self.pages_labelled(label)),
                (_, Some(label)) => none.push(self.pages_labelled(label)),
                _ if selection.all_labels => all.push(self.pages_labelled(label)),
                _ => any.push(self.pages_labelled(label)),
            }
        }
        let mut found: BTreeSet<PageId> = match any.is_empty() {
            true => all.first().cloned().unwrap_or_default(),
            false => any.into_iter().flatten().collect(),
        };
        found.retain(|id| {
            all.iter().all(|pages| pages.contains(id)) && !none.iter().any(|it| it.contains(id))
        });
        let spaces = match selection.spaces.is_empty() {
            true => None,
            false => Some(self.spaces(&selection.spaces, place)),
        };
        let mut pages: Vec<SeenPage<'a>> = found
            .into_iter()
            .filter_map(|id| self.view.page(id).ok())
            .filter(|page| page.row().state == PageState::Live)
            .filter(|page| {
                let space = page.row().space;
                spaces.as_ref().is_none_or(|spaces| spaces.contains(&space))
            })
            .collect();
        match selection.order {
            Order::Natural => pages.sort_by_key(|page| (Reverse(page.row().updated_at), page.id())),
            order => sort(&mut pages, order),
        }
        if selection.reverse {
            pages.reverse();
        }
        pages.truncate((selection.max as usize).min(LONGEST_LIST));
        pages
    }

    /// Returns the pages and blog posts with a label.
    fn pages_labelled(&self, name: &str) -> BTreeSet<PageId> {
        let label = self.label(name).into_iter();
        let rows = label.flat_map(|label| self.view.labelled(label));
        let pages = rows.filter_map(|row| match row.on {
            Object::Page(id) => Some(id),
            _ => None,
        });
        pages.collect()
    }
}
