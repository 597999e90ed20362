//! Prepares a query for testing: names are resolved as this reader sees them, and questions to the
//! index are numbered.

use super::item::Item;
use super::{Asked, Whereabouts};
use crate::cql::{
    Comparison, ContentRef, Expression, Happening, Kind, PersonRef, Query, Relation, Role,
    SpaceRef, Test, TextIn,
};
use crate::index::{Leaf, Questions};
use narthex_access::{
    AccountId, LabelPrefix, LabelRow, Millis, PageId, SpaceId, SpaceRow, View, Watched,
};

/// A condition on a hit.
#[derive(Debug)]
pub(super) enum Condition<'q> {
    /// All of them are true.
    All(Vec<Condition<'q>>),
    /// At least one of them is true.
    Any(Vec<Condition<'q>>),
    /// It is false.
    Not(Box<Condition<'q>>),
    /// The index's answer to the question with this number is yes.
    Asked(u32),
    /// The view confirms it.
    Is(Filter<'q>),
}

/// A test that the view decides.
#[derive(Debug)]
pub(super) enum Filter<'q> {
    Kind(&'q [Kind]),
    Title(Vec<String>),
    Itself(Vec<u64>),
    /// Attachments by their numbers, which `att` preceded.
    Attachment(Vec<u64>),
    Ancestor(Vec<PageId>),
    Parent(Vec<PageId>),
    Container(Vec<PageId>),
    Space(Vec<SpaceId>),
    Label(Vec<Label>),
    Creator(Vec<AccountId>),
    /// This account, the reader's own, watches it.
    Watcher(AccountId),
    /// The reader sees its history (law 2.24).
    Past,
    Created(Span),
    Modified(Span),
}

/// A label in a query.
#[derive(Debug)]
pub(super) struct Label {
    prefix: Option<LabelPrefix>,
    /// The name in lower case, as labels are.
    name: String,
}

/// A span of time, from the first millisecond to before the second.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span(Millis, Millis);

/// A query, ready to be tested.
#[derive(Debug)]
pub(super) struct Plan<'q> {
    pub(super) condition: Condition<'q>,
    pub(super) questions: Questions<'q>,
    view: &'q View,
}

/// Returns whether only the index can decide a test.
pub(super) fn is_of_index(test: &Test) -> bool {
    match test {
        Test::Text(of, query) => {
            matches!(of, TextIn::Title | TextIn::Anything) && !query.is_empty()
        }
        Test::Macro(_) => true,
        Test::Person(role, _) => matches!(role, Role::Contributor | Role::Mention),
        _ => false,
    }
}

impl<'q> Plan<'q> {
    pub(super) fn of(view: &'q View, query: &'q Query, asked: &'q Asked) -> Self {
        let mut resolving = Resolving {
            view,
            at: &asked.at,
            questions: Questions::default(),
        };
        Self {
            condition: resolving.expression(&query.condition, false),
            questions: resolving.questions,
            view,
        }
    }

    /// Returns whether the query has conditions on text, so that hits match more or less well.
    pub(super) fn has_text(&self) -> bool {
        let Questions { leaves, counting } = &self.questions;
        let mut leaves = leaves.iter().zip(0_u32..);
        leaves.any(|(leaf, bit)| matches!(leaf, Leaf::Text(..)) && counting >> bit & 1 == 1)
    }

    /// Returns whether a thing for which these answers of the index are yes may be a hit.
    pub(super) fn may_be_hit(&self, leaves: u64) -> bool {
        self.decided_by(leaves).unwrap_or(true)
    }

    /// Returns whether a thing for which these answers of the index are yes is a hit, or `None` if
    /// that depends on the thing.
    pub(super) fn decided_by(&self, leaves: u64) -> Option<bool> {
        self.condition.decided(&|condition| match condition {
            Condition::Asked(bit) => Some(leaves >> bit & 1 == 1),
            _ => None,
        })
    }

    /// Returns whether something of this type may be a hit.
    pub(super) fn may_be(&self, kind: Kind) -> bool {
        self.condition
            .decided(&|condition| match condition {
                Condition::Is(Filter::Kind(kinds)) => Some(kinds.contains(&kind)),
                _ => None,
            })
            .unwrap_or(true)
    }

    /// Returns whether an item is a hit; `leaves` are the index's answers for it.
    pub(super) fn fits(&self, item: &Item<'_>, leaves: u64) -> bool {
        self.condition
            .decided(&|condition| {
                match condition {
                Condition::Asked(bit) => Some(match item {
                    // Spaces aren't in the index, because there are few.
                    Item::Space(_) => self.questions.leaves.get(to_usize(*bit)).is_some_and(|leaf| {
                        matches!(leaf, Leaf::Text(_, query) if query.fits(&space_text(item)))
                    }),
                    _ => leaves >> bit & 1 == 1,
                }),
                Condition::Is(filter) => Some(filter.holds(self.view, item)),
                _ => None,
            }
            })
            .unwrap_or(false)
    }
}

fn to_usize(bit: u32) -> usize {
    usize::try_from(bit).unwrap_or(usize::MAX)
}

fn space_text(item: &Item<'_>) -> String {
    match item {
        Item::Space(space) => format!("{}\n{}", space.row().name, space.row().description),
        _ => String::new(),
    }
}

impl Condition<'_> {
    /// Evaluates the condition by `known`, which returns the values of its leaves, or `None` if
    /// those that are known aren't enough.
    fn decided(&self, known: &impl Fn(&Condition<'_>) -> Option<bool>) -> Option<bool> {
        match self {
            Self::All(parts) => several(parts, known, false),
            Self::Any(parts) => several(parts, known, true),
            Self::Not(part) => part.decided(known).map(|is| !is),
            end => known(end),
        }
    }
}

/// Evaluates AND or OR over `parts` in three-valued logic; `suffices` is the value that decides
/// early.
fn several(
    parts: &[Condition<'_>],
    known: &impl Fn(&Condition<'_>) -> Option<bool>,
    suffices: bool,
) -> Option<bool> {
    let mut unknown = false;
    for part in parts {
        match part.decided(known) {
            Some(is) if is == suffices => return Some(suffices),
            Some(_) => {}
            None => unknown = true,
        }
    }
    (!unknown).then_some(!suffices)
}

impl Filter<'_> {
    fn holds(&self, view: &View, item: &Item<'_>) -> bool {
        match self {
            Self::Kind(kinds) => kinds.contains(&item.kind()),
            Self::Title(titles) => item.title().is_some_and(|title| {
                let title = title.to_lowercase();
                titles.contains(&title)
            }),
            Self::Itself(numbers) => {
                !matches!(item, Item::Space(_)) && numbers.contains(&item.number())
            }
            Self::Attachment(numbers) => {
                matches!(item, Item::Attachment(..)) && numbers.contains(&item.number())
            }
            Self::Ancestor(pages) => match item {
                Item::Page(page) => page
                    .ancestors()
                    .iter()
                    .any(|above| pages.contains(&above.id())),
                _ => false,
            },
            Self::Parent(pages) => match item {
                Item::Page(page) => page
                    .parent()
                    .is_some_and(|above| pages.contains(&above.id())),
                _ => item.container().is_some_and(|page| pages.contains(&page)),
            },
            Self::Container(pages) => item.container().is_some_and(|page| pages.contains(&page)),
            Self::Space(spaces) => spaces.binary_search(&item.space()).is_ok(),
            Self::Label(labels) => item
                .labels(view)
                .iter()
                .any(|row| labels.iter().any(|label| label.is(row))),
            // A creator who isn't shown is nobody in particular, neither this person nor another
            // (A04).
            Self::Creator(accounts) => {
                let shown = item
                    .creator()
                    .filter(|id| view.author(*id).account().is_some());
                shown.is_some_and(|id| accounts.contains(&id))
            }
            Self::Watcher(own) => match item {
                Item::Page(page) => view.watches(*own, Watched::Page(page.id())) == Ok(true),
                Item::Space(space) => view.watches(*own, Watched::Space(space.id())) == Ok(true),
                Item::Comment(..) | Item::Attachment(..) => false,
            },
            Self::Past => item.page().is_some_and(|page| page.shows_past()),
            Self::Created(span) => span.has(item.created()),
            Self::Modified(span) => span.has(item.modified()),
        }
    }
}

impl Span {
    fn has(self, at: Millis) -> bool {
        self.0 <= at && at < self.1
    }
}

struct Resolving<'q> {
    view: &'q View,
    at: &'q Whereabouts,
    questions: Questions<'q>,
}

/// Returns a condition that no document matches.
fn never<'q>() -> Condition<'q> {
    Condition::Any(Vec::new())
}

impl<'q> Resolving<'q> {
    fn expression(&mut self, expression: &'q Expression, negated: bool) -> Condition<'q> {
        let mut each = |parts: &'q [Expression]| {
            let parts = parts.iter().map(|part| self.expression(part, negated));
            parts.collect::<Vec<_>>()
        };
        match expression {
            Expression::And(parts) => Condition::All(each(parts)),
            Expression::Or(parts) => Condition::Any(each(parts)),
            Expression::Not(part) => Condition::Not(Box::new(self.expression(part, !negated))),
            Expression::Test(test) => self.test(test, negated),
        }
    }

    /// Adds a question to the index; any beyond the maximum is answered with no.
    fn ask(&mut self, leaf: Leaf<'q>, negated: bool) -> Condition<'q> {
        let Ok(bit) = u32::try_from(self.questions.leaves.len()) else {
            return never();
        };
        if bit >= u64::BITS {
            return never();
        }
        self.questions.leaves.push(leaf);
        if !negated {
            self.questions.counting |= 1 << bit;
        }
        Condition::Asked(bit)
    }

    fn test(&mut self, test: &'q Test, negated: bool) -> Condition<'q> {
        let filter = match test {
            Test::Text(_, query) if query.is_empty() => return never(),
            Test::Text(TextIn::SpaceTitle, query) => self.spaces(|space| query.fits(&space.name)),
            // It concerns people, whom only people search finds.
            Test::Text(TextIn::FullName, _) => return never(),
            Test::Text(of, query) => return self.ask(Leaf::Text(*of, query), negated),
            Test::Macro(names) => return self.ask(Leaf::Macro(names), negated),
            Test::Person(role, who) => return self.person(*role, who, negated),
            Test::Title(titles) => {
                Filter::Title(titles.iter().map(|title| title.to_lowercase()).collect())
            }
            Test::Type(kinds) => Filter::Kind(kinds),
            Test::Content(Relation::Itself, refs) => return self.itself(refs),
            Test::Content(Relation::Ancestor, refs) => Filter::Ancestor(self.pages(refs)),
            Test::Content(Relation::Parent, refs) => Filter::Parent(self.pages(refs)),
            Test::Content(Relation::Container, refs) => Filter::Container(self.pages(refs)),
            Test::Space(refs) => {
                let mut spaces: Vec<SpaceId> = refs
                    .iter()
                    .filter_map(|space| match space {
                        SpaceRef::Key(key) => Some(key.as_str()),
                        SpaceRef::Current => self.at.space.as_deref(),
                    })
                    .filter_map(|key| self.view.space_by_key(key).ok())
                    .map(|space| space.id())
                    .collect();
                spaces.sort();
                Filter::Space(spaces)
            }
            Test::SpaceKind(kinds) => self.spaces(|space| kinds.contains(&Some(space.kind))),
            Test::SpaceCategory(names) => self.categories(names),
            Test::Label(names) => Filter::Label(names.iter().map(|name| label(name)).collect()),
            Test::When(what, comparison, time) => {
                let span = span(*comparison, time.at(self.view.now()));
                match what {
                    Happening::Created => Filter::Created(span),
                    Happening::Modified => Filter::Modified(span),
                }
            }
        };
        Condition::Is(filter)
    }

    /// Returns the filter for the spaces that the reader sees and that `wanted` accepts.
    fn spaces(&self, wanted: impl Fn(&SpaceRow) -> bool) -> Filter<'q> {
        let seen = self.view.spaces().filter(|space| wanted(space.row()));
        Filter::Space(seen.map(|space| space.id()).collect())
    }

    fn categories(&self, names: &[String]) -> Filter<'q> {
        let wanted: Vec<Label> = names.iter().map(|name| label(name)).collect();
        let seen = self.view.spaces().filter(|space| {
            Item::Space(*space)
                .labels(self.view)
                .iter()
                .any(|row| wanted.iter().any(|label| label.is(row)))
        });
        Filter::Space(seen.map(|space| space.id()).collect())
    }

    /// Returns the number of content, and whether it is an attachment's.
    fn content(&self, content: &ContentRef) -> Option<(bool, u64)> {
        match content {
            ContentRef::Id { attachment, number } => Some((*attachment, *number)),
            ContentRef::Current => self.at.content.map(|number| (false, number)),
            ContentRef::Nothing => None,
        }
    }

    fn itself(&self, refs: &[ContentRef]) -> Condition<'q> {
        let named = || refs.iter().filter_map(|content| self.content(content));
        let of = |attachment: bool| {
            named()
                .filter(|(is, _)| *is == attachment)
                .map(|(_, number)| number)
                .collect::<Vec<_>>()
        };
        Condition::Any(vec![
            Condition::Is(Filter::Itself(of(false))),
            Condition::Is(Filter::Attachment(of(true))),
        ])
    }

    fn pages(&self, refs: &[ContentRef]) -> Vec<PageId> {
        let named = refs.iter().filter_map(|content| self.content(content));
        named
            .filter_map(|(_, number)| PageId::new(number))
            .collect()
    }

    fn person(&mut self, role: Role, who: &[PersonRef], negated: bool) -> Condition<'q> {
        let own = self.view.subject().account();
        let named = who.iter().filter_map(|person| match person {
            PersonRef::Account(account) => *account,
            PersonRef::Current => own,
        });
        // Ignore accounts that this reader can't see, so that a search can't reveal them (law 3.7).
        let shown: Vec<AccountId> = named
            .filter(|id| self.view.author(*id).account().is_some())
            .collect();
        match role {
            Role::Creator => Condition::Is(Filter::Creator(shown)),
            Role::Mention => self.ask(Leaf::Mention(shown), negated),
            // The authors of former versions are part of the history (law 2.24).
            Role::Contributor => Condition::All(vec![
                Condition::Is(Filter::Past),
                self.ask(Leaf::Contributor(shown), negated),
            ]),
            // Watches are shown to nobody else.
            Role::Watcher => match own.filter(|own| shown.contains(own)) {
                Some(own) => Condition::Is(Filter::Watcher(own)),
                None => never(),
            },
            Role::User => never(),
        }
    }
}

impl Label {
    fn is(&self, row: &LabelRow) -> bool {
        *row.name == *self.name && self.prefix.is_none_or(|prefix| prefix == row.prefix)
    }
}

/// Parses a label with or without its prefix.
fn label(written: &str) -> Label {
    let prefixed = written
        .split_once(':')
        .and_then(|(prefix, name)| Some((LabelPrefix::from_word(&prefix.to_lowercase())?, name)));
    let (prefix, name) = match prefixed {
        Some((prefix, name)) => (Some(prefix), name),
        None => (None, written),
    };
    Label {
        prefix,
        name: name.to_lowercase(),
    }
}

fn span(comparison: Comparison, (from, to): (Millis, Millis)) -> Span {
    match comparison {
        Comparison::In => Span(from, to),
        Comparison::Before => Span(Millis::MIN, from),
        Comparison::UpTo => Span(Millis::MIN, from.saturating_add(1)),
        Comparison::After => Span(from.saturating_add(1), Millis::MAX),
        Comparison::From => Span(from, Millis::MAX),
    }
}
