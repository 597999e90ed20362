//! Finds the hits of a query: the matching things that the reader sees, in order, one page of them.
//!
//! The candidates come from the index or, if no clause needs it, from the view. Each is looked up in
//! the view, which decides (law 2.25), and is tested there against every clause that the index
//! doesn't answer. Counting, ordering and cutting into pages come after that, and apply only to the
//! rest: things that the reader doesn't see are never counted, ordered or skipped over.

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

/// The caller's position in the site, for `currentContent()` and `currentSpace()`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Whereabouts {
    /// The number of the content.
    pub content: Option<u64>,
    /// The key of the space.
    pub space: Option<String>,
}

/// The options of a search beside its query.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// The caller's position in the site.
    pub at: Whereabouts,
    /// Whether to include archived pages (law 2.22: absent unless asked for).
    pub archived_pages: bool,
    /// Whether to include content of archived spaces.
    pub archived_spaces: bool,
    /// Whether to exclude everything else.
    pub only_archived_spaces: bool,
    /// Whether spaces may be hits: only if the query asks for them by their type.
    pub spaces: bool,
    /// The position at which the page of hits begins.
    pub from: From,
    /// The maximum number of hits on the page.
    pub limit: usize,
}

/// The position at which a page of hits begins.
#[derive(Debug, Clone, PartialEq)]
pub enum From {
    /// After this number of hits.
    Start(usize),
    /// After the last hit of the previous page.
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
    /// The thing that was found.
    pub thing: Thing,
    /// How well it matches; 0 if the query has no condition on text.
    pub score: f32,
}

/// A page of hits.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The number of all hits that the reader sees.
    pub total: usize,
    /// The hits of this page.
    pub hits: Vec<Hit>,
    /// The cursor of the last of them, if more follow.
    pub more: Option<Cursor>,
}

/// The reasons why a search fails.
#[derive(Debug, thiserror::Error)]
pub enum FindError {
    /// The cursor belongs to another query.
    #[error(transparent)]
    Cursor(#[from] NoCursor),
    /// There is no index, or it can't be read.
    #[error(transparent)]
    Index(#[from] IndexError),
}

/// Returns whether a query has a condition that only the index can decide.
#[must_use]
pub fn needs_index(query: &Query) -> bool {
    query
        .condition
        .tests()
        .into_iter()
        .any(condition::is_of_index)
}

/// Returns the hits of a query in a view.
///
/// # Errors
/// Returns [`FindError`] if the cursor belongs to another query, or the index can't be read.
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
