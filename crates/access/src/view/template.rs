//! The part of a view about content templates, which are decided as their space or by the tier.

use super::View;
use crate::account::Tier;
use crate::action::{Action, Object};
use crate::decide::Denied;
use crate::id::{SpaceId, TemplateId};
use crate::seen::{Absent, Refusal, Seen, TemplateKey};
use crate::template::TemplateRow;
use alloc::vec::Vec;

impl View {
    /// Requires that the subject may create templates: in a space, as an administrator who sees the
    /// space; or with `None` for the whole site, as a licensed site administrator.
    ///
    /// # Errors
    /// Absent for a space that the subject can't see; else forbidden.
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

    /// Returns a template by id.
    ///
    /// # Errors
    /// Returns [`Absent`] if the subject can't see it.
    pub fn template(&self, id: TemplateId) -> Result<&TemplateRow, Absent> {
        let row = self.catalogue.template(id).ok_or(Absent::HERE)?;
        self.sees(Object::Template(id))
            .then_some(row)
            .ok_or(Absent::HERE)
    }

    /// Returns the witness for the text of a template.
    ///
    /// # Errors
    /// Returns [`Absent`] if the subject can't see it.
    pub fn template_body(&self, id: TemplateId) -> Result<Seen<'_, TemplateKey>, Absent> {
        let row = self.template(id)?;
        Ok(Seen::witness(TemplateKey {
            template: id,
            body: row.body,
        }))
    }

    /// Returns the templates of a space, or with `None` the global ones, that the subject sees, in
    /// the order of their names. Empty if the subject can't see the space.
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
