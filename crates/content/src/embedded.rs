//! Elements of HTML that load something to show it: `object`, `embed`, `video`, `audio` and
//! `iframe`.
//!
//! Nothing is loaded for them here. Instead, the address is shown, or the element's own text for
//! readers who can't load it.

use crate::reference::person_at;
use crate::storage::{Element, Node, Tag};
use crate::url;

/// The parameters of `object` that contain an address.
const PARAMETERS: [&str; 4] = ["movie", "src", "url", "filename"];

/// Returns whether an element loads something to show it.
pub(crate) fn is_embedded(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Object | Tag::Embed | Tag::Video | Tag::Audio | Tag::Iframe
    )
}

/// Returns the first address of an element that is safe to link to. The address of a person's
/// profile isn't: whether the person may be shown depends on the reader.
pub(crate) fn address(element: Element<'_>) -> Option<String> {
    addresses(element).find_map(|address| {
        let safe = url::safe(&address)?;
        person_at(&safe).is_none().then(|| safe.into_owned())
    })
}

/// Returns the addresses of an element in the order in which a browser would try them, safe or not.
pub(crate) fn addresses(element: Element<'_>) -> impl Iterator<Item = String> {
    let tag = element.tag();
    let own = element.attribute(match tag {
        Tag::Object => "data",
        _ => "src",
    });
    let inside = element
        .elements()
        .filter_map(move |part| match (tag, part.tag()) {
            (Tag::Video | Tag::Audio, Tag::Source) => part.attribute("src"),
            (Tag::Object, Tag::Param) => {
                let name = part.attribute("name")?;
                let mut known = PARAMETERS.iter();
                known.find(|known| known.eq_ignore_ascii_case(&name))?;
                part.attribute("value")
            }
            _ => None,
        });
    own.into_iter()
        .chain(inside)
        .filter(|address| !address.trim().is_empty())
        .map(std::borrow::Cow::into_owned)
}

/// Returns whether an element contains something to show instead of what it loads.
pub(crate) fn has_words(element: Element<'_>) -> bool {
    element.children().any(|node| match node {
        Node::Element(part) => !matches!(part.tag(), Tag::Source | Tag::Track | Tag::Param),
        Node::Text(text) | Node::CData(text) => !text.trim().is_empty(),
        Node::Comment(_) | Node::Instruction(_) => false,
    })
}
