//! `/wiki/admin/groups/{id}`: one group and its members.

use super::groups::access_of;
use super::{Part, lines, require_site_admin, with_query};
use crate::call::Call;
use crate::failure::Failure;
use crate::request::query::Parameters;
use crate::route::Answer;
use crate::web::frame::{chrome, page_with};
use crate::web::handlers::sheet::{self, Asks, Question};
use crate::web::notice::{self, Done, told};
use crate::web::pages::accounts::AccountLine;
use crate::web::pages::chrome::Notice;
use crate::web::pages::groups::GroupDetail;
use crate::web::pages::moment::Count;
use crate::web::paths;
use http::StatusCode;
use narthex_access::{AccountId, ConfluenceAccess, GroupId, GroupRow};
use narthex_site::SiteError;
use narthex_site::access_change::AccessChange;

/// The number of members on one page.
const LENGTH: usize = 100;

/// An e-mail address as it was typed, and the error about it.
#[derive(Debug, Default)]
struct Adding {
    email: String,
    error: Option<String>,
}

/// `GET` shows the group.
pub(super) async fn show(call: Call) -> Answer {
    require_site_admin(&call)?;
    draw(&call, StatusCode::OK, None, Adding::default())
}

/// `POST` does what the field `do` names.
pub(super) async fn change(mut call: Call) -> Answer {
    require_site_admin(&call)?;
    let id: GroupId = call.id("id")?;
    let now = call.view.group(id)?.clone();
    let form = call.form().await?;
    let fields = form.fields();
    let (change, question, done) = match fields.get("do") {
        Some("add-member") => {
            let email = fields.get("email").unwrap_or_default();
            return add_member(&call, &fields, &now, email).await;
        }
        Some("remove-member") => {
            let account = fields.get("account").and_then(|id| id.parse().ok());
            let account: AccountId = account.ok_or(Failure::Absent)?;
            let name = &call.view.administered_account(account)?.row().name;
            let question = Question {
                question: format!("Remove {name} from the group “{}”?", now.name),
                meaning:
                    "The account loses the access and permissions that the group gives its members."
                        .into(),
                action: "Remove from the group",
                danger: true,
                typed: None,
                cancel: own_path(id),
            };
            let change = AccessChange::RemoveMember(id, account);
            (change, question, Done::MemberRemoved)
        }
        Some("set-access") => {
            // The form decides what members get; whether they administer stays as it is.
            let access = match access_of(&fields)? {
                ConfluenceAccess::User => now.confluence.max(ConfluenceAccess::User),
                other => other,
            };
            let change = AccessChange::SetGroupAccess {
                group: id,
                confluence: access,
                service_desk: now.service_desk,
            };
            let question = Question {
                question: format!("Change what the group “{}” gives its members?", now.name),
                meaning: "Permissions in spaces have no effect without Confluence access. They aren’t removed, and count again when the members get access back. A guest reads nothing until you assign a space on the account’s page.".into(),
                action: "Set access",
                danger: access < now.confluence,
                typed: None,
                cancel: own_path(id),
            };
            (change, question, Done::AccessSet)
        }
        Some("delete") => return delete(&call, &fields, &now).await,
        _ => {
            return Err(Failure::bad_request(
                "there is no such form on this page; load the page again",
            ));
        }
    };
    let asks = Asks::WhereSomethingChanges;
    match sheet::make(&call, &fields, change, asks, question).await {
        Ok(Some(sheet)) => sheet,
        Ok(None) => notice::go_on(own_path(id), done),
        Err(error) => refuse(&call, error),
    }
}

fn own_path(id: GroupId) -> String {
    paths::group(&id.to_string()).to_string()
}

fn refuse(call: &Call, error: SiteError) -> Answer {
    let notice = Some(notice::refused(told(error)?));
    draw(call, StatusCode::BAD_REQUEST, notice, Adding::default())
}

/// Deletes the group, always after a confirmation; where its members have their licence through it,
/// the group's name has to be typed.
async fn delete(call: &Call, fields: &Parameters<'_>, group: &GroupRow) -> Answer {
    let has_members = call.view.members(group.id)?.next().is_some();
    let gives_licence = group.confluence >= ConfluenceAccess::User && has_members;
    let question = Question {
        question: format!("Delete the group “{}”?", group.name),
        meaning: "The group’s permissions are removed with it. Pages that list only this group stay restricted, so nobody can see them. A new group of the same name inherits nothing. This can’t be undone.".into(),
        action: "Delete group",
        danger: true,
        typed: gives_licence.then(|| group.name.to_string()),
        cancel: own_path(group.id),
    };
    let change = AccessChange::DeleteGroup(group.id);
    match sheet::make(call, fields, change, Asks::Always, question).await {
        Ok(Some(sheet)) => sheet,
        Ok(None) => notice::go_on(paths::GROUPS, Done::GroupDeleted),
        Err(error) => refuse(call, error),
    }
}

async fn add_member(call: &Call, fields: &Parameters<'_>, group: &GroupRow, email: &str) -> Answer {
    let site = &call.app.site;
    let found = site.account_by_email(&call.credential, email).await;
    let added = match found {
        Ok(account) => {
            let question = joining(group, &account.name, own_path(group.id));
            let change = AccessChange::AddMember(group.id, account.id);
            sheet::make(call, fields, change, Asks::WhereItOpens, question).await
        }
        Err(SiteError::Absent(_)) => Err(SiteError::invalid(
            "there is no account with this e-mail address; add one under Accounts",
        )),
        Err(error) => Err(error),
    };
    match added {
        Ok(Some(sheet)) => sheet,
        Ok(None) => notice::go_on(own_path(group.id), Done::MemberAdded),
        Err(error) => {
            let adding = Adding {
                email: email.to_owned(),
                error: Some(told(error)?),
            };
            draw(call, StatusCode::BAD_REQUEST, None, adding)
        }
    }
}

/// Makes the question whether an account should join a group.
pub(super) fn joining(group: &GroupRow, name: &str, cancel: String) -> Question {
    let guests = group.confluence == ConfluenceAccess::Guest;
    Question {
        question: format!("Add {name} to the group “{}”?", group.name),
        meaning: if guests {
            "The account becomes a guest, who reads one space: assign it on the account’s page."
                .into()
        } else {
            "The account gets the access and permissions that the group gives its members.".into()
        },
        action: "Add to the group",
        danger: false,
        typed: None,
        cancel,
    }
}

fn draw(call: &Call, status: StatusCode, notice: Option<Notice<'_>>, adding: Adding) -> Answer {
    let id: GroupId = call.id("id")?;
    let view = &call.view;
    let row = view.group(id)?;
    let members = view.members(id)?;
    let mut members: Vec<AccountLine<'_>> =
        members.map(|member| lines::account(view, member)).collect();
    members.sort_by_cached_key(|line| (line.name.to_lowercase(), line.id.clone()));
    let group = lines::group(view, row);
    let Count(total) = group.members;
    let part = Part::asked(&call.query(), LENGTH);
    let next = part
        .next(usize::try_from(total).unwrap_or(usize::MAX))
        .map(|start| {
            let here = paths::group(&group.id).to_string();
            with_query(&here, &[("start", &start.to_string())]).into()
        });
    page_with(
        status,
        &GroupDetail {
            chrome: chrome(call, &*row.name, notice),
            group,
            members: part.of(members),
            adding: adding.email.into(),
            adding_error: adding.error.map(Into::into),
            next,
        },
    )
}
