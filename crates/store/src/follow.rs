//! The two ways to bring a catalogue to a revision: loading it whole, or following from an earlier
//! one.
//!
//! Both read rows with the same mapping in one snapshot, and the catalogue is the same in the end
//! whether it takes rows all at once or one by one (*follow(R0→R) = load(R)*, `tests/follow.rs`).

use crate::db::{DbError, Queries, Snapshot, Value};
use crate::journal::{self, Step};
use crate::schema::mapping;
use narthex_access::{Catalogue, Loader, RowChange, Table};
use std::collections::BTreeSet;

/// The number of ids that are read in one query.
const TOGETHER: usize = 4096;

/// Tables whose rows are looked up by a name or a hash of their own.
const NAMED: [Table; 6] = [
    Table::Account,
    Table::Group,
    Table::Space,
    Table::Token,
    Table::Session,
    Table::OneTimeLink,
];

/// Loads the whole catalogue at the snapshot's revision.
pub(crate) async fn load(snapshot: &mut Snapshot) -> Result<Catalogue, DbError> {
    let place = journal::newest(snapshot).await?;
    let mut loader = Loader::default();
    for table in Table::ALL {
        let mapping = mapping(*table);
        snapshot
            .for_each_row(mapping.all, &[], |row| {
                loader.put((mapping.read)(row)?);
                Ok(())
            })
            .await?;
    }
    let mut catalogue = loader.finish();
    catalogue.revision = place.revision;
    catalogue.mark = place.mark;
    catalogue.last_event_at = place.at;
    Ok(catalogue)
}

/// Applies the changes of steps by reading the touched rows as the transaction sees them. The steps
/// must lead to the revision that the transaction sees, without a hole. The caller sets the
/// catalogue's revision.
pub(crate) async fn follow(
    read: &mut impl Queries,
    catalogue: &mut Catalogue,
    steps: &[Step],
) -> Result<(), DbError> {
    let touched = journal::touched(steps)?;
    let mut put = Vec::new();
    for table in Table::ALL {
        let mapping = mapping(*table);
        let mut gone: BTreeSet<u64> = touched
            .iter()
            .filter(|(touched, _)| touched == table)
            .map(|(_, id)| *id)
            .collect();
        let ids: Vec<i64> = gone.iter().map(|id| id.cast_signed()).collect();
        for together in ids.chunks(TOGETHER) {
            let params = [("ids", Value::List(together.to_vec()))];
            for row in read.rows(mapping.some, &params, mapping.read).await? {
                gone.remove(&row.id());
                put.push(row);
            }
        }
        // Rows that are gone are removed before any row is put, and so are rows with a name: it may
        // have passed from one row to another.
        if NAMED.contains(table) {
            gone.extend(ids.iter().map(|id| id.cast_unsigned()));
        }
        for id in gone {
            catalogue.apply(RowChange::Remove(*table, id));
        }
    }
    for row in put {
        catalogue.apply(RowChange::Put(row));
    }
    Ok(())
}
