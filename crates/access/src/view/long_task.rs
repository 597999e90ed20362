//! The part of a view about long tasks. Each is shown to the account that started it, and to site
//! administrators (law 6.6).

use super::View;
use crate::id::AccountId;
use crate::seen::Absent;

/// The long tasks that a subject may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LongTasksShown {
    /// All long tasks.
    All,
    /// The long tasks that this account started.
    Of(AccountId),
}

impl View {
    /// Returns which long tasks the subject may see.
    ///
    /// # Errors
    /// Returns [`Absent`] to anonymous, who can't have started any, and to a token without the
    /// scope to read.
    pub fn long_tasks(&self) -> Result<LongTasksShown, Absent> {
        self.require_reading().map_err(|_| Absent::HERE)?;
        if self.subject.site_admin {
            return Ok(LongTasksShown::All);
        }
        let account = self.subject.account.ok_or(Absent::HERE)?;
        Ok(LongTasksShown::Of(account))
    }

    /// Requires that the subject may see a long task that was started by `starter`.
    ///
    /// # Errors
    /// Returns [`Absent`] to everybody else.
    pub fn require_long_task_of(&self, starter: Option<AccountId>) -> Result<(), Absent> {
        match self.long_tasks()? {
            LongTasksShown::All => Ok(()),
            LongTasksShown::Of(account) if starter == Some(account) => Ok(()),
            LongTasksShown::Of(_) => Err(Absent::HERE),
        }
    }
}
