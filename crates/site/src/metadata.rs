//! Labels and properties that are sent together with what they are on: they are
//! written in its change, with the rights, limits and refusals of the operations about
//! labels and properties.

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

/// Labels and properties that are sent with what they are on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Metadata {
    /// The labels that it has from then on beside its people's own; none where nothing
    /// is said of labels.
    pub labels: Option<Vec<NewLabel>>,
    /// Properties that get these values; others stay.
    pub properties: Vec<SentProperty>,
}

impl Metadata {
    /// Whether nothing is sent.
    pub fn is_nothing(&self) -> bool {
        self.labels.is_none() && self.properties.is_empty()
    }
}

impl Site {
    /// Creates a page or blog post with labels and properties; answers its id. A private
    /// one is restricted to its maker in the same revision.
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

    /// Writes a new version of a page or blog post, and its labels and properties;
    /// answers the number of the version.
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

    /// Comments with properties; answers the comment's id.
    ///
    /// # Errors
    /// As [`Site::create_comment`] and [`Site::create_property`]; invalid for labels,
    /// which comments don't have.
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

    /// Writes a new version of a comment, and properties of it; answers its number.
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

    /// Changes what is said of an attachment, and its labels and properties.
    ///
    /// # Errors
    /// Absent, forbidden; conflict where the version isn't the current one; invalid for a
    /// name that is none or is taken; and as [`Site::add_labels`] and [`Site::edit_property`].
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

/// Plans labels and properties of something that is there.
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

/// Plans labels and properties of something that is made in this very change: whoever
/// may make it may label it.
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
