//! `POST /wiki/rest/api/template`: creates a template of a space, or of the site.
//!
//! Request: `{"name", "templateType": "page"|"blogpost", "body": {"storage": {"value"}},
//! "description", "labels": [{"prefix", "name"}], "space": {"key"}}`.

use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::Object;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::sent_labels;
use crate::rest::v1::content::write_body;
use crate::rest::v1::represent::Expand;
use crate::rest::v1::represent::template::Template;
use crate::route::Answer;
use narthex_access::{PageKind, TemplateId};
use narthex_site::template::NewTemplate;

pub(super) async fn handle(mut call: Call) -> Answer {
    call.require_account()?;
    let document = call.long_json().await?;
    let body = document.object()?;
    let mut new = read(&body)?;
    let key = match body.optional("space")? {
        Some(space) => Some(space.object()?.required("key")?.string()?),
        None => None,
    };
    drop(body);
    drop(document);
    let space = match key {
        Some(key) => Some(call.view.space_by_key(&key)?.id()),
        None => None,
    };
    let site = &call.app.site;
    new.body = site.with_page_links(new.body, &call.origin())?;
    let id = site.create_template(&call.credential, space, new).await?;
    answer(&call, id).await
}

/// Reads the template that a body describes.
pub(super) fn read(body: &Object<'_>) -> Result<NewTemplate, Failure> {
    let kind = body.required("templateType")?.string()?;
    let kind = PageKind::from_word(&kind).filter(|kind| kind.has_text());
    let kind = kind.ok_or_else(|| {
        Failure::bad_request("the member \"templateType\" must be \"page\" or \"blogpost\"")
    })?;
    let description = body.optional("description")?;
    let labels = body.optional("labels")?;
    let labels = labels
        .map(|labels| sent_labels::named(&labels))
        .transpose()?;
    body.required("body")?;
    Ok(NewTemplate {
        kind,
        name: body.required("name")?.string()?,
        description: description
            .map(|description| description.string())
            .transpose()?,
        labels,
        body: write_body::read_or_empty(body)?,
    })
}

/// Responds with the template as it is now.
pub(super) async fn answer(call: &Call, id: TemplateId) -> Answer {
    let view = call.view_now().await?;
    let base = call.base();
    let lens = Lens::new(call, &view, &base);
    let expand = Expand::default().and(&["body"]);
    respond::ok(&Template::of(lens, view.template(id)?, &expand).await?)
}
