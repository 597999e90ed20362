//! The templates that a view shows.

use super::View;
use crate::account::Tier;
use crate::action::{Action, Object};
use crate::decide::Denied;
use crate::id::{SpaceId, TemplateId};
use crate::seen::{Absent, Refusal, Seen, TemplateKey};
use crate::template::TemplateRow;
use alloc::vec::Vec;

impl View {
    /// Goes on only for who makes templates of a space, or with none of the site:
    /// administrators of the space who see it; licensed site administration.
    ///
    /// # Errors
    /// Absent for a space that the subject doesn't see; forbidden.
    pub fn require_templates(&self, space: Option<SpaceId>) -> Result<(), Refusal> {
        match space {
            Some(id) => {
                self.space(id)?;
                self.require(Action::Administer, Object::Space(id))
                    .map(drop)
            }
            None if self.subject.tier != Tier::Licensed => Err(Refusal::Forbidden(Denied::NotOwn)),
            None => self.require_site_admin(),
        }
    }

    /// A template by id.
    ///
    /// # Errors
    /// [`Absent`] if it isn't there for the subject.
    pub fn template(&self, id: TemplateId) -> Result<&TemplateRow, Absent> {
        let row = self.catalogue.template(id).ok_or(Absent::HERE)?;
        self.sees(Object::Template(id))
            .then_some(row)
            .ok_or(Absent::HERE)
    }

    /// The witness for the text of a template.
    ///
    /// # Errors
    /// [`Absent`] if it isn't there for the subject.
    pub fn template_body(&self, id: TemplateId) -> Result<Seen<'_, TemplateKey>, Absent> {
        let row = self.template(id)?;
        Ok(Seen::witness(TemplateKey {
            template: id,
            body: row.body,
        }))
    }

    /// The templates of a space, or with none those of the site, that the subject
    /// sees, in the order of their names. Nothing for who doesn't see the space.
    #[must_use]
    pub fn templates(&self, space: Option<SpaceId>) -> Vec<&TemplateRow> {
        let rows = self.catalogue.templates.of(space);
        let mut rows: Vec<_> = rows
            .filter(|row| self.may(Action::View, Object::Template(row.id)))
            .collect();
        rows.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        rows
    }
}
