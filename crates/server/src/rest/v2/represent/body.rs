//! v2's body: one representation, by `body-format`.

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

/// Which representation is asked for: none, or one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyFormat {
    /// None.
    None,
    /// In this form.
    As(Format),
}

impl BodyFormat {
    /// The storage format.
    pub const STORAGE: Self = Self::As(Format::Storage);

    /// `body-format` of a query.
    ///
    /// # Errors
    /// Bad request for one that there isn't.
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

    /// The form in which a body was sent: the answer to a write has it in the same.
    pub fn as_sent(body: Option<&NewBody>) -> Self {
        match body.map(|body| body.representation) {
            Some(Representation::AtlasDocFormat) => Self::As(Format::AtlasDocFormat),
            Some(Representation::Storage) | None => Self::STORAGE,
        }
    }
}

/// v2's body: a member with the name of the representation, or none.
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
    /// The body of a page.
    ///
    /// # Errors
    /// Absent if the page has been purged since; storage.
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

    /// A text that was read without being a page's current one, as it stands on a page; no text
    /// has no body.
    ///
    /// # Errors
    /// Storage.
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

    /// The body of a comment.
    ///
    /// # Errors
    /// As for a page.
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

    /// What a task says.
    ///
    /// # Errors
    /// As for a page.
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

    /// The body that a page or comment had in a version; attachments have none.
    ///
    /// # Errors
    /// Absent where the viewer doesn't see it, forbidden where it doesn't see its past
    /// (law 2.24); storage.
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
