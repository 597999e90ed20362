//! `/wiki/admin/accounts/{id}`: the page of one account.

use super::accounts::{NO_GUEST_SPACE, access_of};
use super::group::joining;
use super::{lines, require_site_admin};
use crate::call::Call;
use crate::failure::Failure;
use crate::request::query::Parameters;
use crate::route::Answer;
use crate::web::frame::{chrome, moment, page_with};
use crate::web::handlers::password_again::{self, Asked, Proof};
use crate::web::handlers::sheet::{self, Asks, Question};
use crate::web::notice::{self, Done, told};
use crate::web::pages::Text;
use crate::web::pages::access::ConfluenceAccess;
use crate::web::pages::accounts::{AccountDetail, GroupRef};
use crate::web::pages::moment::Count;
use crate::web::paths;
use crate::web::shown_once::Of;
use http::StatusCode;
use narthex_access::{AccountId, AccountKind, GroupId, GroupRow};
use narthex_site::SiteError;
use narthex_site::access_change::AccessChange;
use narthex_site::account::Access;

/// The reason why the page is shown again, instead of doing what the form requested.
#[derive(Debug, Default)]
struct Again {
    notice: Option<String>,
    guest_space: Option<String>,
    guest_space_error: Option<String>,
}

/// `GET` shows the account.
pub(super) async fn show(call: Call) -> Answer {
    require_site_admin(&call)?;
    draw(&call, StatusCode::OK, Again::default()).await
}

/// `POST` does what the field `do` names.
pub(super) async fn change(mut call: Call) -> Answer {
    require_site_admin(&call)?;
    let id: AccountId = call.id("id")?;
    let name = call.view.administered_account(id)?.row().name.clone();
    let form = call.form().await?;
    let fields = form.fields();
    let question = |question, meaning: &str, action| Question {
        question,
        meaning: meaning.into(),
        action,
        danger: true,
        typed: None,
        cancel: own_path(id),
    };
    let makes_a_credential = match fields.get("do") {
        Some("one-time-link") => true,
        Some("site-administrator") => fields.chosen("to", &["on", "off"])? == "on",
        _ => false,
    };
    // The confirmation comes first, then the password.
    let administration = fields.get("do") == Some("site-administrator");
    if administration && makes_a_credential && fields.get("confirmed") != Some("yes") {
        let question = question(
            format!("Make {name} a site administrator?"),
            "A site administrator administers every space, every account and every setting of this site, can give itself any permission, and can take site administration away from you. The audit log records what it does.",
            "Make site administrator",
        );
        let change = AccessChange::SetSiteAdmin(id, true);
        return match sheet::look(&call, &fields, &change, question).await {
            Ok(sheet) => sheet,
            Err(error) => refuse(&call, told(error)?).await,
        };
    }
    if makes_a_credential {
        return match password_again::ask(&call, &fields).await? {
            Asked::GoOn(proof) => credentials(&call, id, &fields, proof).await,
            Asked::First(page) => Ok(page),
        };
    }
    let (change, asks, question, done) = match fields.get("do") {
        Some("set-access") => return set_access(&call, id, &fields).await,
        Some("add-group") => {
            let group = call.view.group(group(&fields)?)?;
            let question = joining(group, &name, own_path(id));
            let change = AccessChange::AddMember(group.id, id);
            (change, Asks::WhereItOpens, question, Done::MemberAdded)
        }
        Some("remove-group") => {
            let group = call.view.group(group(&fields)?)?;
            let question = question(
                format!("Remove {name} from the group “{}”?", group.name),
                "The account loses the access and permissions that the group gives its members.",
                "Remove from the group",
            );
            let change = AccessChange::RemoveMember(group.id, id);
            let asks = Asks::WhereSomethingChanges;
            (change, asks, question, Done::MemberRemoved)
        }
        Some("site-administrator") => {
            let question = question(
                format!("Take site administration from {name}?"),
                "The account keeps its own access, groups and permissions.",
                "Take site administration away",
            );
            let change = AccessChange::SetSiteAdmin(id, false);
            (
                change,
                Asks::Always,
                question,
                Done::SiteAdministrationTaken,
            )
        }
        Some("deactivate") => {
            let question = question(
                format!("Deactivate the account of {name}?"),
                "It can’t log in, and its sessions and API tokens end at once and for good. Its content stays, and so do its groups and permissions, in case it is reactivated.",
                "Deactivate account",
            );
            let change = AccessChange::Deactivate(id);
            (change, Asks::Always, question, Done::Deactivated)
        }
        Some("reactivate") => {
            let question = Question {
                danger: false,
                ..question(
                    format!("Reactivate the account of {name}?"),
                    "It can log in again, with the groups and permissions that it has.",
                    "Reactivate account",
                )
            };
            let change = AccessChange::Reactivate(id);
            (change, Asks::WhereItOpens, question, Done::Reactivated)
        }
        _ => {
            return Err(Failure::bad_request(
                "there is no such form on this page; load the page again",
            ));
        }
    };
    match sheet::make(&call, &fields, change, asks, question).await {
        Ok(Some(sheet)) => sheet,
        Ok(None) => notice::go_on(own_path(id), done),
        Err(error) => refuse(&call, told(error)?).await,
    }
}

/// Makes a one-time link or a site administrator, with a credential whose password was given
/// lately.
async fn credentials(call: &Call, id: AccountId, fields: &Parameters<'_>, proof: Proof) -> Answer {
    let site = &call.app.site;
    if fields.get("do") == Some("one-time-link") {
        return match site.create_one_time_link(&proof.credential, id).await {
            Ok(link) => {
                let path = paths::link_of_account(&id.to_string()).to_string();
                proof.show_once(call, &path, Of::LinkOf(id), &link)
            }
            Err(error) => proof.answer(refuse(call, told(error)?).await),
        };
    }
    let made = site.set_site_admin(&proof.credential, id, true).await;
    proof.answer(match made {
        Ok(()) => notice::go_on(
            paths::account(&id.to_string()),
            Done::SiteAdministrationGiven,
        ),
        Err(error) => refuse(call, told(error)?).await,
    })
}

fn own_path(id: AccountId) -> String {
    paths::account(&id.to_string()).to_string()
}

/// Sets the access of an account to both products. Agents are the members of certain groups, so
/// those groups are joined or left.
async fn set_access(call: &Call, id: AccountId, fields: &Parameters<'_>) -> Answer {
    let confluence = fields.chosen("confluence", &["none", "guest", "user"])?;
    let service_desk = fields.chosen("service_desk", &["none", "agent", "customer"])?;
    let space = fields.get("space").unwrap_or_default().trim();
    let again = |why: String| Again {
        guest_space: Some(space.to_owned()),
        guest_space_error: Some(why),
        ..Again::default()
    };
    if service_desk == "customer" && confluence != "none" {
        let why = "A customer has no access to Confluence: choose “None” there, or another access to the service desk.";
        return refuse(call, why.into()).await;
    }
    let access = match service_desk {
        "customer" => Access::Customer,
        _ => access_of(confluence, space),
    };
    if access == (Access::Guest { space_key: None }) {
        let again = again(NO_GUEST_SPACE.into());
        return draw(call, StatusCode::BAD_REQUEST, again).await;
    }
    let for_space = matches!(access, Access::Guest { .. });
    let name = &call.view.administered_account(id)?.row().name;
    let question = Question {
        question: format!("Change the access of {name}?"),
        meaning: "Permissions in spaces have no effect while the account has no access. They aren’t removed, and count again when it gets access back. A guest reads its one space, and everything that is open to all accounts.".into(),
        action: "Set access",
        danger: false,
        typed: None,
        cancel: own_path(id),
    };
    let change = AccessChange::SetAccess(id, access);
    let asks = Asks::WhereSomethingChanges;
    match sheet::make(call, fields, change, asks, question).await {
        Ok(Some(sheet)) => return sheet,
        Ok(None) => {}
        Err(error) if for_space => {
            let again = again(told(error)?);
            return draw(call, StatusCode::BAD_REQUEST, again).await;
        }
        Err(error) => return refuse(call, told(error)?).await,
    }
    match set_agent(call, id, service_desk == "agent").await {
        Ok(()) => notice::go_on(own_path(id), Done::AccessSet),
        Err(error) => refuse(call, told(error)?).await,
    }
}

/// Makes an account an agent or not, through the groups whose members are agents.
async fn set_agent(call: &Call, id: AccountId, agent: bool) -> Result<(), SiteError> {
    let site = &call.app.site;
    let groups = site.groups(&call.credential).await?;
    let of_agents = groups.iter().filter(|group| group.row.service_desk);
    let of_agents: Vec<&GroupRow> = of_agents.map(|group| &group.row).collect();
    let account = site.account(&call.credential, id).await?;
    let is_in = |group: &&&GroupRow| account.groups.contains(&group.name);
    if agent && !account.agent {
        // Prefer a group that gives nothing else.
        let group = of_agents
            .iter()
            .min_by_key(|group| (group.confluence, group.name.clone()))
            .ok_or_else(|| {
                SiteError::invalid("no group makes its members agents; create one first")
            })?;
        site.add_member(&call.credential, group.id, id).await?;
    }
    if !agent {
        for group in of_agents.iter().filter(is_in) {
            site.remove_member(&call.credential, group.id, id).await?;
        }
    }
    Ok(())
}

fn group(fields: &Parameters<'_>) -> Result<GroupId, Failure> {
    let id = fields.get("group").and_then(|id| id.parse().ok());
    id.ok_or(Failure::Absent)
}

async fn refuse(call: &Call, why: String) -> Answer {
    let again = Again {
        notice: Some(why),
        ..Again::default()
    };
    draw(call, StatusCode::BAD_REQUEST, again).await
}

async fn draw(call: &Call, status: StatusCode, again: Again) -> Answer {
    let id: AccountId = call.id("id")?;
    let site = &call.app.site;
    // The password is looked up before the view is read, since it decides nothing that is shown.
    let has_password = site
        .store()
        .password_hash(id)
        .await
        .map_err(SiteError::from)?
        .is_some();
    let tokens = site.tokens(&call.credential, id).await?;
    let view = &call.view;
    let account = view.administered_account(id)?;
    let now = view.now();
    let counting = tokens
        .iter()
        .filter(|token| token.row.ended_at.is_none() && now < token.row.expires_at)
        .count();
    let reference = |row: &GroupRow| GroupRef {
        id: row.id.to_string().into(),
        name: row.name.to_string().into(),
    };
    let mut groups: Vec<&GroupRow> = view.groups()?.collect();
    groups.sort_by_cached_key(|row| row.name.to_lowercase());
    let (own, others): (Vec<&GroupRow>, Vec<&GroupRow>) = groups
        .into_iter()
        .partition(|row| account.groups().contains(&row.id));
    let can_join = account.row().kind == AccountKind::Site;
    let space_now = || {
        let space = account.row().guest_space?;
        let mut spaces = view.administered_spaces();
        let found = spaces.find(|of| of.id() == space)?;
        Some(found.row().key.to_string())
    };
    let line = lines::account(view, account);
    // A guest's space is asked for only where *Guest* is chosen, so an error about it keeps that
    // choice.
    let chosen = match again.guest_space_error {
        Some(_) => ConfluenceAccess::Guest,
        None => line.confluence,
    };
    let refused = again.notice.map(notice::refused);
    page_with(
        status,
        &AccountDetail {
            chrome: chrome(call, &*account.row().name, refused),
            account: line,
            created: moment(account.row().created_at),
            has_password,
            tokens: Count(counting as u64),
            guest_space: again
                .guest_space
                .or_else(space_now)
                .unwrap_or_default()
                .into(),
            guest_space_error: again.guest_space_error.map(Text::from),
            chosen,
            spaces: super::accounts::guest_spaces(view),
            groups: own.into_iter().map(reference).collect(),
            other_groups: others
                .into_iter()
                .filter(|_| can_join)
                .map(reference)
                .collect(),
        },
    )
}
