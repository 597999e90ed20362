//! A v2 user, as far as the viewer may see the account (laws 3.6 to 3.8).

use crate::web::assets;
use narthex_access::people::PersonShown;
use narthex_access::{AccountKind, Tier, View};
use serde::Serialize;

/// A user with the parts of the profile that the viewer may see.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct User<'v> {
    display_name: &'v str,
    time_zone: Option<()>,
    personal_space_id: Option<String>,
    is_external_collaborator: bool,
    account_status: &'static str,
    account_id: String,
    email: &'v str,
    account_type: &'static str,
    public_name: &'v str,
    profile_picture: Picture,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Picture {
    path: &'static str,
    is_default: bool,
}

impl<'v> User<'v> {
    /// Builds the object of a person; `None` if the viewer may not see the account.
    pub fn of(view: &'v View, shown: PersonShown<'v>) -> Option<Self> {
        let account = shown.account()?;
        let row = account.row();
        Some(Self {
            display_name: &row.name,
            time_zone: None,
            personal_space_id: view
                .personal_space(row.id)
                .map(|space| space.id().to_string()),
            is_external_collaborator: account.tier() == Some(Tier::Guest),
            account_status: if row.active { "active" } else { "inactive" },
            account_id: row.id.to_string(),
            email: match shown {
                PersonShown::Profile { email: true, .. } => &row.email,
                _ => "",
            },
            account_type: match row.kind {
                AccountKind::Site => "atlassian",
                AccountKind::Customer => "customer",
            },
            public_name: &row.name,
            profile_picture: Picture {
                path: assets::AVATAR,
                is_default: true,
            },
        })
    }
}
