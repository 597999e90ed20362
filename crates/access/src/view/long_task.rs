//! Long tasks: each is seen by the person who started it, and by site administration (law 6.6).

use super::View;
use crate::id::AccountId;
use crate::seen::Absent;

/// Whose long tasks a subject is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LongTasksShown {
    /// Everybody's.
    All,
    /// Those that this account started.
    Of(AccountId),
}

impl View {
    /// Whose long tasks the subject is shown.
    ///
    /// # Errors
    /// [`Absent`] to nobody, who has started none, and to a token that doesn't read.
    pub fn long_tasks(&self) -> Result<LongTasksShown, Absent> {
        self.require_reading().map_err(|_| Absent::HERE)?;
        if self.subject.site_admin {
            return Ok(LongTasksShown::All);
        }
        let account = self.subject.account.ok_or(Absent::HERE)?;
        Ok(LongTasksShown::Of(account))
    }

    /// Goes on only for who is shown a long task, by who started it.
    ///
    /// # Errors
    /// [`Absent`] to all others.
    pub fn require_long_task_of(&self, starter: Option<AccountId>) -> Result<(), Absent> {
        match self.long_tasks()? {
            LongTasksShown::All => Ok(()),
            LongTasksShown::Of(account) if starter == Some(account) => Ok(()),
            LongTasksShown::Of(_) => Err(Absent::HERE),
        }
    }
}
