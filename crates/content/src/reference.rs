//! References in markup, by the names that its author wrote.
//!
//! Nothing here decides whether the target exists or may be seen: that is decided for each viewer
//! when a template is filled.

use crate::storage::{Element, Tag};

/// A reference to a page or blog post.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ContentRef {
    /// The content that the markup belongs to.
    Itself,
    /// The page above the one that the markup belongs to.
    Parent,
    /// Content by its id.
    Id(u64),
    /// A page by its title.
    Page {
        /// The key of its space; `None` for the space of the content that the markup belongs to.
        space: Option<String>,
        /// The page's title.
        title: String,
    },
    /// A blog post by its title and day.
    BlogPost {
        /// The key of its space; `None` for the space of the content that the markup belongs to.
        space: Option<String>,
        /// The post's title.
        title: String,
        /// The day as it is written, `2024/05/31`.
        day: Option<String>,
    },
    /// The home page of a space.
    Home {
        /// The key of the space; `None` for the space of the content that the markup belongs to.
        space: Option<String>,
    },
}

/// A reference to an attachment by its file name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AttachmentRef {
    /// The file name.
    pub file: String,
    /// The content that it is attached to.
    pub of: ContentRef,
}

/// A reference to a person.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PersonRef {
    /// By account id.
    Account(String),
    /// By the user key of Data Center.
    Key(String),
    /// By the user name of old versions.
    Name(String),
    /// A mention without an identity.
    Unnamed,
}

/// A reference to any resource (`ri:*`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Resource {
    Content(ContentRef),
    Attachment(AttachmentRef),
    Person(PersonRef),
    Space(String),
    Url(String),
    Shortcut { key: String, parameter: String },
}

impl Resource {
    /// Reads a resource element.
    pub(crate) fn read(element: Element<'_>) -> Option<Self> {
        let text = |name: &str| {
            element
                .attribute(name)
                .map(std::borrow::Cow::into_owned)
                .filter(|value| !value.is_empty())
        };
        Some(match element.tag() {
            Tag::RiPage => Self::Content(page(&text)),
            Tag::RiBlogPost => Self::Content(ContentRef::BlogPost {
                space: text("ri:space-key"),
                title: text("ri:content-title")?,
                day: text("ri:posting-day"),
            }),
            Tag::RiContentEntity => {
                Self::Content(ContentRef::Id(text("ri:content-id")?.parse().ok()?))
            }
            Tag::RiAttachment => Self::Attachment(AttachmentRef {
                file: text("ri:filename")?,
                of: Self::first_in(element)
                    .and_then(Self::into_content)
                    .unwrap_or(ContentRef::Itself),
            }),
            Tag::RiUser => Self::Person(person(&text)),
            Tag::RiSpace => Self::Space(text("ri:space-key")?),
            Tag::RiUrl => Self::Url(text("ri:value")?),
            Tag::RiShortcut => Self::Shortcut {
                key: text("ri:key")?,
                parameter: text("ri:parameter").unwrap_or_default(),
            },
            _ => return None,
        })
    }

    /// Returns the first resource inside an element, directly or within a link (as macro parameters
    /// have it).
    pub(crate) fn first_in(element: Element<'_>) -> Option<Self> {
        element.elements().find_map(|child| match child.tag() {
            Tag::Link => child.elements().find_map(Self::read),
            _ => Self::read(child),
        })
    }

    pub(crate) fn into_content(self) -> Option<ContentRef> {
        match self {
            Self::Content(content) => Some(content),
            _ => None,
        }
    }
}

fn page(text: &dyn Fn(&str) -> Option<String>) -> ContentRef {
    let space = text("ri:space-key");
    match (
        text("ri:content-title"),
        text("ri:content-id").and_then(|id| id.parse().ok()),
        space,
    ) {
        (Some(title), _, None) => {
            ContentRef::from_keyword(&title).unwrap_or(ContentRef::Page { space: None, title })
        }
        (Some(title), _, space) => ContentRef::Page { space, title },
        (None, Some(id), _) => ContentRef::Id(id),
        (None, None, None) => ContentRef::Itself,
        (None, None, space) => ContentRef::Home { space },
    }
}

fn person(text: &dyn Fn(&str) -> Option<String>) -> PersonRef {
    text("ri:account-id")
        .map(PersonRef::Account)
        .or_else(|| text("ri:userkey").map(PersonRef::Key))
        .or_else(|| text("ri:username").map(PersonRef::Name))
        .unwrap_or(PersonRef::Unnamed)
}

impl ContentRef {
    /// Reads the keywords that macros have for relative references.
    pub(crate) fn from_keyword(text: &str) -> Option<Self> {
        match text {
            "@self" => Some(Self::Itself),
            "@parent" => Some(Self::Parent),
            "@home" | "@none" => Some(Self::Home { space: None }),
            _ => None,
        }
    }

    /// Reads the names that wiki links have for content: `Title`, `KEY:Title`, `@self`, `@parent`,
    /// `@home`.
    pub(crate) fn from_wiki(text: &str) -> Self {
        if let Some(place) = Self::from_keyword(text) {
            return place;
        }
        match text.split_once(':') {
            Some((space, title))
                if !space.is_empty()
                    && !title.is_empty()
                    && space
                        .bytes()
                        .all(|b| b.is_ascii_alphanumeric() || b == b'~') =>
            {
                Self::Page {
                    space: Some(space.to_owned()),
                    title: title.to_owned(),
                }
            }
            _ => Self::Page {
                space: None,
                title: text.to_owned(),
            },
        }
    }
}

/// Returns a macro's parameter as text: a resource by its name, as wiki markup has it; people are
/// left out.
pub(crate) fn parameter_text(value: Element<'_>) -> String {
    let keys: Vec<_> = value
        .elements()
        .filter_map(|space| {
            space
                .attribute("ri:space-key")
                .filter(|_| space.tag() == Tag::RiSpace)
        })
        .collect();
    if !keys.is_empty() {
        return keys.join(",");
    }
    match Resource::first_in(value) {
        Some(Resource::Content(ContentRef::Page {
            space: Some(space),
            title,
        })) => format!("{space}:{title}"),
        Some(Resource::Content(
            ContentRef::Page { space: None, title } | ContentRef::BlogPost { title, .. },
        )) => title,
        Some(Resource::Content(ContentRef::Itself)) => "@self".to_owned(),
        Some(Resource::Content(ContentRef::Parent)) => "@parent".to_owned(),
        Some(Resource::Content(ContentRef::Home { space })) => {
            space.unwrap_or_else(|| "@home".to_owned())
        }
        Some(Resource::Content(ContentRef::Id(id))) => id.to_string(),
        Some(Resource::Attachment(attachment)) => attachment.file,
        Some(Resource::Url(address)) => address,
        Some(Resource::Space(key)) => key,
        Some(Resource::Person(_)) => String::new(),
        Some(Resource::Shortcut { .. }) | None => value.text().into_owned(),
    }
}

/// Returns whether a macro's parameter of this name is a person, by resource or by plain name.
pub(crate) fn is_person_parameter(name: &str) -> bool {
    ["user", "username", "users", "author", "assignee"]
        .iter()
        .any(|person| name.eq_ignore_ascii_case(person))
}

/// The number of hexadecimal digits in the id of an account.
const ACCOUNT_ID_DIGITS: usize = 24;

/// Returns the person to whose profile an address leads: `.../people/` and an account id.
pub(crate) fn person_at(address: &str) -> Option<PersonRef> {
    let (_, behind) = address.split_once("/people/")?;
    let id = behind
        .split(['/', '?', '#'])
        .next()
        .filter(|id| id.len() == ACCOUNT_ID_DIGITS)?;
    let is_hexadecimal = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    id.bytes()
        .all(is_hexadecimal)
        .then(|| PersonRef::Account(id.to_owned()))
}
