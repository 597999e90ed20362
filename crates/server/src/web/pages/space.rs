//! The overview of a space, and the form for a new one.

use askama::Template;

use crate::web::pages::chrome::Chrome;
use crate::web::pages::moment::{Count, Moment};
use crate::web::pages::page::Rendered;
use crate::web::pages::tree::Tree;
use crate::web::pages::{FieldError, Text};
use crate::web::paths::{self, PagePath};

/// The part of a space's sidebar above the tree.
#[derive(Clone, Debug)]
pub struct SpaceHead<'a> {
    /// The key, as stored.
    pub key: Text<'a>,
    /// The name of the space.
    pub name: Text<'a>,
    /// Whether it is a personal space.
    pub personal: bool,
    /// Whether it is archived.
    pub archived: bool,
    /// Whether the reader can view the space; people who only administer it can't.
    pub may_view: bool,
    /// Whether to link to the space's permissions.
    pub may_see_permissions: bool,
    /// Whether to link to the space's trash.
    pub may_see_trash: bool,
    /// The number of drafts that the reader has in the space.
    pub drafts: Count,
}

/// `/wiki/spaces/KEY`: the overview of a space.
#[derive(Clone, Debug, Template)]
#[template(path = "read/space.html")]
pub struct SpaceOverview<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The space that is shown.
    pub space: SpaceHead<'a>,
    /// The page tree of the space.
    pub tree: Tree<'a>,
    /// The home page of the space; `None` if it has none, or none that the reader sees (law 2.18).
    pub home: Option<HomePage<'a>>,
    /// The newest blog posts of the space.
    pub blog_posts: Vec<BlogPostLine<'a>>,
    /// Whether to link to the editor for a new page.
    pub may_create_page: bool,
}

/// The home page of a space, shown on its overview.
#[derive(Clone, Debug)]
pub struct HomePage<'a> {
    /// The id of the page.
    pub id: u64,
    /// The title of the page.
    pub title: Text<'a>,
    /// The rendered body.
    pub body: Rendered<'a>,
    /// Whether to link to the page's editor.
    pub may_edit: bool,
}

impl HomePage<'_> {
    /// Returns whether nobody has written anything on it yet.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        matches!(self.body.0.trim(), "" | "<p></p>")
    }
}

/// One blog post on the overview.
#[derive(Clone, Debug)]
pub struct BlogPostLine<'a> {
    /// The address at which it is read.
    pub address: PagePath<'a>,
    /// The title of the post.
    pub title: Text<'a>,
    /// The instant at which it was published.
    pub published: Moment,
}

/// `/wiki/create-space`: the form for a new space. Posts `name`, `key`.
#[derive(Clone, Debug, Template)]
#[template(path = "space/create.html")]
pub struct CreateSpace<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The name as it was typed.
    pub name: Text<'a>,
    /// The error about `name`.
    pub name_error: FieldError<'a>,
    /// The key as it was typed.
    pub key: Text<'a>,
    /// The error about `key`.
    pub key_error: FieldError<'a>,
}
