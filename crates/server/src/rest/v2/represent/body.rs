//! v2's body: one representation, by `body-format`.

use crate::failure::Failure;
use crate::request::query::Parameters;
use crate::rest::lens::Lens;
use narthex_access::CommentId;
use narthex_access::view::SeenPage;
use narthex_site::hidden_people::without_hidden_people;
use narthex_site::page::Representation;
use narthex_site::read::Text;
use serde::Serialize;
use serde::ser::{SerializeMap as _, Serializer};

/// Which representation is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyFormat {
    /// None.
    None,
    /// The text as it was sent, in the storage format.
    Sent(&'static str),
    /// The text as it was sent, in the Atlassian document format.
    AtlasDocFormat,
    /// The page as it is shown.
    Shown(&'static str),
}

impl BodyFormat {
    /// `body-format` of a query.
    ///
    /// # Errors
    /// Bad request for one that there isn't.
    pub fn of(query: &Parameters<'_>) -> Result<Self, Failure> {
        Ok(
            match query
                .get("body-format")
                .map(str::to_ascii_lowercase)
                .as_deref()
            {
                None => Self::None,
                Some("storage") => Self::Sent("storage"),
                Some("editor") => Self::Sent("editor"),
                Some("atlas_doc_format") => Self::AtlasDocFormat,
                Some("view") => Self::Shown("view"),
                Some("export_view") => Self::Shown("export_view"),
                Some("styled_view") => Self::Shown("styled_view"),
                Some("anonymous_export_view") => Self::Shown("anonymous_export_view"),
                Some(_) => {
                    return Err(Failure::bad_request(
                        "the query parameter \"body-format\" must be storage, atlas_doc_format or view",
                    ));
                }
            },
        )
    }
}

/// v2's body: a member with the name of the representation, or none.
#[derive(Debug, Default)]
pub struct Body(Option<(&'static str, String)>);

#[derive(Serialize)]
struct Value<'a> {
    representation: &'a str,
    value: &'a str,
}

impl Serialize for Body {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some((representation, value)) = &self.0 {
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
        match format {
            BodyFormat::None => Ok(Self(None)),
            BodyFormat::Shown(name) => {
                let html = lens.site.page_html(lens.view, page).await?;
                Ok(Self(Some((name, html.as_str().to_owned()))))
            }
            _ => Ok(Self::sent(lens, &lens.site.page_body(page).await?, format)),
        }
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
        match format {
            BodyFormat::None => Ok(Self(None)),
            BodyFormat::Shown(name) => {
                let html = lens.site.comment_html(lens.view, id).await?;
                Ok(Self(Some((name, html.as_str().to_owned()))))
            }
            _ => Ok(Self::sent(
                lens,
                &lens.site.comment_body(lens.view, id).await?,
                format,
            )),
        }
    }

    /// A text in the representation that it was sent in; none in another.
    pub fn sent(lens: Lens<'_>, text: &Text, format: BodyFormat) -> Self {
        let name = match (text.representation(), format) {
            (Representation::Storage, BodyFormat::Sent(name)) => name,
            (Representation::AtlasDocFormat, BodyFormat::AtlasDocFormat) => "atlas_doc_format",
            _ => return Self(None),
        };
        Self(Some((
            name,
            without_hidden_people(lens.view, text.text()).into_owned(),
        )))
    }
}
