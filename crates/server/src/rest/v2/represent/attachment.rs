//! A v2 attachment: its metadata, and the lists that are included in it.

use super::hung::Hung;
use super::include::Include;
use super::included::Included;
use super::operation::Operation;
use super::version::Version;
use crate::failure::Failure;
use crate::rest::lens::{Lens, below_base, moment};
use crate::rest::status::status_on;
use narthex_access::{AttachmentRow, Object, PageKind};
use narthex_site::address;
use narthex_site::version::Versioned;
use narthex_store::past::VersionRead;
use serde::Serialize;
use std::borrow::Cow;

/// An attachment as it is now or as it was in a former version.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Attachment<'v> {
    id: String,
    status: &'static str,
    title: &'v str,
    created_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    page_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    blog_post_id: Option<String>,
    media_type: Cow<'v, str>,
    media_type_description: &'static str,
    comment: String,
    file_id: String,
    file_size: u64,
    webui_link: String,
    download_link: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<Version>,
    #[serde(skip_serializing_if = "Option::is_none")]
    operations: Option<Included<Operation>>,
    #[serde(flatten)]
    hung: Hung<'v>,
    #[serde(skip_serializing_if = "Option::is_none")]
    versions: Option<Included<Version>>,
    #[serde(rename = "_links")]
    links: Links<'v>,
}

#[derive(Debug, Serialize)]
struct Links<'v> {
    webui: String,
    download: String,
    base: &'v str,
}

impl<'v> Attachment<'v> {
    /// Builds the object of an attachment that the viewer sees.
    ///
    /// # Errors
    /// Absent if the viewer can't see its page.
    pub fn of(lens: Lens<'v>, row: &'v AttachmentRow) -> Result<Self, Failure> {
        let page = lens.view.page(row.page)?;
        let space = lens.view.space(page.row().space)?;
        let on = |kind: PageKind| (page.row().kind == kind).then(|| row.page.to_string());
        let webui = below_base(&address::page(&space.row().key, page.row())).to_owned();
        let download = below_base(&address::download(row)).to_owned();
        let id = format!("att{}", row.id);
        let past = page.shows_past();
        let remark: &str = if past { &row.remark } else { "" };
        let (by, at) = (Some(row.updated_by), row.updated_at);
        Ok(Self {
            status: status_on(page, row.state),
            title: &row.file_name,
            created_at: moment(row.created_at),
            page_id: on(PageKind::Page),
            blog_post_id: on(PageKind::BlogPost),
            media_type: (&*row.media_type).into(),
            media_type_description: "",
            comment: remark.to_owned(),
            file_id: id.clone(),
            file_size: row.size,
            webui_link: webui.clone(),
            download_link: download.clone(),
            version: Some(Version::of(lens, past, row.version, by, at).saying(remark)),
            operations: None,
            hung: Hung::default(),
            versions: None,
            links: Links {
                webui,
                download,
                base: lens.base,
            },
            id,
        })
    }

    /// Changes the object to that of a former version.
    #[must_use]
    pub fn former(mut self, lens: Lens<'v>, read: &VersionRead) -> Self {
        self.status = "historical";
        self.comment.clone_from(&read.message);
        self.version = Some(Version::read(lens, read));
        if let Some(file) = &read.file {
            self.media_type = file.media_type.clone().into();
            self.file_size = file.size;
        }
        let (path, _) = self.download_link.split_once('?').unwrap_or_default();
        self.download_link = format!("{path}?version={}", read.number);
        self.links.download.clone_from(&self.download_link);
        self
    }

    /// Adds the lists that the request includes.
    ///
    /// # Errors
    /// Absent if the attachment has been purged since; storage errors.
    pub async fn including(
        mut self,
        lens: Lens<'v>,
        row: &AttachmentRow,
        include: Include,
    ) -> Result<Self, Failure> {
        let address = format!("attachments/{}", self.id);
        if !include.version {
            self.version = None;
        }
        let object = Object::Attachment(row.id);
        self.operations = include
            .operations
            .then(|| Operation::included(lens, object, &address));
        if include.versions {
            let past = lens.view.page(row.page)?.shows_past();
            let of = Versioned::Attachment(row.id);
            self.versions = Some(Version::included(lens, of, past, &address).await?);
        }
        // Attachments have no likes.
        let hung = Include {
            likes: false,
            ..include
        };
        self.hung = Hung::of(lens, object, &address, hung).await?;
        Ok(self)
    }
}
