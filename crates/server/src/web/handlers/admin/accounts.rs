//! `/wiki/admin/accounts`: the accounts of the site, and the form that adds one.

use super::{Part, lines, require_site_admin, with_query};
use crate::call::Call;
use crate::request::query::Parameters;
use crate::respond;
use crate::route::Answer;
use crate::web::frame::{chrome, page_with};
use crate::web::handlers::password_again::{self, Asked};
use crate::web::notice::sentence;
use crate::web::pages::access::{ConfluenceAccess, ServiceDeskAccess};
use crate::web::pages::accounts::{AccountFilter, AccountLine, Accounts, AddAccount, GuestSpace};
use crate::web::pages::moment::Count;
use crate::web::paths;
use crate::web::shown_once::Of;
use http::StatusCode;
use narthex_access::{SpaceState, View};
use narthex_site::account::{Access, NewAccount};
use narthex_site::{SiteError, name};

/// The number of accounts on one page.
const LENGTH: usize = 50;

/// `GET` lists the accounts that match the filter.
pub(super) async fn show(call: Call) -> Answer {
    require_site_admin(&call)?;
    list(&call, StatusCode::OK, AddAccount::default())
}

/// `POST` adds an account and leads to its one-time link.
pub(super) async fn add(mut call: Call) -> Answer {
    require_site_admin(&call)?;
    let form = call.form().await?;
    let fields = form.fields();
    let text = |field| fields.get(field).unwrap_or_default().trim().to_owned();
    let (name, email) = (text("name"), text("email"));
    let access = fields.chosen("access", &["none", "guest", "user", "customer"])?;
    let space = text("space");
    let wrong = |checked: Result<_, SiteError>| {
        checked
            .err()
            .map(|error: SiteError| sentence(&error.to_string()).into())
    };
    let mut typed = AddAccount {
        open: true,
        name_error: wrong(name::name("name", &name)),
        email_error: wrong(name::email(&email)),
        name: name.clone().into(),
        email: email.clone().into(),
        access: access.into(),
        space: space.clone().into(),
        space_error: None,
    };
    if typed.name_error.is_some() || typed.email_error.is_some() {
        return list(&call, StatusCode::BAD_REQUEST, typed);
    }
    if access == "guest" && space.is_empty() {
        typed.space_error = Some(NO_GUEST_SPACE.into());
        return list(&call, StatusCode::BAD_REQUEST, typed);
    }
    let new = NewAccount {
        email,
        name: name.clone(),
        access: access_of(access, &space),
        groups: Vec::new(),
        password: None,
    };
    let proof = match password_again::ask(&call, &fields).await? {
        Asked::GoOn(proof) => proof,
        Asked::First(page) => return Ok(page),
    };
    let added = match call.app.site.add_account(&proof.credential, new).await {
        Ok(added) => added,
        Err(SiteError::Conflict(why)) => {
            typed.email_error = Some(sentence(&why).into());
            return proof.answer(list(&call, StatusCode::BAD_REQUEST, typed));
        }
        Err(SiteError::Invalid(why)) => {
            typed.space_error = Some(sentence(&why).into());
            return proof.answer(list(&call, StatusCode::BAD_REQUEST, typed));
        }
        Err(error) => return proof.answer(Err(error.into())),
    };
    let id = added.account.to_string();
    match &added.link {
        Some(link) => {
            let path = paths::link_of_account(&id).to_string();
            proof.show_once(&call, &path, Of::LinkOf(added.account), link)
        }
        None => proof.answer(respond::see_other(&paths::account(&id).to_string())),
    }
}

/// The error for a guest without a space.
pub(super) const NO_GUEST_SPACE: &str =
    "Choose the space that the guest is invited to: a guest reads one space.";

/// Returns the spaces that a guest can be assigned to, by name.
pub(super) fn guest_spaces(view: &View) -> Vec<GuestSpace<'_>> {
    let there = view
        .administered_spaces()
        .filter(|space| space.row().state == SpaceState::Live);
    let mut spaces: Vec<GuestSpace<'_>> = there
        .map(|space| GuestSpace {
            key: (*space.row().key).into(),
            name: (*space.row().name).into(),
        })
        .collect();
    spaces.sort_by_cached_key(|space| (space.name.to_lowercase(), space.key.clone()));
    spaces
}

/// Returns the access that a form names, with a guest's space.
pub(super) fn access_of(value: &str, space: &str) -> Access {
    match value {
        "user" => Access::Confluence,
        "guest" => Access::Guest {
            space_key: (!space.is_empty()).then(|| space.to_owned()),
        },
        "customer" => Access::Customer,
        _ => Access::None,
    }
}

fn list(call: &Call, status: StatusCode, add: AddAccount<'_>) -> Answer {
    let query = call.query();
    let text = |name| query.get(name).unwrap_or_default().trim();
    let filter = Filter {
        words: text("q").to_lowercase(),
        access: text("access"),
        state: text("state"),
    };
    let view = &call.view;
    let mut all: Vec<AccountLine<'_>> = view
        .accounts()?
        .map(|account| lines::account(view, account))
        .filter(|line| filter.matches(line))
        .collect();
    all.sort_by_cached_key(|line| (line.name.to_lowercase(), line.id.clone()));
    let total = all.len();
    let part = Part::asked(&query, LENGTH);
    let next = part.next(total).map(|start| {
        let start = start.to_string();
        let keep = [
            ("q", text("q")),
            ("access", filter.access),
            ("state", filter.state),
            ("start", start.as_str()),
        ];
        with_query(paths::ACCOUNTS, &keep).into()
    });
    page_with(
        status,
        &Accounts {
            chrome: chrome(call, "Accounts", None),
            accounts: part.of(all),
            total: Count(total as u64),
            filter: shown(&query),
            spaces: guest_spaces(view),
            add,
            next,
        },
    )
}

fn shown(query: &Parameters<'_>) -> AccountFilter<'static> {
    let text = |name| query.get(name).unwrap_or_default().trim().to_owned().into();
    AccountFilter {
        q: text("q"),
        access: text("access"),
        state: text("state"),
    }
}

/// The filter that selects the accounts of the list.
#[derive(Debug)]
struct Filter<'q> {
    /// The words, in lower case.
    words: String,
    access: &'q str,
    state: &'q str,
}

impl Filter<'_> {
    fn matches(&self, line: &AccountLine<'_>) -> bool {
        let named = [&line.name, &line.email]
            .into_iter()
            .any(|text| text.to_lowercase().contains(&self.words));
        let customer = line.service_desk == ServiceDeskAccess::Customer;
        let access = match self.access {
            "user" => line.confluence == ConfluenceAccess::User,
            "guest" => line.confluence == ConfluenceAccess::Guest,
            "none" => line.confluence == ConfluenceAccess::None && !customer,
            "customer" => customer,
            "agent" => line.service_desk == ServiceDeskAccess::Agent,
            _ => true,
        };
        let state = match self.state {
            "active" => line.active,
            "deactivated" => !line.active,
            _ => true,
        };
        named && access && state
    }
}
