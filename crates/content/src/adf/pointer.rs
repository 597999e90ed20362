//! The pointer of a link or of a macro's parameter: its target, which the document format stores
//! beside the address.
//!
//! An address shows one reader where a target is. The pointer holds the reference that the author
//! wrote, so that a document that is written back unchanged points at the same things, even at
//! those that this reader doesn't see. It contains only the author's own words, which storage
//! format shows to every reader of the page.

use serde_json::{Map, Value};

use super::{Question, card, put, text_attribute};
use crate::hole::Target;
use crate::reference::{AttachmentRef, ContentRef, PersonRef, Resource};
use crate::storage::{Element, Markup, Tag};

/// The attribute of a link, card or file that holds its pointer.
pub(super) const METADATA: &str = "__confluenceMetadata";

/// The member of a macro's parameter that holds the resources in it.
pub(super) const RESOURCES: &str = "nx-resources";

/// The member for the address that was sent together with a pointer, without its host. If the
/// address was changed since, it wins over the pointer.
pub(super) const ADDRESS: &str = "nx-address";

/// The member for the name of a target that the reader was shown as the text of the link. It is
/// none of the author's words, so it is kept for no other reader.
pub(super) const SHOWN_NAME: &str = "nx-name";

/// The address of a link whose target is absent for the reader.
pub(super) const NOWHERE: &str = "#";

/// A reference to a target, with everything else that `ac:link` holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pointer {
    pub(super) resource: Resource,
    /// The anchor in the target, by the name that its author wrote.
    pub(super) anchor: Option<String>,
    /// The keyword that its author wrote for a relative target, such as `@self`.
    pub(super) keyword: Option<String>,
    /// The tooltip of the link.
    pub(super) tooltip: Option<String>,
    /// The appearance of a smart link.
    pub(super) appearance: Option<String>,
    /// Whether the author wrote a text for the link.
    pub(super) is_named: bool,
    /// The text of a smart link, for renderings that show it as text.
    pub(super) text: Option<String>,
    /// The name of the target that the reader was shown as the text of the link.
    pub(super) shown: Option<String>,
}

impl Pointer {
    pub(super) fn to(resource: Resource) -> Self {
        Self {
            resource,
            anchor: None,
            keyword: None,
            tooltip: None,
            appearance: None,
            is_named: false,
            text: None,
            shown: None,
        }
    }

    /// Reads the pointer of `ac:link`, or returns `None` if it names nothing.
    pub(super) fn of_link(link: Element<'_>) -> Option<Self> {
        let text = |name: &str| {
            link.attribute(name)
                .map(std::borrow::Cow::into_owned)
                .filter(|value| !value.is_empty())
        };
        let anchor = text("ac:anchor");
        let pointer = match link.elements().find_map(Self::of_resource) {
            Some(pointer) => pointer,
            None if anchor.is_some() => Self::to(Resource::Content(ContentRef::Itself)),
            None => return None,
        };
        Some(Self {
            anchor,
            tooltip: text("ac:tooltip"),
            appearance: text("ac:card-appearance"),
            ..pointer
        })
    }

    /// Reads the pointer of a resource element.
    pub(super) fn of_resource(element: Element<'_>) -> Option<Self> {
        let title = element.attribute("ri:content-title");
        let keyword = title.filter(|title| {
            element.attribute("ri:space-key").is_none() && ContentRef::from_keyword(title).is_some()
        });
        Some(Self {
            keyword: keyword.map(std::borrow::Cow::into_owned),
            ..Self::to(Resource::read(element)?)
        })
    }

    /// Returns the pointer that a node or mark holds, unless its address was changed since.
    pub(super) fn of(node: &Value, address: &str) -> Option<Self> {
        let attributes = node.get("attrs")?;
        let metadata = attributes.get(METADATA)?;
        let is_current = match text_member(metadata, ADDRESS) {
            Some(noted) => noted == local(text_attribute(node, address)?),
            None => is_of_a_site(text_attribute(node, address)?),
        };
        is_current.then(|| Self::from_metadata(metadata)).flatten()
    }

    /// Returns the pointer of a node or mark if this server sent it and its address wasn't changed
    /// since.
    pub(super) fn noted(node: &Value, address: &str) -> Option<Self> {
        text_member(node.get("attrs")?.get(METADATA)?, ADDRESS)?;
        Self::of(node, address)
    }

    /// Returns the target whose address the site is asked for, or `None` if the pointer is enough
    /// to know it.
    pub(super) fn target(&self) -> Option<Target> {
        Some(match &self.resource {
            Resource::Content(ContentRef::Itself) if self.anchor.is_some() => return None,
            Resource::Content(content) => Target::Content {
                content: content.clone(),
                anchor: self.anchor.as_deref().map(crate::view::anchor_id),
            },
            Resource::Attachment(attachment) => Target::Attachment(attachment.clone()),
            Resource::Space(key) => Target::Space(key.clone()),
            Resource::Person(_) | Resource::Url(_) | Resource::Shortcut { .. } => return None,
        })
    }

    /// Returns the address within the page, for a pointer to an anchor in it.
    pub(super) fn place_in_page(&self) -> Option<String> {
        let anchor = self.anchor.as_deref()?;
        let is_here = matches!(self.resource, Resource::Content(ContentRef::Itself));
        is_here.then(|| format!("#{}", crate::view::anchor_id(anchor)))
    }

    /// Returns the target's name as the markup has it, for links without a text.
    pub(super) fn name(&self) -> String {
        match (&self.resource, self.target()) {
            (_, Some(target)) => crate::slot::target_name(&target).to_owned(),
            (Resource::Shortcut { key, parameter }, _) => format!("{parameter}@{key}"),
            (Resource::Url(address), _) => address.clone(),
            _ => self.anchor.clone().unwrap_or_default(),
        }
    }

    /// Returns the name of the target as the reader may see it, where the markup doesn't say it: of
    /// a page that is known by its id, for example.
    pub(super) fn name_for_reader(
        &self,
        ask: &mut dyn FnMut(Question<'_>) -> Option<String>,
    ) -> Option<String> {
        let says_it = match &self.resource {
            Resource::Content(content) => matches!(
                content,
                ContentRef::Page { .. } | ContentRef::BlogPost { .. }
            ),
            Resource::Space(_) => false,
            _ => true,
        };
        let target = self.target().filter(|_| !says_it)?;
        ask(Question::Name(&target)).filter(|name| !name.is_empty())
    }

    /// Returns how often a text says the name that the reader was shown, if it says nothing else;
    /// editors make one text of two equal links that stand side by side.
    pub(super) fn times_shown(&self, text: &str) -> usize {
        let Some(name) = self.shown.as_deref().filter(|_| !self.is_named) else {
            return 0;
        };
        match text.len().checked_div(name.len()) {
            Some(times) if name.repeat(times) == text => times,
            _ => 0,
        }
    }

    /// Returns the attributes of a link or card: its address under `name`, and the pointer.
    pub(super) fn attributes(&self, name: &str, address: &str) -> Map<String, Value> {
        let mut metadata = self.metadata();
        metadata.insert(ADDRESS.into(), local(address).into());
        let mut attributes = Map::new();
        attributes.insert(name.to_owned(), address.into());
        attributes.insert(METADATA.into(), Value::Object(metadata));
        attributes
    }

    /// Returns the pointer as JSON.
    pub(super) fn metadata(&self) -> Map<String, Value> {
        let mut members = resource_metadata(&self.resource);
        put(&mut members, "contentTitle", self.keyword.as_deref());
        put(&mut members, "anchorName", self.anchor.as_deref());
        put(&mut members, "nx-tooltip", self.tooltip.as_deref());
        put(&mut members, "cardAppearance", self.appearance.as_deref());
        put(&mut members, card::WORDS, self.text.as_deref());
        put(&mut members, SHOWN_NAME, self.shown.as_deref());
        put(
            &mut members,
            "isRenamedTitle",
            self.is_named.then_some(true),
        );
        members
    }

    pub(super) fn from_metadata(metadata: &Value) -> Option<Self> {
        let text = |name| text_member(metadata, name).map(str::to_owned);
        let resource = resource_from(metadata)?;
        let keyword = text("contentTitle").filter(|title| {
            let content = ContentRef::from_keyword(title).map(Resource::Content);
            content.as_ref() == Some(&resource)
        });
        Some(Self {
            resource,
            keyword,
            tooltip: text("nx-tooltip"),
            anchor: text("anchorName"),
            appearance: text("cardAppearance"),
            is_named: metadata.get("isRenamedTitle").and_then(Value::as_bool) == Some(true),
            text: text(card::WORDS),
            shown: text(SHOWN_NAME),
        })
    }

    /// Opens `ac:link` with its resource.
    pub(super) fn open(&self, markup: &mut Markup) {
        markup.open(
            "ac:link",
            &[
                ("ac:anchor", self.anchor.as_deref()),
                ("ac:tooltip", self.tooltip.as_deref()),
                ("ac:card-appearance", self.appearance.as_deref()),
            ],
        );
        if self.place_in_page().is_none() {
            self.write_resource(markup);
        }
    }

    fn write_resource(&self, markup: &mut Markup) {
        match self.keyword.as_deref() {
            Some(word) => markup.void("ri:page", &[("ri:content-title", Some(word))]),
            None => write_resource(markup, &self.resource),
        }
    }
}

/// Returns the resources in a macro's parameter as JSON, or `None` if its value is plain text.
pub(super) fn in_parameter(value: Element<'_>) -> Option<Value> {
    let mut all = Vec::new();
    for child in value.elements() {
        let (pointer, is_link) = match child.tag() {
            Tag::Link => (Pointer::of_link(child), true),
            _ => (Pointer::of_resource(child), false),
        };
        if let Some(pointer) = pointer {
            let mut metadata = pointer.metadata();
            put(&mut metadata, "isLink", is_link.then_some(true));
            all.push(Value::Object(metadata));
        }
    }
    (!all.is_empty()).then_some(Value::Array(all))
}

/// Writes the resources of a macro's parameter, and skips everything that isn't one.
pub(super) fn write_parameter(markup: &mut Markup, name: &str, resources: &[Value]) {
    markup.open("ac:parameter", &[("ac:name", Some(name))]);
    for metadata in resources {
        let Some(pointer) = Pointer::from_metadata(metadata) else {
            continue;
        };
        if metadata.get("isLink").and_then(Value::as_bool) == Some(true) {
            pointer.open(markup);
            markup.close("ac:link");
        } else {
            pointer.write_resource(markup);
        }
    }
    markup.close("ac:parameter");
}

fn resource_metadata(resource: &Resource) -> Map<String, Value> {
    match resource {
        Resource::Content(content) => content_metadata(content),
        Resource::Attachment(attachment) => {
            let mut members = typed("attachment");
            members.insert("fileName".into(), attachment.file.as_str().into());
            if attachment.of != ContentRef::Itself {
                let container = content_metadata(&attachment.of);
                members.insert("container".into(), Value::Object(container));
            }
            members
        }
        Resource::Person(person) => {
            let mut members = typed("user");
            let (name, id) = match person {
                PersonRef::Account(id) => ("accountId", Some(id)),
                PersonRef::Key(key) => ("userKey", Some(key)),
                PersonRef::Name(name) => ("username", Some(name)),
                PersonRef::Unnamed => ("accountId", None),
            };
            put(&mut members, name, id.map(String::as_str));
            members
        }
        Resource::Space(key) => {
            let mut members = typed("space");
            members.insert("spaceKey".into(), key.as_str().into());
            members
        }
        Resource::Url(address) => {
            let mut members = typed("url");
            members.insert("url".into(), address.as_str().into());
            members
        }
        Resource::Shortcut { key, parameter } => {
            let mut members = typed("shortcut");
            members.insert("shortcutKey".into(), key.as_str().into());
            members.insert("shortcutParameter".into(), parameter.as_str().into());
            members
        }
    }
}

fn content_metadata(content: &ContentRef) -> Map<String, Value> {
    let mut members = typed(match content {
        ContentRef::Itself => "self",
        ContentRef::BlogPost { .. } => "blogpost",
        _ => "page",
    });
    match content {
        ContentRef::Itself => {}
        ContentRef::Parent => put(&mut members, "contentTitle", Some("@parent")),
        ContentRef::Id(id) => put(&mut members, "contentId", Some(id.to_string())),
        ContentRef::Home { space: None } => put(&mut members, "contentTitle", Some("@home")),
        ContentRef::Home { space } => put(&mut members, "spaceKey", space.as_deref()),
        ContentRef::Page { space, title } => {
            put(&mut members, "contentTitle", Some(title.as_str()));
            put(&mut members, "spaceKey", space.as_deref());
        }
        ContentRef::BlogPost { space, title, day } => {
            put(&mut members, "contentTitle", Some(title.as_str()));
            put(&mut members, "spaceKey", space.as_deref());
            put(&mut members, "postingDay", day.as_deref());
        }
    }
    members
}

fn typed(kind: &str) -> Map<String, Value> {
    let mut members = Map::new();
    members.insert("linkType".into(), kind.into());
    members
}

fn resource_from(metadata: &Value) -> Option<Resource> {
    let text = |name| text_member(metadata, name).map(str::to_owned);
    Some(match text_member(metadata, "linkType")? {
        "attachment" => Resource::Attachment(AttachmentRef {
            file: text("fileName")?,
            of: metadata
                .get("container")
                .map_or(Some(ContentRef::Itself), content_from)?,
        }),
        "space" => Resource::Space(text("spaceKey")?),
        "user" => Resource::Person(
            text("accountId")
                .map(PersonRef::Account)
                .or_else(|| text("userKey").map(PersonRef::Key))
                .or_else(|| text("username").map(PersonRef::Name))
                .unwrap_or(PersonRef::Unnamed),
        ),
        "url" => Resource::Url(text("url")?),
        "shortcut" => Resource::Shortcut {
            key: text("shortcutKey")?,
            parameter: text("shortcutParameter").unwrap_or_default(),
        },
        _ => Resource::Content(content_from(metadata)?),
    })
}

fn content_from(metadata: &Value) -> Option<ContentRef> {
    let text = |name| text_member(metadata, name).map(str::to_owned);
    let space = text("spaceKey");
    match text_member(metadata, "linkType")? {
        "self" => Some(ContentRef::Itself),
        "blogpost" => Some(ContentRef::BlogPost {
            space,
            title: text("contentTitle")?,
            day: text("postingDay"),
        }),
        "page" => match (text("contentTitle"), text("contentId"), space) {
            (Some(title), _, None) => Some(
                ContentRef::from_keyword(&title).unwrap_or(ContentRef::Page { space: None, title }),
            ),
            (Some(title), _, space) => Some(ContentRef::Page { space, title }),
            (None, Some(id), _) => id.parse().ok().map(ContentRef::Id),
            (None, None, Some(space)) => Some(ContentRef::Home { space: Some(space) }),
            (None, None, None) => None,
        },
        _ => None,
    }
}

/// Writes a resource element.
pub(super) fn write_resource(markup: &mut Markup, resource: &Resource) {
    match resource {
        Resource::Content(content) => write_content(markup, content),
        Resource::Attachment(attachment) => {
            let attributes = [("ri:filename", Some(attachment.file.as_str()))];
            if attachment.of == ContentRef::Itself {
                return markup.void("ri:attachment", &attributes);
            }
            markup.open("ri:attachment", &attributes);
            write_content(markup, &attachment.of);
            markup.close("ri:attachment");
        }
        Resource::Person(person) => {
            let (name, id) = match person {
                PersonRef::Account(id) => ("ri:account-id", Some(id)),
                PersonRef::Key(key) => ("ri:userkey", Some(key)),
                PersonRef::Name(name) => ("ri:username", Some(name)),
                PersonRef::Unnamed => ("ri:account-id", None),
            };
            markup.void("ri:user", &[(name, id.map(String::as_str))]);
        }
        Resource::Space(key) => markup.void("ri:space", &[("ri:space-key", Some(key))]),
        Resource::Url(address) => markup.void("ri:url", &[("ri:value", Some(address))]),
        Resource::Shortcut { key, parameter } => markup.void(
            "ri:shortcut",
            &[("ri:key", Some(key)), ("ri:parameter", Some(parameter))],
        ),
    }
}

fn write_content(markup: &mut Markup, content: &ContentRef) {
    match content {
        ContentRef::Itself => markup.void("ri:page", &[]),
        ContentRef::Parent => markup.void("ri:page", &[("ri:content-title", Some("@parent"))]),
        ContentRef::Home { space: None } => {
            markup.void("ri:page", &[("ri:content-title", Some("@home"))]);
        }
        ContentRef::Home { space } => {
            markup.void("ri:page", &[("ri:space-key", space.as_deref())]);
        }
        ContentRef::Id(id) => {
            let id = id.to_string();
            markup.void("ri:content-entity", &[("ri:content-id", Some(&id))]);
        }
        ContentRef::Page { space, title } => markup.void(
            "ri:page",
            &[
                ("ri:space-key", space.as_deref()),
                ("ri:content-title", Some(title)),
            ],
        ),
        ContentRef::BlogPost { space, title, day } => markup.void(
            "ri:blog-post",
            &[
                ("ri:space-key", space.as_deref()),
                ("ri:content-title", Some(title)),
                ("ri:posting-day", day.as_deref()),
            ],
        ),
    }
}

fn text_member<'v>(metadata: &'v Value, name: &str) -> Option<&'v str> {
    metadata
        .get(name)
        .and_then(Value::as_str)
        .filter(|text| !text.is_empty())
}

/// Returns an address without its host, which may differ between requests to one site.
fn local(address: &str) -> &str {
    match address.split_once("://") {
        Some((scheme, behind))
            if scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https") =>
        {
            behind
                .find(['/', '?', '#'])
                .and_then(|at| behind.get(at..))
                .unwrap_or_default()
        }
        _ => address,
    }
}

/// Returns whether an address is like one of a Confluence site, for pointers that other sites
/// wrote.
fn is_of_a_site(address: &str) -> bool {
    let path = local(address);
    path.starts_with('#')
        || path.starts_with("/wiki/")
        || path.starts_with("/display/")
        || path.starts_with("/pages/")
}
