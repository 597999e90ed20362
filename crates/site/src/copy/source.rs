//! The parts of a copy that aren't in the catalogue: the text, and the values of properties. They
//! are read before the copy is planned, and hold as long as the originals haven't changed.

use super::Parts;
use crate::error::SiteError;
use crate::page::NewBody;
use crate::plan::Plan;
use crate::property;
use crate::site::Site;
use narthex_access::view::SeenPage;
use narthex_access::{AccountId, BodyId, Object, PageId, PropertyId, View};
use narthex_store::change::Change;
use std::sync::Arc;

/// The parts of a page that were read to copy it.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    body: BodyId,
    /// The text of the page.
    pub(crate) text: NewBody,
    /// The properties; `None` if they aren't copied.
    properties: Option<Vec<Property>>,
}

/// A property as it was read.
#[derive(Debug, Clone)]
struct Property {
    id: PropertyId,
    body: BodyId,
    key: Arc<str>,
    value: String,
}

impl Source {
    /// Returns the size of what was read, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        let values = self.properties.iter().flatten();
        let values: usize = values.map(|property| property.value.len()).sum();
        self.text.text.len().saturating_add(values)
    }

    /// Whether a page still has the text and properties that were read.
    pub(crate) fn is_of(&self, view: &View, page: SeenPage<'_>) -> Result<bool, SiteError> {
        let Some(known) = &self.properties else {
            return Ok(page.row().body == self.body);
        };
        let now = view.properties(Object::Page(page.id()))?;
        let now = now.iter().map(|row| (row.id, row.body));
        let known = known.iter().map(|property| (property.id, property.body));
        Ok(page.row().body == self.body && now.eq(known))
    }

    /// Plans the properties of a copy.
    ///
    /// # Errors
    /// Invalid for too many properties.
    pub(crate) fn plan_properties<T>(
        &self,
        plan: &Plan<'_>,
        to: PageId,
        by: AccountId,
        change: &mut Change<T>,
    ) -> Result<(), SiteError> {
        let properties = self.properties.iter().flatten();
        let copies = properties.map(|property| (&*property.key, property.value.as_str()));
        property::plan_copies(plan, Object::Page(to), by, copies, change)
    }
}

impl Site {
    /// Reads the parts of a page that are copied.
    ///
    /// # Errors
    /// Absent if the page has been purged since the view was opened; storage.
    pub(crate) async fn copy_source(
        &self,
        view: &View,
        page: SeenPage<'_>,
        parts: Parts,
    ) -> Result<Source, SiteError> {
        let text = self.page_body(page).await?;
        let mut source = Source {
            body: page.row().body,
            text: NewBody {
                representation: text.representation(),
                text: text.text().to_owned(),
            },
            properties: None,
        };
        if parts.properties {
            let mut properties = Vec::new();
            for row in view.properties(Object::Page(page.id()))? {
                match self.property_value(view, row.id).await {
                    Ok(value) => properties.push(Property {
                        id: row.id,
                        body: row.body,
                        key: row.key.clone(),
                        value,
                    }),
                    // It was removed since, which the plan will notice.
                    Err(SiteError::Absent(_)) => {}
                    Err(error) => return Err(error),
                }
            }
            source.properties = Some(properties);
        }
        Ok(source)
    }
}
