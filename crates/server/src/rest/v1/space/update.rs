//! `PUT /wiki/rest/api/space/{key}`: changes a space's name, description, home page or status.
//!
//! Request: `{"name", "description": {"plain": {"value"}}, "homepage": {"id"}, "status"}`, each
//! only if it changes. `type` may repeat the type of the space, which stays.

use super::create::description;
use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::Document;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v1::represent::Expand;
use crate::rest::v1::represent::space::Space;
use crate::route::Answer;
use narthex_site::space::EditSpace;

pub(super) async fn handle(mut call: Call) -> Answer {
    call.require_account()?;
    let Update {
        edit,
        kind,
        key: sent,
    } = read(&call.json().await?)?;
    let key = call.param("key").to_owned();
    let is = call.view.space_to_administer(&key)?.row().kind;
    if sent.is_some_and(|sent| !sent.eq_ignore_ascii_case(&key)) {
        return Err(Failure::bad_request(
            "the member \"key\" is not the key in the path: a space keeps its key",
        ));
    }
    if kind.is_some_and(|kind| kind != is.word()) {
        return Err(Failure::bad_request(format!(
            "the member \"type\" must be \"{}\": a space keeps its type",
            is.word()
        )));
    }
    call.app
        .site
        .edit_space(&call.credential, key, edit)
        .await?;

    let view = call.view_now().await?;
    let base = call.base();
    let lens = Lens::new(&call, &view, &base);
    let expand = Expand::default().and(&["description.plain", "homepage"]);
    let space = view.space_to_administer(call.param("key"))?;
    respond::ok(&Space::of(lens, space, &expand).await?)
}

struct Update {
    edit: EditSpace,
    /// The type that is sent, which the space must have.
    kind: Option<String>,
    /// The key that is sent, which the space must have.
    key: Option<String>,
}

fn read(document: &Document) -> Result<Update, Failure> {
    let body = document.object()?;
    let homepage = match body.optional("homepage")? {
        Some(homepage) => {
            let id = homepage.object()?.required("id")?;
            let wrong =
                |_| Failure::bad_request("the member \"homepage.id\" must be the id of a page");
            Some(id.id_text()?.parse().map_err(wrong)?)
        }
        None => None,
    };
    let archived = match body
        .optional("status")?
        .map(|status| status.string())
        .transpose()?
    {
        None => None,
        Some(word) if word.eq_ignore_ascii_case("archived") => Some(true),
        Some(word) if word.eq_ignore_ascii_case("current") => Some(false),
        Some(_) => {
            return Err(Failure::bad_request(
                "the member \"status\" must be \"current\" or \"archived\"",
            ));
        }
    };
    let kind = body.optional("type")?;
    let kind = kind.map(|kind| kind.string()).transpose()?;
    let edit = EditSpace {
        name: body
            .optional("name")?
            .map(|name| name.string())
            .transpose()?,
        description: description(&body)?,
        homepage,
        archived,
    };
    let key = body.optional("key")?;
    Ok(Update {
        edit,
        kind,
        key: key.map(|key| key.string()).transpose()?,
    })
}
