//! Content templates of spaces and of the site: creating, editing and removing them.

use crate::entry::entry;
use crate::error::SiteError;
use crate::grant;
use crate::hung::{self, event};
use crate::label::{self, NewLabel, plan_set};
use crate::page::NewBody;
use crate::plan::Plan;
use crate::read::Text;
use crate::site::Site;
use crate::space::check_name;
use narthex_access::{
    Action, BodyId, Credential, Object, PageKind, RowChange, SpaceId, Table, TemplateId,
    TemplateRow, View,
};
use narthex_store::change::{Beside, Change};

/// The longest description of a template, in characters.
pub const LONGEST_DESCRIPTION: usize = 255;
/// The largest number of templates of one space, and of the site itself.
pub const MOST_TEMPLATES: usize = 500;

/// A template to create, or the new state of an existing one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTemplate {
    /// The kind of content that is created from the template.
    pub kind: PageKind,
    /// The name that people are shown.
    pub name: String,
    /// The purpose of the template; `None` leaves an edited template's description as it is.
    pub description: Option<String>,
    /// The labels; `None` leaves an edited template's labels as they are.
    pub labels: Option<Vec<NewLabel>>,
    /// The text of the template.
    pub body: NewBody,
}

impl Site {
    /// Creates a template of a space, or of the site if `space` is `None`. Returns its id.
    ///
    /// # Errors
    /// Absent for a space that the caller doesn't see; forbidden to all but the space's
    /// administrators, or to all but site administration; invalid for a bad name or a body that
    /// can't be read.
    pub async fn create_template(
        &self,
        credential: &Credential,
        space: Option<SpaceId>,
        mut new: NewTemplate,
    ) -> Result<TemplateId, SiteError> {
        new.body = self.checked(new.body)?;
        self.commit(credential, move |plan| plan_create(plan, space, &new))
            .await
    }

    /// Changes a template.
    ///
    /// # Errors
    /// As [`Site::create_template`]; absent if the caller can't see the template.
    pub async fn edit_template(
        &self,
        credential: &Credential,
        id: TemplateId,
        mut new: NewTemplate,
    ) -> Result<(), SiteError> {
        new.body = self.checked(new.body)?;
        self.commit(credential, move |plan| plan_edit(plan, id, &new))
            .await
    }

    /// Removes a template.
    ///
    /// # Errors
    /// Absent if the caller can't see the template; forbidden without the right to remove it.
    pub async fn remove_template(
        &self,
        credential: &Credential,
        id: TemplateId,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            let on = Object::Template(id);
            plan.view.require(Action::Delete, on)?;
            let row = plan.view.template(id)?;
            let mut change = Change::nothing(());
            hung::remove(plan.catalogue, &[on], &mut change);
            change
                .rows
                .push(RowChange::Remove(Table::Template, id.get()));
            change.beside.push(Beside::RetireBodies(vec![row.body]));
            change.events.push(event(plan, "template.removed", on));
            Ok(change)
        })
        .await
    }

    /// Returns the text of a template.
    ///
    /// # Errors
    /// Absent if the viewer can't see the template or it has been removed; storage.
    pub async fn template_body(&self, view: &View, id: TemplateId) -> Result<Text, SiteError> {
        let seen = view.template_body(id)?;
        match self.store.template_body(&seen).await? {
            Some(body) => Ok(Text::of(body)),
            None => Err(seen.gone().into()),
        }
    }
}

fn plan_create(
    plan: &Plan<'_>,
    space: Option<SpaceId>,
    new: &NewTemplate,
) -> Result<Change<TemplateId>, SiteError> {
    plan.view.require_templates(space)?;
    check(new)?;
    if plan.catalogue.templates_of(space).count() >= MOST_TEMPLATES {
        return Err(SiteError::invalid(format!(
            "this would be more than {MOST_TEMPLATES} templates; remove others first"
        )));
    }
    let author = plan.author()?;
    let row = TemplateRow {
        id: plan.new_id(TemplateId::from_random),
        space,
        kind: new.kind,
        name: new.name.trim().into(),
        description: description(new).unwrap_or_default().into(),
        body: plan.new_id(BodyId::from_random),
        author,
        created_at: plan.now,
        updated_by: author,
        updated_at: plan.now,
    };
    let mut change = Change::nothing(row.id);
    change.beside.push(written(&row, new));
    let on = Object::Template(row.id);
    change.rows.push(row.into());
    let labels = new.labels.as_deref().unwrap_or_default();
    let labels = label::rows(plan, on, author, &[], labels)?;
    change.rows.extend(labels.into_iter().map(Into::into));
    change.events.push(match space {
        Some(space) => grant::event("template.created", plan.catalogue, space),
        None => entry("template.created", String::new()),
    });
    Ok(change)
}

fn plan_edit(plan: &Plan<'_>, id: TemplateId, new: &NewTemplate) -> Result<Change<()>, SiteError> {
    let on = Object::Template(id);
    plan.view.require(Action::Edit, on)?;
    check(new)?;
    let was = plan.view.template(id)?;
    let row = TemplateRow {
        kind: new.kind,
        name: new.name.trim().into(),
        description: description(new).map_or(was.description.clone(), Into::into),
        body: plan.new_id(BodyId::from_random),
        updated_by: plan.author()?,
        updated_at: plan.now,
        ..was.clone()
    };
    let mut change = Change::nothing(());
    change
        .beside
        .extend([written(&row, new), Beside::RetireBodies(vec![was.body])]);
    change.rows.push(row.into());
    if let Some(labels) = &new.labels {
        plan_set(plan, on, labels, &mut change)?;
    }
    change.events = vec![event(plan, "template.edited", on)];
    Ok(change)
}

fn written(row: &TemplateRow, new: &NewTemplate) -> Beside {
    Beside::Body {
        id: row.body,
        representation: new.body.representation.word().into(),
        text: new.body.text.clone(),
    }
}

fn description(new: &NewTemplate) -> Option<&str> {
    new.description.as_deref().map(str::trim)
}

fn check(new: &NewTemplate) -> Result<(), SiteError> {
    check_name(&new.name)?;
    let description = description(new).unwrap_or_default();
    let fits = description.chars().count() <= LONGEST_DESCRIPTION
        && !description.chars().any(char::is_control);
    if fits {
        Ok(())
    } else {
        Err(SiteError::invalid(format!(
            "description must be at most {LONGEST_DESCRIPTION} characters, \
             none of them a control character"
        )))
    }
}
