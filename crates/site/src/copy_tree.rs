//! Copying a page with all pages below it that the copier sees. A hidden page is left out with the
//! pages below it, and nothing reveals that it exists (law 2b.3).
//!
//! The pages are written in several short changes. Every change is decided anew, so what the copier
//! no longer sees by then is left out too.

use crate::copy::{New, Parts, Place, Source, copied, copyable};
use crate::error::SiteError;
use crate::long_task::{self, Kind};
use crate::page::event;
use crate::place::{self, Parent, parent_of_new};
use crate::plan::Plan;
use crate::site::Site;
use crate::title::{Titled, check_title};
use narthex_access::{Credential, Door, LongTaskId, Millis, PageId, PageKind, View};
use narthex_store::change::{Beside, Change};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The largest number of pages that are copied at once.
pub const MOST_PAGES: usize = 2_000;
/// The largest number of pages that one change writes.
const PAGES_AT_ONCE: usize = 20;
/// How often a part is tried while its pages change meanwhile.
const TRIES: usize = 8;
/// The size in bytes of the texts after which a change takes no further page.
const BYTES_AT_ONCE: usize = 1 << 20;

/// How a page is copied with all pages below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyTree {
    /// The page below which the copy is created.
    pub below: PageId,
    /// The parts that are copied of each page.
    pub parts: Parts,
    /// Whether the pages below are copied too.
    pub descendants: bool,
    /// How the titles of the copies are made.
    pub titles: Titles,
}

/// How the titles of copied pages are changed, as the copies can't have the same in one space.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Titles {
    /// A text that is put before each title.
    pub prefix: String,
    /// A text that is replaced in each title; empty to replace nothing.
    pub search: String,
    /// The text that replaces it.
    pub replace: String,
}

impl Titles {
    fn of(&self, title: &str) -> String {
        let title = if self.search.is_empty() {
            title.to_owned()
        } else {
            title.replace(&self.search, &self.replace)
        };
        format!("{}{title}", self.prefix)
    }
}

/// A page to copy, and the one of these pages that is its parent.
#[derive(Debug, Clone, Copy)]
struct Wanted {
    page: PageId,
    parent: Option<PageId>,
}

/// Some of the pages with their texts as they were read.
#[derive(Debug)]
struct Batch {
    pages: Vec<(Wanted, Source)>,
    last: bool,
}

/// The pages that have been copied, each with its copy.
type Copies = BTreeMap<PageId, PageId>;

impl Site {
    /// Copies a page, and the live pages below it, below another page. Returns the id of a long
    /// task that records the result.
    ///
    /// # Errors
    /// Absent for pages that the caller doesn't see; forbidden without the right to create at the
    /// destination; invalid for more than [`MOST_PAGES`] and for a title that is taken. In these
    /// cases nothing is copied. An error after the first change is recorded in the long task.
    pub async fn copy_tree(
        &self,
        credential: &Credential,
        id: PageId,
        copy: CopyTree,
    ) -> Result<LongTaskId, SiteError> {
        let copy = Arc::new(copy);
        let began = self.view(credential, Door::Confluence).await?.now();
        let wanted = self
            .rehearse(credential, |plan| wanted(plan, id, &copy))
            .await?;
        let mut copies = Copies::new();
        let (mut left, mut stale) = (wanted.as_slice(), 0);
        loop {
            let view = self.view(credential, Door::Confluence).await?;
            let (batch, rest) = self.batch(&view, left, copy.parts).await?;
            let batch = Arc::new(batch);
            let task = Task {
                root: id,
                began,
                copies: copies.clone(),
            };
            let written = {
                let (batch, copy) = (Arc::clone(&batch), Arc::clone(&copy));
                self.commit(credential, move |plan| {
                    plan_batch(plan, &batch, &copy, &task)
                })
            };
            let written = match written.await {
                Ok(Written::Part(more)) => {
                    copies.extend(more);
                    Ok(())
                }
                Ok(Written::Last(task)) => return Ok(task),
                // Some of the texts have changed since they were read.
                Ok(Written::Stale) if stale < TRIES => {
                    stale += 1;
                    continue;
                }
                Ok(Written::Stale) => Err(SiteError::conflict(
                    "the pages change all the time; try again",
                )),
                Err(refused) => Err(refused),
            };
            match written {
                Ok(()) => left = rest,
                Err(SiteError::Storage(error)) => return Err(error.into()),
                Err(refused) if copies.is_empty() => return Err(refused),
                Err(refused) => {
                    let task = Task {
                        root: id,
                        began,
                        copies,
                    };
                    let why = refused.to_string();
                    return self
                        .commit(credential, move |plan| Ok(plan_stopped(plan, &task, &why)))
                        .await;
                }
            }
        }
    }

    /// Reads the texts of the next pages, and returns them with the pages after those. A page that
    /// the caller no longer sees is left out.
    async fn batch<'w>(
        &self,
        view: &View,
        wanted: &'w [Wanted],
        parts: Parts,
    ) -> Result<(Batch, &'w [Wanted]), SiteError> {
        let (mut pages, mut bytes) = (Vec::new(), 0);
        let mut taken = 0;
        for it in wanted.iter().take(PAGES_AT_ONCE) {
            if bytes >= BYTES_AT_ONCE {
                break;
            }
            taken += 1;
            let Ok(page) = view.page(it.page) else {
                continue;
            };
            let source = self.copy_source(view, page, parts).await?;
            bytes += source.bytes();
            pages.push((*it, source));
        }
        let rest = wanted.get(taken..).unwrap_or_default();
        let last = rest.is_empty();
        Ok((Batch { pages, last }, rest))
    }
}

/// The state of a copy that is under way.
#[derive(Debug)]
struct Task {
    root: PageId,
    began: Millis,
    copies: Copies,
}

/// The result of a batch.
#[derive(Debug)]
enum Written {
    Part(Copies),
    Last(LongTaskId),
    Stale,
}

/// Returns the pages to copy, parents before their children, if the caller may copy them all.
fn wanted(plan: &Plan<'_>, id: PageId, copy: &CopyTree) -> Result<Vec<Wanted>, SiteError> {
    let root = copyable(plan.view.page(id)?)?;
    let below = plan.view.page(copy.below)?;
    let space = below.row().space;
    parent_of_new(plan, space, PageKind::Page, Parent::Page(below.id()))?;
    let levels = usize::MAX;
    let descendants = copy
        .descendants
        .then(|| plan.view.descendants(root, levels))
        .into_iter()
        .flatten();
    let mut wanted = Vec::new();
    for page in std::iter::once(root).chain(descendants) {
        if wanted.len() >= MOST_PAGES {
            return Err(SiteError::invalid(format!(
                "more than {MOST_PAGES} pages are to be copied at once; copy parts of the tree"
            )));
        }
        let title = copy.titles.of(&page.row().title);
        let titled = Titled {
            space,
            ..Titled::of(page.row())
        };
        check_title(plan, titled, &title, false, None)?;
        wanted.push(Wanted {
            page: page.id(),
            parent: page.row().parent.filter(|_| page.id() != id),
        });
    }
    Ok(wanted)
}

fn plan_batch(
    plan: &Plan<'_>,
    batch: &Batch,
    copy: &CopyTree,
    task: &Task,
) -> Result<Change<Written>, SiteError> {
    let below = plan.view.page(copy.below)?;
    let space = below.row().space;
    parent_of_new(plan, space, PageKind::Page, Parent::Page(below.id()))?;
    let mut copies = Copies::new();
    let mut change = Change::nothing(());
    for (wanted, source) in &batch.pages {
        let Ok(page) = plan.view.page(wanted.page) else {
            continue;
        };
        if !source.is_of(plan.view, page)? {
            return Ok(Change::nothing(Written::Stale));
        }
        let parent = match wanted.parent {
            None => below.id(),
            // A page whose parent was left out is left out too.
            Some(parent) => match copies.get(&parent).or(task.copies.get(&parent)) {
                Some(parent) => *parent,
                None => continue,
            },
        };
        let title = copy.titles.of(&page.row().title);
        let place = Place {
            space,
            parent: Some(parent),
            // Copies have the order of their originals; only the first is placed by its title.
            position: match wanted.parent {
                None => place::position_by_title(plan, space, Some(parent), title.trim()),
                Some(_) => page.row().position,
            },
        };
        let new = New {
            title: &title,
            text: &source.text,
            place,
        };
        let made = copied(plan, page, &new, source, copy.parts)?;
        copies.insert(wanted.page, made.answer);
        change.rows.extend(made.rows);
        change.beside.extend(made.beside);
        change.events.extend(made.events);
    }
    if !batch.last {
        return Ok(change.map(|()| Written::Part(copies)));
    }
    let done = task.copies.len().saturating_add(copies.len());
    let root = task.copies.get(&task.root).or(copies.get(&task.root));
    let mut row = long_task::over(plan, Kind::CopyPageTree, task.began, done);
    row.made = root.copied();
    if change.events.is_empty() {
        let below = below.row();
        change
            .events
            .push(event("page.tree.copied", plan.catalogue, below));
    }
    let id = row.id;
    change.beside.push(Beside::LongTask(row));
    Ok(change.map(|()| Written::Last(id)))
}

/// Plans the long task of a copy that was stopped half way.
fn plan_stopped(plan: &Plan<'_>, task: &Task, why: &str) -> Change<LongTaskId> {
    let mut row = long_task::over(plan, Kind::CopyPageTree, task.began, task.copies.len());
    row.made = task.copies.get(&task.root).copied();
    row.failure = Some(why.to_owned());
    let made = row.made.and_then(|page| plan.catalogue.page(page));
    let event = made.map(|page| event("page.tree.copying_stopped", plan.catalogue, page.row()));
    let mut change = Change::nothing(row.id);
    change.events.extend(event);
    change.beside.push(Beside::LongTask(row));
    change
}
