//! The part of a view about tasks, which are decided as the page that they are in (law 2.25).

use super::View;
use crate::id::{PageId, TaskId};
use crate::page::PageState;
use crate::seen::Absent;
use crate::task::TaskRow;
use alloc::vec::Vec;

impl View {
    /// Returns a task by id.
    ///
    /// # Errors
    /// Returns [`Absent`] if the subject can't see it.
    pub fn task(&self, id: TaskId) -> Result<&TaskRow, Absent> {
        let row = self.catalogue.tasks.get(id).ok_or(Absent::HERE)?;
        self.page(row.page)?;
        Ok(row)
    }

    /// Returns the tasks in a page or blog post, oldest first.
    ///
    /// # Errors
    /// Returns [`Absent`] if the subject can't see the page.
    pub fn tasks_in(&self, page: PageId) -> Result<Vec<&TaskRow>, Absent> {
        self.page(page)?;
        let mut rows: Vec<_> = self.catalogue.tasks.of(page).collect();
        rows.sort_by_key(|row| (row.created_at, row.id));
        Ok(rows)
    }

    /// Returns the tasks from an id on that the subject sees in live pages and blog posts, in the
    /// order of their ids.
    pub fn tasks_from(&self, first: TaskId) -> impl Iterator<Item = &TaskRow> {
        self.catalogue.tasks.all_from(first).filter(|row| {
            let page = self.page(row.page);
            page.is_ok_and(|page| page.row().state == PageState::Live)
        })
    }
}
