//! `/wiki/pages/access?pageId=&about=`: who can see a page, and why a person does or doesn't.

use super::readers;
use crate::call::Call;
use crate::failure::Failure;
use crate::route::{Answer, Flavour, Route};
use crate::web::frame::{chrome, moment, page_with};
use crate::web::pages::Text;
use crate::web::pages::page_access::{
    MAX_READERS, PageAccess, Reader, Rule, RuleCause, ToldAccess,
};
use crate::web::paths;
use http::{Method, StatusCode};
use narthex_access::{AccountId, Action, Object, PageId, Principal, Refusal, View};
use narthex_site::SiteError;
use narthex_site::explain::{Told, ToldStep};

pub(super) fn routes() -> Vec<Route> {
    vec![Route::new(
        Method::GET,
        paths::PAGE_ACCESS,
        Flavour::Html,
        show,
    )]
}

/// The question about one person, with its result.
#[derive(Default)]
struct Answered {
    about: String,
    error: Option<&'static str>,
    told: Option<Told>,
}

async fn show(call: Call) -> Answer {
    let id = call.query().get("pageId").and_then(|id| id.parse().ok());
    let id: PageId = id.ok_or(Failure::Absent)?;
    call.view.page(id)?;
    let me = call.require_account()?;
    if !may_ask(&call.view, id) {
        return Err(Failure::Forbidden(
            "Only people with Confluence access and a permission of their own to view the space are shown who can see its pages.".into(),
        ));
    }
    let about = call
        .query()
        .get("about")
        .unwrap_or_default()
        .trim()
        .to_owned();
    let whom = match about.as_str() {
        "" => return draw(&call, id, StatusCode::OK, Answered::default()),
        "me" => Some(Some(me)),
        "anonymous" => Some(None),
        email => named(&call, id, email).await?.map(Some),
    };
    let Some(whom) = whom else {
        return unknown(&call, id, about);
    };
    let told = match call.app.site.explain(&call.credential, whom, id).await {
        Ok(told) => told,
        // A deactivated account sees nothing at all.
        Err(SiteError::Absent(_)) => return unknown(&call, id, about),
        Err(error) => return Err(error.into()),
    };
    let answered = Answered {
        about: if whom == Some(me) || whom.is_none() {
            String::new()
        } else {
            about
        },
        error: None,
        told: Some(told),
    };
    draw(&call, id, StatusCode::OK, answered)
}

/// Returns whether the caller is shown who reads a page (laws 3.5 and 3.6).
pub(super) fn may_ask(view: &View, page: PageId) -> bool {
    view.subject().account().is_some() && view.may_see_readers(page)
}

/// Finds the account with an e-mail address or id, for people who may ask about others.
async fn named(call: &Call, page: PageId, text: &str) -> Result<Option<AccountId>, Failure> {
    let space = call.view.page(page)?.row().space;
    let others = call.view.require(Action::Administer, Object::Space(space));
    others.map_err(|refusal| match refusal {
        Refusal::Forbidden(_) => Failure::Forbidden(
            "Only administrators of the space can find out why somebody else can see a page."
                .into(),
        ),
        absent => absent.into(),
    })?;
    if let Ok(id) = text.parse() {
        return Ok(Some(id));
    }
    Ok(match call.app.site.named(&call.credential, text).await? {
        Some(Principal::Account(id)) => Some(id),
        _ => None,
    })
}

fn unknown(call: &Call, page: PageId, about: String) -> Answer {
    let answered = Answered {
        about,
        error: Some("No active account has this e-mail address."),
        told: None,
    };
    draw(call, page, StatusCode::BAD_REQUEST, answered)
}

fn draw(call: &Call, id: PageId, status: StatusCode, answered: Answered) -> Answer {
    let view = &call.view;
    let row = view.page(id)?.row();
    let space = view.space(row.space)?;
    let may_ask_about_others = view.may(Action::Administer, Object::Space(row.space));
    let accounts = view.page_readers(id)?.accounts;
    let more_readers = accounts.len().saturating_sub(MAX_READERS);
    let reader = |account: AccountId| Reader {
        name: name(view, account),
        why: may_ask_about_others
            .then(|| format!("{}?pageId={id}&about={account}", paths::PAGE_ACCESS)),
    };
    let mut readers: Vec<Reader<'_>> = accounts.into_iter().map(reader).collect();
    readers.sort_by_cached_key(|reader| reader.name.to_lowercase());
    readers.truncate(MAX_READERS);
    page_with(
        status,
        &PageAccess {
            chrome: chrome(call, "Who can see this page", None),
            page_address: paths::page_or_post(&space.row().key, row),
            page_id: id.get(),
            page_title: (*row.title).into(),
            now: readers::of_page(view, id).unwrap_or_default().into(),
            readers,
            more_readers,
            may_ask_about_others,
            about: answered.about.into(),
            about_error: answered.error.map(Into::into),
            told: answered.told.map(told),
            may_restrict: view.may(Action::Restrict, Object::Page(id)),
        },
    )
}

fn name(view: &View, id: AccountId) -> Text<'_> {
    match view.author(id).account() {
        Some(account) => (*account.row().name).into(),
        None => "a user".into(),
    }
}

fn told<'v>(told: Told) -> ToldAccess<'v> {
    ToldAccess {
        sentence: told.sentence.into(),
        allowed: told.allowed == Some(true),
        rules: told.steps.into_iter().map(rule).collect(),
    }
}

fn rule<'v>(step: ToldStep) -> Rule<'v> {
    Rule {
        holds: step.holds,
        sentence: step.sentence.into(),
        cause: step.cause.map(|cause| RuleCause {
            what: cause.what.into(),
            by: cause.by.map(Into::into),
            at: cause.at.map(moment),
        }),
    }
}
