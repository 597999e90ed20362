//! A space's overview.

use askama::Template;

use crate::web::pages::chrome::Chrome;
use crate::web::pages::moment::{Count, Moment};
use crate::web::pages::page::Rendered;
use crate::web::pages::tree::Tree;
use crate::web::pages::{FieldError, Text};
use crate::web::paths::{self, PagePath};

/// What the sidebar of a space shows above the tree.
#[derive(Clone, Debug)]
pub struct SpaceHead<'a> {
    /// The key, as stored.
    pub key: Text<'a>,
    /// The name.
    pub name: Text<'a>,
    /// Whether it belongs to a person.
    pub personal: bool,
    /// Whether it is archived.
    pub archived: bool,
    /// Whether the reader sees the space, and doesn't only administer it.
    pub may_view: bool,
    /// Shows the way to the space's permissions.
    pub may_see_permissions: bool,
    /// Shows the way to the space's trash.
    pub may_see_trash: bool,
    /// How many drafts the reader has in the space.
    pub drafts: Count,
}

/// `/wiki/spaces/KEY`.
#[derive(Clone, Debug, Template)]
#[template(path = "read/space.html")]
pub struct SpaceOverview<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The space.
    pub space: SpaceHead<'a>,
    /// Its page tree.
    pub tree: Tree<'a>,
    /// Its home page; `None` when it has none, or none that one sees (law 2.18).
    pub home: Option<HomePage<'a>>,
    /// Its newest blog posts.
    pub blog_posts: Vec<BlogPostLine<'a>>,
    /// Shows the way to a new page.
    pub may_create_page: bool,
}

/// The home page of a space, shown on its overview.
#[derive(Clone, Debug)]
pub struct HomePage<'a> {
    /// The id.
    pub id: u64,
    /// The title.
    pub title: Text<'a>,
    /// The body.
    pub body: Rendered<'a>,
    /// Shows the way to edit it.
    pub may_edit: bool,
}

impl HomePage<'_> {
    /// Whether nobody has written anything on it yet.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        matches!(self.body.0.trim(), "" | "<p></p>")
    }
}

/// One blog post on the overview.
#[derive(Clone, Debug)]
pub struct BlogPostLine<'a> {
    /// Where it is read.
    pub address: PagePath<'a>,
    /// The title.
    pub title: Text<'a>,
    /// When it was published.
    pub published: Moment,
}

/// `/wiki/create-space`. Posts `name`, `key`.
#[derive(Clone, Debug, Template)]
#[template(path = "space/create.html")]
pub struct CreateSpace<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The name as it was typed.
    pub name: Text<'a>,
    /// What is wrong with `name`.
    pub name_error: FieldError<'a>,
    /// The key as it was typed.
    pub key: Text<'a>,
    /// What is wrong with `key`.
    pub key_error: FieldError<'a>,
}
