//! v2's body: at most one representation, chosen by `body-format`.

use crate::failure::Failure;
use crate::memory::json_length;
use crate::request::query::Parameters;
use crate::rest::lens::Lens;
use narthex_access::view::SeenPage;
use narthex_access::{CommentId, TaskId};
use narthex_site::body::Written;
use narthex_site::page::{NewBody, Representation};
use narthex_site::read::Text;
use narthex_site::render::Place;
use narthex_site::representation::Format;
use narthex_site::version::Versioned;
use serde::Serialize;
use serde::ser::{SerializeMap as _, Serializer};

/// The representation that a request asks for, if any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyFormat {
    /// No body.
    None,
    /// The body in this format.
    As(Format),
}

impl BodyFormat {
    /// The storage format.
    pub const STORAGE: Self = Self::As(Format::Storage);

    /// Reads `body-format` from a query; without it there is no body.
    ///
    /// # Errors
    /// Bad request if there is no such format.
    pub fn of(query: &Parameters<'_>) -> Result<Self, Failure> {
        let Some(word) = query.get("body-format") else {
            return Ok(Self::None);
        };
        match Format::from_word(word) {
            Some(format) => Ok(Self::As(format)),
            None => Err(Failure::bad_request(format!(
                "the query parameter \"body-format\" must be one of {}",
                Format::ALL.map(Format::word).join(", ")
            ))),
        }
    }

    /// Returns the format in which a body was sent: the response to a write has it in the same.
    pub fn as_sent(body: Option<&NewBody>) -> Self {
        match body.map(|body| body.representation) {
            Some(Representation::AtlasDocFormat) => Self::As(Format::AtlasDocFormat),
            Some(Representation::Storage) | None => Self::STORAGE,
        }
    }
}

/// v2's body: one member that is named after the representation, or no member.
#[derive(Debug, Default)]
pub struct Body(Option<(Format, String)>);

#[derive(Serialize)]
struct Value<'a> {
    representation: &'a str,
    value: &'a str,
}

impl Serialize for Body {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some((format, value)) = &self.0 {
            let representation = format.word();
            map.serialize_entry(
                representation,
                &Value {
                    representation,
                    value,
                },
            )?;
        }
        map.end()
    }
}

impl Body {
    /// Renders the body of a page.
    ///
    /// # Errors
    /// Absent if the page has been purged since; storage errors.
    pub async fn of_page(
        lens: Lens<'_>,
        page: SeenPage<'_>,
        format: BodyFormat,
    ) -> Result<Self, Failure> {
        Ok(Self(match format {
            BodyFormat::None => None,
            BodyFormat::As(format) => {
                let render = || lens.site.page_as(lens.reader(), page, format);
                lens.rendered(render).await?.map(|value| (format, value))
            }
        }))
    }

    /// Renders a text that isn't the page's current one as it would be shown on the page; empty if
    /// `text` is `None`.
    ///
    /// # Errors
    /// Storage errors.
    pub async fn of_text(
        lens: Lens<'_>,
        page: SeenPage<'_>,
        text: Option<&Text>,
        format: BodyFormat,
    ) -> Result<Self, Failure> {
        let (BodyFormat::As(format), Some(text)) = (format, text) else {
            return Ok(Self(None));
        };
        let (site, reader, place) = (lens.site, lens.reader(), Place::on(page));
        let told = lens
            .rendered(|| site.text_as(reader, place, text, format))
            .await?;
        Ok(Self(told.map(|value| (format, value))))
    }

    /// Renders the body of a comment.
    ///
    /// # Errors
    /// As [`Body::of_page`].
    pub async fn of_comment(
        lens: Lens<'_>,
        id: CommentId,
        format: BodyFormat,
    ) -> Result<Self, Failure> {
        Ok(Self(match format {
            BodyFormat::None => None,
            BodyFormat::As(format) => {
                let render = || lens.site.comment_as(lens.reader(), id, format);
                lens.rendered(render).await?.map(|value| (format, value))
            }
        }))
    }

    /// Renders the text of a task.
    ///
    /// # Errors
    /// As [`Body::of_page`].
    pub async fn of_task(
        lens: Lens<'_>,
        page: SeenPage<'_>,
        id: TaskId,
        format: BodyFormat,
    ) -> Result<Self, Failure> {
        let BodyFormat::As(format) = format else {
            return Ok(Self(None));
        };
        let text = lens.site.task_body(lens.view, id).await?;
        let (site, reader, place) = (lens.site, lens.reader(), Place::on(page));
        let render = || site.convert(reader, place, Written::Storage, &text, format);
        let told = lens.rendered(render).await?;
        Ok(Self(told.map(|value| (format, value))))
    }

    /// Renders the body that a page or comment had in a version; empty for attachments.
    ///
    /// # Errors
    /// Absent if the viewer can't see it; forbidden if the viewer can't see its past (law 2.24);
    /// storage errors.
    pub async fn of_version(
        lens: Lens<'_>,
        of: Versioned,
        number: u32,
        format: BodyFormat,
    ) -> Result<Self, Failure> {
        let BodyFormat::As(format) = format else {
            return Ok(Self(None));
        };
        let (site, reader) = (lens.site, lens.reader());
        let render = || async move {
            match of {
                Versioned::Page(id) => {
                    let page = reader.view.page(id)?;
                    site.past_as(reader, page, number, format).await
                }
                Versioned::Comment(id) => site.past_comment_as(reader, id, number, format).await,
                Versioned::Attachment(_) => Ok(None),
            }
        };
        let length = |text: &Option<String>| text.as_deref().map_or(0, json_length);
        let text = lens.room.rendered(render, length).await?.flatten();
        Ok(Self(text.map(|text| (format, text))))
    }
}
