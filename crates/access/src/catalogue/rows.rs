//! Maps of rows that are attached to pages, spaces and accounts, by id and by other keys. A page
//! without a label costs nothing, because it is in no map of labels.

use crate::by_id::ById;
use crate::id::Id;
use crate::ordered::Ordered;
use alloc::sync::Arc;
use core::fmt::Debug;

/// A row that can be found by other keys than its id.
pub(crate) trait Found: Clone + Debug + Eq {
    /// The type of its id.
    type Id: Id + Debug;
    /// The type of the keys that it is found by.
    type Key: Ord + Clone + Debug;
    /// The collection of all its keys.
    type Keys: IntoIterator<Item = Self::Key>;

    /// Returns the id of the row.
    fn id(&self) -> Self::Id;

    /// Returns the keys that the row is found by, as it is now.
    fn keys(&self) -> Self::Keys;
}

/// All rows of one type.
#[derive(Debug, Clone)]
pub(crate) struct Rows<R: Found> {
    by_id: ById<R::Id, Arc<R>>,
    by_key: Ordered<(R::Key, R::Id), ()>,
}

impl<R: Found> Default for Rows<R> {
    fn default() -> Self {
        Self {
            by_id: ById::default(),
            by_key: Ordered::default(),
        }
    }
}

impl<R: Found> PartialEq for Rows<R> {
    fn eq(&self, other: &Self) -> bool {
        self.by_id == other.by_id && self.by_key == other.by_key
    }
}

impl<R: Found> Eq for Rows<R> {}

impl<R: Found> FromIterator<R> for Rows<R> {
    fn from_iter<I: IntoIterator<Item = R>>(rows: I) -> Self {
        let by_id: ById<R::Id, Arc<R>> = rows
            .into_iter()
            .map(|row| (row.id(), Arc::new(row)))
            .collect();
        let keys = |row: &Arc<R>| {
            let id = row.id();
            row.keys().into_iter().map(move |key| ((key, id), ()))
        };
        let by_key = by_id.iter().flat_map(|(_, row)| keys(row)).collect();
        Self { by_id, by_key }
    }
}

impl<R: Found> Rows<R> {
    pub(crate) fn put(&mut self, row: R) {
        let id = row.id();
        let keys = row.keys();
        if let Some(old) = self.by_id.insert(id, Arc::new(row)) {
            self.unindex(&old);
        }
        for key in keys {
            self.by_key.insert((key, id), ());
        }
    }

    pub(crate) fn take(&mut self, number: u64) {
        let id = <R::Id as Id>::of_number(number);
        if let Some(old) = id.and_then(|id| self.by_id.remove(&id)) {
            self.unindex(&old);
        }
    }

    fn unindex(&mut self, old: &R) {
        for key in old.keys() {
            self.by_key.remove(&(key, old.id()));
        }
    }

    pub(crate) fn get(&self, id: R::Id) -> Option<&R> {
        self.by_id.get(&id).map(AsRef::as_ref)
    }

    /// Returns the rows with this key, in the order of their ids.
    pub(crate) fn of(&self, key: R::Key) -> impl Iterator<Item = &R> + use<'_, R> {
        self.by_key
            .from(&(key.clone(), <R::Id as Id>::FIRST))
            .take_while(move |((of, _), ())| *of == key)
            .filter_map(|((_, id), ())| self.get(*id))
    }

    /// Returns all rows from an id on, in the order of their ids.
    pub(crate) fn all_from(&self, first: R::Id) -> impl Iterator<Item = &R> + use<'_, R> {
        self.by_id.from(&first).map(|(_, row)| row.as_ref())
    }

    /// Returns all rows from a key on, in the order of their keys. A row is returned for each of
    /// its keys.
    pub(crate) fn from(&self, first: R::Key) -> impl Iterator<Item = (&R::Key, &R)> + use<'_, R> {
        self.by_key
            .from(&(first, <R::Id as Id>::FIRST))
            .filter_map(|((key, id), ())| Some((key, self.get(*id)?)))
    }
}
