//! `POST /wiki/api/v2/folders`: creates a folder.
//!
//! Request: `{"spaceId", "parentId", "title"}`; without `parentId` it is at the root of the space.

use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::Document;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v2::represent::folder::Folder;
use crate::rest::v2::represent::include::Include;
use crate::route::Answer;
use narthex_site::folder::NewFolder;

pub(super) async fn handle(mut call: Call) -> Answer {
    let new = read(&call.json().await?)?;
    let site = &call.app.site;
    let id = site.create_folder(&call.credential, new).await?;
    let view = call.view_now().await?;
    let base = call.base();
    let lens = Lens::new(&call, &view, &base);
    respond::ok(&Folder::of(lens, view.page(id)?, Include::NOTHING).await?)
}

fn read(document: &Document) -> Result<NewFolder, Failure> {
    let body = document.object()?;
    let wrong =
        |name| move |_| Failure::bad_request(format!("the member \"{name}\" must be an id"));
    let parent = match body.optional("parentId")? {
        Some(parent) => Some(parent.id_text()?.parse().map_err(wrong("parentId"))?),
        None => None,
    };
    Ok(NewFolder {
        space: body
            .required("spaceId")?
            .id_text()?
            .parse()
            .map_err(wrong("spaceId"))?,
        parent,
        title: body.required("title")?.string()?,
    })
}
