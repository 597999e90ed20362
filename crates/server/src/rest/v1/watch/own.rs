//! `GET`, `POST`, `DELETE` of `/wiki/rest/api/user/watch/content/{id}`, `/label/{label}` and
//! `/space/{key}`: whether an account watches something; starts watching; stops. The account is the
//! caller's own; site administrators may name another by `accountId`.

use crate::call::Call;
use crate::failure::Failure;
use crate::respond;
use crate::rest::v1::content::Any;
use crate::rest::v1::former_names;
use crate::route::Answer;
use narthex_access::{AccountId, Watched, label_id};
use narthex_site::label::NewLabel;
use serde_json::json;

/// The kind of thing that a route is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Content,
    Label,
    Space,
}

impl What {
    /// Finds the page, space or label in the path.
    fn find(self, call: &Call) -> Result<Watched, Failure> {
        let view = &call.view;
        match self {
            Self::Content => match Any::find(view, call.param("id"))? {
                Any::Page(page) => Ok(Watched::Page(page.id())),
                // Attachments and comments are watched with their page.
                Any::Attachment(row) => Ok(Watched::Page(row.page)),
                Any::Comment(row) => Ok(Watched::Page(row.page)),
            },
            Self::Space => Ok(Watched::Space(view.space_by_key(call.param("key"))?.id())),
            Self::Label => {
                let label = NewLabel::written(call.param("label"));
                let label = label.map_err(|_| Failure::Absent)?;
                let own = view.subject().account();
                let owner = own.unwrap_or(AccountId::from_random(0));
                Ok(Watched::Label(label_id(label.prefix, &label.name, owner)))
            }
        }
    }
}

/// Returns the account that the request is about: the one that it names, or else the caller's own.
fn whom(call: &Call) -> Result<AccountId, Failure> {
    let own = call.require_account()?;
    let query = call.query();
    former_names::refuse(&query)?;
    match query.get("accountId") {
        None => Ok(own),
        Some(id) => id.parse().map_err(|_| Failure::Absent),
    }
}

pub(super) async fn handle(call: Call, what: What) -> Answer {
    let account = whom(&call)?;
    let on = what.find(&call)?;
    let watching = call.view.watches(account, on)?;
    respond::ok(&json!({ "watching": watching }))
}

pub(super) async fn handle_set(call: Call, what: What, watches: bool) -> Answer {
    let account = whom(&call)?;
    let on = what.find(&call)?;
    let site = &call.app.site;
    site.set_watch(&call.credential, account, on, watches)
        .await?;
    respond::no_content()
}
