//! The labels, properties and likes embedded in a v2 object (`include-labels`, …).

use super::author;
use super::include::Include;
use super::included::{Included, MOST_INCLUDED};
use super::label::Label;
use super::property::Property;
use crate::failure::Failure;
use crate::rest::lens::Lens;
use narthex_access::{CommentPlace, CommentRow, LikeRow, Object, View};
use serde::Serialize;

/// The embedded lists of an object; `None` for those that the request doesn't include.
#[derive(Debug, Default, Serialize)]
pub struct Hung<'v> {
    #[serde(skip_serializing_if = "Option::is_none")]
    labels: Option<Included<Label<'v>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Properties<'v>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    likes: Option<Included<Like>>,
}

/// The properties of an object, and for an inline comment the passage that it is about.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Properties<'v> {
    #[serde(skip_serializing_if = "Option::is_none")]
    inline_marker_ref: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    inline_original_selection: Option<String>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    all: Option<Included<Property<'v>>>,
}

/// A like: the account that gave it, as far as the viewer may see it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Like {
    account_id: Option<String>,
}

impl Like {
    /// Builds a like of something that the viewer sees.
    pub fn of(lens: Lens<'_>, row: &LikeRow) -> Self {
        Self {
            account_id: author(lens, Some(row.by)),
        }
    }
}

impl<'v> Hung<'v> {
    /// Builds the included lists of an object, whose address is `/wiki/api/v2/` and `address`.
    ///
    /// # Errors
    /// Absent if something has been removed since; storage errors.
    pub async fn of(
        lens: Lens<'v>,
        on: Object,
        address: &str,
        include: Include,
    ) -> Result<Self, Failure> {
        let place = |part: &str| format!("/wiki/api/v2/{address}/{part}");
        let mut hung = Self::default();
        if include.labels {
            let rows = lens.view.labels(on)?;
            let more = rows.len() > MOST_INCLUDED;
            let all: Vec<_> = rows
                .into_iter()
                .take(MOST_INCLUDED)
                .map(Label::of)
                .collect();
            hung.labels = Some(Included::part(all, more, place("labels")));
        }
        if include.properties {
            let rows = lens.view.properties(on)?;
            let more = rows.len() > MOST_INCLUDED;
            let mut all = Vec::new();
            for row in rows.into_iter().take(MOST_INCLUDED) {
                all.push(Property::of(lens, row).await?);
            }
            // Comments of both kinds have their properties at one address.
            let place = match on {
                Object::Comment(id) => format!("/wiki/api/v2/comments/{id}/properties"),
                _ => place("properties"),
            };
            hung.properties = Some(Properties {
                all: Some(Included::part(all, more, place)),
                ..Properties::default()
            });
        }
        if include.likes {
            let rows = lens.view.likes(on)?;
            let more = rows.len() > MOST_INCLUDED;
            let few = rows.into_iter().take(MOST_INCLUDED);
            let all = few.map(|row| Like::of(lens, row)).collect();
            hung.likes = Some(Included::part(all, more, place("likes/users")));
        }
        Ok(hung)
    }

    /// Adds the passage that an inline comment is about, as far as the viewer may know it; changes
    /// nothing for other comments.
    #[must_use]
    pub fn about(mut self, view: &View, row: &CommentRow) -> Self {
        if row.place == CommentPlace::Inline {
            let properties = self.properties.get_or_insert_default();
            properties.inline_marker_ref = Some(row.marker_ref.to_string());
            properties.inline_original_selection = view.passage(row).map(str::to_owned);
        }
        self
    }
}
