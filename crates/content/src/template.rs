//! HTML with holes.
//!
//! How a body is shown depends on the viewer: whether the target of a link exists for them, what an
//! included page contains for them, whose name they may see. Rendering therefore ends in a
//! [`Template`]: HTML that is the same for everybody, and [`Hole`]s that the caller fills with what
//! the viewer may see. A template may be cached per body, a filled one never.

use crate::carried::Carried;
use crate::hole::Hole;
use crate::slot::Slot;

/// HTML that this crate made: it is safe to write into a page.
///
/// It can't be made from a caller's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// Returns the HTML.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the HTML as an owned string.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

impl std::fmt::Display for Html {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// The part of a rendered body that is the same for everybody, with its holes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    html: String,
    /// The holes and their positions in `html`, in order.
    holes: Vec<Place>,
}

/// A hole, its position, and the markup that it carries if the HTML is for an editor.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    at: usize,
    hole: Hole,
    carried: Option<Box<Carried>>,
}

/// One piece of a [`Template`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// HTML that is the same for everybody.
    Html(&'a str),
    /// A part that depends on the viewer.
    Hole(&'a Hole),
}

impl Template {
    /// Returns the pieces in order; no two neighbours are HTML.
    pub fn parts(&self) -> impl Iterator<Item = Part<'_>> {
        let mut start = 0;
        self.holes
            .iter()
            .map(|place| (place.at, Some(&place.hole)))
            .chain([(self.html.len(), None)])
            .flat_map(move |(at, hole)| {
                let html = self
                    .html
                    .get(start..at)
                    .filter(|html| !html.is_empty())
                    .map(Part::Html);
                start = at;
                [html, hole.map(Part::Hole)]
            })
            .flatten()
    }

    /// Returns the holes in order, without those inside the bodies of links.
    pub fn holes(&self) -> impl Iterator<Item = &Hole> {
        self.holes.iter().map(|place| &place.hole)
    }

    /// Returns how much memory the template takes, in bytes, accurately enough for a cache's
    /// weigher.
    #[must_use]
    pub fn weight(&self) -> usize {
        self.html.len() + self.holes.len() * size_of::<Place>()
    }

    /// Fills the template for one viewer: `answer` is called for each hole in order and writes what
    /// the viewer may see into the [`Slot`]. Holes inside a link's body are filled before the link.
    #[must_use]
    pub fn fill(&self, answer: &mut dyn FnMut(&Hole, &mut Slot<'_>)) -> Html {
        let mut out = String::with_capacity(self.html.len() + self.holes.len() * 96);
        self.fill_into(&mut out, answer);
        Html(out)
    }

    fn fill_into(&self, out: &mut String, answer: &mut dyn FnMut(&Hole, &mut Slot<'_>)) {
        let mut start = 0;
        for place in &self.holes {
            out.push_str(self.html.get(start..place.at).unwrap_or_default());
            start = place.at;
            let (hole, carried) = (&place.hole, place.carried.as_deref());
            match hole.body() {
                Some(body) if body.holes.is_empty() => {
                    answer(hole, &mut Slot::new(out, hole, &body.html, carried))
                }
                Some(body) => {
                    let mut inner = String::with_capacity(body.html.len() + 96);
                    body.fill_into(&mut inner, answer);
                    answer(hole, &mut Slot::new(out, hole, &inner, carried));
                }
                None => answer(hole, &mut Slot::new(out, hole, "", carried)),
            }
        }
        out.push_str(self.html.get(start..).unwrap_or_default());
    }

    /// Returns whether the template has neither HTML nor holes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.html.is_empty() && self.holes.is_empty()
    }

    /// Returns whether the template shows nothing.
    pub(crate) fn is_blank(&self) -> bool {
        self.holes.is_empty() && self.html.trim().is_empty()
    }

    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self {
            html: String::with_capacity(bytes),
            holes: Vec::new(),
        }
    }

    /// Appends HTML that this crate made.
    pub(crate) fn push(&mut self, html: &str) {
        self.html.push_str(html);
    }

    /// Returns the buffer to which HTML that this crate makes is appended.
    pub(crate) fn html(&mut self) -> &mut String {
        &mut self.html
    }

    pub(crate) fn push_hole(&mut self, hole: Hole) {
        self.holes.push(Place {
            at: self.html.len(),
            hole,
            carried: None,
        });
    }

    /// Appends another template with the markup that it carries: in its only hole, in its only
    /// element, or in an element around it.
    pub(crate) fn append_carrying(&mut self, mut other: Self, carried: Carried) {
        match other.holes.as_mut_slice() {
            [] => carried.push_with(&mut self.html, &other.html),
            [only] if other.html.is_empty() => {
                only.carried = Some(carried.into());
                self.append(other);
            }
            _ => {
                let at = self.html.len();
                self.html.push_str("<span class=\"nx-kept\"");
                carried.push(&mut self.html, at, "");
                self.html.push('>');
                self.append(other);
                self.html.push_str("</span>");
            }
        }
    }

    /// Appends another template.
    pub(crate) fn append(&mut self, other: Self) {
        let offset = self.html.len();
        self.html.push_str(&other.html);
        self.holes
            .extend(other.holes.into_iter().map(|place| Place {
                at: place.at + offset,
                ..place
            }));
    }

    pub(crate) fn shrink(&mut self) {
        self.html.shrink_to_fit();
        self.holes.shrink_to_fit();
    }
}
