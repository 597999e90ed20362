//! Refuses parameters and members that make a change less, or a list shorter, where the route
//! doesn't read them.
//!
//! Other unknown parameters and members are ignored, as Cloud does: clients send back what they
//! read, and more. But a client that writes `status=draft` means that nothing is published, and one
//! that sends `id=` from an empty variable doesn't mean everything. Where a route doesn't
//! understand such a word, the request is refused and nothing is done.

use crate::failure::Failure;
use crate::request::json::{Node, Object};
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

/// Parameters that select the entries of a list. Sent with an empty value, each would list
/// everything.
const OF_LISTS: [&str; 22] = [
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
];

/// Members of a body by which a client restricts who may see what it creates.
const OF_BODIES: [&str; 3] = ["private", "isPrivate", "draft"];

/// Checks the query of a change whose route reads the parameters `read`.
///
/// # Errors
/// Returns a bad request for a parameter that would be ignored.
pub fn check_change(query: &Parameters<'_>, read: &[&str]) -> Result<(), Failure> {
    let passed_over = OF_CHANGES.iter().filter(|name| !read.contains(name));
    for name in passed_over {
        if query.all(name).next().is_some() || query.misspelt(name).is_some() {
            return Err(Failure::bad_request(format!(
                "the query parameter \"{name}\" isn't understood here: nothing was done; leave it \
                 out, or use an operation that takes it"
            )));
        }
    }
    Ok(())
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
    let narrowing = OF_CHANGES.iter().chain(&OF_BODIES);
    for name in narrowing.chain(&["restrictions", "dryRun"]) {
        let is_read = read.contains(name);
        let passed_over = fields.misspelt(name).is_some() || !is_read && fields.get(name).is_some();
        if passed_over {
            return Err(Failure::bad_request(format!(
                "this form has no such field as \"{name}\": nothing was done; load the page again and \
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

/// Checks the body of a create or update that reads none of these members. False and null are
/// accepted, because they ask for what happens anyway.
///
/// # Errors
/// Returns a bad request for a member that would be ignored.
pub fn check_body(body: &Object<'_>) -> Result<(), Failure> {
    check_members(body, &OF_BODIES)
}

/// Does the same as [`check_body`], for members of these names.
///
/// # Errors
/// As [`check_body`].
pub fn check_members(body: &Object<'_>, names: &[&str]) -> Result<(), Failure> {
    for name in names {
        let member = body.optional(name)?;
        if member.is_some_and(|member| member.raw() != "false") {
            return Err(Failure::bad_request(format!(
                "the member \"{name}\" isn't understood here: nothing was done; leave it out, or \
                 use an operation that takes it"
            )));
        }
    }
    Ok(())
}

/// Checks that the `status` of a body, if it has one, is current: content of another status isn't
/// created here.
///
/// # Errors
/// Returns a bad request for another status.
pub fn check_current(body: &Object<'_>) -> Result<(), Failure> {
    match body.optional("status")? {
        Some(status) if status.string()? != "current" => Err(Failure::bad_request(
            "the member \"status\" must be \"current\": what is made is current",
        )),
        _ => Ok(()),
    }
}

/// Checks that no restrictions are sent along with content: they are set by an operation of their
/// own. Empty lists, as a response has them, are accepted.
///
/// # Errors
/// Returns a bad request for restrictions that name somebody.
pub fn check_restrictions(body: &Object<'_>) -> Result<(), Failure> {
    let Some(restrictions) = body.optional("restrictions")? else {
        return Ok(());
    };
    let restrictions = restrictions.object()?;
    for operation in ["read", "update"] {
        let Some(operation) = restrictions.optional(operation)? else {
            continue;
        };
        let operation = operation.object()?;
        let Some(lists) = operation.optional("restrictions")? else {
            continue;
        };
        let lists = lists.object()?;
        for list in ["user", "group"] {
            if lists
                .optional(list)?
                .is_some_and(|list| names_somebody(&list))
            {
                return Err(Failure::bad_request(
                    "the member \"restrictions\" isn't written with content: nothing was done; make \
                     a draft, restrict it by PUT content/{id}/restriction, and publish it then",
                ));
            }
        }
    }
    Ok(())
}

/// Returns whether a list, or an object with its `results`, has an entry. An unreadable value
/// counts as an entry.
fn names_somebody(list: &Node<'_>) -> bool {
    let is_filled = |list: &Node<'_>| list.array().map_or(true, |entries| !entries.is_empty());
    if list.is_array() {
        return is_filled(list);
    }
    match list.object().map(|list| {
        list.optional("results")
            .map(|results| results.is_some_and(|results| is_filled(&results)))
    }) {
        Ok(Ok(is_filled)) => is_filled,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::body::Held;
    use crate::request::json::Document;

    fn document(json: &str) -> Document {
        Document::new(json.to_owned().into(), Held::default()).unwrap()
    }

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

    #[test]
    fn a_member_that_lets_fewer_in_is_refused_unless_it_says_what_is_so_anyway() {
        let check = |json: &str| check_body(&document(json).object().unwrap()).is_ok();
        for json in [
            r#"{"private":true}"#,
            r#"{"draft":"yes"}"#,
            r#"{"isPrivate":1}"#,
        ] {
            assert!(!check(json), "{json}");
        }
        for json in [
            r#"{"private":false,"draft":null}"#,
            r#"{"title":"private"}"#,
        ] {
            assert!(check(json), "{json}");
        }
    }

    #[test]
    fn restrictions_that_name_somebody_are_refused_and_empty_ones_are_not() {
        let check = |lists: &str| {
            let json = format!(r#"{{"restrictions":{{"read":{{"restrictions":{lists}}}}}}}"#);
            check_restrictions(&document(&json).object().unwrap()).is_ok()
        };
        for lists in [
            r#"{"user":{"results":[{"accountId":"a"}],"size":1}}"#,
            r#"{"group":[{"name":"g"}]}"#,
            r#"{"user":7}"#,
        ] {
            assert!(!check(lists), "{lists}");
        }
        for lists in [
            r#"{"user":{"results":[],"size":0},"group":[]}"#,
            "{}",
            "null",
        ] {
            assert!(check(lists), "{lists}");
        }
    }
}
