//! What hangs on a v2 object, where it is wanted within it: labels, properties, likes.

use super::author;
use super::include::Include;
use super::included::{Included, MOST_INCLUDED};
use super::label::Label;
use super::property::Property;
use crate::failure::Failure;
use crate::rest::lens::Lens;
use narthex_access::{LikeRow, Object};
use serde::Serialize;

/// What hangs on an object.
#[derive(Debug, Default, Serialize)]
pub struct Hung<'v> {
    #[serde(skip_serializing_if = "Option::is_none")]
    labels: Option<Included<Label<'v>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Included<Property<'v>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    likes: Option<Included<Like>>,
}

/// A like: who gave it, as far as that is shown.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Like {
    account_id: Option<String>,
}

impl Like {
    /// A like of something that the viewer sees.
    pub fn of(lens: Lens<'_>, row: &LikeRow) -> Self {
        Self {
            account_id: author(lens, Some(row.by)),
        }
    }
}

impl<'v> Hung<'v> {
    /// What is wanted of an object, whose address is `/wiki/api/v2` and this.
    ///
    /// # Errors
    /// Absent if it has been removed since; storage.
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
            hung.properties = Some(Included::part(all, more, place("properties")));
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
}
