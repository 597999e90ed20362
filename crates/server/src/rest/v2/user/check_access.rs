//! `POST /wiki/api/v2/user/access/check-access-by-email`: which of these addresses have no access
//! to Confluence. Only site administrators learn whether an address has an account (law 7.4).
//!
//! Request: `{"emails": [ADDRESS, ...]}`, at most 250.

use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::Document;
use crate::respond;
use crate::rest::paging::MAX_PAGE;
use crate::route::Answer;
use narthex_site::name;
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Checked {
    emails_without_access: Vec<String>,
    invalid_emails: Vec<String>,
}

pub(super) async fn handle(mut call: Call) -> Answer {
    call.require_account()?;
    let emails = read(&call.json().await?)?;
    call.view.require_site_admin()?;
    let (valid, invalid_emails): (Vec<String>, Vec<String>) = emails
        .into_iter()
        .partition(|address| name::email(address).is_ok());
    let mut without = Vec::new();
    for address in valid {
        if !call.view.has_access(&address)? {
            without.push(address);
        }
    }
    respond::ok(&Checked {
        emails_without_access: without,
        invalid_emails,
    })
}

fn read(document: &Document) -> Result<Vec<String>, Failure> {
    let emails = document.object()?.required("emails")?.array()?;
    if emails.len() > MAX_PAGE {
        return Err(Failure::bad_request(format!(
            "the member \"emails\" has more than {MAX_PAGE} addresses; send fewer at once"
        )));
    }
    let emails: Result<_, _> = emails.iter().map(|address| address.string()).collect();
    Ok(emails?)
}
