//! The trash of a space: its pages, attachments and comments.

use askama::Template;

use crate::web::pages::Text;
use crate::web::pages::chrome::Chrome;
use crate::web::pages::moment::{Count, Moment};
use crate::web::pages::space::SpaceHead;
use crate::web::paths;

/// The most lines that the page lists.
pub const MAX_TRASH_LINES: usize = 500;

/// `/wiki/spaces/KEY/trash`, for administrators of the space (law 2.21).
///
/// Posts `page`, `attachment` or `comment` (an id), and `do`: `restore`, or `purge` to delete
/// it for good.
#[derive(Clone, Debug, Template)]
#[template(path = "space/trash.html")]
pub struct Trash<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The space whose trash is shown.
    pub space: SpaceHead<'a>,
    /// The things in the trash, by the title of their page; at most [`MAX_TRASH_LINES`].
    pub lines: Vec<TrashLine<'a>>,
    /// The number of all things in the trash.
    pub all: Count,
}

/// The kinds of thing that can be in the trash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrashKind {
    /// A page.
    Page,
    /// A blog post.
    BlogPost,
    /// A folder.
    Folder,
    /// An attachment.
    Attachment,
    /// A comment.
    Comment,
}

impl TrashKind {
    /// Returns the word that people read.
    fn word(self) -> &'static str {
        match self {
            Self::Page => "Page",
            Self::BlogPost => "Blog post",
            Self::Folder => "Folder",
            Self::Attachment => "Attachment",
            Self::Comment => "Comment",
        }
    }

    /// Returns the field of the form that holds the id.
    fn field(self) -> &'static str {
        match self {
            Self::Page | Self::BlogPost | Self::Folder => "page",
            Self::Attachment => "attachment",
            Self::Comment => "comment",
        }
    }

    /// Says what else is deleted with it when it is deleted for good.
    fn goes_with_it(self) -> &'static str {
        match self {
            Self::Page | Self::BlogPost => {
                "Its versions, attachments and comments are deleted too."
            }
            Self::Folder => "The pages in it aren’t deleted.",
            Self::Attachment | Self::Comment => "Its versions are deleted too.",
        }
    }
}

/// A page, attachment or comment in the trash.
#[derive(Clone, Debug)]
pub struct TrashLine<'a> {
    /// The id of the thing.
    pub id: u64,
    /// The address of the page that it is or belongs to.
    pub address: String,
    /// The title, the file name, or the beginning of the comment.
    pub name: Text<'a>,
    /// The title of the page that it is or belongs to.
    pub page: Text<'a>,
    /// The kind of the thing.
    pub kind: TrashKind,
    /// The instant at which its last version was made.
    pub updated: Moment,
}

impl TrashLine<'_> {
    /// Returns the name, or a word for a thing without one.
    fn name(&self) -> &str {
        match (&*self.name, self.kind) {
            ("", TrashKind::Comment) => "Comment without text",
            ("", _) => "Untitled",
            (name, _) => name,
        }
    }

    /// Returns the title of the page that it belongs to; `None` for a page itself.
    fn on_page(&self) -> Option<&str> {
        if self.kind.field() == "page" {
            return None;
        }
        Some(match &*self.page {
            "" => "Untitled",
            title => title,
        })
    }
}

impl Trash<'_> {
    /// Returns whether there is more in the trash than the list shows.
    fn is_cut(&self) -> bool {
        self.all.0 > self.lines.len() as u64
    }
}
