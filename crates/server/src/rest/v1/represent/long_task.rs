//! A v1 long task: the pointer that the response to its start has, and its outcome.

use crate::respond;
use crate::rest::lens::Lens;
use crate::route::Answer;
use http::StatusCode;
use narthex_access::{LongTaskId, Millis};
use narthex_site::long_task::LongTask;
use serde::Serialize;

/// Responds with 202 and the pointer to a long task.
///
/// # Errors
/// As [`respond::json`].
pub fn accepted(id: LongTaskId) -> Answer {
    let id = id.to_string();
    let status = format!("/rest/api/longtask/{id}");
    let links = StatusLink { status };
    respond::json(StatusCode::ACCEPTED, &Pointer { id, links })
}

#[derive(Debug, Serialize)]
struct Pointer {
    id: String,
    links: StatusLink,
}

#[derive(Debug, Serialize)]
struct StatusLink {
    status: String,
}

/// The outcome of a long task. A task that can be read has ended.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    id: String,
    name: Name,
    elapsed_time: Millis,
    percentage_complete: u8,
    successful: bool,
    finished: bool,
    status: &'static str,
    messages: Vec<Message>,
    errors: Vec<Message>,
    additional_details: Details,
    #[serde(rename = "_links")]
    links: Links,
}

#[derive(Debug, Serialize)]
struct Name {
    key: String,
    args: [(); 0],
}

#[derive(Debug, Serialize)]
struct Message {
    translation: String,
    args: [(); 0],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Details {
    #[serde(skip_serializing_if = "Option::is_none")]
    destination_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    destination_url: Option<String>,
}

#[derive(Debug, Serialize)]
struct Links {
    #[serde(rename = "self")]
    this: String,
    base: String,
    context: &'static str,
}

impl Status {
    /// Builds the object of a task that has ended.
    pub fn of(lens: Lens<'_>, task: LongTask) -> Self {
        let id = task.id.to_string();
        let message = |translation| Message {
            translation,
            args: [],
        };
        let successful = task.failure.is_none();
        let done = match task.pages {
            0 => None,
            1 => Some("1 page".to_owned()),
            pages => Some(format!("{pages} pages")),
        };
        let made = task.made.map(|page| page.to_string());
        Self {
            name: Name {
                key: task.kind,
                args: [],
            },
            elapsed_time: task.took,
            percentage_complete: 100,
            successful,
            finished: true,
            status: if successful { "Success" } else { "Failed" },
            messages: done.map(message).into_iter().collect(),
            errors: task.failure.map(message).into_iter().collect(),
            additional_details: Details {
                destination_url: made
                    .as_ref()
                    .map(|page| format!("/pages/viewpage.action?pageId={page}")),
                destination_id: made,
            },
            links: Links {
                this: format!("{}/rest/api/longtask/{id}", lens.base),
                base: lens.base.to_owned(),
                context: "/wiki",
            },
            id,
        }
    }
}
