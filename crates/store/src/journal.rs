//! The journal: the changes of each revision, for people and for programs.
//!
//! A revision's events are rows `(revision, n)` of one table. People read their kind and values
//! ([`crate::audit`]). Nodes read the first event's list of touched rows, and then those rows. A
//! node follows from its own revision to the newest only if nothing is missing between and the
//! marks agree; otherwise it loads anew.

use crate::change::{Actor, Event};
use crate::db::{DbError, Queries, Statement, Value};
use crate::migrate::READER;
use narthex_access::{Millis, Table};
use std::collections::BTreeSet;

/// How many revisions a node may be behind to follow. A node that is further behind loads anew.
pub(crate) const FOLLOWED: usize = 1024;

crate::statements! {
    SITE = "SELECT revision, mark, at, min_reader FROM site";
    STEPS = "SELECT revision, mark, touched FROM event WHERE n = 0 AND revision >= :mine ORDER BY revision LIMIT 1026";
    APPEND = "INSERT INTO event (revision, n, mark, at, actor_kind, actor, kind, space, page, object, before, after, touched) \
              VALUES (:revision, :n, :mark, :at, :actor_kind, :actor, :kind, :space, :page, :object, :before, :after, :touched)";
}

/// A revision with its random mark and its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The revision.
    pub revision: u64,
    /// The revision's random mark, by which two histories can be told apart.
    pub mark: u64,
    /// When its events were written.
    pub at: Millis,
}

/// One revision of the journal, with the columns that following needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// The revision.
    pub revision: u64,
    /// The revision's random mark.
    pub mark: u64,
    /// The rows that it changed, in the form that [`touched`] reads.
    pub touched: String,
}

/// The way for a node to reach a revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way<'a> {
    /// The node is there already.
    Arrived,
    /// The node applies these revisions, which follow on its own without a hole.
    Follow(&'a [Step]),
    /// The node loads anew, because the database isn't a continuation of what it knows: it was
    /// restored, is another one, or is too far ahead.
    Reload,
}

/// Returns the site's newest revision, as this transaction sees it.
pub(crate) async fn newest(read: &mut impl Queries) -> Result<Place, DbError> {
    let found = read
        .rows(SITE, &[], |row| {
            readable(row.get(3)?)?;
            Ok(Place {
                revision: row.get(0)?,
                mark: row.get(1)?,
                at: row.get(2)?,
            })
        })
        .await?;
    found.first().copied().ok_or_else(no_site)
}

/// Returns the journal from a revision on, as this transaction sees it.
pub(crate) async fn steps(read: &mut impl Queries, mine: u64) -> Result<Vec<Step>, DbError> {
    read.rows(STEPS, &[("mine", mine.into())], |row| {
        Ok(Step {
            revision: row.get(0)?,
            mark: row.get(1)?,
            touched: row.get(2)?,
        })
    })
    .await
}

/// Refuses a database that a newer program has taken over while this one ran.
pub(crate) fn readable(min_reader: i64) -> Result<(), DbError> {
    if min_reader > READER {
        return Err(DbError::Schema(format!(
            "a newer Narthex has taken this database over (it needs reader {min_reader}, this is {READER}): use that one"
        )));
    }
    Ok(())
}

/// Returns the error for a database without a site.
pub(crate) fn no_site() -> DbError {
    DbError::Schema("this database has no site yet: run `narthex init`".into())
}

/// Returns the way from one revision and mark to another, along the journal's steps in order.
pub(crate) fn way(steps: &[Step], from: (u64, u64), to: (u64, u64)) -> Way<'_> {
    if from == to {
        return Way::Arrived;
    }
    let place = steps
        .iter()
        .position(|step| (step.revision, step.mark) == from);
    let Some(ahead) = place.and_then(|place| steps.get(place + 1..)) else {
        return Way::Reload;
    };
    let whole = ahead
        .iter()
        .zip(from.0 + 1..)
        .all(|(step, expected)| step.revision == expected)
        && ahead
            .last()
            .is_some_and(|last| (last.revision, last.mark) == to);
    if whole && ahead.len() <= FOLLOWED {
        Way::Follow(ahead)
    } else {
        Way::Reload
    }
}

/// Returns the statements that append a revision's events. The first event has the touched rows.
pub(crate) fn append(
    place: Place,
    actor: Actor,
    events: &[Event],
    touched: &[(Table, u64)],
) -> Vec<Statement> {
    let (actor_kind, account) = match actor {
        Actor::Account(id) => ("account", Some(id.get())),
        Actor::Anonymous => ("anonymous", None),
        Actor::Operator => ("operator", None),
    };
    events
        .iter()
        .zip(0_u64..)
        .map(|(event, n)| {
            let touched = if n == 0 {
                write_touched(touched)
            } else {
                String::new()
            };
            let row: Vec<(&'static str, Value)> = vec![
                ("revision", place.revision.into()),
                ("n", n.into()),
                ("mark", place.mark.into()),
                ("at", place.at.into()),
                ("actor_kind", actor_kind.into()),
                ("actor", account.into()),
                ("kind", event.kind.into()),
                ("space", event.space.map(|id| id.get()).into()),
                ("page", event.page.map(|id| id.get()).into()),
                ("object", event.object.as_str().into()),
                ("before", event.before.clone().into()),
                ("after", event.after.clone().into()),
                ("touched", touched.into()),
            ];
            Statement::put(APPEND, n, row)
        })
        .collect()
}

/// Formats touched rows as text: a line `table id id id` for each table.
fn write_touched(touched: &[(Table, u64)]) -> String {
    let mut out = String::new();
    let mut line = None;
    for (table, id) in touched.iter().collect::<BTreeSet<_>>() {
        if line != Some(table) {
            if line.is_some() {
                out.push('\n');
            }
            out.push_str(table.word());
            line = Some(table);
        }
        out.push(' ');
        out.push_str(&id.to_string());
    }
    out
}

/// Returns the rows that steps changed, each once, table by table in loading order.
///
/// # Errors
/// Returns [`DbError::Corrupt`] if the text has an unknown table or something that isn't an id.
pub(crate) fn touched(steps: &[Step]) -> Result<BTreeSet<(Table, u64)>, DbError> {
    let mut rows = BTreeSet::new();
    for step in steps {
        for line in step.touched.lines() {
            let unknown = || {
                DbError::Corrupt(format!(
                    "revision {} touched something unknown: {line}",
                    step.revision
                ))
            };
            let mut words = line.split(' ');
            let table = words
                .next()
                .and_then(Table::from_word)
                .ok_or_else(unknown)?;
            for id in words {
                rows.insert((table, id.parse().map_err(|_| unknown())?));
            }
        }
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(marks: &[(u64, u64)]) -> Vec<Step> {
        let step = |&(revision, mark)| Step {
            revision,
            mark,
            touched: String::new(),
        };
        marks.iter().map(step).collect()
    }

    #[test]
    fn a_node_at_the_newest_revision_has_arrived_if_the_mark_is_its_own() {
        let steps = steps(&[(7, 70)]);
        assert_eq!(way(&steps, (7, 70), (7, 70)), Way::Arrived);
        assert_eq!(way(&steps, (7, 71), (7, 70)), Way::Reload);
    }

    #[test]
    fn a_node_behind_follows_only_without_a_hole_and_from_its_own_mark() {
        let whole = steps(&[(6, 60), (7, 70), (8, 80), (9, 90)]);
        assert_eq!(way(&whole, (7, 70), (9, 90)), Way::Follow(&whole[2..]));
        assert_eq!(way(&whole, (7, 71), (9, 90)), Way::Reload);
        assert_eq!(way(&whole, (5, 50), (9, 90)), Way::Reload);
        assert_eq!(way(&whole, (7, 70), (9, 91)), Way::Reload);
        assert_eq!(
            way(&steps(&[(7, 70), (9, 90)]), (7, 70), (9, 90)),
            Way::Reload
        );
        assert_eq!(
            way(&steps(&[(7, 70), (8, 80)]), (7, 70), (9, 90)),
            Way::Reload
        );
        assert_eq!(way(&steps(&[(7, 70)]), (7, 70), (9, 90)), Way::Reload);
    }

    #[test]
    fn a_database_that_went_back_is_loaded_anew() {
        assert_eq!(way(&steps(&[]), (7, 70), (5, 50)), Way::Reload);
        assert_eq!(way(&steps(&[(7, 71)]), (7, 70), (9, 90)), Way::Reload);
    }

    #[test]
    fn who_is_too_far_behind_loads_anew() {
        let marks: Vec<(u64, u64)> = (0..=2000)
            .map(|revision| (revision, revision * 10))
            .collect();
        let long = steps(&marks);
        assert_eq!(way(&long, (0, 0), (2000, 20000)), Way::Reload);
        assert!(matches!(
            way(&long, (1990, 19900), (2000, 20000)),
            Way::Follow(_)
        ));
    }

    #[test]
    fn touched_rows_are_read_as_they_were_written() {
        let rows = [
            (Table::Page, 9),
            (Table::Space, 1),
            (Table::Page, 2),
            (Table::Page, 9),
        ];
        let text = write_touched(&rows);
        assert_eq!(text, "space 1\npage 2 9");
        let step = |touched: &str| Step {
            revision: 1,
            mark: 1,
            touched: touched.into(),
        };
        let read = touched(&[step(&text), step(""), step("page 3")]).unwrap();
        assert_eq!(
            read.into_iter().collect::<Vec<_>>(),
            [
                (Table::Space, 1),
                (Table::Page, 2),
                (Table::Page, 3),
                (Table::Page, 9)
            ]
        );
        assert!(matches!(
            touched(&[step("nothing 3")]),
            Err(DbError::Corrupt(_))
        ));
        assert!(matches!(
            touched(&[step("page x")]),
            Err(DbError::Corrupt(_))
        ));
    }
}
