//! An attachment as a v1 content object.

use super::children::{Below, Hung};
use super::content::{Container, Content, LeftOut, Links, operations};
use super::expand::Expand;
use super::history::History;
use super::metadata;
use super::space::Space;
use super::user::User;
use super::version::Version;
use crate::failure::Failure;
use crate::rest::lens::{Lens, below_base};
use crate::rest::status::status_on;
use narthex_access::view::SeenPage;
use narthex_access::{AttachmentRow, Object};
use narthex_site::{address, picture};
use narthex_store::past::VersionRead;
use serde_json::{Map, Value, json};

/// The parts that the response to an upload expands if the request names none.
pub const DEFAULTS_OF_WRITES: [&str; 3] = ["version", "container", "metadata.labels"];

/// Returns an attachment's id as responses write it; requests may name it with or without the
/// prefix.
pub fn id_text(row: &AttachmentRow) -> String {
    format!("att{}", row.id)
}

/// Builds the content object of an attachment of a page that the viewer sees.
///
/// # Errors
/// Absent if something that is expanded has been purged since; storage errors.
pub async fn content<'v>(
    lens: Lens<'v>,
    page: SeenPage<'v>,
    row: &'v AttachmentRow,
    expand: &Expand,
) -> Result<Content<'v>, Failure> {
    let id = id_text(row);
    let space = lens.view.space(page.row().space)?;
    let key = &space.row().key;
    let mut left_out = LeftOut::new(expand);
    let whole_space = match left_out.has("space", || {
        format!("/rest/api/space/{}", address::encoded(key))
    }) {
        true => Some(Box::pin(Space::of(lens, space, &expand.within("space"))).await?),
        false => None,
    };
    let container = match left_out.has("container", || format!("/rest/api/content/{}", row.page)) {
        true => {
            let expand = expand.within("container");
            let page = Box::pin(Content::of(lens, page, &expand)).await?;
            Some(Container::Page(Box::new(page)))
        }
        false => None,
    };
    let version = left_out.has("version", String::new).then(|| {
        let by = match page.shows_past() || row.version == 1 {
            true => User::author(lens, Some(row.updated_by)),
            false => User::HIDDEN,
        };
        Version::bare(by, row.version, row.updated_at)
    });
    let operations = left_out
        .has("operations", String::new)
        .then(|| operations(lens, Object::Attachment(row.id)));
    let history = left_out
        .has("history", || format!("/rest/api/content/{id}/history"))
        .then(|| History::of_attachment(lens, &id, row));
    let Hung {
        children,
        descendants,
        child_types,
    } = Hung::of(
        lens,
        |reach| Below::of_attachment(row, reach),
        &id,
        &mut left_out,
    )
    .await?;
    for part in ["body", "ancestors", "restrictions"] {
        left_out.never(part);
    }
    // A remark belongs to a version, so it is part of the past (law 2.24).
    let remark = if page.shows_past() {
        row.remark.as_ref()
    } else {
        ""
    };
    // Its media type and remark are always there: clients tell files apart by them.
    let told = expand.within("metadata");
    let mut metadata = metadata::of(lens, Object::Attachment(row.id), &id, &told).await?;
    metadata.insert("mediaType".into(), row.media_type.as_ref().into());
    metadata.insert("comment".into(), remark.into());
    let webui = address::page(key, page.row());
    let thumbnail = picture::is_shown(&row.media_type).then(|| address::thumbnail(row));
    Ok(Content {
        kind: "attachment",
        status: status_on(page, row.state),
        title: row.file_name.to_string(),
        space: whole_space,
        history,
        version,
        ancestors: None,
        operations,
        children,
        descendants,
        child_types,
        container,
        body: None,
        restrictions: None,
        metadata: Some(metadata.into()),
        macro_rendered_output: Map::new(),
        extensions: json!({
            "mediaType": row.media_type.as_ref(),
            "mediaTypeDescription": "",
            "fileSize": row.size,
            "comment": remark,
            "fileId": id,
            "collectionName": Value::String(format!("contentId-{}", row.page)),
        }),
        expandable: left_out.expandable,
        links: Links {
            webui: below_base(&webui).to_owned(),
            download: Some(below_base(&address::download(row)).to_owned()),
            thumbnail: thumbnail.map(|path| below_base(&path).to_owned()),
            this: format!("{}/rest/api/content/{id}", lens.base),
            ..Links::default()
        },
        id,
    })
}

/// Builds the content object of an attachment as it was in a version, as far as versions record it:
/// the remark of then is the version's message, all else is as it is now.
///
/// # Errors
/// As [`content`].
pub async fn of_version<'v>(
    lens: Lens<'v>,
    page: SeenPage<'v>,
    row: &'v AttachmentRow,
    version: &VersionRead,
    expand: &Expand,
) -> Result<Content<'v>, Failure> {
    let of_now = expand.without(&["version"]);
    let now = Box::pin(content(lens, page, row, &of_now)).await?;
    Ok(now.of_then(lens, version, expand))
}
