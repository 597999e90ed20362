//! The bodies of a page or comment in v1, each in the representations that a request asks for.

use super::expand::Expand;
use crate::failure::Failure;
use crate::memory::json_length;
use crate::rest::lens::Lens;
use narthex_access::CommentId;
use narthex_access::view::{SeenDraft, SeenPage};
use narthex_site::render::Place;
use narthex_site::representation::Format;
use serde::Serialize;
use serde::ser::{SerializeMap as _, Serializer};

/// The requested bodies, as far as the response has room for them, and the names of the others.
#[derive(Debug)]
pub struct Bodies {
    content: String,
    values: Vec<(Format, String)>,
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
    /// Renders the bodies of a page.
    ///
    /// # Errors
    /// Absent if the page has been purged since; storage errors.
    pub async fn of_page(
        lens: Lens<'_>,
        page: SeenPage<'_>,
        expand: &Expand,
    ) -> Result<Self, Failure> {
        let mut values = Vec::new();
        for format in asked(expand) {
            let render = || lens.site.page_as(lens.reader(), page, format);
            values.extend(lens.rendered(render).await?.map(|value| (format, value)));
        }
        let content = page.id().to_string();
        Ok(Self { content, values })
    }

    /// Renders the bodies that a page had in a version.
    ///
    /// # Errors
    /// Absent if there is no such version; forbidden for people who see the page but not its past;
    /// storage errors.
    pub async fn of_version(
        lens: Lens<'_>,
        page: SeenPage<'_>,
        number: u32,
        expand: &Expand,
    ) -> Result<Self, Failure> {
        let mut values = Vec::new();
        for format in asked(expand) {
            let render = || async move {
                let past = lens.site.past_as(lens.reader(), page, number, format);
                past.await.map_err(Failure::from)?.ok_or(Failure::Absent)
            };
            values.extend(lens.rendered(render).await?.map(|value| (format, value)));
        }
        let content = page.id().to_string();
        Ok(Self { content, values })
    }

    /// Renders the bodies of the viewer's own draft of a page.
    ///
    /// # Errors
    /// Absent if it has been discarded since; storage errors.
    pub async fn of_draft(
        lens: Lens<'_>,
        draft: SeenDraft<'_>,
        expand: &Expand,
    ) -> Result<Self, Failure> {
        let (page, text) = (draft.page(), lens.site.page_draft_body(draft).await?);
        let (reader, mut values) = (lens.reader(), Vec::new());
        for format in asked(expand) {
            let place = Place::on(page);
            let value = lens.site.text_as(reader, place, &text, format).await?;
            values.push((format, value));
        }
        let content = page.id().to_string();
        Ok(Self { content, values })
    }

    /// Renders the bodies that a comment had in a version.
    ///
    /// # Errors
    /// As [`Bodies::of_version`].
    pub async fn of_comment_version(
        lens: Lens<'_>,
        id: CommentId,
        number: u32,
        expand: &Expand,
    ) -> Result<Self, Failure> {
        let mut values = Vec::new();
        for format in asked(expand) {
            let render = || async move {
                let past = lens.site.past_comment_as(lens.reader(), id, number, format);
                past.await.map_err(Failure::from)?.ok_or(Failure::Absent)
            };
            values.extend(lens.rendered(render).await?.map(|value| (format, value)));
        }
        let content = id.to_string();
        Ok(Self { content, values })
    }

    /// Renders the bodies of a comment.
    ///
    /// # Errors
    /// As [`Bodies::of_page`].
    pub async fn of_comment(
        lens: Lens<'_>,
        id: CommentId,
        expand: &Expand,
    ) -> Result<Self, Failure> {
        let mut values = Vec::new();
        for format in asked(expand) {
            let render = || lens.site.comment_as(lens.reader(), id, format);
            values.extend(lens.rendered(render).await?.map(|value| (format, value)));
        }
        let content = id.to_string();
        Ok(Self { content, values })
    }
}

fn asked(expand: &Expand) -> impl Iterator<Item = Format> {
    Format::ALL
        .into_iter()
        .filter(|format| expand.has(format.word()))
}

impl Serialize for Bodies {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let content = format!("/rest/api/content/{}", self.content);
        let mut map = serializer.serialize_map(None)?;
        for (format, value) in &self.values {
            let representation = format.word();
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

/// The names of the representations that weren't requested, or for which the response has no room.
struct Rest<'a>(&'a [(Format, String)]);

impl Serialize for Rest<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let is_left = |format: &Format| !self.0.iter().any(|(taken, _)| taken == format);
        let rest = Format::ALL.into_iter().filter(is_left);
        serializer.collect_map(rest.map(|format| (format.word(), "")))
    }
}

/// A body that was converted and isn't part of any content.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Converted {
    value: String,
    representation: &'static str,
    embedded_content: [(); 0],
    #[serde(rename = "_expandable")]
    expandable: ConvertedExpandable,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ConvertedExpandable {
    content: &'static str,
    embedded_content: &'static str,
    webresource: &'static str,
    media_token: &'static str,
}

impl Converted {
    /// Returns the length of its text in JSON, in bytes.
    pub(crate) fn length(&self) -> usize {
        json_length(&self.value)
    }

    /// A body in a format.
    pub fn new(format: Format, value: String) -> Self {
        Self {
            value,
            representation: format.word(),
            embedded_content: [],
            expandable: ConvertedExpandable {
                content: "",
                embedded_content: "",
                webresource: "",
                media_token: "",
            },
        }
    }
}
