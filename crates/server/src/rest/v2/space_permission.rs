//! `GET /wiki/api/v2/space-permissions`: all permissions that exist.

use crate::call::Call;
use crate::rest::paging::{After, answer_v2};
use crate::route::{Answer, Flavour, Route};
use http::Method;
use narthex_access::Operation;
use serde::Serialize;

/// Returns the route for permissions.
pub(crate) fn routes() -> Vec<Route> {
    vec![Route::new(
        Method::GET,
        "/wiki/api/v2/space-permissions",
        Flavour::V2,
        handle,
    )]
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SpacePermission {
    id: &'static str,
    display_name: &'static str,
    description: &'static str,
    required_permission_ids: Vec<&'static str>,
}

async fn handle(call: Call) -> Answer {
    let after = After::<usize>::of(&call.query(), 25)?;
    let start = after.last.unwrap_or(0);
    let page = Operation::ALL.iter().skip(start).take(after.limit);
    let results: Vec<_> = page.map(|operation| permission(*operation)).collect();
    let end = start.saturating_add(results.len());
    let next = (!results.is_empty() && end < Operation::ALL.len()).then(|| end.to_string());
    answer_v2(&call, results, next)
}

fn permission(operation: Operation) -> SpacePermission {
    let (display_name, description) = match operation {
        Operation::Read => ("View", "View the space and its content"),
        Operation::CreatePage => ("Create pages", "Create and edit pages"),
        Operation::CreateBlogPost => ("Create blog posts", "Create and edit blog posts"),
        Operation::CreateAttachment => ("Add attachments", "Attach files to pages"),
        Operation::CreateComment => ("Add comments", "Comment on pages"),
        Operation::DeleteOwn => ("Delete own", "Delete one's own content"),
        Operation::DeletePage => ("Delete pages", "Delete any page"),
        Operation::DeleteBlogPost => ("Delete blog posts", "Delete any blog post"),
        Operation::DeleteAttachment => ("Delete attachments", "Delete any attachment"),
        Operation::DeleteComment => ("Delete comments", "Delete any comment"),
        Operation::ArchivePage => ("Archive pages", "Archive pages"),
        Operation::Restrict => ("Restrict pages", "Set who may view or edit a page"),
        Operation::Export => ("Export", "Export the space"),
        Operation::Administer => ("Administer", "Administer the space and its permissions"),
    };
    let required = (operation != Operation::Read).then_some(Operation::Read.word());
    SpacePermission {
        id: operation.word(),
        display_name,
        description,
        required_permission_ids: required.into_iter().collect(),
    }
}
