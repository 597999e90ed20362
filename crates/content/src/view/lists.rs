//! The macros whose content is made for each viewer: reads their parameters into holes.

use super::Writer;
use crate::hole::{AttachmentList, Children, Hole, Order, PageTree, RecentlyUpdated, Selection};
use crate::reference::{ContentRef, Resource};
use crate::storage::{Element, Macro, Node, Tag};

/// The maximum number of entries of any list, whatever its author wrote.
const MAX_ENTRIES: u32 = 500;

impl Writer<'_> {
    /// Returns the content that an `include` names in its default parameter, as a resource or as
    /// text.
    pub(super) fn named_content(&self, found: Macro<'_>) -> ContentRef {
        ["", "page", "pageTitle", "pageId"]
            .iter()
            .find_map(|name| content(found, name))
            .unwrap_or(ContentRef::Itself)
    }

    pub(super) fn children_list(&mut self, found: Macro<'_>) {
        let depth = match number(found, "depth") {
            _ if found.is_set("all") => None,
            Some(0) => None,
            Some(depth) => Some(depth),
            None => Some(1),
        };
        self.template.push_hole(Hole::Children(Children {
            of: content(found, "page").unwrap_or(ContentRef::Itself),
            depth,
            first: number(found, "first").filter(|first| *first > 0),
            order: order(found),
            reverse: found.is_set("reverse"),
            excerpt: found.is_set("excerpt")
                || found.text("excerptType").is_some_and(|kind| kind != "none"),
        }));
    }

    pub(super) fn page_tree(&mut self, found: Macro<'_>) {
        self.template.push_hole(Hole::PageTree(PageTree {
            root: content(found, "root").unwrap_or(ContentRef::Home { space: None }),
            order: order(found),
            reverse: found.is_set("reverse"),
        }));
    }

    pub(super) fn recently_updated(&mut self, found: Macro<'_>) {
        self.template
            .push_hole(Hole::RecentlyUpdated(RecentlyUpdated {
                spaces: spaces(found),
                max: maximum(found, &["max", "maxResults"], 15),
                types: words(found, &["types", "type"]),
                labels: words(found, &["labels"]),
            }));
    }

    pub(super) fn content_by_label(&mut self, found: Macro<'_>) {
        let selection = selection(found, 15);
        self.template.push_hole(Hole::ContentByLabel(selection));
    }

    pub(super) fn details_summary(&mut self, found: Macro<'_>) {
        self.template.push_hole(Hole::DetailsSummary {
            selection: selection(found, 30),
            id: found.text("id"),
            columns: list(found, &["headings"], ','),
        });
    }

    pub(super) fn attachment_list(&mut self, found: Macro<'_>) {
        self.template
            .push_hole(Hole::Attachments(attachments(found, "patterns", "")));
    }

    pub(super) fn gallery(&mut self, found: Macro<'_>) {
        self.template
            .push_hole(Hole::Gallery(attachments(found, "include", "exclude")));
    }
}

/// Returns the content that a parameter names, as a resource or in the notation of wiki links.
fn content(found: Macro<'_>, name: &str) -> Option<ContentRef> {
    let value = found.parameter(name)?;
    if let Some(resource) = Resource::first_in(value) {
        return resource.into_content();
    }
    let text = found.text(name)?;
    if name == "pageId" {
        return text.parse().ok().map(ContentRef::Id);
    }
    Some(ContentRef::from_wiki(&text))
}

fn number(found: Macro<'_>, name: &str) -> Option<u32> {
    found.text(name)?.parse().ok()
}

fn maximum(found: Macro<'_>, names: &[&str], otherwise: u32) -> u32 {
    names
        .iter()
        .find_map(|name| number(found, name))
        .unwrap_or(otherwise)
        .min(MAX_ENTRIES)
}

fn order(found: Macro<'_>) -> Order {
    match found
        .text("sort")
        .or_else(|| found.text("sortBy"))
        .unwrap_or_default()
        .to_ascii_lowercase()
        .as_str()
    {
        "title" | "name" => Order::Title,
        "creation" | "created" => Order::Created,
        "modified" | "date" => Order::Modified,
        "size" => Order::Size,
        _ => Order::Natural,
    }
}

fn list(found: Macro<'_>, names: &[&str], separator: char) -> Vec<String> {
    let text = names
        .iter()
        .find_map(|name| found.text(name))
        .unwrap_or_default();
    text.split(separator)
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn words(found: Macro<'_>, names: &[&str]) -> Vec<String> {
    let text = names
        .iter()
        .find_map(|name| found.text(name))
        .unwrap_or_default();
    text.split([',', ' '])
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Returns the space keys of a macro, which are resources or words.
fn spaces(found: Macro<'_>) -> Vec<String> {
    let Some(value) = ["spaces", "space"]
        .iter()
        .find_map(|name| found.parameter(name))
    else {
        return Vec::new();
    };
    let resources: Vec<String> = value.descendants().filter_map(space_key).collect();
    if resources.is_empty() {
        words(found, &["spaces", "space"])
    } else {
        resources
    }
}

fn space_key(node: Node<'_>) -> Option<String> {
    match node {
        Node::Element(element) if Element::tag(&element) == Tag::RiSpace => element
            .attribute("ri:space-key")
            .map(std::borrow::Cow::into_owned),
        _ => None,
    }
}

fn selection(found: Macro<'_>, otherwise: u32) -> Selection {
    let cql = found.text("cql");
    let is_query = cql.is_some();
    Selection {
        cql,
        labels: if is_query {
            Vec::new()
        } else {
            words(found, &["labels", "label"])
        },
        all_labels: found
            .text("operator")
            .is_some_and(|operator| operator.eq_ignore_ascii_case("and")),
        spaces: if is_query { Vec::new() } else { spaces(found) },
        max: maximum(found, &["max", "maxResults", "pageSize"], otherwise),
        order: order(found),
        reverse: found.is_set("reverse") || found.is_set("reverseSort"),
        excerpt: found.is_set("excerpt")
            || found.text("excerptType").is_some_and(|kind| kind != "none"),
    }
}

fn attachments(found: Macro<'_>, include: &str, exclude: &str) -> AttachmentList {
    AttachmentList {
        of: content(found, "page").unwrap_or(ContentRef::Itself),
        include: list(found, &[include], ','),
        exclude: if exclude.is_empty() {
            Vec::new()
        } else {
            list(found, &[exclude], ',')
        },
        labels: words(found, &["labels"]),
        order: order(found),
        reverse: found.is_set("reverse")
            || found
                .text("sortOrder")
                .is_some_and(|order| order == "descending"),
    }
}
