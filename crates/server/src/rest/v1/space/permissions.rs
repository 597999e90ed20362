//! Reads the permissions of a new space: `[{"subjects": {"user": {"results": [{"accountId"}]},
//! "group": {"results": [{"id"|"name"}]}}, "operation": {"operation", "targetType"},
//! "anonymousAccess", "unlicensedAccess"}]`.

use crate::failure::Failure;
use crate::request::json::Object;
use narthex_access::{AccessClass, Operation, Principal, View};
use narthex_site::first_access::FirstAccess;

/// Reads the grants that a space has from the beginning; `None` if the request has no permissions.
///
/// # Errors
/// Bad request for an empty list, for a permission that doesn't exist or that names nobody, and for
/// a group that doesn't exist: a space that was meant to be less open never becomes as open as
/// usual.
pub(super) fn read(body: &Object<'_>, view: &View) -> Result<Option<FirstAccess>, Failure> {
    let Some(permissions) = body.optional("permissions")? else {
        return Ok(None);
    };
    let mut grants = Vec::new();
    let permissions = permissions.array()?;
    if permissions.is_empty() {
        return Err(Failure::bad_request(
            "the member \"permissions\" is empty; leave it out for the usual permissions, \
             or make a private space with POST /wiki/rest/api/space/_private",
        ));
    }
    for node in &permissions {
        let permission = node.object()?;
        let operation = operation(&permission)?;
        let before = grants.len();
        for principal in principals(&permission, view)? {
            grants.push((principal, operation));
        }
        if grants.len() == before {
            return Err(Failure::bad_request(format!(
                "the member \"{}\" has no subjects; name users or groups in \"subjects\"",
                node.path()
            )));
        }
    }
    Ok(Some(FirstAccess::Grants(grants)))
}

fn operation(permission: &Object<'_>) -> Result<Operation, Failure> {
    let operation = permission.required("operation")?;
    let members = operation.object()?;
    let verb = members.required("operation")?.string()?;
    let target = members.required("targetType")?.string()?;
    Operation::from_word(&format!("{verb}/{target}")).ok_or_else(|| {
        let known: Vec<&str> = Operation::ALL.iter().map(|known| known.word()).collect();
        Failure::bad_request(format!(
            "the member \"{}\" is not a space permission; the permissions, as operation/targetType, are {}",
            operation.path(),
            known.join(", ")
        ))
    })
}

fn principals(permission: &Object<'_>, view: &View) -> Result<Vec<Principal>, Failure> {
    let mut found = Vec::new();
    let classes = [
        ("anonymousAccess", AccessClass::AnonymousUsers),
        ("unlicensedAccess", AccessClass::AuthenticatedUsers),
    ];
    for (name, class) in classes {
        let flag = permission.optional(name)?;
        if flag.map(|flag| flag.boolean()).transpose()? == Some(true) {
            found.push(Principal::Class(class));
        }
    }
    let Some(subjects) = permission.optional("subjects")? else {
        return Ok(found);
    };
    let subjects = subjects.object()?;
    if let Some(users) = subjects.optional("user")? {
        for user in users.object()?.required("results")?.array()? {
            let id = user.object()?.required("accountId")?;
            let wrong = |_| {
                Failure::bad_request(format!(
                    "the member \"{}\" must be the id of an account",
                    id.path()
                ))
            };
            found.push(Principal::Account(id.string()?.parse().map_err(wrong)?));
        }
    }
    if let Some(groups) = subjects.optional("group")? {
        for group in groups.object()?.required("results")?.array()? {
            let group = group.object()?;
            let named = match group.optional("id")? {
                Some(id) => id,
                None => group.required("name")?,
            };
            let text = named.string()?;
            let group = match text.parse() {
                Ok(id) => Ok(id),
                Err(_) => view.group_by_name(&text).map(|row| row.id),
            };
            let group = group.map_err(|_| {
                Failure::bad_request(format!(
                    "the member \"{}\" must be the id or name of a group",
                    named.path()
                ))
            })?;
            found.push(Principal::Group(group));
        }
    }
    Ok(found)
}
