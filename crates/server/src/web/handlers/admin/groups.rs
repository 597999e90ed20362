//! `/wiki/admin/groups`: the groups of the site, and the form that creates one.

use super::{lines, require_site_admin};
use crate::call::Call;
use crate::failure::Failure;
use crate::request::query::Parameters;
use crate::route::Answer;
use crate::web::frame::{chrome, page_with};
use crate::web::notice::{self, Done, told};
use crate::web::pages::groups::Groups;
use crate::web::paths;
use http::StatusCode;
use narthex_access::ConfluenceAccess;
use narthex_site::group::NewGroup;

/// `GET` lists the groups.
pub(super) async fn show(call: Call) -> Answer {
    require_site_admin(&call)?;
    list(&call, StatusCode::OK, "", None)
}

/// `POST` creates a group.
pub(super) async fn create(mut call: Call) -> Answer {
    require_site_admin(&call)?;
    let form = call.form().await?;
    let fields = form.fields();
    let name = fields.get("name").unwrap_or_default();
    let new = NewGroup {
        name: name.to_owned(),
        confluence: access_of(&fields)?,
        service_desk: false,
    };
    match call.app.site.create_group(&call.credential, new).await {
        Ok(id) => notice::go_on(paths::group(&id.to_string()), Done::GroupCreated),
        Err(error) => list(&call, StatusCode::BAD_REQUEST, name, Some(told(error)?)),
    }
}

/// Returns the access that a form gives the members of a group.
///
/// # Errors
/// Returns a bad request if the form doesn't say: its members would lose the access they have.
pub(super) fn access_of(fields: &Parameters<'_>) -> Result<ConfluenceAccess, Failure> {
    Ok(match fields.chosen("access", &["none", "guest", "user"])? {
        "user" => ConfluenceAccess::User,
        "guest" => ConfluenceAccess::Guest,
        _ => ConfluenceAccess::None,
    })
}

fn list(call: &Call, status: StatusCode, name: &str, name_error: Option<String>) -> Answer {
    let rows = call.view.groups()?;
    let mut groups: Vec<_> = rows.map(|row| lines::group(&call.view, row)).collect();
    groups.sort_by_cached_key(|group| group.name.to_lowercase());
    page_with(
        status,
        &Groups {
            chrome: chrome(call, "Groups", None),
            groups,
            name: name.into(),
            name_error: name_error.map(Into::into),
        },
    )
}
