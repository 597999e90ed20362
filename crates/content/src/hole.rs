//! The places in a rendered body that depend on the viewer.

pub use crate::reference::{AttachmentRef, ContentRef, PersonRef};
use crate::template::Template;

/// One place in a [`Template`] that depends on who looks, or on the rest of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Hole {
    /// A link to something of the site. Answer with [`Slot::link`] or [`Slot::absent_link`].
    ///
    /// [`Slot::link`]: crate::slot::Slot::link
    /// [`Slot::absent_link`]: crate::slot::Slot::absent_link
    Link(Link),
    /// A picture that is attached to something. Answer with [`Slot::image`], [`Slot::file`] where it is no picture, or
    /// [`Slot::absent_image`].
    ///
    /// [`Slot::file`]: crate::slot::Slot::file
    /// [`Slot::image`]: crate::slot::Slot::image
    /// [`Slot::absent_image`]: crate::slot::Slot::absent_image
    Image(Image),
    /// A mention of a person, or a link to one. Answer with [`Slot::person`] or [`Slot::hidden_person`].
    ///
    /// [`Slot::person`]: crate::slot::Slot::person
    /// [`Slot::hidden_person`]: crate::slot::Slot::hidden_person
    Person {
        /// Whom.
        person: PersonRef,
        /// Whether the mention stands inside a link; then it is no link itself.
        is_in_link: bool,
    },
    /// The whole body of other content. Answer with [`Slot::embed`] or [`Slot::absent`].
    ///
    /// [`Slot::embed`]: crate::slot::Slot::embed
    /// [`Slot::absent`]: crate::slot::Slot::absent
    Include(ContentRef),
    /// The excerpt of other content, see [`Renderer::excerpt`](crate::view::Renderer::excerpt). Answered like
    /// [`Hole::Include`].
    ExcerptInclude {
        /// Whose excerpt.
        content: ContentRef,
        /// Which one, where it has several with names.
        name: Option<String>,
    },
    /// Pages below a page. Answer with [`Slot::list`](crate::slot::Slot::list).
    Children(Children),
    /// A whole tree of pages. Answer with [`Slot::list`](crate::slot::Slot::list).
    PageTree(PageTree),
    /// What was changed last. Answer with [`Slot::list`](crate::slot::Slot::list).
    RecentlyUpdated(RecentlyUpdated),
    /// Content that has labels or matches a query. Answer with [`Slot::list`](crate::slot::Slot::list).
    ContentByLabel(Selection),
    /// Table of the page properties of other pages. Answer with [`Slot::details`](crate::slot::Slot::details).
    DetailsSummary {
        /// Which pages.
        selection: Selection,
        /// Only properties with this id.
        id: Option<String>,
        /// The columns in order; empty for all.
        columns: Vec<String>,
    },
    /// The attachments of a page. Answer with [`Slot::attachments`](crate::slot::Slot::attachments).
    Attachments(AttachmentList),
    /// The attached pictures of a page. Answer with [`Slot::gallery`](crate::slot::Slot::gallery).
    Gallery(AttachmentList),
    /// A file shown as a card. Answered like [`Hole::Link`]; the body is the file name.
    File(Link),
}

impl Hole {
    /// The rendered inside, for holes that have one.
    pub(crate) fn body(&self) -> Option<&Template> {
        match self {
            Self::Link(link) | Self::File(link) => Some(&link.body),
            _ => None,
        }
    }
}

/// A link to something of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What it leads to.
    pub target: Target,
    /// What it says; empty where the author left it to the target's title.
    pub body: Template,
}

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Target {
    /// A page or blog post.
    Content {
        /// Which.
        content: ContentRef,
        /// A place in it, as it stands in an address behind `#`.
        anchor: Option<String>,
    },
    /// An attachment.
    Attachment(AttachmentRef),
    /// A space by its key.
    Space(String),
}

/// A picture that is attached to something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// What to say where the picture can't be shown.
    pub alt: String,
    /// Tooltip.
    pub title: Option<String>,
    /// Width in CSS pixels.
    pub width: Option<u32>,
    /// Height in CSS pixels.
    pub height: Option<u32>,
    /// Where it stands: `left`, `center` or `right`.
    pub align: Option<Align>,
    /// Whether it has a border.
    pub border: bool,
}

/// Where a picture stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// At the left side.
    Left,
    /// In the middle.
    Center,
    /// At the right side.
    Right,
}

/// A picture that is attached to something, and how it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Which picture.
    pub attachment: AttachmentRef,
    /// How it is shown.
    pub frame: Frame,
    /// Whether it stands inside a link; then a file in its place is no link itself.
    pub is_in_link: bool,
}

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Order {
    /// As they stand in the tree, or as the list's own rule has it.
    #[default]
    Natural,
    /// By title.
    Title,
    /// By the time they were made.
    Created,
    /// By the time they were changed.
    Modified,
    /// By size, for files.
    Size,
}

/// Pages below a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Children {
    /// Below which page.
    pub of: ContentRef,
    /// How many levels; `None` for all.
    pub depth: Option<u32>,
    /// How many pages of the first level; `None` for all.
    pub first: Option<u32>,
    /// Their order.
    pub order: Order,
    /// Whether the order is turned round.
    pub reverse: bool,
    /// Whether each page's excerpt is shown.
    pub excerpt: bool,
}

/// A whole tree of pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageTree {
    /// Where it begins.
    pub root: ContentRef,
    /// Their order.
    pub order: Order,
    /// Whether the order is turned round.
    pub reverse: bool,
}

/// What was changed last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecentlyUpdated {
    /// Keys of the spaces; empty for the space of the page.
    pub spaces: Vec<String>,
    /// How many.
    pub max: u32,
    /// Types of content, as in Confluence: `page`, `blogpost`, `comment`, `attachment`; empty for all.
    pub types: Vec<String>,
    /// Only with one of these labels; empty for all.
    pub labels: Vec<String>,
}

/// Content that has labels or matches a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// The query, where the macro has one; then the labels and spaces are empty.
    pub cql: Option<String>,
    /// The labels.
    pub labels: Vec<String>,
    /// Whether all labels must be there, not just one.
    pub all_labels: bool,
    /// Keys of the spaces; empty for all.
    pub spaces: Vec<String>,
    /// How many.
    pub max: u32,
    /// Their order.
    pub order: Order,
    /// Whether the order is turned round.
    pub reverse: bool,
    /// Whether excerpts are shown.
    pub excerpt: bool,
}

/// Attachments of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachmentList {
    /// Of which page.
    pub of: ContentRef,
    /// Patterns of file names to take; empty for all.
    pub include: Vec<String>,
    /// Patterns of file names to leave out.
    pub exclude: Vec<String>,
    /// Only with all of these labels.
    pub labels: Vec<String>,
    /// Their order.
    pub order: Order,
    /// Whether the order is turned round.
    pub reverse: bool,
}
