//! Labels: adding them to pages, blog posts, attachments, templates and spaces, and removing them.

use crate::entry::entry;
use crate::error::SiteError;
use crate::folder;
use crate::hung::event;
use crate::name::{misleads, shows_something};
use crate::plan::Plan;
use crate::site::Site;
use narthex_access::{
    AccountId, Action, Credential, LabelPrefix, LabelRow, LabellingId, Object, RowChange, Table,
};
use narthex_store::change::{Change, Event};

/// The longest label, in characters.
pub const LONGEST_LABEL: usize = 255;
/// The largest number of labels on one thing.
pub const MOST_LABELS: usize = 500;
/// The characters that no label may contain.
const FORBIDDEN: &[char] = &[
    ' ', ',', ';', ':', '.', '?', '&', '[', ']', '(', ')', '#', '^', '*', '@', '!', '<', '>',
];

/// A label to add to something, or to remove.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLabel {
    /// Whose label it is: everybody's, a team's, a person's own or the program's.
    pub prefix: LabelPrefix,
    /// The name, in lower case.
    pub name: String,
}

impl NewLabel {
    /// Reads a label in its written form: `name`, or `prefix:name`.
    ///
    /// # Errors
    /// Invalid for a bad name.
    pub fn written(text: &str) -> Result<Self, SiteError> {
        let parts = text.split_once(':');
        let prefixed = parts.and_then(|(prefix, name)| {
            let prefix = LabelPrefix::from_word(prefix)?;
            Some((prefix, name))
        });
        let (prefix, name) = prefixed.unwrap_or((LabelPrefix::Global, text));
        Self::new(prefix, name)
    }

    /// Reads the labels in a text, where white space separates them.
    ///
    /// # Errors
    /// Invalid for a bad name, and for a text without labels.
    pub fn all_written(text: &str) -> Result<Vec<Self>, SiteError> {
        Self::each(text, Self::written)
    }

    /// Reads the names in a text, where white space separates them, as labels with a prefix.
    ///
    /// # Errors
    /// As [`NewLabel::all_written`].
    pub fn all(prefix: LabelPrefix, text: &str) -> Result<Vec<Self>, SiteError> {
        Self::each(text, |name| Self::new(prefix, name))
    }

    fn each(
        text: &str,
        read: impl Fn(&str) -> Result<Self, SiteError>,
    ) -> Result<Vec<Self>, SiteError> {
        match text.trim().is_empty() {
            true => read("").map(|label| vec![label]),
            false => text.split_whitespace().map(read).collect(),
        }
    }

    /// Makes a label from a name in upper or lower case.
    ///
    /// # Errors
    /// Invalid for a bad name.
    pub fn new(prefix: LabelPrefix, name: &str) -> Result<Self, SiteError> {
        let name = name.trim().to_lowercase();
        if !shows_something(&name) {
            return Err(SiteError::invalid("the label is empty; give it a name"));
        }
        if name.chars().count() > LONGEST_LABEL {
            return Err(SiteError::invalid(format!(
                "the label is longer than {LONGEST_LABEL} characters; shorten it"
            )));
        }
        let wrong = |c: &char| misleads(*c) || c.is_whitespace() || FORBIDDEN.contains(c);
        if let Some(wrong) = name.chars().find(wrong) {
            return Err(SiteError::invalid(format!(
                "the label has {wrong:?} in it, which is not allowed in labels; take it out"
            )));
        }
        Ok(Self { prefix, name })
    }
}

impl Site {
    /// Adds labels to a page, blog post, attachment or space; the present ones stay.
    ///
    /// # Errors
    /// Absent and forbidden as for editing the page or attachment, or for administering the space;
    /// invalid for a label with the program's own prefix, for comments, and for too many labels.
    pub async fn add_labels(
        &self,
        credential: &Credential,
        on: Object,
        labels: Vec<NewLabel>,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            let mut change = Change::nothing(());
            plan_add(plan, on, &labels, &mut change)?;
            Ok(change)
        })
        .await
    }

    /// Removes a label. If the label isn't there, nothing changes.
    ///
    /// # Errors
    /// As [`Site::add_labels`].
    pub async fn remove_label(
        &self,
        credential: &Credential,
        on: Object,
        label: NewLabel,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            let mut change = Change::nothing(());
            let rows = plan.view.labels(on)?.into_iter();
            let gone: Vec<LabelRow> = rows
                .filter(|row| row.prefix == label.prefix && *row.name == *label.name)
                .cloned()
                .collect();
            plan_remove(plan, on, &gone, &mut change)?;
            Ok(change)
        })
        .await
    }
}

/// Requires the right to change the labels of something, and returns the account that has it.
fn require(plan: &Plan<'_>, on: Object) -> Result<AccountId, SiteError> {
    let action = match on {
        Object::Space(_) => Action::Administer,
        Object::Page(_) | Object::Attachment(_) | Object::Template(_) => Action::Edit,
        Object::Comment(id) => {
            plan.view.comment(id)?;
            return Err(of_comment());
        }
    };
    plan.view.require(action, on)?;
    if let Object::Page(id) = on {
        folder::refuse(plan.view.page(id)?.row(), "labels")?;
    }
    plan.author()
}

/// Plans labels to add to something; labels that it has already stay as they are.
pub(crate) fn plan_add<T>(
    plan: &Plan<'_>,
    on: Object,
    labels: &[NewLabel],
    change: &mut Change<T>,
) -> Result<(), SiteError> {
    let by = require(plan, on)?;
    let there = plan.view.labels(on)?;
    let rows = rows(plan, on, by, &there, labels)?;
    if !rows.is_empty() {
        change.events.push(told(plan, "label.added", on, &rows));
        change.rows.extend(rows.into_iter().map(Into::into));
    }
    Ok(())
}

/// Makes the rows of labels to add beside those that are there. The caller has checked the right to
/// do so; a thing that is just being created gets its labels this way.
///
/// # Errors
/// Invalid for a label with the program's own prefix, and for too many labels.
pub(crate) fn rows(
    plan: &Plan<'_>,
    on: Object,
    by: AccountId,
    there: &[&LabelRow],
    labels: &[NewLabel],
) -> Result<Vec<LabelRow>, SiteError> {
    let mut rows: Vec<LabelRow> = Vec::new();
    for label in labels {
        let same = |row: &LabelRow| row.prefix == label.prefix && *row.name == *label.name;
        if there.iter().any(|row| same(row)) || rows.iter().any(same) {
            continue;
        }
        if label.prefix == LabelPrefix::System {
            return Err(SiteError::invalid(
                "labels with the prefix system can't be set; use global, my or team",
            ));
        }
        rows.push(LabelRow {
            id: plan.new_id(LabellingId::from_random),
            on,
            prefix: label.prefix,
            name: label.name.as_str().into(),
            by,
            at: plan.now,
        });
    }
    if there.len().saturating_add(rows.len()) > MOST_LABELS {
        return Err(SiteError::invalid(format!(
            "this would be more than {MOST_LABELS} labels; take others off first"
        )));
    }
    Ok(rows)
}

/// Plans the whole set of labels of something, of those that the caller is shown; the program's own
/// labels stay.
pub(crate) fn plan_set<T>(
    plan: &Plan<'_>,
    on: Object,
    labels: &[NewLabel],
    change: &mut Change<T>,
) -> Result<(), SiteError> {
    let stays = |row: &LabelRow| {
        let wanted = |it: &NewLabel| it.prefix == row.prefix && *it.name == *row.name;
        row.prefix == LabelPrefix::System || labels.iter().any(wanted)
    };
    let rows = plan.view.labels(on)?.into_iter();
    let gone: Vec<LabelRow> = rows.filter(|row| !stays(row)).cloned().collect();
    plan_remove(plan, on, &gone, change)?;
    plan_add(plan, on, labels, change)
}

/// Plans the whole set of labels of something that are common to all people: people's own labels
/// and those of the program stay.
pub(crate) fn plan_replace<T>(
    plan: &Plan<'_>,
    on: Object,
    labels: &[NewLabel],
    change: &mut Change<T>,
) -> Result<(), SiteError> {
    let stays = |row: &LabelRow| {
        let wanted = |it: &NewLabel| it.prefix == row.prefix && *it.name == *row.name;
        matches!(row.prefix, LabelPrefix::System | LabelPrefix::My) || labels.iter().any(wanted)
    };
    let rows = plan.view.labels(on)?.into_iter();
    let gone: Vec<LabelRow> = rows.filter(|row| !stays(row)).cloned().collect();
    plan_remove(plan, on, &gone, change)?;
    plan_add(plan, on, labels, change)
}

/// Plans labels of something that is created in the same change; `plan.catalogue` has the new thing
/// already.
pub(crate) fn plan_on_new<T>(
    plan: &Plan<'_>,
    on: Object,
    labels: &[NewLabel],
    change: &mut Change<T>,
) -> Result<(), SiteError> {
    if matches!(on, Object::Comment(_)) {
        return Err(of_comment());
    }
    let rows = rows(plan, on, plan.author()?, &[], labels)?;
    if !rows.is_empty() {
        change.events.push(told(plan, "label.added", on, &rows));
        change.rows.extend(rows.into_iter().map(Into::into));
    }
    Ok(())
}

fn of_comment() -> SiteError {
    SiteError::invalid("comments have no labels; label the page of the comment instead")
}

fn plan_remove<T>(
    plan: &Plan<'_>,
    on: Object,
    gone: &[LabelRow],
    change: &mut Change<T>,
) -> Result<(), SiteError> {
    require(plan, on)?;
    if gone.iter().any(|row| row.prefix == LabelPrefix::System) {
        return Err(SiteError::invalid(
            "labels with the prefix system can't be removed",
        ));
    }
    if !gone.is_empty() {
        let rows = gone
            .iter()
            .map(|row| RowChange::Remove(Table::Label, row.id.get()));
        change.rows.extend(rows);
        change.events.push(told(plan, "label.removed", on, gone));
    }
    Ok(())
}

/// Makes the journal entry about labels that were added or removed. If all of them are a person's
/// own, it names no page, because readers of the page's entries would learn of them.
fn told(plan: &Plan<'_>, kind: &'static str, on: Object, labels: &[LabelRow]) -> Event {
    if labels.iter().all(|row| row.prefix == LabelPrefix::My) {
        entry(kind, String::new())
    } else {
        event(plan, kind, on)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_separates_labels() {
        let names = |text: &str| {
            let labels = NewLabel::all_written(text).unwrap();
            let written = |label: NewLabel| format!("{}:{}", label.prefix.word(), label.name);
            labels.into_iter().map(written).collect::<Vec<_>>()
        };
        assert_eq!(names("release notes"), ["global:release", "global:notes"]);
        assert_eq!(
            names(" Release\t\u{a0}notes "),
            ["global:release", "global:notes"]
        );
        assert_eq!(names("my:read later"), ["my:read", "global:later"]);
        let team = NewLabel::all(LabelPrefix::Team, "a b").unwrap();
        assert!(team.iter().all(|label| label.prefix == LabelPrefix::Team));
        for nothing in ["", " ", "\t\n"] {
            assert!(NewLabel::all_written(nothing).is_err(), "{nothing:?}");
        }
        assert!(NewLabel::all_written("release a?b").is_err());
    }
}
