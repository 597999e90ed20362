//! Elements of HTML that load something to show it: `object`, `embed`, `video`, `audio` and `iframe`.
//!
//! Nothing is loaded for them here. What is shown is the address, or the words that they hold for readers to whom
//! nothing can be loaded.

use crate::reference::person_at;
use crate::storage::{Element, Node, Tag};
use crate::url;

/// The parameters of `object` that have an address in them.
const PARAMETERS: [&str; 4] = ["movie", "src", "url", "filename"];

/// Whether an element loads something to show it.
pub(crate) fn is_embedded(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Object | Tag::Embed | Tag::Video | Tag::Audio | Tag::Iframe
    )
}

/// The first address of an element that is safe to lead to. One of a person's profile isn't: who that is depends on the
/// reader.
pub(crate) fn address(element: Element<'_>) -> Option<String> {
    addresses(element).find_map(|address| {
        let safe = url::safe(&address)?;
        person_at(&safe).is_none().then(|| safe.into_owned())
    })
}

/// The addresses of an element in the order in which a browser would try them, safe or not.
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

/// Whether an element holds something to be shown instead of what it loads.
pub(crate) fn has_words(element: Element<'_>) -> bool {
    element.children().any(|node| match node {
        Node::Element(part) => !matches!(part.tag(), Tag::Source | Tag::Track | Tag::Param),
        Node::Text(text) | Node::CData(text) => !text.trim().is_empty(),
        Node::Comment(_) | Node::Instruction(_) => false,
    })
}
