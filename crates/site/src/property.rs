//! Content properties and space properties: JSON values under keys.

use crate::error::SiteError;
use crate::hung::event;
use crate::plan::Plan;
use crate::site::Site;
use narthex_access::{
    AccountId, Action, BodyId, Credential, Object, PropertyId, PropertyRow, RowChange, Table, View,
};
use narthex_store::change::{Beside, Change};
use serde::de::IgnoredAny;

/// The longest key, in characters.
pub const LONGEST_KEY: usize = 255;
/// The longest value, in bytes of JSON.
pub const LONGEST_VALUE: usize = 32 * 1024;
/// The longest message on a version, in characters.
pub const LONGEST_MESSAGE: usize = 500;
/// The largest number of properties on one thing.
pub const MOST_PROPERTIES: usize = 500;

/// A property to create.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewProperty {
    /// The thing that the property belongs to.
    pub on: Object,
    /// The key, which no other property of the thing has.
    pub key: String,
    /// The value, as a JSON text.
    pub value: String,
}

/// A new version of a property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditProperty {
    /// The new value, as a JSON text.
    pub value: String,
    /// The number of the new version, which is the current one plus 1.
    pub version: u32,
    /// The author's message on this version; may be empty.
    pub message: String,
    /// Whether it is a minor edit, of which watchers aren't notified.
    pub minor: bool,
}

/// A property that a request sends together with the thing that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentProperty {
    /// The key of the property.
    pub key: String,
    /// The value, as a JSON text.
    pub value: String,
    /// The number of the version that this makes, if the caller sends it.
    pub version: Option<u32>,
}

impl Site {
    /// Creates a property and returns its id.
    ///
    /// # Errors
    /// Absent and forbidden as for editing the page, attachment or comment, or for administering
    /// the space; invalid for a bad key or one that is taken, and for a value that isn't JSON or is
    /// too long.
    pub async fn create_property(
        &self,
        credential: &Credential,
        new: NewProperty,
    ) -> Result<PropertyId, SiteError> {
        self.commit(credential, move |plan| plan_create(plan, &new))
            .await
    }

    /// Writes a new version of a property and returns the version's number.
    ///
    /// # Errors
    /// As [`Site::create_property`]; conflict if `version` isn't the current one plus 1.
    pub async fn edit_property(
        &self,
        credential: &Credential,
        id: PropertyId,
        edit: EditProperty,
    ) -> Result<u32, SiteError> {
        self.commit(credential, move |plan| {
            let row = plan.view.property(id)?;
            plan_edit(plan, row, &edit)
        })
        .await
    }

    /// Writes the value of the property with a key. If there is no such property and the version is
    /// 1, it is created. Returns the property's id.
    ///
    /// # Errors
    /// As [`Site::edit_property`]; absent if there is no such property and the version isn't 1.
    pub async fn put_property(
        &self,
        credential: &Credential,
        on: Object,
        key: String,
        edit: EditProperty,
    ) -> Result<PropertyId, SiteError> {
        self.commit(credential, move |plan| {
            match plan.view.property_named(on, &key) {
                Ok(row) => Ok(plan_edit(plan, row, &edit)?.map(|_| row.id)),
                Err(_) if edit.version == 1 => plan_create(
                    plan,
                    &NewProperty {
                        on,
                        key: key.clone(),
                        value: edit.value.clone(),
                    },
                ),
                Err(absent) => Err(absent.into()),
            }
        })
        .await
    }

    /// Removes a property.
    ///
    /// # Errors
    /// Absent if the caller can't see the property; forbidden without the right to change it.
    pub async fn remove_property(
        &self,
        credential: &Credential,
        id: PropertyId,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            let row = plan.view.property(id)?;
            require(plan, row.on)?;
            Ok(Change {
                rows: vec![RowChange::Remove(Table::Property, id.get())],
                beside: vec![Beside::RetireBodies(vec![row.body])],
                events: vec![event(plan, "property.removed", row.on)],
                answer: (),
            })
        })
        .await
    }

    /// Returns the value of a property, as the JSON text that was sent.
    ///
    /// # Errors
    /// Absent if the viewer can't see the property or it has been removed; storage.
    pub async fn property_value(&self, view: &View, id: PropertyId) -> Result<String, SiteError> {
        let seen = view.property_value(id)?;
        match self.store.property_value(&seen).await? {
            Some(body) => Ok(body.text.clone()),
            None => Err(seen.gone().into()),
        }
    }
}

/// Requires the right to change the properties of something, and returns the account that has it.
fn require(plan: &Plan<'_>, on: Object) -> Result<AccountId, SiteError> {
    let action = match on {
        Object::Space(_) => Action::Administer,
        Object::Page(_) | Object::Attachment(_) => Action::Edit,
        Object::Comment(_) => Action::EditComment,
        Object::Template(id) => {
            plan.view.template(id)?;
            return Err(SiteError::invalid("templates have no properties"));
        }
    };
    plan.view.require(action, on)?;
    plan.author()
}

fn plan_create(plan: &Plan<'_>, new: &NewProperty) -> Result<Change<PropertyId>, SiteError> {
    let author = require(plan, new.on)?;
    check_key(&new.key)?;
    check_value(&new.value)?;
    let there = plan.view.properties(new.on)?;
    if there.iter().any(|row| *row.key == *new.key) {
        return Err(SiteError::invalid(format!(
            "a property with the key {} is there already; update it instead",
            new.key
        )));
    }
    if there.len() >= MOST_PROPERTIES {
        return Err(SiteError::invalid(format!(
            "this would be more than {MOST_PROPERTIES} properties; remove others first"
        )));
    }
    let row = new_row(plan, new.on, &new.key, author);
    Ok(Change {
        answer: row.id,
        beside: vec![written(&row, &new.value)],
        events: vec![event(plan, "property.created", row.on)],
        rows: vec![row.into()],
    })
}

fn new_row(plan: &Plan<'_>, on: Object, key: &str, author: AccountId) -> PropertyRow {
    PropertyRow {
        id: plan.new_id(PropertyId::from_random),
        on,
        key: key.into(),
        author,
        created_at: plan.now,
        body: plan.new_id(BodyId::from_random),
        version: 1,
        message: "".into(),
        minor: false,
        updated_at: plan.now,
        updated_by: author,
    }
}

/// Plans properties with the keys and values of others, on something that the caller may edit. A
/// property that exists under a key gets a new version.
///
/// # Errors
/// Invalid for too many properties.
pub(crate) fn plan_copies<'c, T>(
    plan: &Plan<'_>,
    on: Object,
    by: AccountId,
    copies: impl Iterator<Item = (&'c str, &'c str)>,
    change: &mut Change<T>,
) -> Result<(), SiteError> {
    // A thing that is created in this very change isn't in the catalogue, and has no properties.
    let there = plan.view.properties(on).unwrap_or_default();
    let mut many = there.len();
    for (key, value) in copies {
        let row = match there.iter().find(|row| *row.key == *key) {
            Some(was) => {
                change.beside.push(Beside::RetireBodies(vec![was.body]));
                PropertyRow {
                    body: plan.new_id(BodyId::from_random),
                    version: was.version.saturating_add(1),
                    message: "".into(),
                    minor: false,
                    updated_at: plan.now,
                    updated_by: by,
                    ..PropertyRow::clone(was)
                }
            }
            None => {
                many = many.saturating_add(1);
                new_row(plan, on, key, by)
            }
        };
        change.beside.push(written(&row, value));
        change.rows.push(row.into());
    }
    if many > MOST_PROPERTIES {
        return Err(SiteError::invalid(format!(
            "this would be more than {MOST_PROPERTIES} properties; remove others first"
        )));
    }
    Ok(())
}

/// Plans properties that are sent with the thing that they belong to. A property that exists gets
/// its next version.
pub(crate) fn plan_sent<T>(
    plan: &Plan<'_>,
    on: Object,
    sent: &[SentProperty],
    change: &mut Change<T>,
) -> Result<(), SiteError> {
    let mut many = match sent {
        [] => return Ok(()),
        _ => plan.view.properties(on)?.len(),
    };
    for property in sent {
        let planned = match plan.view.property_named(on, &property.key) {
            Ok(row) => {
                let edit = EditProperty {
                    value: property.value.clone(),
                    version: property.version.unwrap_or(row.version.saturating_add(1)),
                    message: String::new(),
                    minor: false,
                };
                plan_edit(plan, row, &edit)?.map(drop)
            }
            Err(_) => {
                many = many.saturating_add(1);
                check_first(property)?;
                let new = NewProperty {
                    on,
                    key: property.key.clone(),
                    value: property.value.clone(),
                };
                plan_create(plan, &new)?.map(drop)
            }
        };
        change.rows.extend(planned.rows);
        change.beside.extend(planned.beside);
        change.events.extend(planned.events);
    }
    check_number(many)
}

/// Plans properties of something that is created in the same change; `plan.catalogue` has the new
/// thing already.
pub(crate) fn plan_on_new<T>(
    plan: &Plan<'_>,
    on: Object,
    sent: &[SentProperty],
    change: &mut Change<T>,
) -> Result<(), SiteError> {
    check_number(sent.len())?;
    for property in sent {
        check_key(&property.key)?;
        check_value(&property.value)?;
        check_first(property)?;
        let row = new_row(plan, on, &property.key, plan.author()?);
        change.beside.push(written(&row, &property.value));
        change.events.push(event(plan, "property.created", on));
        change.rows.push(row.into());
    }
    Ok(())
}

/// Checks that a new property begins with version 1.
fn check_first(property: &SentProperty) -> Result<(), SiteError> {
    match property.version {
        None | Some(1) => Ok(()),
        Some(_) => Err(SiteError::conflict(format!(
            "version must be 1: there is no property with the key {} yet",
            property.key
        ))),
    }
}

fn check_number(many: usize) -> Result<(), SiteError> {
    if many > MOST_PROPERTIES {
        return Err(SiteError::invalid(format!(
            "this would be more than {MOST_PROPERTIES} properties; remove others first"
        )));
    }
    Ok(())
}

fn plan_edit(
    plan: &Plan<'_>,
    was: &PropertyRow,
    edit: &EditProperty,
) -> Result<Change<u32>, SiteError> {
    let author = require(plan, was.on)?;
    check_value(&edit.value)?;
    if edit.message.chars().count() > LONGEST_MESSAGE {
        return Err(SiteError::invalid(format!(
            "the message of the version is longer than {LONGEST_MESSAGE} characters; shorten it"
        )));
    }
    let next = was.version.saturating_add(1);
    if edit.version != next {
        return Err(SiteError::conflict(format!(
            "version must be {next}: the current version is {}; read the property again and send {next}",
            was.version
        )));
    }
    let row = PropertyRow {
        body: plan.new_id(BodyId::from_random),
        version: next,
        message: edit.message.as_str().into(),
        minor: edit.minor,
        updated_at: plan.now,
        updated_by: author,
        ..was.clone()
    };
    Ok(Change {
        answer: next,
        beside: vec![
            written(&row, &edit.value),
            Beside::RetireBodies(vec![was.body]),
        ],
        events: vec![event(plan, "property.edited", row.on)],
        rows: vec![row.into()],
    })
}

fn written(row: &PropertyRow, value: &str) -> Beside {
    Beside::Body {
        id: row.body,
        representation: "json".into(),
        text: value.into(),
    }
}

fn check_key(key: &str) -> Result<(), SiteError> {
    let fits = !key.trim().is_empty()
        && key.chars().count() <= LONGEST_KEY
        && !key.chars().any(char::is_control);
    if fits {
        Ok(())
    } else {
        Err(SiteError::invalid(format!(
            "the key of a property must be 1 to {LONGEST_KEY} characters without control characters"
        )))
    }
}

fn check_value(value: &str) -> Result<(), SiteError> {
    if value.len() > LONGEST_VALUE {
        return Err(SiteError::invalid(format!(
            "the value is longer than {LONGEST_VALUE} bytes of JSON; make it smaller"
        )));
    }
    serde_json::from_str::<IgnoredAny>(value)
        .map(drop)
        .map_err(|error| SiteError::invalid(format!("the value is not valid JSON: {error}")))
}
