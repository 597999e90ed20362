//! Copying a page with all below it that the copier sees: a hidden page is left out
//! with what is below it, and nothing tells that it is there (law 2b.3).
//!
//! The pages are written in several changes, each of them short. Every change is
//! decided anew: what the copier no longer sees by then is left out too.

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

/// How many pages are copied at once.
pub const MOST_PAGES: usize = 2_000;
/// How many pages one change writes.
const PAGES_AT_ONCE: usize = 20;
/// How often a part is tried when its pages change meanwhile.
const TRIES: usize = 8;
/// How many bytes of text one change writes, unless a single page has more.
const BYTES_AT_ONCE: usize = 1 << 20;

/// How a page is copied with all below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyTree {
    /// The page that the copy goes below.
    pub below: PageId,
    /// What is copied of each page.
    pub parts: Parts,
    /// Whether the pages below are copied too.
    pub descendants: bool,
    /// What becomes of the titles.
    pub titles: Titles,
}

/// What becomes of the titles of pages that are copied.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Titles {
    /// What stands before each.
    pub prefix: String,
    /// What is looked for in each; empty for nothing.
    pub search: String,
    /// What stands there instead.
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

/// A page to be copied: itself, and which one of them it stands below.
#[derive(Debug, Clone, Copy)]
struct Wanted {
    page: PageId,
    parent: Option<PageId>,
}

/// Some of them with their texts as they were read.
#[derive(Debug)]
struct Batch {
    pages: Vec<(Wanted, Source)>,
    last: bool,
}

/// What has been copied: page by page, to which.
type Copies = BTreeMap<PageId, PageId>;

impl Site {
    /// Copies a page, and the live pages below it, below another page; answers the
    /// long task that says how it went.
    ///
    /// # Errors
    /// Absent for pages that the caller doesn't see; forbidden without the right to
    /// create at the destination; invalid for more than [`MOST_PAGES`] and for a
    /// title that is taken: then nothing is copied. What stops it half way is told by
    /// the long task.
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
                // Some of its texts have changed since they were read.
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

    /// The next pages with their texts, and those after them. A page that isn't seen
    /// any more is left out.
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

/// The copying under way.
#[derive(Debug)]
struct Task {
    root: PageId,
    began: Millis,
    copies: Copies,
}

/// What became of a batch.
#[derive(Debug)]
enum Written {
    Part(Copies),
    Last(LongTaskId),
    Stale,
}

/// The pages to be copied, parents before their children, if all of it may begin.
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
            // Copies stand as what they are copies of; the first stands by its title.
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

/// The end of a copying that was stopped half way.
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
