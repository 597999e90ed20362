//! `/wiki/create-space`: the form for a new space.

use crate::call::Call;
use crate::failure::Failure;
use crate::route::Answer;
use crate::web::frame::{chrome, page_with};
use crate::web::notice::{self, Done, sentence, told};
use crate::web::pages::space::CreateSpace;
use crate::web::paths;
use http::StatusCode;
use narthex_access::{GlobalPermission, SpaceKind};
use narthex_site::space::{NewSpace, check_name};

/// The form as it was filled in.
#[derive(Debug, Default)]
struct Typed {
    name: String,
    key: String,
    name_error: Option<String>,
    key_error: Option<String>,
}

/// `GET` shows the form.
pub(super) async fn show(call: Call) -> Answer {
    may_create(&call)?;
    form(&call, StatusCode::OK, Typed::default())
}

/// `POST` creates the space.
pub(super) async fn create(mut call: Call) -> Answer {
    may_create(&call)?;
    let body = call.form().await?;
    let fields = body.fields();
    let mut typed = Typed {
        name: fields.sent("name")?.trim().to_owned(),
        key: fields.sent("key")?.trim().to_owned(),
        ..Typed::default()
    };
    let wrong = check_name(&typed.name).err();
    typed.name_error = wrong.map(|error| sentence(&error.to_string()));
    if typed.name_error.is_some() {
        return form(&call, StatusCode::BAD_REQUEST, typed);
    }
    let new = NewSpace {
        key: Some(typed.key.clone()),
        name: typed.name.clone(),
        description: String::new(),
        kind: SpaceKind::Global,
        private: false,
    };
    match call.app.site.create_space(&call.credential, new).await {
        Ok(made) => notice::go_on(paths::space(&made.key), Done::SpaceCreated),
        Err(error) => {
            typed.key_error = Some(told(error)?);
            form(&call, StatusCode::BAD_REQUEST, typed)
        }
    }
}

/// Requires the permission to create spaces.
fn may_create(call: &Call) -> Result<(), Failure> {
    call.require_account()?;
    if call.view.has_global(GlobalPermission::CreateSpace) {
        return Ok(());
    }
    Err(Failure::Forbidden(
        "You may not create spaces on this site. Ask a site administrator for this permission."
            .into(),
    ))
}

fn form(call: &Call, status: StatusCode, typed: Typed) -> Answer {
    page_with(
        status,
        &CreateSpace {
            chrome: chrome(call, "Create a space", None),
            name: typed.name.into(),
            name_error: typed.name_error.map(Into::into),
            key: typed.key.into(),
            key_error: typed.key_error.map(Into::into),
        },
    )
}
