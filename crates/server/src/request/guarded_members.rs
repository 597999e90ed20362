//! Refuses members of a JSON body that a route would ignore although they say who is to see
//! something, where it is to stand, or that it isn't to be done.
//!
//! Other unknown members are ignored, as Cloud does: clients send back what they read, and more.
//! But the two versions of the API say the same thing in different words. A client that writes
//! `"parentId"` to an operation that reads `"ancestors"` would get a page below the home page,
//! open to everybody, instead of one below a restricted page. So each route lists the guarded
//! members that it reads ([`Route::reads_members`](crate::route::Route::reads_members)), and the
//! others are refused. [`Document::root`](super::json::Document::root) checks every body, so no
//! handler can forget it.

use super::bad_request::BadRequest;
use super::json::{Node, Object};

/// The longest value, in bytes, that is searched for something that it names; a longer one counts
/// as naming something.
const MAX_EMPTY_BYTES: usize = 64 * 1024;

/// The guarded members, in lower case and without hyphens and underscores.
const GUARDED: [&str; 34] = [
    // Who may see it, and in which state it is.
    "private",
    "isprivate",
    "createprivatespace",
    "draft",
    "isdraft",
    "status",
    "trashed",
    "purge",
    "restrictions",
    "restriction",
    "permissions",
    "roleassignments",
    "copyspaceaccessconfiguration",
    // Where it stands.
    "space",
    "spaceid",
    "spacekey",
    "ancestors",
    "parent",
    "parentid",
    "container",
    "containerid",
    "pageid",
    "blogpostid",
    "attachmentid",
    "customcontentid",
    "parentcommentid",
    "extensions",
    "inlinecommentproperties",
    "inlineproperties",
    "location",
    // What is to be done.
    "dryrun",
    "operation",
    "resolved",
    "resolution",
];

/// Checks the members of a body whose route reads those of the names `read`. A member that says
/// what is so anyway is fine: false, null, something empty, or the status `current`.
///
/// # Errors
/// Returns a bad request for a member that would be ignored.
pub(super) fn check(body: &Object<'_>, read: &[&str]) -> Result<(), BadRequest> {
    for name in body.names() {
        if read.contains(&name) || !GUARDED.contains(&&*folded(name)) {
            continue;
        }
        let Some(member) = body.optional(name)? else {
            continue;
        };
        if says_nothing(name, &member) {
            continue;
        }
        return Err(refusal(name, read));
    }
    Ok(())
}

fn refusal(name: &str, read: &[&str]) -> BadRequest {
    let next = match read.iter().find(|known| folded(known) == folded(name)) {
        Some(known) => format!("it is written \"{known}\""),
        None if folded(name) == "restrictions" => {
            "restrictions can't be sent with content: create a draft, restrict it with PUT \
             content/{id}/restriction, and then publish it"
                .into()
        }
        None => "leave it out, or use an operation that takes it".into(),
    };
    BadRequest::new(format!(
        "the member \"{name}\" isn't understood here: nothing was done; {next}"
    ))
}

fn folded(name: &str) -> String {
    let letters = name.chars().filter(|c| !matches!(c, '-' | '_'));
    letters.flat_map(char::to_lowercase).collect()
}

fn says_nothing(name: &str, member: &Node<'_>) -> bool {
    // An empty list of rights takes them from everybody.
    if matches!(&*folded(name), "permissions" | "roleassignments") {
        return member.raw() == "false";
    }
    let empty = matches!(member.raw(), "false" | "\"\"" | "[]" | "{}");
    empty
        || name == "status" && member.raw() == "\"current\""
        || member.raw().len() <= MAX_EMPTY_BYTES && is_empty(member)
}

/// Returns whether a value names nobody and nothing: all the lists in it are empty, and its texts
/// and numbers only describe them. Content is read with such `restrictions`.
fn is_empty(value: &Node<'_>) -> bool {
    if value.is_array() {
        return value.array().is_ok_and(|entries| entries.is_empty());
    }
    let Ok(object) = value.object() else {
        return false;
    };
    object.names().all(|name| match name {
        "_links" | "_expandable" | "operation" | "restrictionsHash" => true,
        "start" | "limit" | "size" | "totalSize" => true,
        _ => match object.optional(name) {
            Ok(None) => true,
            Ok(Some(member)) => is_empty(&member),
            Err(_) => false,
        },
    })
}

#[cfg(test)]
mod tests {
    use crate::request::body::Held;
    use crate::request::json::Document;

    fn refusal(json: &str, read: &'static [&'static str]) -> Option<String> {
        let document = Document::new(json.to_owned().into(), Held::default()).unwrap();
        let refused = document.guarded_by(read).object().err()?;
        Some(refused.to_string())
    }

    #[test]
    fn a_member_that_the_route_does_not_read_is_refused_by_its_name() {
        for json in [
            r#"{"private":true}"#,
            r#"{"isPrivate":1}"#,
            r#"{"draft":"yes"}"#,
            r#"{"status":"draft"}"#,
            r#"{"title":"a","parentId":"7"}"#,
            r#"{"parent_id":7}"#,
            r#"{"ancestors":[{"id":"7"}]}"#,
            r#"{"dryRun":true}"#,
            r#"{"DryRun":"x"}"#,
            r#"{"spaceKey":"DOCS"}"#,
            r#"{"permissions":[]}"#,
        ] {
            let refused = refusal(json, &[]).expect(json);
            assert!(refused.contains("nothing was done"), "{refused}");
        }
        assert!(refusal(r#"{"parentId":"7","title":"private"}"#, &["parentId"]).is_none());
        let misspelt = refusal(r#"{"parentid":"7"}"#, &["parentId"]).unwrap();
        assert!(
            misspelt.contains("it is written \"parentId\""),
            "{misspelt}"
        );
    }

    #[test]
    fn a_member_that_says_what_is_so_anyway_is_ignored() {
        for json in [
            r#"{"private":false,"draft":null,"ancestors":[],"container":{},"spaceId":""}"#,
            r#"{"status":"current"}"#,
            r#"{"title":"private","body":{"status":"draft"}}"#,
            r#"{"restrictions":{"read":{"operation":"read","restrictions":
                {"user":{"results":[],"start":0,"limit":200,"size":0},"group":{"results":[]}},
                "_links":{"self":"x"}},"_expandable":{"update":"y"}}}"#,
        ] {
            assert_eq!(refusal(json, &[]), None, "{json}");
        }
    }

    #[test]
    fn restrictions_that_name_somebody_are_refused_in_whatever_shape() {
        for restrictions in [
            r#"{"read":{"restrictions":{"user":{"results":[{"accountId":"a"}],"size":1}}}}"#,
            r#"{"read":{"restrictions":{"users":[{"accountId":"a"}]}}}"#,
            r#"{"read":{"user":[{"accountId":"a"}]}}"#,
            r#"{"view":{"user":"a"}}"#,
            r#"{"results":[{"operation":"read"}]}"#,
            r#"[{"operation":"read"}]"#,
            r#"{"read":{"restrictions":{"user":7}}}"#,
        ] {
            let json = format!(r#"{{"restrictions":{restrictions}}}"#);
            assert!(refusal(&json, &[]).is_some(), "{json}");
        }
    }
}
