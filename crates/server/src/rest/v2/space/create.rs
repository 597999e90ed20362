//! `POST /wiki/api/v2/spaces`: creates a global space, or with the key `~` and the caller's account
//! id the caller's personal space.
//!
//! Request: `{"name", "key", "description": {"value"}, "createPrivateSpace", "roleAssignments":
//! [{"principal", "roleId"}], "copySpaceAccessConfiguration": SPACE_ID}`; the key may be sent as
//! `alias`. There are no templates of spaces.

use super::role_assignments;
use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::{Document, Object};
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::space_key;
use crate::rest::v2::represent::space::{Show, Space};
use crate::route::Answer;
use http::StatusCode;
use narthex_site::first_access::FirstAccess;
use narthex_site::space::{NewSpace, kind_of_key};

pub(super) async fn handle(mut call: Call) -> Answer {
    call.require_account()?;
    let (new, access) = read(&call.json().await?)?;
    let site = &call.app.site;
    let made = match access {
        None => site.create_space(&call.credential, new).await?,
        Some(access) => {
            site.create_space_with(&call.credential, new, access)
                .await?
        }
    };
    let view = call.view_now().await?;
    let base = call.base();
    let lens = Lens::new(&call, &view, &base);
    let space = Space::of(lens, view.space_to_administer(&made.key)?, Show::MADE).alone(lens);
    respond::json(StatusCode::CREATED, &space)
}

fn read(document: &Document) -> Result<(NewSpace, Option<FirstAccess>), Failure> {
    let body = document.object()?;
    let description = match body.optional("description")? {
        Some(description) => {
            let description = description.object()?;
            space_key::require_plain(&description)?;
            description.optional("value")?
        }
        None => None,
    };
    if body.optional("templateKey")?.is_some() {
        return Err(Failure::bad_request(
            "space templates aren't supported; leave the member \"templateKey\" out",
        ));
    }
    // v1's way to limit a new space's readers; ignoring it would open the space wider than
    // requested.
    let private = body.optional("createPrivateSpace")?;
    let key = space_key::of_new(&body)?;
    space_key::check_type(&body, &key)?;
    let new = NewSpace {
        kind: kind_of_key(&key),
        key: Some(key),
        name: body.required("name")?.string()?,
        description: description
            .map(|value| value.string())
            .transpose()?
            .unwrap_or_default(),
        private: private
            .map(|private| private.boolean())
            .transpose()?
            .unwrap_or_default(),
    };
    let access = access(&body)?;
    if new.private && access.is_some() {
        return Err(Failure::bad_request(
            "the member \"createPrivateSpace\" says that only you have access, and \"roleAssignments\" or \
             \"copySpaceAccessConfiguration\" that others have; send one of them",
        ));
    }
    Ok((new, access))
}

/// Reads the access that others get to the new space; `None` if the request doesn't name any.
fn access(body: &Object<'_>) -> Result<Option<FirstAccess>, Failure> {
    let roles = match body.optional("roleAssignments")? {
        Some(roles) => {
            let roles = roles.array()?;
            if roles.is_empty() {
                return Err(Failure::bad_request(
                    "the member \"roleAssignments\" is empty; leave it out for the usual roles, \
                     or send \"createPrivateSpace\": true",
                ));
            }
            roles
        }
        None => Vec::new(),
    };
    let copied = body.optional("copySpaceAccessConfiguration")?;
    match (roles.as_slice(), copied) {
        ([], None) => Ok(None),
        ([], Some(space)) => {
            let no_space = |_| {
                Failure::bad_request(
                    "the member \"copySpaceAccessConfiguration\" must be the id of a space",
                )
            };
            let space = space.id_text()?.parse().map_err(no_space)?;
            Ok(Some(FirstAccess::CopyOf(space)))
        }
        (roles, None) => {
            let roles: Result<_, _> = roles.iter().map(role_assignments::read).collect();
            Ok(Some(FirstAccess::Roles(roles?)))
        }
        (_, Some(_)) => Err(Failure::bad_request(
            "the members \"roleAssignments\" and \"copySpaceAccessConfiguration\" both set who \
             has access; send one of them",
        )),
    }
}
