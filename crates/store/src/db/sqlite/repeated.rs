//! One statement that is run before every request, and so in as few steps as possible.

use super::super::DbError;
use super::super::sql::Translated;
use super::super::value::{Row, Source};
use super::{Sqlite, failure};
use std::sync::Arc;

/// A statement without parameters that is run again and again.
pub(crate) struct Repeated {
    pub(super) sqlite: Sqlite,
    pub(super) sql: Arc<Translated>,
}

impl Repeated {
    /// Runs it inline and returns the result of `map` for its first row. Waits while the file is
    /// locked.
    ///
    /// # Errors
    /// Returns the error of the database or of `map`.
    pub(crate) async fn first<T>(
        &self,
        map: impl Fn(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<Option<T>, DbError> {
        match self.at_once(&map) {
            // The future that waits is boxed, so that the many that needn't wait stay small.
            Err(DbError::Busy(_)) => Box::pin(self.wait(map)).await,
            other => other,
        }
    }

    fn at_once<T>(
        &self,
        map: impl Fn(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<Option<T>, DbError> {
        let reader = self.sqlite.reader()?;
        let statement = reader.connection()?.prepare_cached(&self.sql.text);
        let mut statement = statement.map_err(failure)?;
        let mut rows = statement.query([]).map_err(failure)?;
        let first = rows.next().map_err(failure)?;
        first.map(|row| map(&Row(Source::Sqlite(row)))).transpose()
    }

    async fn wait<T>(
        &self,
        map: impl Fn(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<Option<T>, DbError> {
        let mut first = None;
        let keep = |row: &Row<'_>| {
            if first.is_none() {
                first = Some(map(row)?);
            }
            Ok(())
        };
        self.sqlite.read(&self.sql, &[], keep).await?;
        Ok(first)
    }
}
