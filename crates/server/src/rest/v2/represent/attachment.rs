//! A v2 attachment.

use super::version::Version;
use crate::failure::Failure;
use crate::rest::lens::{Lens, below_base, moment};
use narthex_access::{AttachmentRow, PageKind};
use narthex_site::address;
use serde::Serialize;

/// A v2 attachment.
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
    media_type: &'v str,
    media_type_description: &'static str,
    comment: &'v str,
    file_id: String,
    file_size: u64,
    webui_link: String,
    download_link: String,
    version: Version,
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
    /// An attachment that the viewer sees.
    ///
    /// # Errors
    /// Absent.
    pub fn of(lens: Lens<'v>, row: &'v AttachmentRow) -> Result<Self, Failure> {
        let page = lens.view.page(row.page)?;
        let space = lens.view.space(page.row().space)?;
        let on = |kind: PageKind| (page.row().kind == kind).then(|| row.page.to_string());
        let webui = below_base(&address::page(&space.row().key, page.row())).to_owned();
        let download = below_base(&address::download(row)).to_owned();
        let id = format!("att{}", row.id);
        let past = page.shows_past();
        Ok(Self {
            status: row.state.word(),
            title: &row.file_name,
            created_at: moment(row.created_at),
            page_id: on(PageKind::Page),
            blog_post_id: on(PageKind::BlogPost),
            media_type: &row.media_type,
            media_type_description: "",
            comment: if past { &row.remark } else { "" },
            file_id: id.clone(),
            file_size: row.size,
            webui_link: webui.clone(),
            download_link: download.clone(),
            version: Version::of(
                lens,
                past,
                row.version,
                Some(row.updated_by),
                row.updated_at,
            ),
            links: Links {
                webui,
                download,
                base: lens.base,
            },
            id,
        })
    }
}
