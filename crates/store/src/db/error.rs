//! The failures of a database, classified by what the user can do about them.

/// A failure of the database, classified by its remedy. Both engines map onto the same classes.
#[derive(Clone, Debug, thiserror::Error)]
pub enum DbError {
    /// The database can't be reached or doesn't respond in time. Nothing was changed; trying again
    /// later works.
    #[error(
        "the database can't be reached: {0}. Check that it runs and that its address is right; nothing needs a restart here"
    )]
    Unavailable(String),
    /// No space is left where the database or the attachments are stored. Nothing was changed.
    #[error("no space is left on the disk: {0}. Free space there; writing then resumes by itself")]
    DiskFull(String),
    /// The database or a file system accepts no writes.
    #[error(
        "nothing can be written: {0}. Make the files or the server writable, or use the address of the primary; writing then resumes by itself"
    )]
    ReadOnly(String),
    /// Another writer held a lock for too long, or the engine requires to run the transaction
    /// again. Nothing was changed.
    #[error("the database is busy: {0}. Try again")]
    Busy(String),
    /// The connection was lost during a commit, which may have happened or not.
    #[error(
        "the database was lost while a change was being saved: {0}. Check whether it was saved before you repeat it"
    )]
    CommitUnknown(String),
    /// The database was migrated by a newer program.
    #[error(
        "the database has schema {database}, this program knows schema {program}. Use a newer Narthex, or restore the backup made before the upgrade"
    )]
    Newer {
        /// The number of the newest migration in the database.
        database: i64,
        /// The number of the newest migration that this program has.
        program: i64,
    },
    /// The database has no schema, an older one, or a schema that this program didn't write.
    #[error("{0}")]
    Schema(String),
    /// A statement broke a rule of the schema (unique, foreign key, not null). This is a bug, or
    /// two writers used one name.
    #[error("the change contradicts what is stored: {0}")]
    Constraint(String),
    /// The stored data can't be read.
    #[error("the database is damaged: {0}. Stop, keep a copy of its files, and restore a backup")]
    Corrupt(String),
    /// The database exists, but it isn't set up so that an acknowledged change survives, or Narthex
    /// can't use it.
    #[error("the database can't be used with its present settings: {0}")]
    Unfit(String),
    /// A value or statement that the engines don't accept, which is a bug in Narthex.
    #[error("the database refused a statement: {0}. This is a bug in Narthex, please report it")]
    Statement(String),
}

impl DbError {
    /// Whether the same transaction may succeed if it is run again at once.
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::Busy(_))
    }

    /// Whether the database can't work at all: it is away, full, read-only or damaged. Otherwise it
    /// refused this change alone.
    pub fn is_outage(&self) -> bool {
        matches!(
            self,
            Self::Unavailable(_)
                | Self::DiskFull(_)
                | Self::ReadOnly(_)
                | Self::CommitUnknown(_)
                | Self::Corrupt(_)
        )
    }

    /// Returns the failure of a file, classified by its remedy.
    pub(crate) fn of_file(kind: std::io::ErrorKind, cause: String) -> Self {
        use std::io::ErrorKind;
        match kind {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull(cause),
            ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => Self::ReadOnly(cause),
            _ => Self::Unavailable(cause),
        }
    }

    /// Returns the error for a column with a value that the program doesn't expect.
    pub(crate) fn column(index: usize, expected: &str) -> Self {
        Self::Corrupt(format!("column {index} of a row is not {expected}"))
    }
}
