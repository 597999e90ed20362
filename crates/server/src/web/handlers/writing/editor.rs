//! The form with a page's text, for creating and for editing.

use crate::call::Call;
use crate::failure::Failure;
use crate::request::query::Parameters;
use crate::route::Answer;
use crate::web::frame::{chrome, page_with};
use crate::web::notice::sentence;
use crate::web::pages::chrome::Notice;
use crate::web::pages::editor::{PageForm, ParentChoice};
use http::StatusCode;
use narthex_access::view::SeenPage;
use narthex_access::{PageId, SpaceId, SpaceRow, View};
use narthex_site::page::{NewBody, Representation, check_body};

/// The most parents that are offered; in a larger space, a page can be moved to its parent later.
const MOST_PLACES: usize = 500;

/// The form as it was filled in.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub(super) title: String,
    pub(super) body: String,
    pub(super) parent: Option<PageId>,
    /// The version that is edited; `None` for a new page.
    pub(super) version: Option<u32>,
    pub(super) message: String,
    pub(super) title_error: Option<String>,
    pub(super) body_error: Option<String>,
    pub(super) parent_error: Option<String>,
}

impl Typed {
    /// Reads the fields and notes the errors that can be found here. The version is left to the
    /// caller.
    ///
    /// # Errors
    /// Returns a bad request if the form isn't whole: a missing field would be emptied, and the
    /// page would leave the pages above it and their restrictions.
    pub(super) fn read(fields: &Parameters<'_>, view: &View) -> Result<Self, Failure> {
        // Browsers send every line break of a text as two characters.
        let body = fields.sent("body")?.replace("\r\n", "\n");
        let named = Some(fields.sent("parent")?).filter(|named| !named.is_empty());
        let parent: Option<PageId> = named.and_then(|id| id.parse().ok());
        let seen = parent.is_some_and(|id| view.page(id).is_ok());
        let body_error = check_body(&storage(&body)).err();
        Ok(Self {
            title: fields.sent("title")?.trim().to_owned(),
            parent,
            version: None,
            message: fields.get("message").unwrap_or_default().trim().to_owned(),
            title_error: None,
            body_error: body_error.map(|error| sentence(&error.to_string())),
            parent_error: (named.is_some() && !seen)
                .then(|| "There is no such page here, or it isn’t shared with you.".into()),
            body,
        })
    }

    /// Returns whether the text is to be saved as a draft instead of published.
    ///
    /// # Errors
    /// Returns a bad request if the form doesn't say.
    pub(super) fn is_draft(fields: &Parameters<'_>) -> Result<bool, Failure> {
        let wanted = fields.chosen("do", &["publish", "draft"])?;
        Ok(wanted == "draft")
    }

    /// Returns whether an error has been noted so far.
    pub(super) fn is_wrong(&self) -> bool {
        self.title_error.is_some() || self.body_error.is_some() || self.parent_error.is_some()
    }

    /// Returns the text as it is to be stored.
    pub(super) fn new_body(&self) -> NewBody {
        storage(&self.body)
    }
}

fn storage(text: &str) -> NewBody {
    NewBody {
        representation: Representation::Storage,
        text: text.to_owned(),
    }
}

/// The context of the form.
#[derive(Debug)]
pub(super) struct Around<'v> {
    pub(super) space: &'v SpaceRow,
    /// The page that is edited, which can't be its own parent.
    pub(super) page: Option<PageId>,
    /// Whether the page has a position in the tree.
    pub(super) in_tree: bool,
    /// Whether a draft is edited, which can be discarded.
    pub(super) has_draft: bool,
    pub(super) cancel: String,
}

/// Renders the form.
pub(super) fn draw(
    call: &Call,
    status: StatusCode,
    notice: Option<Notice<'_>>,
    around: Around<'_>,
    typed: Typed,
) -> Answer {
    let title = match typed.version {
        Some(_) => "Edit page",
        None => "Create page",
    };
    let parents = if around.in_tree {
        parents(&call.view, around.space.id, typed.parent, around.page)
    } else {
        Vec::new()
    };
    page_with(
        status,
        &PageForm {
            chrome: chrome(call, title, notice),
            space_key: (*around.space.key).into(),
            space_name: (*around.space.name).into(),
            version: typed.version.map(u64::from),
            title: typed.title.into(),
            title_error: typed.title_error.map(Into::into),
            body: typed.body.into(),
            body_error: typed.body_error.map(Into::into),
            parents,
            parent_error: typed.parent_error.map(Into::into),
            message: typed.message.into(),
            has_draft: around.has_draft,
            cancel: around.cancel.into(),
        },
    )
}

/// Returns the pages that the writer sees, in reading order, without one page and those below it.
fn parents(
    view: &View,
    space: SpaceId,
    chosen: Option<PageId>,
    without: Option<PageId>,
) -> Vec<ParentChoice<'_>> {
    let below = |parent| {
        let mut children: Vec<SeenPage<'_>> = view.children(space, parent).collect();
        children.reverse();
        children.into_iter()
    };
    let mut stack: Vec<(SeenPage<'_>, usize)> = below(None).map(|page| (page, 0)).collect();
    let mut choices = Vec::new();
    while let Some((page, depth)) = stack.pop() {
        if Some(page.id()) == without {
            continue;
        }
        if choices.len() >= MOST_PLACES && Some(page.id()) != chosen {
            continue;
        }
        choices.push(choice(page, depth, chosen));
        if choices.len() < MOST_PLACES {
            stack.extend(below(Some(page.id())).map(|child| (child, depth + 1)));
        }
    }
    let shown = |id: PageId| choices.iter().any(|choice| choice.id == id.get());
    let missing = chosen.filter(|id| !shown(*id));
    choices.extend(missing.and_then(|id| Some(choice(view.page(id).ok()?, 0, chosen))));
    choices
}

fn choice(page: SeenPage<'_>, depth: usize, chosen: Option<PageId>) -> ParentChoice<'_> {
    ParentChoice {
        id: page.id().get(),
        title: (*page.row().title).into(),
        depth,
        chosen: chosen == Some(page.id()),
    }
}
