//! `POST /wiki/api/v2/pages`, `/blogposts`: creates a page or blog post.
//!
//! Request: `{"spaceId", "status", "title", "parentId", "body"}`, of a blog post also `createdAt`,
//! the moment it is dated; `?root-level=true` puts a page beside the home page instead of below it;
//! `?private=true` restricts it to its creator, in the same revision. `embedded` says where
//! Confluence would store the text, and changes nothing here. `metadata` is read as by v1.

use super::write_body;
use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::Document;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v2::represent::body::BodyFormat;
use crate::rest::v2::represent::page::Page;
use crate::rest::{sent_metadata, sent_moment};
use crate::route::Answer;
use narthex_access::PageKind;
use narthex_site::page::{NewPage, WhichSpace};
use narthex_site::place::Parent;

pub(super) async fn handle(mut call: Call, kind: PageKind) -> Answer {
    let document = call.long_json().await?;
    let query = call.query();
    let at_root = query.flag("root-level")?;
    let private = query.flag("private")?;
    query.flag("embedded")?;
    let mut new = read(&document, kind, at_root)?;
    let metadata = sent_metadata::read(&document.object()?)?;
    drop(document);
    let format = BodyFormat::as_sent(Some(&new.body));
    let site = &call.app.site;
    new.body = site.with_page_links(new.body, &call.origin())?;
    let id = site
        .create_page_with(&call.credential, new, metadata, private)
        .await?;
    let view = call.view_now().await?;
    let base = call.base();
    let lens = Lens::new(&call, &view, &base);
    let page = Page::of(lens, view.page(id)?, format).await?;
    respond::ok(&page.alone(lens))
}

fn read(document: &Document, kind: PageKind, at_root: bool) -> Result<NewPage, Failure> {
    let body = document.object()?;
    if body.optional("id")?.is_some() {
        return Err(Failure::bad_request(
            "the member \"id\" can't be sent: new content gets its id here; a draft is published by PUT",
        ));
    }
    let wrong =
        |name| move |_| Failure::bad_request(format!("the member \"{name}\" must be an id"));
    let space = body
        .required("spaceId")?
        .id_text()?
        .parse()
        .map_err(wrong("spaceId"))?;
    let parent = match body.optional("parentId")? {
        Some(_) if at_root => {
            return Err(Failure::bad_request(
                "the member \"parentId\" can't be sent with root-level=true; leave one of them out",
            ));
        }
        Some(parent) => Parent::Page(parent.id_text()?.parse().map_err(wrong("parentId"))?),
        None if at_root => Parent::Root,
        None => Parent::Home,
    };
    let draft = match body
        .optional("status")?
        .map(|status| status.string())
        .transpose()?
    {
        None => false,
        Some(status) if status == "current" => false,
        Some(status) if status == "draft" => true,
        Some(_) => {
            return Err(Failure::bad_request(
                "the member \"status\" must be \"current\" or \"draft\"",
            ));
        }
    };
    if kind == PageKind::Page
        && let Some(subtype) = body.optional("subtype")?
        && subtype.string()? != "page"
    {
        return Err(Failure::bad_request(
            "the member \"subtype\" can only be \"page\": there are no live documents; leave it out",
        ));
    }
    let title = match body.optional("title")? {
        Some(title) => title.string()?,
        None if draft => String::new(),
        None => body.required("title")?.string()?,
    };
    Ok(NewPage {
        space: WhichSpace::Id(space),
        parent,
        kind,
        draft,
        title,
        body: write_body::read_or_empty(&body)?,
        created_at: match kind {
            PageKind::BlogPost => sent_moment::created_at(&body)?,
            PageKind::Page | PageKind::Folder => None,
        },
    })
}
