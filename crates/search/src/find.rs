//! The hits of a query: what the asker sees of what fits, in order, a page of it.
//!
//! The index names candidates, or the view does where a query asks nothing of text.
//! Each is looked up in the view, which decides (law 2.25), and is tested there against
//! every clause but those of text. Counting, ordering and cutting into pages come
//! after that, on what is left: nothing that the asker doesn't see is ever counted,
//! ordered or stepped over.

mod candidates;
mod condition;
mod item;
mod order;

pub use item::{Item, is_everybodys};
pub use order::{Cursor, NoCursor};

use crate::cql::{Query, Thing};
use crate::index::{IndexError, Snapshot, States};
use condition::Plan;
use narthex_access::View;
use order::{Ranked, Ranking};

/// Where the caller says it is, for `currentContent()` and `currentSpace()`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Whereabouts {
    /// The number of the content.
    pub content: Option<u64>,
    /// The key of the space.
    pub space: Option<String>,
}

/// What is asked beside the query.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Where the caller is.
    pub at: Whereabouts,
    /// Whether archived pages count (law 2.22: absent unless asked for).
    pub archived_pages: bool,
    /// Whether what is in archived spaces counts.
    pub archived_spaces: bool,
    /// Whether nothing else counts.
    pub only_archived_spaces: bool,
    /// Whether spaces may be hits: where the query asks for them by their type.
    pub spaces: bool,
    /// Which part of the hits is wanted.
    pub from: From,
    /// How many of them.
    pub limit: usize,
}

/// Where the wanted part of the hits begins.
#[derive(Debug, Clone, PartialEq)]
pub enum From {
    /// After so many.
    Start(usize),
    /// After the place of the last one that was answered.
    After(Cursor),
}

impl Asked {
    fn states(&self) -> States {
        States {
            archived_pages: self.archived_pages,
            archived_spaces: self.archived_spaces,
            only_archived_spaces: self.only_archived_spaces,
        }
    }
}

impl Default for From {
    fn default() -> Self {
        Self::Start(0)
    }
}

/// One hit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// What it is.
    pub thing: Thing,
    /// How well it fits; nothing where nothing was asked of text.
    pub score: f32,
}

/// A page of hits.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// How many the asker sees in all.
    pub total: usize,
    /// Those of this page.
    pub hits: Vec<Hit>,
    /// The place of the last of them, if more follow.
    pub more: Option<Cursor>,
}

/// Why hits can't be told.
#[derive(Debug, thiserror::Error)]
pub enum FindError {
    /// The cursor is of another query.
    #[error(transparent)]
    Cursor(#[from] NoCursor),
    /// There is no index, or it can't be read.
    #[error(transparent)]
    Index(#[from] IndexError),
}

/// Whether a query asks something that only the index knows.
#[must_use]
pub fn needs_index(query: &Query) -> bool {
    query
        .condition
        .tests()
        .into_iter()
        .any(condition::is_of_index)
}

/// The hits of a query in a view.
///
/// # Errors
/// [`FindError`].
pub fn find(
    view: &View,
    index: Option<&Snapshot>,
    query: &Query,
    asked: &Asked,
) -> Result<Found, FindError> {
    let plan = Plan::of(view, query, asked);
    let ranking = Ranking::of(view, &query.order, plan.has_text());
    let after = match &asked.from {
        From::After(cursor) => Some(ranking.place(cursor)?),
        From::Start(_) => None,
    };
    let mut total = 0;
    let mut ranked = Vec::new();
    candidates::each(view, index, &plan, &ranking, asked, &mut |one| {
        total += 1;
        let wanted = asked.limit > 0
            && after
                .as_ref()
                .is_none_or(|place| ranking.compare(&one, place).is_gt());
        if wanted {
            ranked.push(one);
        }
    })?;
    let skipped = match asked.from {
        From::Start(start) => start,
        From::After(_) => 0,
    };
    let wanted = skipped.saturating_add(asked.limit);
    let more = ranked.len() > wanted;
    if more {
        ranked.select_nth_unstable_by(wanted, |a, b| ranking.compare(a, b));
        ranked.truncate(wanted);
    }
    ranked.sort_unstable_by(|a, b| ranking.compare(a, b));
    let page: Vec<Ranked> = ranked.into_iter().skip(skipped).collect();
    Ok(Found {
        total,
        more: page.last().filter(|_| more).map(Ranked::cursor),
        hits: page.iter().map(Ranked::hit).collect(),
    })
}
