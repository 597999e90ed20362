//! Reads a role in a request: `{"name", "description", "spacePermissions"}`, the permissions by the
//! ids that `/space-permissions` returns.

use crate::failure::Failure;
use crate::request::json::Document;
use narthex_access::Operation;
use narthex_site::space_role::NewSpaceRole;

pub(super) fn read(document: &Document) -> Result<NewSpaceRole, Failure> {
    let body = document.object()?;
    let permissions = body.required("spacePermissions")?.array()?;
    let operations = permissions.iter().map(|id| {
        Operation::from_word(&id.string()?).ok_or_else(|| {
            Failure::bad_request(
                "the member \"spacePermissions\" has an unknown id; \
                 GET /wiki/api/v2/space-permissions lists the ids",
            )
        })
    });
    Ok(NewSpaceRole {
        name: body.required("name")?.string()?,
        description: body.required("description")?.string()?,
        operations: operations.collect::<Result<_, _>>()?,
    })
}
