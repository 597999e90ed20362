//! The grants of a space: the table of them, and the form that gives more.

use super::shown::administers;
use super::{draw, space};
use crate::call::Call;
use crate::failure::Failure;
use crate::request::query::Parameters;
use crate::route::Answer;
use crate::web::handlers::sheet::{self, Asks, Question};
use crate::web::notice::{self, Done, told};
use crate::web::pages::Text;
use crate::web::pages::space_permissions::{
    ClassChoice, GrantForm, GrantLine, PermissionChoice, Principal as Kind,
};
use crate::web::paths;
use http::StatusCode;
use narthex_access::catalogue::Account;
use narthex_access::view::SeenSpace;
use narthex_access::{AccessClass, GrantRow, Operation, Principal, Refusal, SpaceId, Tier, View};
use narthex_site::access_change::AccessChange;
use std::collections::BTreeMap;

/// The classes that can be granted permissions here, apart from the two switches.
const CLASSES: [AccessClass; 4] = [
    AccessClass::AllLicensedUsers,
    AccessClass::AllProductAdmins,
    AccessClass::JsmProjectAdmins,
    AccessClass::AnonymousUsers,
];

/// The form for one more grant, as it was sent.
#[derive(Debug)]
pub(super) struct Typed {
    to: String,
    principal: String,
    principal_error: Option<String>,
    operations: Vec<Operation>,
    permission_error: Option<String>,
}

impl Default for Typed {
    fn default() -> Self {
        Self {
            to: "group".into(),
            principal: String::new(),
            principal_error: None,
            operations: vec![Operation::Read],
            permission_error: None,
        }
    }
}

/// Gives the permissions that the form names.
pub(super) async fn give(call: &Call, key: String, fields: &Parameters<'_>) -> Answer {
    let mut typed = Typed {
        to: fields.get("to").unwrap_or_default().to_owned(),
        principal: fields.get("principal").unwrap_or_default().to_owned(),
        operations: fields
            .all("permission")
            .filter_map(Operation::from_word)
            .collect(),
        ..Typed::default()
    };
    if typed.operations.is_empty() {
        typed.permission_error = Some("Choose at least one.".into());
    }
    let site = &call.app.site;
    let class = typed
        .to
        .strip_prefix("class:")
        .and_then(AccessClass::from_word);
    let principal = match class {
        Some(class) => Some(Principal::Class(class)),
        None => {
            let named = site.named(&call.credential, &typed.principal).await?;
            named.filter(|found| match found {
                Principal::Account(_) => typed.to == "account",
                Principal::Group(_) => typed.to == "group",
                Principal::Class(_) => false,
            })
        }
    };
    let Some(principal) = principal else {
        typed.principal_error = Some(match typed.to.as_str() {
            "account" => "There is no active account with this e-mail address.".into(),
            _ => "There is no group with this name.".into(),
        });
        return draw(call, StatusCode::BAD_REQUEST, None, typed);
    };
    // Viewing by anyone is a switch above, which shows its exposure first; it isn't granted here.
    let mut operations = typed.operations.clone();
    if principal == Principal::Class(AccessClass::AnonymousUsers) {
        operations.retain(|operation| *operation != Operation::Read);
        if operations.is_empty() && typed.permission_error.is_none() {
            typed.permission_error =
                Some("To let anyone view the space, use the setting under General above.".into());
        }
    }
    if typed.permission_error.is_some() {
        return draw(call, StatusCode::BAD_REQUEST, None, typed);
    }
    let change = AccessChange::Grant {
        space_key: key.clone(),
        principal,
        operations,
    };
    let question = giving(call, &key, principal)?;
    match sheet::make(call, fields, change, Asks::WhereItOpens, question).await {
        Ok(Some(sheet)) => sheet,
        Ok(None) => notice::go_on(paths::space_permissions(&key), Done::Granted),
        Err(error) => {
            typed.permission_error = Some(told(error)?);
            draw(call, StatusCode::BAD_REQUEST, None, typed)
        }
    }
}

/// Makes the question for a grant that opens the space further.
fn giving(call: &Call, key: &str, principal: Principal) -> Result<Question, Failure> {
    let space = space(call)?;
    let (.., name, _) = told_of(&call.view, space.id(), principal);
    Ok(Question {
        question: format!("Let {name} into “{}”?", space.row().name),
        meaning: "They will be able to read this space, its former versions included. Restricted pages stay closed to people who aren’t on their lists.".into(),
        action: "Grant",
        danger: false,
        typed: None,
        cancel: paths::space_permissions(key).to_string(),
    })
}

/// Makes the question for removing all grants of a principal.
pub(super) fn removal(call: &Call, key: &str, principal: Principal) -> Result<Question, Failure> {
    let space = space(call)?;
    let (.., name, _) = told_of(&call.view, space.id(), principal);
    Ok(Question {
        question: format!("Remove the permissions of {name} in “{}”?", space.row().name),
        meaning: "They lose all permissions that were granted to them here, to write too. People keep what another permission gives them.".into(),
        action: "Remove permissions",
        danger: true,
        typed: None,
        cancel: paths::space_permissions(key).to_string(),
    })
}

/// Returns the principal that the removal form names.
pub(super) fn principal_sent(fields: &Parameters<'_>) -> Option<Principal> {
    let kind = fields.get("principal_kind")?;
    let id = fields.get("principal_id")?;
    format!("{kind}:{id}").parse().ok()
}

/// Makes the form, empty or as it was sent.
pub(super) fn form<'a>(typed: Typed) -> GrantForm<'a> {
    GrantForm {
        classes: CLASSES
            .iter()
            .map(|class| ClassChoice {
                value: format!("class:{class}").into(),
                label: class_name(*class).into(),
            })
            .collect(),
        choices: Operation::ALL
            .iter()
            .map(|operation| PermissionChoice {
                value: operation.word().into(),
                label: label(*operation).into(),
                chosen: typed.operations.contains(operation),
            })
            .collect(),
        to: typed.to.into(),
        principal: typed.principal.into(),
        principal_error: typed.principal_error.map(Text::from),
        permission_error: typed.permission_error.map(Text::from),
    }
}

/// Returns the grants, one line per principal: classes, then groups, then people, each by name. The
/// two switches are shown above, not here.
pub(super) fn lines<'v>(
    view: &'v View,
    space: SeenSpace<'v>,
) -> Result<Vec<GrantLine<'v>>, Refusal> {
    let mut of: BTreeMap<Principal, Vec<&GrantRow>> = BTreeMap::new();
    for grant in space.grants()? {
        of.entry(grant.principal).or_default().push(grant);
    }
    let tells_why = administers(view, space);
    let mut lines: Vec<GrantLine<'v>> = of
        .into_iter()
        .filter_map(|(principal, grants)| {
            let switch = matches!(
                principal,
                Principal::Class(AccessClass::AuthenticatedUsers | AccessClass::AnonymousUsers)
            );
            let mut granted: Vec<Operation> = grants
                .iter()
                .map(|grant| grant.operation)
                .filter(|operation| !(switch && *operation == Operation::Read))
                .collect();
            granted.sort_unstable();
            let permissions: Vec<Text<'v>> = granted
                .into_iter()
                .map(|operation| label(operation).into())
                .collect();
            (!permissions.is_empty()).then(|| {
                let (kind, id, name, rests) = told_of(view, space.id(), principal);
                GrantLine {
                    kind,
                    id: id.into(),
                    name,
                    permissions,
                    rests: rests.filter(|_| tells_why).map(Text::from),
                }
            })
        })
        .collect();
    let place = |kind| match kind {
        Kind::Class => 0,
        Kind::Group => 1,
        Kind::Account => 2,
    };
    lines.sort_by_cached_key(|line| (place(line.kind), line.name.to_lowercase()));
    Ok(lines)
}

type ToldOf<'v> = (Kind, String, Text<'v>, Option<&'static str>);

fn told_of(view: &View, space: SpaceId, principal: Principal) -> ToldOf<'_> {
    match principal {
        Principal::Account(id) => {
            let account = view.author(id).account();
            let name = account.map_or("a user".into(), |account| (*account.row().name).into());
            let rests = account.and_then(|account| rests(account, space));
            (Kind::Account, id.to_string(), name, rests)
        }
        Principal::Group(id) => {
            let group = view.listed_group(id);
            let name = group.map_or("a group".into(), |group| (*group.name).into());
            (Kind::Group, id.to_string(), name, None)
        }
        Principal::Class(class) => (
            Kind::Class,
            class.to_string(),
            class_name(class).into(),
            None,
        ),
    }
}

/// Returns why a grant to an account has no effect now (law 2.9).
fn rests(account: &Account, space: SpaceId) -> Option<&'static str> {
    match account.tier() {
        Some(Tier::Licensed) => None,
        Some(Tier::Guest) if account.row().guest_space == Some(space) => None,
        Some(Tier::Guest) => Some("No effect: a guest of another space"),
        Some(Tier::Customer) => Some("No effect: a customer of the help centre"),
        Some(Tier::Unlicensed | Tier::Anonymous) => Some("No effect: no Confluence access"),
        None => Some("No effect: deactivated"),
    }
}

fn class_name(class: AccessClass) -> &'static str {
    match class {
        AccessClass::AllLicensedUsers => "People with Confluence access",
        AccessClass::AuthenticatedUsers => "Any active user",
        AccessClass::AnonymousUsers => "Anyone, without logging in",
        AccessClass::AllProductAdmins => "Administrators of Confluence",
        AccessClass::JsmProjectAdmins => "Administrators of a linked service project",
    }
}

fn label(operation: Operation) -> &'static str {
    match operation {
        Operation::Read => "View",
        Operation::CreatePage => "Create and edit pages",
        Operation::CreateBlogPost => "Create and edit blog posts",
        Operation::CreateAttachment => "Attach files",
        Operation::CreateComment => "Comment",
        Operation::DeleteOwn => "Delete their own",
        Operation::DeletePage => "Delete any page",
        Operation::DeleteBlogPost => "Delete any blog post",
        Operation::DeleteAttachment => "Delete any attachment",
        Operation::DeleteComment => "Delete any comment",
        Operation::ArchivePage => "Archive pages",
        Operation::Restrict => "Restrict pages",
        Operation::Export => "Export the space",
        Operation::Administer => "Administer the space",
    }
}
