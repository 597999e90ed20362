//! The candidates for hits, from the index or from the view.

use super::condition::{Condition, Filter, Plan};
use super::item::Item;
use super::order::{Ranked, Ranking};
use super::{Asked, FindError};
use crate::cql::{Kind, Thing};
use crate::index::{IndexError, Match, Snapshot};
use narthex_access::view::SeenPage;
use narthex_access::{AttachmentId, CommentId, PageId, SpaceId, View};
use rustc_hash::FxHashMap;
use std::collections::HashMap;

/// Passes each hit to `take` once, in no order.
pub(super) fn each<'v>(
    view: &'v View,
    index: Option<&Snapshot>,
    plan: &Plan<'_>,
    ranking: &Ranking<'v>,
    asked: &Asked,
    take: &mut impl FnMut(Ranked),
) -> Result<(), FindError> {
    let mut offer = |item: &Item<'v>, leaves: u64, score: f32| {
        if plan.fits(item, leaves) && item.is_found(view, asked) {
            take(ranking.rank(item, score));
        }
    };
    if asked.spaces && plan.may_be(Kind::Space) {
        for space in view.spaces() {
            offer(&Item::Space(space), 0, 0.0);
        }
    }
    let content = [
        Kind::Page,
        Kind::BlogPost,
        Kind::Folder,
        Kind::Comment,
        Kind::Attachment,
    ];
    if !content.iter().any(|kind| plan.may_be(*kind)) {
        return Ok(());
    }
    let matches = if plan.questions.leaves.is_empty() {
        Vec::new()
    } else {
        let none = || IndexError::Damaged("there is none yet".into());
        let index = index.ok_or_else(none)?;
        // If things without any of the words may be hits, everything that the index matches is
        // needed: a thing that it leaves out would be treated as one without the words.
        let everything = plan.may_be_hit(0);
        let may = |leaves| everything || plan.may_be_hit(leaves);
        let mut sight = Sight::of(view);
        // The index has another state of it, or the reader doesn't see it: either way it doesn't
        // count.
        let sees = |thing, stamp| {
            let item = sight.item(thing);
            item.is_some_and(|item| item.stamp(view) == stamp && item.is_found(view, asked))
        };
        index.matches((view, asked.states()), &plan.questions, may, sees)?
    };
    if plan.may_be_hit(0) {
        let known: HashMap<Thing, Match> =
            matches.into_iter().map(|one| (one.thing, one)).collect();
        seen(view, plan, &mut |item| {
            let known = known.get(&item.thing());
            offer(
                &item,
                known.map_or(0, |one| one.leaves),
                known.map_or(0.0, |one| one.score),
            );
        });
        return Ok(());
    }
    for one in matches {
        let decided = plan.decided_by(one.leaves) == Some(true);
        let known = decided.then(|| ranking.rank_by_score(one.thing, one.score));
        if let Some(known) = known.flatten() {
            take(known);
        } else if let Some(item) = Item::of(view, one.thing)
            && plan.fits(&item, one.leaves)
        {
            take(ranking.rank(&item, one.score));
        }
    }
    Ok(())
}

/// What the reader sees of the things that the index names. After many of them it lists all visible
/// pages at once: for a reader who sees a small part of a large site, that is faster than deciding
/// each thing.
struct Sight<'v> {
    view: &'v View,
    asked: usize,
    pages: Option<FxHashMap<PageId, SeenPage<'v>>>,
}

impl<'v> Sight<'v> {
    /// The number of things after which all visible pages are listed.
    const MANY: usize = 2_000;
    /// The maximum number of visible pages for that.
    const FEW: usize = 20_000;

    fn of(view: &'v View) -> Self {
        Self {
            view,
            asked: 0,
            pages: None,
        }
    }

    /// Returns a thing, if the reader sees it.
    fn item(&mut self, thing: Thing) -> Option<Item<'v>> {
        self.asked = self.asked.saturating_add(1);
        if self.asked == Self::MANY {
            let pages = self.view.pages_if_few(Self::FEW);
            self.pages =
                pages.map(|pages| pages.into_iter().map(|page| (page.id(), page)).collect());
        }
        match (thing, &self.pages) {
            (Thing::Page(id), Some(pages)) => pages.get(&id).copied().map(Item::Page),
            _ => Item::of(self.view, thing),
        }
    }
}

/// A superset of the things that can meet a condition.
enum Among {
    /// Anything.
    All,
    /// The content of these spaces.
    Spaces(Vec<SpaceId>),
    /// The things with these numbers.
    Numbers(Vec<u64>),
}

impl Among {
    fn of(condition: &Condition<'_>, view: &View) -> Self {
        let spaces_of = |pages: &[PageId]| {
            let pages = pages.iter().filter_map(|id| view.page(*id).ok());
            Self::Spaces(pages.map(|page| page.row().space).collect())
        };
        match condition {
            Condition::Is(Filter::Itself(numbers) | Filter::Attachment(numbers)) => {
                Self::Numbers(numbers.clone())
            }
            Condition::Is(Filter::Space(spaces)) => Self::Spaces(spaces.clone()),
            Condition::Is(
                Filter::Ancestor(pages) | Filter::Parent(pages) | Filter::Container(pages),
            ) => spaces_of(pages),
            Condition::All(parts) => parts
                .iter()
                .map(|part| Self::of(part, view))
                .min_by_key(Self::size)
                .unwrap_or(Self::All),
            Condition::Any(parts) => parts
                .iter()
                .map(|part| Self::of(part, view))
                .reduce(Self::or)
                .unwrap_or(Self::Numbers(Vec::new())),
            _ => Self::All,
        }
    }

    /// Returns a key that is greater the more things are likely to be in it.
    fn size(&self) -> (u8, usize) {
        match self {
            Self::Numbers(numbers) => (0, numbers.len()),
            Self::Spaces(spaces) => (1, spaces.len()),
            Self::All => (2, 0),
        }
    }

    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Numbers(mut one), Self::Numbers(other)) => {
                one.extend(other);
                Self::Numbers(one)
            }
            (Self::Spaces(mut one), Self::Spaces(other)) => {
                one.extend(other);
                Self::Spaces(one)
            }
            _ => Self::All,
        }
    }
}

/// Passes the visible things that can meet the condition to `take`, each once.
fn seen<'v>(view: &'v View, plan: &Plan<'_>, take: &mut impl FnMut(Item<'v>)) {
    let first = PageId::from_random(0);
    match Among::of(&plan.condition, view) {
        Among::Numbers(mut numbers) => {
            numbers.sort_unstable();
            numbers.dedup();
            for number in numbers {
                let things = [
                    PageId::new(number).map(Thing::Page),
                    CommentId::new(number).map(Thing::Comment),
                    AttachmentId::new(number).map(Thing::Attachment),
                ];
                let items = things.into_iter().flatten();
                items
                    .filter_map(|thing| Item::of(view, thing))
                    .for_each(&mut *take);
            }
        }
        Among::Spaces(mut spaces) => {
            spaces.sort_unstable();
            spaces.dedup();
            for space in spaces {
                for page in view.pages_in(space, first) {
                    with_what_hangs_on(view, plan, Item::Page(page), take);
                }
            }
        }
        Among::All => {
            for page in view.pages_from(first) {
                with_what_hangs_on(view, plan, Item::Page(page), take);
            }
        }
    }
}

fn with_what_hangs_on<'v>(
    view: &'v View,
    plan: &Plan<'_>,
    item: Item<'v>,
    take: &mut impl FnMut(Item<'v>),
) {
    let Some(page) = item.page() else {
        return;
    };
    if plan.may_be(item.kind()) {
        take(item);
    }
    if plan.may_be(Kind::Comment) {
        for row in view.comments(page.id()) {
            take(Item::Comment(row, page));
        }
    }
    if plan.may_be(Kind::Attachment) {
        for row in view.attachments(page.id()) {
            take(Item::Attachment(row, page));
        }
    }
}
