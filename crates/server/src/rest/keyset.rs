//! The order of v2's lists, and cursors that hold while entries come and go.
//!
//! A cursor names the position of the last entry that was returned by the value that the list is
//! ordered by, not by a count: an entry that appears or goes before it moves nothing.

use crate::request::bad_request::BadRequest;
use crate::request::query::Parameters;
use crate::rest::paging::After;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::fmt;
use std::str::FromStr;

/// The value that an entry is ordered by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key<'v> {
    /// A number: an instant, or 0 where the id alone orders.
    Number(i64),
    /// A text, such as a title or a key.
    Text(Cow<'v, str>),
}

/// The position of an entry in an order: the value that it is ordered by, then its id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place<'v> {
    key: Key<'v>,
    id: u64,
}

impl<'v> Place<'v> {
    /// A position in a list that is ordered by id.
    pub fn by_id(id: u64) -> Self {
        Self::by_number(0, id)
    }

    /// A position in a list that is ordered by a number, then by id.
    pub fn by_number(number: i64, id: u64) -> Self {
        Self {
            key: Key::Number(number),
            id,
        }
    }

    /// A position in a list that is ordered by a text, then by id.
    pub fn by_text(text: &'v str, id: u64) -> Self {
        Self {
            key: Key::Text(text.into()),
            id,
        }
    }

    /// Returns the id of the entry.
    pub fn id(&self) -> u64 {
        self.id
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.key {
            Key::Number(number) => write!(f, "n{}.{number}", self.id),
            Key::Text(text) => write!(f, "t{}.{text}", self.id),
        }
    }
}

/// The error for a text that isn't a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAPlace;

impl FromStr for Place<'static> {
    type Err = NotAPlace;

    fn from_str(text: &str) -> Result<Self, NotAPlace> {
        let (front, key) = text.split_once('.').ok_or(NotAPlace)?;
        let id = |digits: &str| digits.parse().map_err(|_| NotAPlace);
        if let Some(digits) = front.strip_prefix('n') {
            let number = key.parse().map_err(|_| NotAPlace)?;
            Ok(Self::by_number(number, id(digits)?))
        } else if let Some(digits) = front.strip_prefix('t') {
            Ok(Self {
                key: Key::Text(key.to_owned().into()),
                id: id(digits)?,
            })
        } else {
            Err(NotAPlace)
        }
    }
}

/// The `sort` of a query: a field and a direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort<F> {
    /// The field to order by.
    pub field: F,
    /// Whether the greatest value comes first.
    pub descending: bool,
}

impl<F: Copy> Sort<F> {
    /// Orders by a field, the lowest value first.
    pub const fn ascending(field: F) -> Self {
        Self {
            field,
            descending: false,
        }
    }

    /// Orders by a field, the greatest value first.
    pub const fn descending(field: F) -> Self {
        Self {
            field,
            descending: true,
        }
    }

    /// Reads `sort` from a query: one of the words, or one of them after `-` for descending order.
    ///
    /// # Errors
    /// Bad request for any other word; the message lists the ones that are accepted.
    pub fn of(
        query: &Parameters<'_>,
        words: &[(&str, F)],
        otherwise: Self,
    ) -> Result<Self, BadRequest> {
        let Some(sort) = query.get("sort") else {
            return Ok(otherwise);
        };
        let (word, descending) = match sort.strip_prefix('-') {
            Some(word) => (word, true),
            None => (sort, false),
        };
        match words.iter().find(|(known, _)| *known == word) {
            Some((_, field)) => Ok(Self {
                field: *field,
                descending,
            }),
            None => {
                let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
                Err(BadRequest::new(format!(
                    "the query parameter \"sort\" must be {}, or one of them after \"-\"",
                    known.join(", ")
                )))
            }
        }
    }
}

/// One page of a list: its entries, and the cursor's text if more follow.
pub type Cut<T> = (Vec<T>, Option<String>);

/// An entry with its position, compared in the requested order.
struct Ranked<'v, T> {
    place: Place<'v>,
    descending: bool,
    entry: T,
}

impl<T> Ord for Ranked<'_, T> {
    fn cmp(&self, other: &Self) -> Ordering {
        let order = self.place.cmp(&other.place);
        if self.descending {
            order.reverse()
        } else {
            order
        }
    }
}

impl<T> PartialOrd for Ranked<'_, T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> PartialEq for Ranked<'_, T> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl<T> Eq for Ranked<'_, T> {}

/// Whether an entry comes after the last one that was returned.
fn follows(place: &Place<'_>, last: Option<&Place<'_>>, descending: bool) -> bool {
    match last.map(|last| place.cmp(last)) {
        None => true,
        Some(Ordering::Equal) => false,
        Some(Ordering::Greater) => !descending,
        Some(Ordering::Less) => descending,
    }
}

/// Returns one page of a list whose entries come in any order. However long the list, no more than
/// a page of it is held (A65).
pub fn cut<'v, T>(
    entries: impl Iterator<Item = (Place<'v>, T)>,
    after: &After<Place<'static>>,
    descending: bool,
) -> Cut<T> {
    let mut least: BinaryHeap<Ranked<'v, T>> = BinaryHeap::new();
    for (place, entry) in entries {
        if follows(&place, after.last.as_ref(), descending) {
            least.push(Ranked {
                place,
                descending,
                entry,
            });
            if least.len() > after.limit.saturating_add(1) {
                least.pop();
            }
        }
    }
    let ordered = least.into_sorted_vec().into_iter();
    cut_ordered(ordered.map(|ranked| (ranked.place, ranked.entry)), after)
}

/// Returns one page of a list whose entries come in order, beginning at the first entry or at the
/// last one that was returned. It reads no further than the page.
pub fn cut_ordered<'v, T>(
    entries: impl Iterator<Item = (Place<'v>, T)>,
    after: &After<Place<'static>>,
) -> Cut<T> {
    let mut entries = entries.filter(|(place, _)| after.last.as_ref() != Some(place));
    let mut last = None;
    let mut page = Vec::new();
    for (place, entry) in entries.by_ref().take(after.limit) {
        last = Some(place);
        page.push(entry);
    }
    let more = entries.next().is_some();
    (page, last.filter(|_| more).map(|place| place.to_string()))
}

/// A position in a list whose order can't be told from its entries: that of the page tree. It holds
/// the last entry and how many entries had been returned: if that entry has gone meanwhile, the
/// list continues where it stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchor {
    last: u64,
    answered: usize,
}

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.last, self.answered)
    }
}

impl FromStr for Anchor {
    type Err = NotAPlace;

    fn from_str(text: &str) -> Result<Self, NotAPlace> {
        let (last, answered) = text.split_once('.').ok_or(NotAPlace)?;
        Ok(Self {
            last: last.parse().map_err(|_| NotAPlace)?,
            answered: answered.parse().map_err(|_| NotAPlace)?,
        })
    }
}

/// Returns one page of a list in an order of its own. It goes through the list once to find the
/// last entry, and again from there: no more than a page is held.
pub fn cut_anchored<T, I: Iterator<Item = T>>(
    entries: impl Fn() -> I,
    id: impl Fn(&T) -> u64,
    after: &After<Anchor>,
) -> Cut<T> {
    let start = after.last.map_or(0, |anchor| {
        match entries().position(|entry| id(&entry) == anchor.last) {
            Some(at) => at.saturating_add(1),
            None => anchor.answered.saturating_sub(1),
        }
    });
    let mut rest = entries().skip(start);
    let page: Vec<T> = rest.by_ref().take(after.limit).collect();
    let more = rest.next().is_some();
    let answered = start.saturating_add(page.len());
    let last = page.last().filter(|_| more).map(id);
    let next = last.map(|last| Anchor { last, answered }.to_string());
    (page, next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn after<K: FromStr>(next: Option<&str>, limit: usize) -> After<K> {
        After {
            last: next.map(|text| text.parse().ok().expect("our own cursor")),
            limit,
        }
    }

    proptest! {
        #[test]
        fn pages_of_any_order_are_the_whole_list_once(
            titles in proptest::collection::vec("[a-c.]{0,2}", 0..20),
            limit in 1_usize..5,
            descending: bool,
        ) {
            let places = || titles.iter().zip(1_u64..).map(|(title, id)| (Place::by_text(title, id), id));
            let mut whole: Vec<_> = places().collect();
            whole.sort();
            if descending {
                whole.reverse();
            }
            let (mut read, mut next): (Vec<u64>, Option<String>) = (Vec::new(), None);
            loop {
                let (page, then) = cut(places(), &after(next.as_deref(), limit), descending);
                prop_assert!(page.len() <= limit);
                read.extend(page);
                next = then;
                if next.is_none() {
                    break;
                }
            }
            prop_assert_eq!(read, whole.into_iter().map(|(_, id)| id).collect::<Vec<_>>());
        }

        #[test]
        fn an_entry_that_stays_is_read_once_whatever_comes_and_goes(
            first in proptest::collection::btree_set(0_i64..40, 4..20),
            second in proptest::collection::btree_set(0_i64..40, 4..20),
            limit in 1_usize..4,
        ) {
            let list = |of: &std::collections::BTreeSet<i64>| of.iter().map(|n| (Place::by_number(*n, 1), *n)).collect::<Vec<_>>();
            let (mut read, next) = cut(list(&first).into_iter(), &after(None, limit), false);
            let mut next = next;
            while let Some(cursor) = next {
                let (page, then) = cut(list(&second).into_iter(), &after(Some(&cursor), limit), false);
                read.extend(page);
                next = then;
            }
            let mut once = read.clone();
            once.dedup();
            prop_assert_eq!(&read, &once);
            for stays in first.intersection(&second) {
                prop_assert!(read.contains(stays));
            }
        }
    }

    #[test]
    fn a_list_goes_on_where_its_last_entry_stood_when_that_has_gone() {
        let list = |ids: &'static [u64]| move || ids.iter().copied();
        let (page, next) = cut_anchored(list(&[5, 3, 9, 1]), |id| *id, &after(None, 2));
        assert_eq!(page, [5, 3]);
        let next = next.expect("there is more");
        let then = || after(Some(&next), 2);
        assert_eq!(cut_anchored(list(&[5, 9, 1]), |id| *id, &then()).0, [9, 1]);
        assert_eq!(
            cut_anchored(list(&[7, 5, 3, 9, 1]), |id| *id, &then()).0,
            [9, 1]
        );
    }
}
