//! The titles of pages, blog posts and folders: what a title may be, and when one is taken.

use crate::error::SiteError;
use crate::name::{misleads, shows_something};
use crate::plan::Plan;
use crate::posting;
use narthex_access::{Millis, PageId, PageKind, PageRow, SpaceId};

/// The longest title, in characters.
pub const MAX_TITLE_LENGTH: usize = 255;

/// The scope within which a title has to be unique.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Titled {
    pub(crate) space: SpaceId,
    pub(crate) kind: PageKind,
    /// The date, whose day counts for blog posts.
    pub(crate) created_at: Millis,
}

impl Titled {
    pub(crate) fn of(row: &PageRow) -> Self {
        Self {
            space: row.space,
            kind: row.kind,
            created_at: row.created_at,
        }
    }

    /// The scope of a page that is created now.
    pub(crate) fn new_page(plan: &Plan<'_>, space: SpaceId) -> Self {
        Self {
            space,
            kind: PageKind::Page,
            created_at: plan.now,
        }
    }

    /// Whether another page of the same space and kind competes for the same titles.
    fn competes_with(self, other: &PageRow) -> bool {
        self.kind != PageKind::BlogPost
            || posting::day(self.created_at) == posting::day(other.created_at)
    }
}

/// Checks a title. It is taken only by a live page of the same space and kind that the author sees
/// (law 6.7), and a blog post's only by another post of the same day.
pub(crate) fn check_title(
    plan: &Plan<'_>,
    titled: Titled,
    title: &str,
    draft: bool,
    of: Option<PageId>,
) -> Result<(), SiteError> {
    let title = title.trim();
    if !shows_something(title) && !draft {
        return Err(SiteError::invalid(
            "title is missing or empty; give the page a title",
        ));
    }
    if title.chars().count() > MAX_TITLE_LENGTH {
        return Err(SiteError::invalid(format!(
            "title is longer than {MAX_TITLE_LENGTH} characters"
        )));
    }
    if title.chars().any(misleads) {
        return Err(SiteError::invalid(
            "title has a control character, or a mark that changes the direction of text, in it; take it out",
        ));
    }
    let mut others = plan.view.pages_titled(titled.space, titled.kind, title);
    let taken = others.any(|page| Some(page.id()) != of && titled.competes_with(page.row()));
    if !taken || draft {
        return Ok(());
    }
    Err(SiteError::invalid(match titled.kind {
        PageKind::Page => format!(
            "A page with this title already exists: title already exists in this space: \"{title}\"; \
             choose another title"
        ),
        PageKind::Folder => format!(
            "A folder with this title already exists: title already exists in this space: \"{title}\"; \
             choose another title"
        ),
        PageKind::BlogPost => format!(
            "A blog post with this title already exists on {}: title already exists in this space: \"{title}\"; \
             choose another title, or another day",
            posting::day(titled.created_at)
        ),
    }))
}
