//! A v1 user, as far as the viewer may see the account (laws 3.6 to 3.8).

use super::expand::Expand;
use super::space::{Operation, Space};
use crate::failure::Failure;
use crate::rest::lens::Lens;
use crate::web::assets;
use narthex_access::people::PersonShown;
use narthex_access::{AccountId, AccountKind, GlobalPermission};
use narthex_site::address;
use serde::Serialize;

/// A v1 user: known, hidden from the viewer, or anonymous.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct User<'v> {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    account_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'v str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    public_name: Option<&'v str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    profile_picture: Option<Icon>,
    display_name: &'v str,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_external_collaborator: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    operations: Option<Vec<Operation>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    personal_space: Option<Box<Space<'v>>>,
    #[serde(rename = "_expandable", skip_serializing_if = "Option::is_none")]
    expandable: Option<Expandable>,
    #[serde(rename = "_links", skip_serializing_if = "Option::is_none")]
    links: Option<Links>,
}

/// An icon with its address and size.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Icon {
    path: &'static str,
    width: u32,
    height: u32,
    is_default: bool,
}

impl Icon {
    /// The avatar of every account.
    pub const AVATAR: Self = Self {
        path: assets::AVATAR,
        width: 48,
        height: 48,
        is_default: true,
    };
    /// The icon of every space.
    pub const SPACE: Self = Self {
        path: assets::SPACE_ICON,
        width: 48,
        height: 48,
        is_default: true,
    };
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Expandable {
    #[serde(skip_serializing_if = "Option::is_none")]
    operations: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    personal_space: Option<String>,
}

#[derive(Debug, Serialize)]
struct Links {
    #[serde(rename = "self", skip_serializing_if = "Option::is_none")]
    this: Option<String>,
    base: String,
    context: &'static str,
}

impl<'v> User<'v> {
    /// The author of something that the viewer sees; `None` stands for an author who wasn't logged
    /// in.
    pub fn author(lens: Lens<'v>, id: Option<AccountId>) -> Self {
        match id {
            Some(id) => Self::shown(lens, lens.view.author(id)),
            None => Self::anonymous(lens),
        }
    }

    /// Builds the object of an account, as far as the viewer may see it.
    pub fn shown(lens: Lens<'v>, person: PersonShown<'v>) -> Self {
        let Some(account) = person.account() else {
            return Self::HIDDEN;
        };
        let row = account.row();
        let email = match person {
            PersonShown::Profile { email: true, .. } => row.email.as_ref(),
            _ => "",
        };
        // People who see only the name can't see the profile at its address.
        let this = matches!(person, PersonShown::Profile { .. })
            .then(|| format!("{}/rest/api/user?accountId={}", lens.base, row.id));
        Self {
            kind: "known",
            account_id: Some(row.id.to_string()),
            account_type: Some(match row.kind {
                AccountKind::Site => "atlassian",
                AccountKind::Customer => "customer",
            }),
            email: Some(email),
            public_name: Some(&row.name),
            profile_picture: Some(Icon::AVATAR),
            display_name: &row.name,
            is_external_collaborator: Some(false),
            operations: None,
            personal_space: None,
            expandable: Some(Expandable {
                operations: Some(""),
                personal_space: Some(personal_space_address(lens, row.id).unwrap_or_default()),
            }),
            links: Some(Links {
                this,
                base: lens.base.to_owned(),
                context: "/wiki",
            }),
        }
    }

    /// An account that the viewer may not see.
    pub const HIDDEN: Self = Self {
        kind: "unknown",
        account_id: None,
        account_type: None,
        email: None,
        public_name: Some(""),
        profile_picture: None,
        display_name: "",
        is_external_collaborator: None,
        operations: None,
        personal_space: None,
        expandable: None,
        links: None,
    };

    /// The user that stands for people who aren't logged in.
    pub fn anonymous(lens: Lens<'v>) -> Self {
        Self {
            kind: "anonymous",
            profile_picture: Some(Icon::AVATAR),
            display_name: "Anonymous",
            public_name: None,
            is_external_collaborator: Some(false),
            expandable: Some(Expandable {
                operations: Some(""),
                personal_space: None,
            }),
            links: Some(Links {
                this: None,
                base: lens.base.to_owned(),
                context: "/wiki",
            }),
            ..Self::HIDDEN
        }
    }

    /// Adds the parts that `expand` names: `operations` and `personalSpace`.
    ///
    /// # Errors
    /// Storage errors.
    pub async fn expanded(mut self, lens: Lens<'v>, expand: &Expand) -> Result<Self, Failure> {
        let Some(expandable) = &mut self.expandable else {
            return Ok(self);
        };
        let id: Option<AccountId> = self.account_id.as_ref().and_then(|id| id.parse().ok());
        if expand.has("operations") {
            expandable.operations = None;
            self.operations = Some(operations(lens, id));
        }
        if expand.has("personalSpace") && expandable.personal_space.take().is_some() {
            let space = id.and_then(|id| lens.view.personal_space(id));
            if let Some(space) = space {
                let expand = expand.within("personalSpace");
                let space = Box::pin(Space::of(lens, space, &expand)).await?;
                self.personal_space = Some(Box::new(space));
            }
        }
        Ok(self)
    }
}

fn personal_space_address(lens: Lens<'_>, of: AccountId) -> Option<String> {
    let space = lens.view.personal_space(of)?;
    let key = address::encoded(&space.row().key);
    Some(format!("/rest/api/space/{key}"))
}

/// Returns the operations that an account may do on the site. It is empty for other accounts than
/// the caller's: only administrators may ask about the access of others (law 8.3), and not here.
fn operations(lens: Lens<'_>, of: Option<AccountId>) -> Vec<Operation> {
    if lens.view.subject().account() != of {
        return Vec::new();
    }
    let on_site = [
        (GlobalPermission::Use, "use"),
        (GlobalPermission::CreateSpace, "create_space"),
        (GlobalPermission::Administer, "administer"),
    ];
    on_site
        .into_iter()
        .filter(|(permission, _)| lens.view.has_global(*permission))
        .map(|(_, operation)| Operation::new(operation, "application"))
        .collect()
}
