//! The changes between two positions in the journal, for the search index, which follows the
//! journal beside the catalogue.

use crate::Store;
use crate::db::DbError;
use crate::journal::{self, Step};
use narthex_access::Table;
use std::collections::BTreeSet;

/// How many revisions a follower may be behind. One that is further behind begins anew.
const FOLLOWED: u64 = 20_000;

impl Store {
    /// Returns the rows that were changed after one position in the journal, up to another, each
    /// once. A position is a revision and its mark. Returns `None` if the second isn't a
    /// continuation of the first, or too far ahead; then everything has to be read anew.
    ///
    /// # Errors
    /// Returns `DbError` if the database fails.
    pub async fn touched_between(
        &self,
        from: (u64, u64),
        to: (u64, u64),
    ) -> Result<Option<BTreeSet<(Table, u64)>>, DbError> {
        let mut touched = BTreeSet::new();
        if from.0 > to.0 || to.0 - from.0 > FOLLOWED {
            return Ok(None);
        }
        let mut snapshot = self.db().snapshot().await?;
        let mut at = from;
        loop {
            let steps = journal::steps(&mut snapshot, at.0).await?;
            let Some((first, mut ahead)) = steps.split_first() else {
                return Ok(None);
            };
            if place(first) != at {
                return Ok(None);
            }
            if let Some(end) = ahead.iter().position(|step| step.revision > to.0) {
                ahead = ahead.get(..end).unwrap_or_default();
            }
            let whole = ahead
                .iter()
                .zip(at.0 + 1..)
                .all(|(step, next)| step.revision == next);
            if !whole {
                return Ok(None);
            }
            touched.extend(journal::touched(ahead)?);
            match ahead.last() {
                Some(last) if last.revision < to.0 => at = place(last),
                last => {
                    let arrived = last.map_or(at, place) == to;
                    snapshot.finish().await?;
                    return Ok(arrived.then_some(touched));
                }
            }
        }
    }
}

fn place(step: &Step) -> (u64, u64) {
    (step.revision, step.mark)
}
