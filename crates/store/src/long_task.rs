//! Long tasks: the outcomes of operations whose response was a pointer to the outcome.
//!
//! A row is written with the change that it is about, and never changed. Whether somebody may read
//! one depends on who started it, which only the row says. So it is read first and decided then, as
//! an entry of the audit log is.

use crate::Store;
use crate::change::{LongTaskPage, LongTaskRow};
use crate::db::{DbError, Row, Statement};
use narthex_access::{AccountId, LongTaskId, Millis, PageId};

crate::statements! {
    PUT = "INSERT INTO long_task (id, kind, account, started_at, finished_at, pages, made, failure) \
           VALUES (:id, :kind, :account, :started_at, :finished_at, :pages, :made, :failure)";
    ONE = "SELECT id, kind, account, started_at, finished_at, pages, made, failure FROM long_task WHERE id = :id";
    ALL = "SELECT id, kind, account, started_at, finished_at, pages, made, failure FROM long_task \
           WHERE (:kind = '' OR kind = :kind) ORDER BY finished_at DESC, id LIMIT :limit OFFSET :start";
    OF = "SELECT id, kind, account, started_at, finished_at, pages, made, failure FROM long_task \
          WHERE account = :account AND (:kind = '' OR kind = :kind) ORDER BY finished_at DESC, id LIMIT :limit OFFSET :start";
    PUT_PAGE = "INSERT INTO long_task_page (task, place, page, failure) VALUES (:task, :place, :page, :failure)";
    PAGES = "SELECT page, failure FROM long_task_page WHERE task = :task ORDER BY place";
    FORGET_PAGES = "DELETE FROM long_task_page WHERE task IN (SELECT id FROM long_task WHERE finished_at < :before)";
    FORGET = "DELETE FROM long_task WHERE finished_at < :before";
}

/// A filter for long tasks, which are returned newest first.
#[derive(Clone, Debug, Default)]
pub struct LongTaskQuery {
    /// Only those that this account started.
    pub of: Option<AccountId>,
    /// Only those of this kind, or all if it is empty.
    pub kind: String,
    /// How many to skip.
    pub start: u32,
    /// The maximum number of tasks.
    pub limit: u32,
}

/// Returns the statement that writes a task.
pub(crate) fn statement(row: LongTaskRow) -> Statement {
    Statement::new(
        PUT,
        vec![
            ("id", row.id.get().into()),
            ("kind", row.kind.into()),
            ("account", row.account.map(|id| id.get()).into()),
            ("started_at", row.started_at.into()),
            ("finished_at", row.finished_at.into()),
            ("pages", row.pages.into()),
            ("made", row.made.map(|id| id.get()).into()),
            ("failure", row.failure.into()),
        ],
    )
}

/// Returns the statements that write the outcomes for its pages.
pub(crate) fn of_pages(task: LongTaskId, pages: Vec<LongTaskPage>) -> Vec<Statement> {
    let rows = (0_u64..).zip(pages).map(|(place, page)| {
        Statement::new(
            PUT_PAGE,
            vec![
                ("task", task.get().into()),
                ("place", place.into()),
                ("page", page.page.get().into()),
                ("failure", page.failure.into()),
            ],
        )
    });
    rows.collect()
}

impl Store {
    /// Returns a long task by id, or `None` if there is no such task.
    ///
    /// # Errors
    /// Returns `DbError` if the database fails.
    pub async fn long_task(&self, id: LongTaskId) -> Result<Option<LongTaskRow>, DbError> {
        self.db()
            .read_one(ONE, &[("id", id.get().into())], task)
            .await
    }

    /// Returns long tasks, the newest first.
    ///
    /// # Errors
    /// Returns `DbError` if the database fails.
    pub async fn long_tasks(&self, query: &LongTaskQuery) -> Result<Vec<LongTaskRow>, DbError> {
        let mut params = vec![
            ("kind", query.kind.as_str().into()),
            ("limit", query.limit.into()),
            ("start", query.start.into()),
        ];
        match query.of {
            None => self.db().read(ALL, &params, task).await,
            Some(account) => {
                params.push(("account", account.get().into()));
                self.db().read(OF, &params, task).await
            }
        }
    }

    /// Returns the outcomes for the pages of a long task, in the order in which they were named.
    ///
    /// # Errors
    /// Returns `DbError` if the database fails.
    pub async fn long_task_pages(&self, id: LongTaskId) -> Result<Vec<LongTaskPage>, DbError> {
        let page = |row: &Row<'_>| {
            Ok(LongTaskPage {
                page: PageId::new(row.get(0)?).ok_or_else(|| DbError::column(0, "an id"))?,
                failure: row.get(1)?,
            })
        };
        self.db()
            .read(PAGES, &[("task", id.get().into())], page)
            .await
    }

    /// Removes the long tasks that ended before an instant.
    ///
    /// # Errors
    /// Returns `DbError` if the database fails.
    pub async fn forget_long_tasks(&self, before: Millis) -> Result<(), DbError> {
        let mut tx = self.db().write().await?;
        for forget in [FORGET_PAGES, FORGET] {
            tx.execute(forget, vec![("before", before.into())]).await?;
        }
        tx.commit().await
    }
}

fn task(row: &Row<'_>) -> Result<LongTaskRow, DbError> {
    let id = row.get::<u64>(0)?;
    Ok(LongTaskRow {
        id: LongTaskId::new(id).ok_or_else(|| DbError::column(0, "an id"))?,
        kind: row.get(1)?,
        account: row.get::<Option<u64>>(2)?.and_then(AccountId::new),
        started_at: row.get(3)?,
        finished_at: row.get(4)?,
        pages: row.get(5)?,
        made: row.get::<Option<u64>>(6)?.and_then(PageId::new),
        failure: row.get(7)?,
    })
}
