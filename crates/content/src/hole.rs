//! The parts of a rendered body that depend on the viewer.
//!
//! [`Template::fill`] calls the caller for each, which fills it through a
//! [`Slot`](crate::slot::Slot).

pub use crate::reference::{AttachmentRef, ContentRef, PersonRef};
use crate::template::Template;

/// One part of a [`Template`] that depends on the viewer, or on the rest of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Hole {
    /// A link to something on the site. Fill it with [`Slot::link`] or [`Slot::absent_link`].
    ///
    /// [`Slot::link`]: crate::slot::Slot::link
    /// [`Slot::absent_link`]: crate::slot::Slot::absent_link
    Link(Link),
    /// An attached picture. Fill it with [`Slot::image`], [`Slot::file`] if it isn't a picture, or
    /// [`Slot::absent_image`].
    ///
    /// [`Slot::file`]: crate::slot::Slot::file
    /// [`Slot::image`]: crate::slot::Slot::image
    /// [`Slot::absent_image`]: crate::slot::Slot::absent_image
    Image(Image),
    /// A mention of a person, or a link to one. Fill it with [`Slot::person`] or
    /// [`Slot::hidden_person`].
    ///
    /// [`Slot::person`]: crate::slot::Slot::person
    /// [`Slot::hidden_person`]: crate::slot::Slot::hidden_person
    Person {
        /// The person.
        person: PersonRef,
        /// Whether the mention is inside a link; then it isn't a link itself.
        is_in_link: bool,
    },
    /// The whole body of other content. Fill it with [`Slot::embed`] or [`Slot::absent`].
    ///
    /// [`Slot::embed`]: crate::slot::Slot::embed
    /// [`Slot::absent`]: crate::slot::Slot::absent
    Include(ContentRef),
    /// The excerpt of other content, see [`Renderer::excerpt`](crate::view::Renderer::excerpt).
    /// Fill it like [`Hole::Include`].
    ExcerptInclude {
        /// The content with the excerpt.
        content: ContentRef,
        /// The name of the excerpt, if the content has several; `None` for the first.
        name: Option<String>,
    },
    /// The pages below a page. Fill it with [`Slot::list`](crate::slot::Slot::list).
    Children(Children),
    /// A whole tree of pages. Fill it with [`Slot::list`](crate::slot::Slot::list).
    PageTree(PageTree),
    /// The latest changes. Fill it with [`Slot::list`](crate::slot::Slot::list).
    RecentlyUpdated(RecentlyUpdated),
    /// Content that has labels or matches a query. Fill it with
    /// [`Slot::list`](crate::slot::Slot::list).
    ContentByLabel(Selection),
    /// A table of the page properties of other pages. Fill it with
    /// [`Slot::details`](crate::slot::Slot::details).
    DetailsSummary {
        /// The pages.
        selection: Selection,
        /// The id of the properties to show; `None` for all.
        id: Option<String>,
        /// The columns in order; empty for all.
        columns: Vec<String>,
    },
    /// The attachments of a page. Fill it with
    /// [`Slot::attachments`](crate::slot::Slot::attachments).
    Attachments(AttachmentList),
    /// The attached pictures of a page. Fill it with [`Slot::gallery`](crate::slot::Slot::gallery).
    Gallery(AttachmentList),
    /// A file that is shown as a card. Fill it like [`Hole::Link`]; the body is the file name.
    File(Link),
}

impl Hole {
    /// Returns the rendered content, for holes that have one.
    pub(crate) fn body(&self) -> Option<&Template> {
        match self {
            Self::Link(link) | Self::File(link) => Some(&link.body),
            _ => None,
        }
    }
}

/// A link to something on the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The target of the link.
    pub target: Target,
    /// The text of the link; empty if the target's title shall be shown.
    pub body: Template,
}

/// The target of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Target {
    /// A page or blog post.
    Content {
        /// The page or post.
        content: ContentRef,
        /// An anchor in it, as addresses have it after `#`.
        anchor: Option<String>,
    },
    /// An attachment.
    Attachment(AttachmentRef),
    /// A space, by its key.
    Space(String),
}

/// The way in which a picture is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// The text to show if the picture can't be shown.
    pub alt: String,
    /// The tooltip.
    pub title: Option<String>,
    /// The width in CSS pixels.
    pub width: Option<u32>,
    /// The height in CSS pixels.
    pub height: Option<u32>,
    /// The alignment; `None` if the author chose none.
    pub align: Option<Align>,
    /// Whether the picture has a border.
    pub border: bool,
}

/// The alignment of a picture.
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
    /// The picture.
    pub attachment: AttachmentRef,
    /// How it is shown.
    pub frame: Frame,
    /// Whether it is inside a link; then a file in its place isn't a link itself.
    pub is_in_link: bool,
}

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Order {
    /// The order of the tree, or the list's own rule.
    #[default]
    Natural,
    /// By title.
    Title,
    /// By the time of creation.
    Created,
    /// By the time of the last change.
    Modified,
    /// By size, for files.
    Size,
}

/// The pages below a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Children {
    /// The page above them.
    pub of: ContentRef,
    /// The maximum number of levels; `None` for all.
    pub depth: Option<u32>,
    /// The maximum number of pages of the first level; `None` for all.
    pub first: Option<u32>,
    /// The order of pages with the same parent.
    pub order: Order,
    /// Whether the order is reversed.
    pub reverse: bool,
    /// Whether each page's excerpt is shown.
    pub excerpt: bool,
}

/// A whole tree of pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageTree {
    /// The page at which it begins.
    pub root: ContentRef,
    /// The order of pages with the same parent.
    pub order: Order,
    /// Whether the order is reversed.
    pub reverse: bool,
}

/// The latest changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecentlyUpdated {
    /// The keys of the spaces; empty for the space of the page.
    pub spaces: Vec<String>,
    /// The maximum number of entries.
    pub max: u32,
    /// The types of content, as in Confluence: `page`, `blogpost`, `comment`, `attachment`; empty
    /// for all.
    pub types: Vec<String>,
    /// The labels, of which content must have at least one; empty for any content.
    pub labels: Vec<String>,
}

/// Content that has labels or matches a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// The query, if the macro has one; then the labels and spaces are empty.
    pub cql: Option<String>,
    /// The labels.
    pub labels: Vec<String>,
    /// Whether content must have all labels, and not just one.
    pub all_labels: bool,
    /// The keys of the spaces; empty for all.
    pub spaces: Vec<String>,
    /// The maximum number of entries.
    pub max: u32,
    /// The order of the entries.
    pub order: Order,
    /// Whether the order is reversed.
    pub reverse: bool,
    /// Whether excerpts are shown.
    pub excerpt: bool,
}

/// The attachments of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachmentList {
    /// The page.
    pub of: ContentRef,
    /// The patterns of the file names to include; empty for all.
    pub include: Vec<String>,
    /// The patterns of the file names to leave out.
    pub exclude: Vec<String>,
    /// The labels, all of which an attachment must have.
    pub labels: Vec<String>,
    /// The order of the files.
    pub order: Order,
    /// Whether the order is reversed.
    pub reverse: bool,
}
