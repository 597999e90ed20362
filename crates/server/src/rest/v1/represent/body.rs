//! v1's bodies of a page or comment, each in the representations asked for.

use super::expand::Expand;
use crate::failure::Failure;
use crate::rest::lens::Lens;
use narthex_access::CommentId;
use narthex_access::view::SeenPage;
use narthex_site::hidden_people::without_hidden_people;
use narthex_site::page::Representation;
use narthex_site::read::Text;
use serde::Serialize;
use serde::ser::{SerializeMap as _, Serializer};

/// Every representation that can be asked for; those without a text of their own
/// are the page as it is shown.
const SHOWN: [&str; 4] = [
    "view",
    "export_view",
    "styled_view",
    "anonymous_export_view",
];
const SENT: [&str; 3] = ["storage", "editor", "editor2"];
const ADF: &str = "atlas_doc_format";

/// The bodies that were asked for, and that there are others.
#[derive(Debug)]
pub struct Bodies {
    content: String,
    values: Vec<(&'static str, String)>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Value<'a> {
    value: &'a str,
    representation: &'a str,
    embedded_content: [(); 0],
    #[serde(rename = "_expandable")]
    expandable: ValueExpandable<'a>,
}

#[derive(Serialize)]
struct ValueExpandable<'a> {
    content: &'a str,
}

impl Bodies {
    /// Those of a page.
    ///
    /// # Errors
    /// Absent if the page has been purged since; storage.
    pub async fn of_page(
        lens: Lens<'_>,
        page: SeenPage<'_>,
        expand: &Expand,
    ) -> Result<Self, Failure> {
        let mut bodies = Self::none(page.id().to_string());
        if SENT.iter().chain([&ADF]).any(|name| expand.has(name)) {
            bodies.take_sent(lens, &lens.site.page_body(page).await?, expand);
        }
        if SHOWN.iter().any(|name| expand.has(name)) {
            let html = lens.site.page_html(lens.view, page).await?;
            bodies.take_shown(html.as_str(), expand);
        }
        Ok(bodies)
    }

    /// Those that a page had in a version.
    ///
    /// # Errors
    /// Absent for a version that there is not; forbidden to who sees the page but not
    /// its past; storage.
    pub async fn of_version(
        lens: Lens<'_>,
        page: SeenPage<'_>,
        number: u32,
        expand: &Expand,
    ) -> Result<Self, Failure> {
        let mut bodies = Self::none(page.id().to_string());
        if SENT.iter().chain([&ADF]).any(|name| expand.has(name)) {
            let text = lens.site.past_body(lens.view, page.id(), number).await?;
            bodies.take_sent(lens, &text.ok_or(Failure::Absent)?, expand);
        }
        if SHOWN.iter().any(|name| expand.has(name)) {
            let html = lens.site.past_html(lens.view, page, number).await?;
            bodies.take_shown(html.ok_or(Failure::Absent)?.as_str(), expand);
        }
        Ok(bodies)
    }

    /// Those of a comment.
    ///
    /// # Errors
    /// As for a page.
    pub async fn of_comment(
        lens: Lens<'_>,
        id: CommentId,
        expand: &Expand,
    ) -> Result<Self, Failure> {
        let mut bodies = Self::none(id.to_string());
        if SENT.iter().chain([&ADF]).any(|name| expand.has(name)) {
            bodies.take_sent(lens, &lens.site.comment_body(lens.view, id).await?, expand);
        }
        if SHOWN.iter().any(|name| expand.has(name)) {
            let html = lens.site.comment_html(lens.view, id).await?;
            bodies.take_shown(html.as_str(), expand);
        }
        Ok(bodies)
    }

    fn none(content: String) -> Self {
        Self {
            content,
            values: Vec::new(),
        }
    }

    fn take_sent(&mut self, lens: Lens<'_>, text: &Text, expand: &Expand) {
        let names: &[&'static str] = match text.representation() {
            Representation::Storage => &SENT,
            Representation::AtlasDocFormat => &[ADF],
        };
        let value = without_hidden_people(lens.view, text.text());
        let asked = names.iter().filter(|name| expand.has(name));
        self.values
            .extend(asked.map(|name| (*name, value.clone().into_owned())));
    }

    fn take_shown(&mut self, html: &str, expand: &Expand) {
        let asked = SHOWN.iter().filter(|name| expand.has(name));
        self.values
            .extend(asked.map(|name| (*name, html.to_owned())));
    }
}

impl Serialize for Bodies {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let content = format!("/rest/api/content/{}", self.content);
        let mut map = serializer.serialize_map(None)?;
        for (representation, value) in &self.values {
            let value = Value {
                value,
                representation,
                embedded_content: [],
                expandable: ValueExpandable { content: &content },
            };
            map.serialize_entry(representation, &value)?;
        }
        map.serialize_entry("_expandable", &Rest(&self.values))?;
        map.end()
    }
}

/// The names of the representations that weren't asked for.
struct Rest<'a>(&'a [(&'static str, String)]);

impl Serialize for Rest<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let all = SENT.iter().chain([&ADF]).chain(SHOWN.iter());
        let rest = all.filter(|name| !self.0.iter().any(|(taken, _)| taken == *name));
        serializer.collect_map(rest.map(|name| (name, "")))
    }
}
