//! `/wiki/admin/groups/{id}`: one group and its members.

use super::groups::access_of;
use super::{Part, lines, require_site_admin, with_query};
use crate::call::Call;
use crate::failure::Failure;
use crate::route::Answer;
use crate::web::frame::{chrome, page_with};
use crate::web::notice::{self, Done, told};
use crate::web::pages::accounts::AccountLine;
use crate::web::pages::chrome::Notice;
use crate::web::pages::groups::GroupDetail;
use crate::web::pages::moment::Count;
use crate::web::paths;
use http::StatusCode;
use narthex_access::{AccountId, ConfluenceAccess, GroupId};
use narthex_site::SiteError;

/// How many members a page has.
const LENGTH: usize = 100;

/// An e-mail address as it was typed, and what is wrong with it.
#[derive(Debug, Default)]
struct Adding {
    email: String,
    error: Option<String>,
}

/// `GET`.
pub(super) async fn show(call: Call) -> Answer {
    require_site_admin(&call)?;
    draw(&call, StatusCode::OK, None, Adding::default())
}

/// `POST`: what the field `do` says.
pub(super) async fn change(mut call: Call) -> Answer {
    require_site_admin(&call)?;
    let id: GroupId = call.id("id")?;
    let now = call.view.group(id)?.clone();
    let form = call.form().await?;
    let fields = form.fields();
    let site = &call.app.site;
    let credential = &call.credential;
    let done = match fields.get("do") {
        Some("add-member") => {
            let email = fields.get("email").unwrap_or_default();
            return add_member(&call, id, email).await;
        }
        Some("remove-member") => {
            let account = fields.get("account").and_then(|id| id.parse().ok());
            let account: AccountId = account.ok_or(Failure::Absent)?;
            let removed = site.remove_member(credential, id, account).await;
            removed.map(|()| Done::MemberRemoved)
        }
        Some("set-access") => {
            // The form says what members get; that they administer stays.
            let access = match access_of(fields.get("access")) {
                ConfluenceAccess::User => now.confluence.max(ConfluenceAccess::User),
                other => other,
            };
            let set = site.set_group_access(credential, id, access, now.service_desk);
            set.await.map(|()| Done::AccessSet)
        }
        Some("delete") => match site.delete_group(credential, id).await {
            Ok(()) => return notice::go_on(paths::GROUPS, Done::GroupDeleted),
            Err(error) => Err(error),
        },
        _ => return Err(Failure::bad_request("there is no such form on this page")),
    };
    match done {
        Ok(done) => notice::go_on(paths::group(&id.to_string()), done),
        Err(error) => {
            let notice = notice::refused(told(error)?);
            draw(
                &call,
                StatusCode::BAD_REQUEST,
                Some(notice),
                Adding::default(),
            )
        }
    }
}

async fn add_member(call: &Call, id: GroupId, email: &str) -> Answer {
    let site = &call.app.site;
    let found = site.account_by_email(&call.credential, email).await;
    let added = match found {
        Ok(account) => site.add_member(&call.credential, id, account.id).await,
        Err(SiteError::Absent(_)) => Err(SiteError::invalid(
            "there is no account with this e-mail address; add one under Accounts",
        )),
        Err(error) => Err(error),
    };
    match added {
        Ok(()) => notice::go_on(paths::group(&id.to_string()), Done::MemberAdded),
        Err(error) => {
            let adding = Adding {
                email: email.to_owned(),
                error: Some(told(error)?),
            };
            draw(call, StatusCode::BAD_REQUEST, None, adding)
        }
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
