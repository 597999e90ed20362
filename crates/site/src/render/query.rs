//! Lists of the results of a query, for the viewer.
//!
//! A query is run between two rounds, in the view of the whole rendering. A document that the index
//! knows in another state than that view shows isn't a hit.

use super::Place;
use super::filling::Filling;
use super::list::LONGEST_LIST;
use super::loaded::Loaded;
use crate::error::SiteError;
use crate::search::cql::{self, Expression, Kind, Order as By, OrderBy, Query, Test, Thing};
use crate::search::find::{self, Asked, Item, Whereabouts};
use crate::site::Site;
use narthex_access::View;
use narthex_access::view::SeenPage;
use narthex_content::hole::{Order, Selection};
use narthex_content::slot::Slot;
use std::sync::Arc;

/// The largest number of queries in one rendering.
const MOST_QUERIES: usize = 10;

/// The query of a list: a selection, and the context of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Question {
    selection: Selection,
    place: Place,
    /// Whether only pages and blog posts may be hits.
    pages_only: bool,
}

impl<'a> Filling<'a> {
    /// Writes a list of a query's results, which is empty until the query was run.
    pub(super) fn list_found(&mut self, selection: &Selection, slot: &mut Slot<'_>, place: Place) {
        let found = self.found(selection, place, false);
        slot.list(|list| {
            let items = found
                .iter()
                .filter_map(|thing| Item::of(self.view, *thing))
                .collect::<Vec<_>>();
            for item in items {
                if !self.takes_an_entry() {
                    return;
                }
                match item {
                    Item::Page(page) => {
                        let note = self.note(page.id(), selection.excerpt);
                        list.item_with(&self.href(page), &page.row().title, &note, |_| {});
                    }
                    Item::Comment(row, page) => self.comment_line(list, page, row.id.get(), ""),
                    Item::Attachment(row, _) => self.file_line(list, row, ""),
                    Item::Space(_) => {}
                }
            }
        });
    }

    /// Returns the pages and blog posts that a query finds; empty until the query was run.
    pub(super) fn pages_found(&mut self, selection: &Selection, place: Place) -> Vec<SeenPage<'a>> {
        let view = self.view;
        let found = self.found(selection, place, true);
        let pages = found.iter().filter_map(|thing| match thing {
            Thing::Page(id) => view.page(*id).ok(),
            _ => None,
        });
        pages.collect()
    }

    fn found(&mut self, selection: &Selection, place: Place, pages_only: bool) -> Arc<[Thing]> {
        let question = Question {
            selection: selection.clone(),
            place,
            pages_only,
        };
        match self.loaded.answer(&question) {
            Some(found) => found,
            None => {
                self.wanted.ask(question);
                Arc::default()
            }
        }
    }
}

impl Question {
    /// Reads the query and adds the other parameters of the selection; `None` if it can't be
    /// understood.
    fn query(&self) -> Option<Query> {
        let mut query = cql::parse(self.selection.cql.as_deref()?).ok()?;
        let names_types = |test: &&Test| matches!(test, Test::Type(_));
        if self.pages_only || !query.condition.tests().iter().any(names_types) {
            let pages = Test::Type(vec![Kind::Page, Kind::BlogPost]);
            query.condition = Expression::And(vec![query.condition, Expression::Test(pages)]);
        }
        let reverse = self.selection.reverse;
        let by = match self.selection.order {
            Order::Title => Some(OrderBy::Title),
            Order::Created => Some(OrderBy::Created),
            Order::Modified => Some(OrderBy::Modified),
            _ => None,
        };
        match by {
            Some(by) => {
                query.order = vec![By {
                    by,
                    descending: reverse,
                }];
            }
            // Without an order, the results are listed by their last change.
            None if reverse && query.order.is_empty() => {
                query.order = vec![By {
                    by: OrderBy::Modified,
                    descending: false,
                }];
            }
            None if reverse => {
                for order in &mut query.order {
                    order.descending = !order.descending;
                }
            }
            None => {}
        }
        Some(query)
    }

    fn asked(&self, view: &View) -> Asked {
        let space = self.place.space().and_then(|id| view.space(id).ok());
        Asked {
            at: Whereabouts {
                content: self.place.page().map(|page| page.get()),
                space: space.map(|space| space.row().key.to_string()),
            },
            limit: (self.selection.max as usize).min(LONGEST_LIST),
            ..Asked::default()
        }
    }
}

impl Site {
    /// Runs a query. The result is empty beyond the limit of queries, and also if the index can't
    /// be searched, because the page itself must be shown all the same.
    pub(super) async fn answer(
        &self,
        view: &View,
        question: &Question,
        loaded: &mut Loaded,
    ) -> Result<Arc<[Thing]>, SiteError> {
        let Some(query) = question.query() else {
            return Ok(Arc::default());
        };
        if loaded.answered() >= MOST_QUERIES {
            return Ok(Arc::default());
        }
        let index = match find::needs_index(&query) {
            true => match loaded.index(self, view).await {
                Some(index) => Some(index),
                None => return Ok(Arc::default()),
            },
            false => None,
        };
        match self
            .find_in(view, index, &query, &question.asked(view))
            .await
        {
            Ok(found) => Ok(found.hits.iter().map(|hit| hit.thing).collect()),
            Err(SiteError::Storage(error)) => {
                tracing::warn!(%error, "a list on a page is empty: it can't be searched for");
                Ok(Arc::default())
            }
            Err(other) => Err(other),
        }
    }
}
