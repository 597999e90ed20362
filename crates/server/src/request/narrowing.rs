//! Refuses parameters and fields of forms that make a change less, or a list shorter, where the
//! route doesn't read them. [`guarded_members`](super::guarded_members) does so for JSON bodies.
//!
//! Other unknown parameters are ignored, as Cloud does: clients send back what they read, and more.
//! But a client that writes `status=draft` means that nothing is published, and one that sends
//! `id=` from an empty variable doesn't mean everything. Where a route doesn't understand such a
//! word, the request is refused and nothing is done.

use crate::failure::Failure;
use crate::request::query::Parameters;
use std::collections::BTreeSet;

/// Parameters that make a change less. A route names those that it reads, see
/// [`Route::narrowed_by`](crate::route::Route::narrowed_by).
const OF_CHANGES: [&str; 6] = [
    "status",
    "draft",
    "private",
    "purge",
    "trashed",
    "operation",
];

/// More parameters that limit a change of the REST APIs to somebody or something, or say where new
/// content is to stand. Sent with an empty value, each would change more than was meant.
const OF_REST_CHANGES: [&str; 15] = [
    "spaceKey",
    "spaceId",
    "parentId",
    "ancestors",
    "container",
    "restrictions",
    "permissions",
    "enablePermission",
    "accountId",
    "user",
    "userKey",
    "userName",
    "groupId",
    "groupName",
    "operationKey",
];

/// Parameters of changes that may be sent more than once.
const REPEATED: [&str; 1] = ["expand"];

/// Parameters that select the entries of a list. Sent with an empty value, each would list
/// everything.
const OF_LISTS: [&str; 42] = [
    "id",
    "ids",
    "key",
    "keys",
    "spaceKey",
    "spaceId",
    "space-id",
    "page-id",
    "blogpost-id",
    "label-id",
    "accountId",
    "account-id",
    "created-by",
    "assigned-to",
    "completed-by",
    "status",
    "type",
    "label",
    "prefix",
    "depth",
    "postingDay",
    "number",
    "filename",
    "mediaType",
    "labels",
    "favorited-by",
    "not-favorited-by",
    "favouriteUserKey",
    "assignee",
    "creator",
    "completedUser",
    "pageId",
    "subtype",
    "searchString",
    "created-at-from",
    "created-at-to",
    "due-at-from",
    "due-at-to",
    "completed-at-from",
    "completed-at-to",
    "task-id",
    "accessType",
];

/// Fields of forms by which a client restricts who may see what it creates, or only asks what
/// would happen.
const OF_FORMS: [&str; 5] = ["private", "isPrivate", "draft", "restrictions", "dryRun"];

/// Checks the query of a change whose route reads the parameters `read`.
///
/// # Errors
/// Returns a bad request for a parameter that would be ignored.
pub fn check_change(query: &Parameters<'_>, read: &[&str]) -> Result<(), Failure> {
    let passed_over = OF_CHANGES.iter().filter(|name| !read.contains(name));
    for name in passed_over {
        if query.all(name).next().is_some() || query.misspelt(name).is_some() {
            return Err(ignored(name));
        }
    }
    Ok(())
}

/// Checks the query of a change through the REST APIs, whose route reads the parameters `read`, in
/// addition to [`check_change`].
///
/// # Errors
/// Returns a bad request for a parameter that would be ignored, for one that is empty, and for one
/// that is sent twice: nobody knows which of them is meant.
pub fn check_rest_change(query: &Parameters<'_>, read: &[&str]) -> Result<(), Failure> {
    for name in OF_REST_CHANGES {
        let is_read = read.contains(&name);
        let is_sent = query.all(name).next().is_some();
        if is_read && is_sent && query.get(name).is_none() {
            return Err(Failure::bad_request(format!(
                "the query parameter \"{name}\" is empty: nothing was done; send its value"
            )));
        }
        if !is_read && is_sent || query.misspelt(name).is_some() {
            return Err(ignored(name));
        }
    }
    let mut sent = BTreeSet::new();
    for (name, _) in query.pairs() {
        if !sent.insert(name) && !REPEATED.contains(&name) {
            return Err(Failure::bad_request(format!(
                "the query parameter \"{name}\" is sent twice: nothing was done; send it once"
            )));
        }
    }
    Ok(())
}

fn ignored(name: &str) -> Failure {
    Failure::bad_request(format!(
        "the query parameter \"{name}\" isn't understood here: nothing was done; leave it out, or \
         use an operation that takes it"
    ))
}

/// Fields of forms that take a list, so that they may be sent more than once.
const LISTS_OF_FORMS: [&str; 4] = ["permission", "scope", "view_keep", "edit_keep"];

/// Checks the form of a page whose route reads the fields `read`.
///
/// # Errors
/// Returns a bad request for a field that would be ignored, and for one that is sent twice, since
/// it isn't clear which of the two is meant.
pub fn check_form(fields: &Parameters<'_>, read: &[&str]) -> Result<(), Failure> {
    let mut sent = BTreeSet::new();
    for (name, _) in fields.pairs() {
        if !sent.insert(name) && !LISTS_OF_FORMS.contains(&name) {
            return Err(Failure::bad_request(format!(
                "the field \"{name}\" of the form is sent twice: nothing was done; send it once"
            )));
        }
    }
    for name in OF_CHANGES.iter().chain(&OF_FORMS) {
        let is_read = read.contains(name);
        let passed_over = fields.misspelt(name).is_some() || !is_read && fields.get(name).is_some();
        if passed_over {
            return Err(Failure::bad_request(format!(
                "this form has no field \"{name}\": nothing was done; load the page again and \
                 send its form"
            )));
        }
    }
    Ok(())
}

/// Checks the query of a list.
///
/// # Errors
/// Returns a bad request for a parameter with an empty value.
pub fn check_list(query: &Parameters<'_>) -> Result<(), Failure> {
    for name in OF_LISTS {
        if query.all(name).next().is_some() && query.get(name).is_none() {
            return Err(Failure::bad_request(format!(
                "the query parameter \"{name}\" is empty; leave it out to list everything"
            )));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_that_narrows_a_change_is_read_or_refused() {
        let check = |query: &str, read: &[&str]| {
            check_change(&Parameters::read(query.as_bytes()), read).is_ok()
        };
        for query in [
            "status=draft",
            "status=",
            "draft=true",
            "Private=true",
            "purge=false",
        ] {
            assert!(!check(query, &[]), "{query}");
        }
        assert!(check("status=draft", &["status"]));
        assert!(check("expand=space&notify=true", &[]));
    }

    #[test]
    fn a_parameter_that_limits_a_rest_change_is_read_once_or_refused() {
        let check = |query: &str, read: &[&str]| {
            check_rest_change(&Parameters::read(query.as_bytes()), read).is_ok()
        };
        for query in [
            "accountId=a",
            "spaceKey=A",
            "parent-id=7",
            "groupid=1",
            "name=a&name=b",
        ] {
            assert!(!check(query, &[]), "{query}");
        }
        assert!(check(
            "accountId=a&expand=space&expand=body",
            &["accountId"]
        ));
        for query in ["accountId=", "accountId=a&accountId=b", "accountid=a"] {
            assert!(!check(query, &["accountId"]), "{query}");
        }
    }

    #[test]
    fn a_field_that_narrows_a_form_is_read_or_refused() {
        let check = |fields: &str, read: &[&str]| {
            check_form(&Parameters::read(fields.as_bytes()), read).is_ok()
        };
        for fields in [
            "private=yes",
            "title=a&status=draft",
            "restrictions=me",
            "Private=yes",
            "dry-run=true",
            "title=a&title=b",
            "do=purge&do=restore",
        ] {
            assert!(!check(fields, &[]), "{fields}");
        }
        assert!(check("private=yes", &["private"]));
        assert!(!check("Private=yes", &["private"]));
        assert!(check("title=private&status=", &[]));
        assert!(check("scope=read&scope=write", &[]));
    }

    #[test]
    fn a_filter_that_is_sent_and_empty_is_refused() {
        let check = |query: &str| check_list(&Parameters::read(query.as_bytes())).is_ok();
        for query in ["id=", "limit=5&status=", "space-id=&space-id="] {
            assert!(!check(query), "{query}");
        }
        for query in ["", "id=7", "id=&id=7", "expand=", "title=&cursor="] {
            assert!(check(query), "{query}");
        }
    }
}
