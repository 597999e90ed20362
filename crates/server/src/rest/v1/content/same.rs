//! The members of an update that repeat what the content already is: its id, its type and its
//! space. An update changes none of them, so other values are refused: nobody is to think that a
//! page was moved to another space, or made a blog post.

use super::any::Any;
use super::create::last_ancestor;
use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::Object;
use narthex_access::CommentId;

/// Compares those members in the body of an update with the content.
///
/// # Errors
/// Bad request if one of them differs.
pub(super) fn check(call: &Call, any: Any<'_>, body: &Object<'_>) -> Result<(), Failure> {
    if let Some(id) = body.optional("id")? {
        let is_same =
            Any::find(&call.view, &id.id_text()?).is_ok_and(|named| named.object() == any.object());
        if !is_same {
            return Err(Failure::bad_request(
                "the member \"id\" is not the id in the path",
            ));
        }
    }
    if let Some(kind) = body.optional("type")?
        && kind.string()? != any.kind()
    {
        return Err(Failure::bad_request(format!(
            "the member \"type\" must be \"{}\": content keeps its type",
            any.kind()
        )));
    }
    check_container(any, body)?;
    check_space(call, any, body)
}

/// Compares the members that say where content stands, besides a page's `ancestors`: an update
/// moves neither a page to another space nor a comment or attachment to another page.
fn check_container(any: Any<'_>, body: &Object<'_>) -> Result<(), Failure> {
    if let Some(container) = body.optional("container")? {
        let container = container.object()?;
        let id = container
            .optional("id")?
            .map(|id| id.id_text())
            .transpose()?;
        let is = match any {
            Any::Page(page) => page.row().space.to_string(),
            Any::Attachment(row) => row.page.to_string(),
            Any::Comment(row) => row.page.to_string(),
        };
        if id.is_some_and(|id| id != is) {
            return Err(Failure::bad_request(
                "the member \"container\" names another container: content keeps its own",
            ));
        }
    }
    let Any::Comment(row) = any else {
        return Ok(());
    };
    if last_ancestor::<CommentId>(body)?.is_some_and(|parent| Some(parent) != row.parent) {
        return Err(Failure::bad_request(
            "the member \"ancestors\" names another comment: a reply keeps the comment that it replies to",
        ));
    }
    let Some(extensions) = body.optional("extensions")? else {
        return Ok(());
    };
    let location = extensions.object()?.optional("location")?;
    let location = location.map(|location| location.string()).transpose()?;
    if location.is_some_and(|location| location != row.place.word()) {
        return Err(Failure::bad_request(format!(
            "the member \"extensions.location\" must be \"{}\": a comment keeps its location",
            row.place.word()
        )));
    }
    Ok(())
}

/// Compares the space that a body names with that of the content.
///
/// # Errors
/// Bad request if it is another space.
pub(super) fn check_space(call: &Call, any: Any<'_>, body: &Object<'_>) -> Result<(), Failure> {
    let Some(said) = body.optional("space")? else {
        return Ok(());
    };
    let said = said.object()?;
    let page = match any {
        Any::Page(page) => page,
        Any::Attachment(row) => call.view.page(row.page)?,
        Any::Comment(row) => call.view.page(row.page)?,
    };
    let space = call.view.space(page.row().space)?;
    let key = said.optional("key")?.map(|key| key.string()).transpose()?;
    let id = said.optional("id")?.map(|id| id.id_text()).transpose()?;
    let is_same = key.is_none_or(|key| key.eq_ignore_ascii_case(&space.row().key))
        && id.is_none_or(|id| id == space.id().to_string());
    if is_same {
        return Ok(());
    }
    Err(Failure::bad_request(
        "the member \"space\" names another space, but an update doesn't move content to it; \
         move a page by PUT .../move/{position}/{target}",
    ))
}
