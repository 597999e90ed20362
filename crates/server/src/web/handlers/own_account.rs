//! `/account`: the reader's own API tokens, sessions and password.

use crate::call::Call;
use crate::failure::Failure;
use crate::request::credential::cleared_cookie;
use crate::request::query::Parameters;
use crate::route::{Answer, Flavour, Route};
use crate::web::frame::{chrome, moment, page_with};
use crate::web::handlers::entry::{NewPassword, counted, go_on_as, go_on_with};
use crate::web::handlers::password_again::{self, Asked};
use crate::web::notice::{self, Done, sentence, told};
use crate::web::pages::Text;
use crate::web::pages::account::{
    Account, PasswordForm, PersonalSpace, Preset, Scope, TokenForm, TokenLine,
};
use crate::web::pages::chrome::Notice;
use crate::web::pages::moment::Count;
use crate::web::paths;
use crate::web::shown_once::Of;
use http::{Method, StatusCode};
use narthex_access::{
    ConfluenceAccess, GlobalPermission, Millis, Scopes, SpaceId, SpaceKind, TokenId, View,
};
use narthex_site::SiteError;
use narthex_site::password::Password;
use narthex_site::space::NewSpace;
use narthex_site::{name, token};

const DAY: Millis = 24 * 60 * 60 * 1_000;

/// Returns the routes of this module.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::new(Method::GET, paths::ACCOUNT, Flavour::Html, show),
        Route::new(Method::POST, paths::ACCOUNT, Flavour::Html, change).narrowed_by(&["private"]),
    ]
}

/// The values of the two forms, empty or as they were sent; passwords are never sent back.
#[derive(Default)]
struct Typed {
    token: Option<TokenForm<'static>>,
    password: PasswordForm<'static>,
}

async fn show(call: Call) -> Answer {
    call.require_account()?;
    draw(&call, StatusCode::OK, None, Typed::default()).await
}

async fn change(mut call: Call) -> Answer {
    call.require_account()?;
    let form = call.form().await?;
    let fields = form.fields();
    let site = &call.app.site;
    match fields.get("do") {
        Some("create-token") => create_token(&call, &fields).await,
        Some("change-password") => change_password(&call, &fields).await,
        Some("create-personal-space") => create_personal_space(&call, &fields).await,
        Some("revoke-token") => {
            let token = fields.get("token").and_then(|id| id.parse().ok());
            let token: TokenId = token.ok_or(Failure::Absent)?;
            match site.revoke_token(&call.credential, token).await {
                Ok(()) => notice::go_on(paths::ACCOUNT, Done::TokenRevoked),
                Err(error) => refuse(&call, told(error)?).await,
            }
        }
        Some("log-out-everywhere") => {
            if call.view.subject().session().is_none() {
                return refuse(&call, ONLY_WITH_A_SESSION.into()).await;
            }
            site.log_out_everywhere(&call.credential).await?;
            go_on_with(&cleared_cookie(call.is_secure()), paths::LOG_OUT)
        }
        _ => Err(Failure::bad_request(
            "there is no such form on this page; load the page again",
        )),
    }
}

async fn create_personal_space(call: &Call, fields: &Parameters<'_>) -> Answer {
    let own = call.view.own_account().ok_or(Failure::Unauthorized)?;
    // A box that isn't ticked isn't sent. Any value but the form's own is refused, so that it can't
    // make an open space.
    let private = fields.all("private").next().is_some();
    if private {
        fields.chosen("private", &["yes"])?;
    }
    let new = NewSpace {
        key: None,
        name: own.row().name.to_string(),
        description: String::new(),
        kind: SpaceKind::Personal,
        private,
    };
    match call.app.site.create_space(&call.credential, new).await {
        Ok(made) => notice::go_on(paths::space(&made.key), Done::SpaceCreated),
        Err(error) => refuse(call, told(error)?).await,
    }
}

/// Returns what the page offers about a personal space.
fn personal_space(view: &View) -> PersonalSpace<'_> {
    let own = view.own_account();
    match own.and_then(|own| view.personal_space(own.row().id)) {
        Some(space) => PersonalSpace::Has {
            key: (*space.row().key).into(),
            name: (*space.row().name).into(),
        },
        None if view.has_global(GlobalPermission::PersonalSpace) => PersonalSpace::MayCreate,
        None => PersonalSpace::None,
    }
}

/// The refusal for an API token, which may read these pages but must not take the account over.
const ONLY_WITH_A_SESSION: &str =
    "Log in with your password to do this; an API token isn’t enough.";

async fn create_token(call: &Call, fields: &Parameters<'_>) -> Answer {
    let label = fields.get("label").unwrap_or_default().trim().to_owned();
    let days = fields
        .get("expires_days")
        .and_then(|days| days.parse().ok());
    let days: Option<u16> = days.filter(|days| (1..=365).contains(days));
    // The boxes are sent with every preset, so an unknown preset must not fall back to them.
    let preset = match fields.get("preset") {
        Some(named) => Preset::from_value(named).ok_or_else(|| {
            Failure::bad_request(
                "the field \"preset\" of the form names no set of scopes; load the page again and \
                 choose what the token may do",
            )
        })?,
        None => Preset::Chosen,
    };
    let ticked = |scope: &Scope| fields.all("scope").any(|sent| sent == scope.value());
    let scopes: Vec<Scope> = match preset.scopes() {
        Some(scopes) => scopes.to_vec(),
        None => Scope::ALL.into_iter().filter(ticked).collect(),
    };
    let has = |scope| scopes.contains(&scope);
    let wanted = Scopes {
        read: has(Scope::Read),
        write: has(Scope::Write),
        administer: has(Scope::Administer),
    };
    let wrong = name::name("label", &label).err();
    let mut form = TokenForm {
        label: label.clone().into(),
        label_error: wrong.map(|error| sentence(&error.to_string()).into()),
        expires_days: days.unwrap_or(90),
        expires_error: days.is_none().then(|| "Choose how long it lasts.".into()),
        scope_error: scopes
            .is_empty()
            .then(|| "Choose at least one: a token without scopes opens nothing.".into()),
        preset,
        scopes,
    };
    let errors = [&form.label_error, &form.expires_error, &form.scope_error];
    if errors.into_iter().any(Option::is_some) {
        return again(call, form).await;
    }
    let new = token::NewToken {
        label,
        life: Millis::from(form.expires_days) * DAY,
        scopes: wanted,
    };
    let proof = match password_again::ask(call, fields).await? {
        Asked::GoOn(proof) => proof,
        Asked::First(page) => return Ok(page),
    };
    match call.app.site.create_token(&proof.credential, new).await {
        Ok(made) => {
            let path = paths::token(&made.id.to_string()).to_string();
            proof.show_once(call, &path, Of::Token(made.id), &made.secret)
        }
        Err(error) => {
            form.label_error = Some(told(error)?.into());
            proof.answer(again(call, form).await)
        }
    }
}

async fn again(call: &Call, form: TokenForm<'static>) -> Answer {
    let typed = Typed {
        token: Some(form),
        ..Typed::default()
    };
    draw(call, StatusCode::BAD_REQUEST, None, typed).await
}

/// Changes the password. A wrong current password counts as a failed attempt, so that a session
/// that was left open is no way to guess it.
async fn change_password(call: &Call, fields: &Parameters<'_>) -> Answer {
    if call.view.subject().session().is_none() {
        return refuse(call, ONLY_WITH_A_SESSION.into()).await;
    }
    let new = NewPassword::read(fields);
    let mut form = PasswordForm {
        current_error: None,
        password_error: new.error.clone(),
        password_again_error: new.again_error.clone(),
    };
    if new.is_right() {
        let own = call.view.own_account().ok_or(Failure::Unauthorized)?;
        let counted = counted(&own.row().email);
        let (app, address) = (&call.app, call.client.address);
        let attempt = app.attempts.begin(address, counted.as_deref());
        let attempt = attempt.map_err(Failure::TooMany)?;
        let current = Password::new(fields.get("current_password").unwrap_or_default());
        let changed =
            app.site
                .change_password(&app.passwords, &call.credential, &current, &new.password);
        match changed.await {
            Ok(session) => {
                attempt.succeeded();
                let secure = call.is_secure();
                return go_on_as(
                    &session,
                    secure,
                    paths::ACCOUNT,
                    Some(Done::PasswordChanged),
                );
            }
            // The new password keeps the rules, so the current one is wrong; the attempt stays
            // counted.
            Err(SiteError::Invalid(why)) => {
                form.current_error = Some(sentence(&why).into());
            }
            Err(error) => {
                attempt.take_back();
                return Err(error.into());
            }
        }
    }
    let typed = Typed {
        password: form,
        ..Typed::default()
    };
    draw(call, StatusCode::BAD_REQUEST, None, typed).await
}

async fn refuse(call: &Call, why: String) -> Answer {
    let notice = Some(notice::refused(why));
    draw(call, StatusCode::BAD_REQUEST, notice, Typed::default()).await
}

async fn draw(call: &Call, status: StatusCode, notice: Option<Notice<'_>>, typed: Typed) -> Answer {
    let view = &call.view;
    let own = view.own_account().ok_or(Failure::Unauthorized)?;
    let now = view.now();
    let mut rows: Vec<_> = view
        .own_tokens()
        .filter(|row| row.ended_at.is_none())
        .collect();
    rows.sort_by_key(|row| (std::cmp::Reverse(row.created_at), row.id));
    let ids: Vec<TokenId> = rows.iter().map(|row| row.id).collect();
    let uses = call.app.site.store().token_uses(&ids).await;
    let uses = uses.map_err(SiteError::from)?;
    let tokens = rows.into_iter().map(|row| TokenLine {
        id: row.id.to_string().into(),
        label: (*row.label).into(),
        ends_in: (*row.ends_in).into(),
        scopes: scopes(row.scopes),
        created: moment(row.created_at),
        expires: moment(row.expires_at),
        expired: row.expires_at <= now,
        last_used: uses.get(&row.id).map(|at| moment(*at)),
    });
    let sessions = view
        .own_sessions()
        .filter(|row| row.ended_at.is_none() && now < row.expires_at)
        .count();
    page_with(
        status,
        &Account {
            chrome: chrome(call, "Your account", notice),
            name: (*own.row().name).into(),
            email: (*own.row().email).into(),
            access: access(view),
            tokens: tokens.collect(),
            new_token: typed.token.unwrap_or_else(|| TokenForm {
                label: "".into(),
                label_error: None,
                expires_days: 90,
                expires_error: None,
                preset: Preset::ReadAndWrite,
                scopes: vec![Scope::Read, Scope::Write],
                scope_error: None,
            }),
            sessions: Count(sessions as u64),
            password: typed.password,
            personal_space: personal_space(view),
        },
    )
}

fn scopes(of: Scopes) -> Vec<Scope> {
    let has = |scope: &Scope| match scope {
        Scope::Read => of.read,
        Scope::Write => of.write,
        Scope::Administer => of.administer,
    };
    Scope::ALL.into_iter().filter(has).collect()
}

/// Describes the reader's access to the products.
fn access(view: &View) -> Vec<Text<'_>> {
    let Some(own) = view.own_account() else {
        return Vec::new();
    };
    let space = |id: SpaceId| view.space(id).ok().map(|space| &*space.row().name);
    let confluence: Text<'_> = match own.access() {
        ConfluenceAccess::None => "No Confluence access".into(),
        ConfluenceAccess::Guest => match own.row().guest_space.and_then(space) {
            Some(name) => format!("Confluence: guest in {name}").into(),
            None => "Confluence: guest".into(),
        },
        ConfluenceAccess::User | ConfluenceAccess::Admin => "Confluence: user".into(),
    };
    let mut all = vec![confluence];
    if own.row().site_admin {
        all.push("Site administrator".into());
    }
    all
}
