//! Content templates, which new pages and blog posts begin with. They belong to a space or, as
//! global templates, to the site.

use crate::Millis;
use crate::catalogue::rows::Found;
use crate::id::{AccountId, BodyId, SpaceId, TemplateId};
use crate::page::PageKind;
use alloc::sync::Arc;

/// A row of `template`, without its text. A space template is visible to people who can view the
/// space and editable by its administrators. A global template is visible to licensed people and
/// editable by site administrators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateRow {
    /// The id of the template.
    pub id: TemplateId,
    /// The space that it belongs to. `None` for a global template.
    pub space: Option<SpaceId>,
    /// The kind of content that it is for.
    pub kind: PageKind,
    /// The display name of the template.
    pub name: Arc<str>,
    /// A line about the template, or empty.
    pub description: Arc<str>,
    /// The body with its text.
    pub body: BodyId,
    /// The account that created it.
    pub author: AccountId,
    /// When it was created.
    pub created_at: Millis,
    /// The account that changed it last.
    pub updated_by: AccountId,
    /// When it was changed last.
    pub updated_at: Millis,
}

impl Found for TemplateRow {
    type Id = TemplateId;
    type Key = Option<SpaceId>;
    type Keys = [Option<SpaceId>; 1];

    fn id(&self) -> TemplateId {
        self.id
    }

    fn keys(&self) -> Self::Keys {
        [self.space]
    }
}
