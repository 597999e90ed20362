//! The trash of a space.

use askama::Template;

use crate::web::pages::Text;
use crate::web::pages::chrome::Chrome;
use crate::web::pages::moment::{Count, Moment};
use crate::web::pages::space::SpaceHead;
use crate::web::paths;

/// How many lines the trash has at most.
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
    /// The space.
    pub space: SpaceHead<'a>,
    /// What is in the trash, by the titles of the pages that it is or hangs on; at most
    /// [`MAX_TRASH_LINES`].
    pub lines: Vec<TrashLine<'a>>,
    /// How many things are in the trash.
    pub all: Count,
}

/// What kind of thing is in the trash.
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
    /// The word that people read.
    fn word(self) -> &'static str {
        match self {
            Self::Page => "Page",
            Self::BlogPost => "Blog post",
            Self::Folder => "Folder",
            Self::Attachment => "Attachment",
            Self::Comment => "Comment",
        }
    }

    /// The field of the form that has the id.
    fn field(self) -> &'static str {
        match self {
            Self::Page | Self::BlogPost | Self::Folder => "page",
            Self::Attachment => "attachment",
            Self::Comment => "comment",
        }
    }

    /// What else goes with it when it is deleted for good.
    fn goes_with_it(self) -> &'static str {
        match self {
            Self::Page | Self::BlogPost => {
                "Its versions, attachments and comments are deleted too."
            }
            Self::Folder => "What is in it is kept.",
            Self::Attachment | Self::Comment => "Its versions are deleted too.",
        }
    }
}

/// A page, attachment or comment in the trash.
#[derive(Clone, Debug)]
pub struct TrashLine<'a> {
    /// The id.
    pub id: u64,
    /// Where the page is that it is or hangs on.
    pub address: String,
    /// The title, the file name, or the beginning of the comment.
    pub name: Text<'a>,
    /// The title of the page that it is or hangs on.
    pub page: Text<'a>,
    /// What it is.
    pub kind: TrashKind,
    /// When its last version was made.
    pub updated: Moment,
}

impl TrashLine<'_> {
    /// The name, or a word for what has none.
    fn name(&self) -> &str {
        match (&*self.name, self.kind) {
            ("", TrashKind::Comment) => "Comment without text",
            ("", _) => "Untitled",
            (name, _) => name,
        }
    }

    /// The title of the page that it hangs on; none for a page itself.
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
    /// Whether the list ends before the trash does.
    fn is_cut(&self) -> bool {
        self.all.0 > self.lines.len() as u64
    }
}
