//! Labels and properties that a request sends together with the content that they belong to. They
//! are written in the same change, with the rights, limits and errors of the operations on labels
//! and properties.

use crate::attachment::{UpdateAttachment, plan_update};
use crate::comment::{self, EditComment, NewComment};
use crate::error::SiteError;
use crate::label::{self, NewLabel};
use crate::page::{self, EditPage, NewPage};
use crate::plan::Plan;
use crate::private::plan_create_private;
use crate::property::{self, SentProperty};
use crate::site::Site;
use crate::switch::after;
use narthex_access::{AttachmentId, CommentId, Credential, Object, PageId};
use narthex_store::change::Change;

/// The labels and properties that a request sends along with content.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Metadata {
    /// All labels that the content has from now on, beside people's own; `None` if the request
    /// doesn't mention labels.
    pub labels: Option<Vec<NewLabel>>,
    /// The properties to set; other properties stay.
    pub properties: Vec<SentProperty>,
}

impl Metadata {
    /// Whether the request sends neither labels nor properties.
    pub fn is_nothing(&self) -> bool {
        self.labels.is_none() && self.properties.is_empty()
    }
}

impl Site {
    /// Creates a page or blog post with labels and properties and returns its id. A private one is
    /// restricted to its creator in the same revision.
    ///
    /// # Errors
    /// As [`Site::create_page`], [`Site::add_labels`] and [`Site::create_property`].
    pub async fn create_page_with(
        &self,
        credential: &Credential,
        mut new: NewPage,
        metadata: Metadata,
        private: bool,
    ) -> Result<PageId, SiteError> {
        new.body = self.checked(new.body)?;
        self.commit(credential, move |plan| {
            let mut change = match private {
                true => plan_create_private(plan, &new)?,
                false => page::plan_create(plan, &new)?,
            };
            on_new(plan, Object::Page(change.answer), &metadata, &mut change)?;
            Ok(change)
        })
        .await
    }

    /// Writes a new version of a page or blog post with its labels and properties, and returns the
    /// version's number.
    ///
    /// # Errors
    /// As [`Site::edit_page`], [`Site::add_labels`] and [`Site::edit_property`].
    pub async fn edit_page_with(
        &self,
        credential: &Credential,
        id: PageId,
        mut edit: EditPage,
        metadata: Metadata,
    ) -> Result<u32, SiteError> {
        if let Some(body) = edit.body {
            edit.body = Some(self.checked(body)?);
        }
        self.commit(credential, move |plan| {
            let mut change = page::plan_edit(plan, id, &edit)?;
            on(plan, Object::Page(id), &metadata, &mut change)?;
            Ok(change)
        })
        .await
    }

    /// Creates a comment with properties and returns its id.
    ///
    /// # Errors
    /// As [`Site::create_comment`] and [`Site::create_property`]; invalid for labels, which
    /// comments don't have.
    pub async fn create_comment_with(
        &self,
        credential: &Credential,
        mut new: NewComment,
        metadata: Metadata,
    ) -> Result<CommentId, SiteError> {
        new.body = self.checked(new.body)?;
        self.commit(credential, move |plan| {
            let mut change = comment::plan_create(plan, &new, None)?;
            on_new(plan, Object::Comment(change.answer), &metadata, &mut change)?;
            Ok(change)
        })
        .await
    }

    /// Writes a new version of a comment with properties, and returns the version's number.
    ///
    /// # Errors
    /// As [`Site::edit_comment`] and [`Site::edit_property`]; invalid for labels.
    pub async fn edit_comment_with(
        &self,
        credential: &Credential,
        id: CommentId,
        mut edit: EditComment,
        metadata: Metadata,
    ) -> Result<u32, SiteError> {
        if let Some(body) = edit.body {
            edit.body = Some(self.checked(body)?);
        }
        self.commit(credential, move |plan| {
            let mut change = comment::plan_edit(plan, id, &edit)?;
            on(plan, Object::Comment(id), &metadata, &mut change)?;
            Ok(change)
        })
        .await
    }

    /// Changes the fields of an attachment, and its labels and properties.
    ///
    /// # Errors
    /// Absent if the caller can't see the attachment; forbidden without the right to edit it;
    /// conflict if the version isn't the current one; invalid for a bad name or one that is taken;
    /// and as [`Site::add_labels`] and [`Site::edit_property`].
    pub async fn update_attachment_with(
        &self,
        credential: &Credential,
        id: AttachmentId,
        update: UpdateAttachment,
        metadata: Metadata,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            let mut change = plan_update(plan, id, &update)?;
            on(plan, Object::Attachment(id), &metadata, &mut change)?;
            Ok(change)
        })
        .await
    }
}

/// Plans labels and properties of content that exists.
fn on<T>(
    plan: &Plan<'_>,
    on: Object,
    metadata: &Metadata,
    change: &mut Change<T>,
) -> Result<(), SiteError> {
    if let Some(labels) = &metadata.labels {
        label::plan_replace(plan, on, labels, change)?;
    }
    property::plan_sent(plan, on, &metadata.properties, change)
}

/// Plans labels and properties of content that is created in this very change: the right to create
/// it includes the right to label it.
fn on_new<T>(
    plan: &Plan<'_>,
    on: Object,
    metadata: &Metadata,
    change: &mut Change<T>,
) -> Result<(), SiteError> {
    if metadata.is_nothing() {
        return Ok(());
    }
    let made = after(plan.catalogue, &change.rows);
    let within = Plan {
        catalogue: &made,
        ..*plan
    };
    if let Some(labels) = metadata
        .labels
        .as_deref()
        .filter(|labels| !labels.is_empty())
    {
        label::plan_on_new(&within, on, labels, change)?;
    }
    property::plan_on_new(&within, on, &metadata.properties, change)
}
