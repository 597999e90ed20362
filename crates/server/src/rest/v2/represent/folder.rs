//! A v2 folder: its title, position in the tree, author and owner, and the lists included in it.

use super::author;
use super::hung::Hung;
use super::include::Include;
use super::included::Included;
use super::operation::Operation;
use super::page::address_of;
use super::version::Version;
use crate::failure::Failure;
use crate::rest::lens::{Lens, below_base, moment};
use narthex_access::Object;
use narthex_access::view::SeenPage;
use narthex_site::{address, place};
use serde::Serialize;

/// A folder with its current version.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Folder<'v> {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    status: &'static str,
    title: &'v str,
    parent_id: Option<String>,
    parent_type: Option<&'static str>,
    position: Option<usize>,
    author_id: Option<String>,
    owner_id: Option<String>,
    created_at: String,
    space_id: String,
    version: Version,
    #[serde(skip_serializing_if = "Option::is_none")]
    operations: Option<Included<Operation>>,
    #[serde(flatten)]
    hung: Hung<'v>,
    #[serde(rename = "_links")]
    links: Links<'v>,
}

#[derive(Debug, Serialize)]
struct Links<'v> {
    webui: String,
    base: &'v str,
}

impl<'v> Folder<'v> {
    /// Builds the object of a folder, with the lists that the request includes.
    ///
    /// # Errors
    /// Absent if it has been purged since; storage errors.
    pub async fn of(
        lens: Lens<'v>,
        folder: SeenPage<'v>,
        include: Include,
    ) -> Result<Self, Failure> {
        let row = folder.row();
        let space = lens.view.space(row.space)?;
        let parent = folder.parent();
        let address = address_of(folder);
        let object = Object::Page(row.id);
        Ok(Self {
            id: row.id.to_string(),
            kind: row.kind.word(),
            status: row.state.word(),
            title: &row.title,
            parent_id: parent.map(|parent| parent.id().to_string()),
            parent_type: parent.map(|parent| parent.row().kind.word()),
            position: place::visible_position(lens.view, &folder),
            author_id: author(lens, Some(row.author)),
            owner_id: author(lens, Some(row.owner)),
            created_at: moment(row.created_at),
            space_id: row.space.to_string(),
            version: Version::of_page(lens, folder).await?,
            operations: include
                .operations
                .then(|| Operation::included(lens, object, &address)),
            hung: Hung::of(lens, object, &address, include).await?,
            links: Links {
                webui: below_base(&address::page(&space.row().key, row)).to_owned(),
                base: lens.base,
            },
        })
    }
}
