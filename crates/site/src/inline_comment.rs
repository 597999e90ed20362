//! Inline comments: finding the passage of a page that a comment is about, and noticing its loss.
//!
//! The page's text isn't changed, since people who may comment may not always edit. A passage is
//! the selected words, with the number of the occurrence that is meant.

use crate::comment::{NewComment, plan_create};
use crate::error::SiteError;
use crate::page::NewBody;
use crate::plan::Plan;
use crate::site::Site;
use crate::task;
use narthex_access::{
    Action, CommentId, CommentPlace, CommentRow, ContentState, Credential, Door, Object, PageId,
    PageRow, Resolution, View,
};
use narthex_content::passage;
use narthex_content::storage::Document;
use narthex_content::text::plain;
use narthex_store::change::Change;
use std::sync::Arc;

/// The longest passage, in characters.
pub const LONGEST_PASSAGE: usize = 5_000;

/// The words of a page that a comment is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The selected words.
    pub selection: String,
    /// Which occurrence of the words in the page is meant, from 0.
    pub index: u32,
    /// The number of occurrences that the caller counted.
    pub count: u32,
}

/// A passage that was found in a page, as its comment records it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Mark {
    pub(crate) reference: Arc<str>,
    pub(crate) selection: Arc<str>,
    pub(crate) index: u32,
    pub(crate) count: u32,
}

impl Mark {
    /// The passage of the comment that is replied to.
    pub(crate) fn of(row: &CommentRow) -> Self {
        Self {
            reference: row.marker_ref.clone(),
            selection: row.selection.clone(),
            index: row.match_index,
            count: row.match_count,
        }
    }
}

impl Site {
    /// Starts a thread at a passage of a page and returns the comment's id.
    ///
    /// # Errors
    /// Absent and forbidden as for commenting; invalid for words that aren't in the page, or not
    /// that often; conflict if the page was changed meanwhile.
    pub async fn create_inline_comment(
        &self,
        credential: &Credential,
        mut new: NewComment,
        passage: Passage,
    ) -> Result<CommentId, SiteError> {
        new.body = self.checked(new.body)?;
        let view = self.view(credential, Door::Confluence).await?;
        view.require(Action::Comment, Object::Page(new.page))?;
        let page = view.page(new.page)?;
        let read = page.row().body;
        let text = plain(&self.page_body(page).await?.document()?);
        let count = find(&text, &passage)?;
        self.commit(credential, move |plan| {
            let now = plan.view.page(new.page)?.row().body;
            if now != read {
                return Err(SiteError::conflict(
                    "the page has changed since; read it and choose the passage again",
                ));
            }
            let mark = Mark {
                reference: reference(plan).into(),
                selection: passage.selection.as_str().into(),
                index: passage.index,
                count,
            };
            plan_create(plan, &new, Some(mark))
        })
        .await
    }
}

/// Counts the occurrences of a passage's words in a text, and fails if there are too few.
fn find(text: &str, passage: &Passage) -> Result<u32, SiteError> {
    let length = passage.selection.chars().count();
    if passage.selection.trim().is_empty() || length > LONGEST_PASSAGE {
        return Err(SiteError::invalid(format!(
            "textSelection must be 1 to {LONGEST_PASSAGE} characters of the page's text"
        )));
    }
    if passage.index >= passage.count {
        return Err(SiteError::invalid(
            "textSelectionMatchIndex counts from 0: it must be less than textSelectionMatchCount",
        ));
    }
    match occurrences(text, &passage.selection) {
        0 => Err(SiteError::invalid(
            "textSelection is not in the page's text; read the page and choose words of it",
        )),
        found if passage.index >= found => Err(SiteError::invalid(format!(
            "textSelection is {found} times in the page's text: \
             textSelectionMatchIndex must be less than that"
        ))),
        found => Ok(found),
    }
}

/// Counts how often words occur in a text, whatever white space separates them.
fn occurrences(text: &str, words: &str) -> u32 {
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let found = one_line(text).matches(&one_line(words)).count();
    u32::try_from(found).unwrap_or(u32::MAX)
}

/// Makes a reference as Confluence writes them: a random UUID.
fn reference(plan: &Plan<'_>) -> String {
    let (high, low) = (plan.entropy.number(), plan.entropy.number());
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        high >> 16 & 0xffff,
        high & 0xfff,
        0x8000 | low >> 48 & 0x3fff,
        low & 0xffff_ffff_ffff
    )
}

/// Plans what a new text of a page does to its inline comments: those whose passage has gone
/// dangle, and those whose passage is back are open again.
pub(crate) fn follow<T>(
    plan: &Plan<'_>,
    page: &PageRow,
    body: &NewBody,
    change: &mut Change<T>,
) -> Result<(), SiteError> {
    let mut inline = plan
        .catalogue
        .comments_of(page.id)
        .filter(|row| row.place == CommentPlace::Inline)
        .peekable();
    if inline.peek().is_none() {
        return Ok(());
    }
    let text = plain(&task::document(body)?);
    for row in inline {
        let there = occurrences(&text, &row.selection) > 0;
        let resolution = match row.resolution {
            Resolution::Open | Resolution::Reopened if !there => Resolution::Dangling,
            Resolution::Dangling if there => Resolution::Open,
            stays => stays,
        };
        if resolution != row.resolution {
            let row = CommentRow {
                resolution,
                ..row.clone()
            };
            change.rows.push(row.into());
        }
    }
    Ok(())
}

/// The largest number of passages that are marked in a text.
const MAX_MARKS: usize = 500;

/// Returns the inline threads of a page that a viewer sees and whose passage is in the text,
/// including resolved ones, because they may be reopened.
pub(crate) fn threads_shown(view: &View, page: PageId) -> Vec<&CommentRow> {
    let threads = view.comments_on(page).filter(|row| {
        row.place == CommentPlace::Inline
            && row.parent.is_none()
            && row.state == ContentState::Live
            && row.resolution != Resolution::Dangling
    });
    threads.take(MAX_MARKS).collect()
}

/// Marks the passages of threads in a text.
pub(crate) fn with_marks(document: &Document, threads: &[&CommentRow]) -> Document {
    let passages: Vec<_> = threads
        .iter()
        .map(|row| passage::Passage {
            words: &row.selection,
            index: usize::try_from(row.match_index).unwrap_or(usize::MAX),
            reference: &row.marker_ref,
        })
        .collect();
    passage::marked(document, &passages)
}

/// Plans that a whole thread is resolved or reopened: the replies follow the comment that started
/// it.
pub(crate) fn set_resolution(plan: &Plan<'_>, thread: &CommentRow, change: &mut Change<u32>) {
    let mut members = vec![thread.id];
    let mut rows: Vec<&CommentRow> = plan.catalogue.comments_of(thread.page).collect();
    rows.sort_by_key(|row| (row.created_at, row.id));
    for row in rows {
        if row.parent.is_some_and(|parent| members.contains(&parent)) {
            members.push(row.id);
            let row = CommentRow {
                resolution: thread.resolution,
                resolved_by: thread.resolved_by,
                resolved_at: thread.resolved_at,
                ..row.clone()
            };
            change.rows.push(row.into());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(selection: &str, index: u32, count: u32) -> Passage {
        Passage {
            selection: selection.into(),
            index,
            count,
        }
    }

    #[test]
    fn words_are_found_whatever_white_space_is_between_them() {
        let text = "one  two\nthree one\ttwo";
        assert_eq!(find(text, &passage("one two", 1, 2)).unwrap(), 2);
        assert_eq!(find(text, &passage("two three", 0, 1)).unwrap(), 1);
    }

    #[test]
    fn a_passage_that_is_not_there_is_refused_with_what_is() {
        for (asked, step) in [
            (passage("four", 0, 1), "not in the page"),
            (passage("one two", 2, 3), "2 times"),
            (passage("one two", 1, 1), "counts from 0"),
            (passage("  ", 0, 1), "1 to 5000"),
        ] {
            let refused = find("one two one two", &asked).unwrap_err().to_string();
            assert!(refused.contains(step), "{refused}");
        }
    }
}
