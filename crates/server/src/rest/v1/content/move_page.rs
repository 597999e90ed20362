//! `PUT /wiki/rest/api/content/{id}/move/{position}/{target}`: moves a page beside or below
//! another, with all pages below it (law 2b.2).

use crate::call::Call;
use crate::failure::Failure;
use crate::respond;
use crate::route::Answer;
use narthex_access::PageId;
use narthex_site::place::Beside;
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Moved {
    page_id: String,
}

pub(super) async fn handle(call: Call) -> Answer {
    call.require_account()?;
    let beside = beside(call.param("position"), &["before", "after", "append"])?;
    let id: PageId = call.id("id")?;
    let target = call.id("target")?;
    call.app
        .site
        .move_page(&call.credential, id, beside, target)
        .await?;
    respond::ok(&Moved {
        page_id: id.to_string(),
    })
}

fn beside(word: &str, words: &[&str]) -> Result<Beside, Failure> {
    Beside::from_word(word)
        .filter(|_| words.contains(&word))
        .ok_or_else(|| Failure::bad_request(format!("the position must be {}", words.join(", "))))
}
