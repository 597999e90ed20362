//! The fields of the language.

use super::{CqlError, Happening, OrderBy, Relation, TextIn};

/// The types of content that can be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A page.
    Page,
    /// A blog post.
    BlogPost,
    /// A folder.
    Folder,
    /// A comment.
    Comment,
    /// An attachment.
    Attachment,
    /// A space.
    Space,
    /// A person, found only by people search.
    User,
    /// A type of Confluence's that this site has no content of.
    Other,
}

impl Kind {
    /// Returns the type with this name, without case.
    pub(super) fn of(word: &str) -> Option<Self> {
        Some(match word.to_ascii_lowercase().as_str() {
            "page" => Self::Page,
            "blogpost" => Self::BlogPost,
            "folder" => Self::Folder,
            "comment" => Self::Comment,
            "attachment" => Self::Attachment,
            "space" => Self::Space,
            "user" => Self::User,
            "whiteboard" | "database" | "embed" | "content" => Self::Other,
            // Content of apps is named after the app.
            app if app.contains(':') => Self::Other,
            _ => return None,
        })
    }
}

/// The relations of people to content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The person created it.
    Creator,
    /// The person created a version of it.
    Contributor,
    /// It mentions the person.
    Mention,
    /// The person watches it.
    Watcher,
    /// The hit is the person, in people search.
    User,
}

/// A field, by the kind of its test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Text(TextIn),
    Title,
    Type,
    Content(Relation),
    Person(Role),
    Space,
    SpaceKind,
    SpaceCategory,
    Label,
    Macro,
    When(Happening),
}

/// The names of the fields, for errors.
const NAMES: &str = "ancestor, container, content, contributor, created, creator, id, label, \
     lastmodified, macro, mention, parent, siteSearch, space, space.category, space.key, \
     space.title, space.type, text, title, type, user, user.accountid, user.fullname, watcher";

/// The names of the fields to order by, for errors.
const ORDERS: &str = "created, lastmodified, title, id, space, type, score";

impl Field {
    /// Returns the field with a name, which is at this position.
    pub(super) fn named(name: &str, at: usize) -> Result<Self, CqlError> {
        Ok(match name.to_ascii_lowercase().as_str() {
            "ancestor" => Self::Content(Relation::Ancestor),
            "container" => Self::Content(Relation::Container),
            "content" | "id" => Self::Content(Relation::Itself),
            "parent" => Self::Content(Relation::Parent),
            "contributor" => Self::Person(Role::Contributor),
            "creator" => Self::Person(Role::Creator),
            "mention" => Self::Person(Role::Mention),
            "watcher" => Self::Person(Role::Watcher),
            "user" | "user.accountid" => Self::Person(Role::User),
            "user.fullname" => Self::Text(TextIn::FullName),
            "created" => Self::When(Happening::Created),
            "lastmodified" => Self::When(Happening::Modified),
            "label" => Self::Label,
            "macro" => Self::Macro,
            "space" | "space.key" => Self::Space,
            "space.category" => Self::SpaceCategory,
            "space.title" => Self::Text(TextIn::SpaceTitle),
            "space.type" => Self::SpaceKind,
            "text" | "sitesearch" => Self::Text(TextIn::Anything),
            "title" => Self::Title,
            "type" => Self::Type,
            "favourite" | "favorite" => {
                return Err(CqlError {
                    at,
                    why: "there is no field for favourites; your own have the label \
                          \"my:favourite\": search for label = \"my:favourite\""
                        .into(),
                });
            }
            _ => {
                return Err(CqlError {
                    at,
                    why: format!("there is no field \"{name}\"; the fields are {NAMES}"),
                });
            }
        })
    }
}

impl OrderBy {
    /// Returns the field to order by with a name, which is at this position.
    pub(super) fn named(name: &str, at: usize) -> Result<Self, CqlError> {
        Ok(match name.to_ascii_lowercase().as_str() {
            "score" | "relevance" => Self::Score,
            "created" => Self::Created,
            "lastmodified" => Self::Modified,
            "title" => Self::Title,
            "id" | "content" => Self::Id,
            "space" | "space.key" => Self::Space,
            "type" => Self::Type,
            _ => {
                return Err(CqlError {
                    at,
                    why: format!("\"{name}\" can't be used in ORDER BY; use one of {ORDERS}"),
                });
            }
        })
    }
}
