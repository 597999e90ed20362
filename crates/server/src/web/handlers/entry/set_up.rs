//! `/setup?token=`: makes the first administrator (A61).
//!
//! Only people with the secret that the program printed may use it, while the site has no
//! administrator. For all others, and for everybody afterwards, the page doesn't exist.

use super::{Begun, NewPassword, begin, go_on_as, help_centre_only};
use crate::call::Ask;
use crate::failure::Failure;
use crate::route::Answer;
use crate::web::frame::{open_chrome, page_with};
use crate::web::notice::{Done, sentence};
use crate::web::pages::FieldError;
use crate::web::pages::entry::SetUp;
use crate::web::paths;
use http::StatusCode;
use narthex_access::Credential;
use narthex_site::setup::FirstAdministrator;
use narthex_site::{SiteError, name};

/// The values that were typed, except the passwords, and the errors about them.
#[derive(Default)]
struct Typed {
    name: String,
    email: String,
    name_error: FieldError<'static>,
    email_error: FieldError<'static>,
    password_error: FieldError<'static>,
    password_again_error: FieldError<'static>,
}

/// `GET` shows the form.
pub(super) async fn show(ask: Ask) -> Answer {
    admit(&ask).await?;
    form(&ask, StatusCode::OK, Typed::default())
}

/// `POST` makes the administrator, logs in, and closes set-up for good.
pub(super) async fn set_up(mut ask: Ask) -> Answer {
    admit(&ask).await?;
    let body = ask.form().await?;
    let fields = body.fields();
    let new = NewPassword::read(&fields);
    let text = |field| fields.get(field).unwrap_or_default().trim().to_owned();
    let (name, email) = (text("name"), text("email"));
    let wrong = |checked: Result<_, SiteError>| {
        checked
            .err()
            .map(|error: SiteError| sentence(&error.to_string()).into())
    };
    let typed = Typed {
        name_error: wrong(name::name("name", &name)),
        email_error: wrong(name::email(&email)),
        password_error: new.error.clone(),
        password_again_error: new.again_error.clone(),
        name,
        email,
    };
    if typed.name_error.is_some() || typed.email_error.is_some() || !new.is_right() {
        return form(&ask, StatusCode::BAD_REQUEST, typed);
    }
    let site = &ask.app.site;
    let password = ask.app.passwords.hash(&new.password).await?;
    let first = FirstAdministrator {
        email: typed.email.clone(),
        name: typed.name.clone(),
        password: Some(password),
    };
    match site.set_up(&Credential::Nobody, first).await {
        Ok(_) => {}
        // Somebody else has set the site up meanwhile.
        Err(SiteError::Conflict(_)) => return Err(Failure::Absent),
        Err(error) => return Err(error.into()),
    }
    match begin(&ask, &typed.email, new.password).await? {
        Begun::Session(session) => {
            go_on_as(&session, ask.is_secure(), paths::HOME, Some(Done::SetUp))
        }
        Begun::HelpCentreOnly => help_centre_only(&ask, &typed.email),
    }
}

/// Requires the secret, and that the site isn't set up yet.
async fn admit(ask: &Ask) -> Result<(), Failure> {
    let secret = ask.app.config.set_up.as_ref().ok_or(Failure::Absent)?;
    let query = ask.query();
    let shown = query.get("token").unwrap_or_default();
    if !secret.admits(shown) || ask.app.site.is_set_up().await? {
        return Err(Failure::Absent);
    }
    Ok(())
}

fn form(ask: &Ask, status: StatusCode, typed: Typed) -> Answer {
    page_with(
        status,
        &SetUp {
            chrome: open_chrome(ask, "Set up this site"),
            name: typed.name.into(),
            email: typed.email.into(),
            name_error: typed.name_error,
            email_error: typed.email_error,
            password_error: typed.password_error,
            password_again_error: typed.password_again_error,
        },
    )
}
