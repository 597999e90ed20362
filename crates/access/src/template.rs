//! Templates: what new pages begin with.

use crate::Millis;
use crate::catalogue::rows::Found;
use crate::id::{AccountId, BodyId, SpaceId, TemplateId};
use crate::page::PageKind;
use alloc::sync::Arc;

/// A row of `template`, without its text. One of a space is seen by who sees the
/// space and edited by who administers it; one of the site is seen by the licensed
/// and edited by site administration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateRow {
    /// Its id.
    pub id: TemplateId,
    /// The space that it is of; none for one of the site.
    pub space: Option<SpaceId>,
    /// What it is a template for.
    pub kind: PageKind,
    /// Its name.
    pub name: Arc<str>,
    /// A line about it; empty for none.
    pub description: Arc<str>,
    /// Its text.
    pub body: BodyId,
    /// Who made it.
    pub author: AccountId,
    /// When it was made.
    pub created_at: Millis,
    /// Who changed it last.
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
