//! The order of hits, and cursors in it.
//!
//! A cursor consists of the keys by which a hit is ordered and the hit itself. So the next page
//! continues right after the last hit that was returned, whatever has come or gone meanwhile, even
//! that hit. It reveals only that hit, which its receiver saw.

use super::Hit;
use super::item::Item;
use crate::cql::{Kind, Order, OrderBy, Thing};
use narthex_access::{AttachmentId, CommentId, PageId, SpaceId, View};
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// A key by which a hit is ordered.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Number(i64),
    Text(String),
}

/// A hit with its keys in the order.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ranked {
    /// The first key is separate, because most orders have no other.
    first: Key,
    others: Vec<Key>,
    thing: Thing,
    score: f32,
}

/// A position in an order of hits, which is converted to text and back.
#[derive(Debug, Clone, PartialEq)]
pub struct Cursor {
    keys: Vec<Key>,
    thing: Thing,
}

/// The error for a cursor that no response to this query returned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the query parameter \"cursor\" doesn't belong to this query; begin again without it")]
pub struct NoCursor;

/// An order of hits.
#[derive(Debug)]
pub(super) struct Ranking<'v> {
    view: &'v View,
    first: Order,
    others: Vec<Order>,
}

impl<'v> Ranking<'v> {
    /// Returns the requested order; without one, the best hits come first, or the newest if the
    /// query has no condition on text.
    pub(super) fn of(view: &'v View, asked: &[Order], has_text: bool) -> Self {
        let by = if has_text {
            OrderBy::Score
        } else {
            OrderBy::Modified
        };
        let default = Order {
            by,
            descending: true,
        };
        Self {
            view,
            first: asked.first().copied().unwrap_or(default),
            others: asked.iter().skip(1).copied().collect(),
        }
    }

    pub(super) fn rank(&self, item: &Item<'v>, score: f32) -> Ranked {
        let key = |by| key(by, self.view, item, score);
        Ranked {
            first: key(self.first.by),
            others: self.others.iter().map(|order| key(order.by)).collect(),
            thing: item.thing(),
            score,
        }
    }

    /// Ranks a thing without looking it up, if the order consists of the score alone.
    pub(super) fn rank_by_score(&self, thing: Thing, score: f32) -> Option<Ranked> {
        let alone = self.first.by == OrderBy::Score && self.others.is_empty();
        alone.then(|| Ranked {
            first: of_score(score),
            others: Vec::new(),
            thing,
            score,
        })
    }

    pub(super) fn compare(&self, a: &Ranked, b: &Ranked) -> Ordering {
        let turned = |order: &Order, ordering: Ordering| match order.descending {
            true => ordering.reverse(),
            false => ordering,
        };
        let mut ordering = turned(&self.first, a.first.cmp(&b.first));
        for ((order, a), b) in self.others.iter().zip(&a.others).zip(&b.others) {
            ordering = ordering.then_with(|| turned(order, a.cmp(b)));
        }
        ordering.then_with(|| a.thing.cmp(&b.thing))
    }

    /// Returns the position of a cursor.
    pub(super) fn place(&self, cursor: &Cursor) -> Result<Ranked, NoCursor> {
        let mut keys = cursor.keys.iter().cloned();
        let first = keys.next().ok_or(NoCursor)?;
        let others: Vec<Key> = keys.collect();
        let orders = std::iter::once(&self.first).chain(&self.others);
        let fit = orders.zip(&cursor.keys).all(|(order, key)| {
            matches!(key, Key::Text(_)) == matches!(order.by, OrderBy::Title | OrderBy::Space)
        });
        if !fit || others.len() != self.others.len() {
            return Err(NoCursor);
        }
        Ok(Ranked {
            first,
            others,
            thing: cursor.thing,
            score: 0.0,
        })
    }
}

/// Returns the key for a score. Scores aren't negative, so their bits have the same order.
fn of_score(score: f32) -> Key {
    Key::Number(i64::from(score.to_bits()))
}

fn key<'v>(by: OrderBy, view: &'v View, item: &Item<'v>, score: f32) -> Key {
    match by {
        OrderBy::Score => of_score(score),
        OrderBy::Created => Key::Number(item.created()),
        OrderBy::Modified => Key::Number(item.modified()),
        OrderBy::Id => Key::Number(item.number().cast_signed()),
        OrderBy::Type => Key::Number(match item.kind() {
            Kind::Attachment => 0,
            Kind::BlogPost => 1,
            Kind::Comment => 2,
            Kind::Folder => 3,
            Kind::Page => 4,
            Kind::Space => 5,
            Kind::User | Kind::Other => 6,
        }),
        OrderBy::Title => text(item.title().unwrap_or_default()),
        OrderBy::Space => text(item.space_key(view)),
    }
}

/// Returns the key for a text: without case, in one line.
fn text(text: &str) -> Key {
    let lower = text.chars().flat_map(char::to_lowercase);
    Key::Text(
        lower
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect(),
    )
}

impl Ranked {
    pub(super) fn hit(&self) -> Hit {
        Hit {
            thing: self.thing,
            score: self.score,
        }
    }

    pub(super) fn cursor(&self) -> Cursor {
        let first = std::iter::once(&self.first);
        Cursor {
            keys: first.chain(&self.others).cloned().collect(),
            thing: self.thing,
        }
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, id) = match self.thing {
            Thing::Page(id) => ('p', id.get()),
            Thing::Comment(id) => ('c', id.get()),
            Thing::Attachment(id) => ('a', id.get()),
            Thing::Space(id) => ('s', id.get()),
        };
        write!(f, "{kind}{id}")?;
        self.keys.iter().try_for_each(|key| match key {
            Key::Number(number) => write!(f, "\nn{number}"),
            Key::Text(text) => write!(f, "\nt{text}"),
        })
    }
}

impl FromStr for Cursor {
    type Err = NoCursor;

    fn from_str(text: &str) -> Result<Self, NoCursor> {
        let mut lines = text.split('\n');
        let thing = lines.next().unwrap_or_default();
        let number = || thing.get(1..)?.parse().ok();
        let thing = match thing.chars().next() {
            Some('p') => number().and_then(PageId::new).map(Thing::Page),
            Some('c') => number().and_then(CommentId::new).map(Thing::Comment),
            Some('a') => number().and_then(AttachmentId::new).map(Thing::Attachment),
            Some('s') => number().and_then(SpaceId::new).map(Thing::Space),
            _ => None,
        };
        let key = |line: &str| match (line.chars().next(), line.get(1..)) {
            (Some('n'), Some(number)) => number.parse().ok().map(Key::Number),
            (Some('t'), Some(text)) => Some(Key::Text(text.to_owned())),
            _ => None,
        };
        let keys: Option<Vec<Key>> = lines.map(key).collect();
        Ok(Self {
            keys: keys.ok_or(NoCursor)?,
            thing: thing.ok_or(NoCursor)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_written_and_read() {
        let cursor = Cursor {
            keys: vec![
                Key::Number(-7),
                Key::Text("a title: t1".into()),
                Key::Text(String::new()),
            ],
            thing: Thing::Comment(CommentId::new(12).unwrap()),
        };
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
        for wrong in [
            "",
            "p",
            "x12\nn1",
            "p12\nq",
            "p12\nnx",
            "p99999999999999999999\nn1",
            "pé",
        ] {
            assert_eq!(wrong.parse::<Cursor>(), Err(NoCursor), "{wrong}");
        }
    }
}
