//! `GET /wiki/rest/api/contentbody/convert/async/{id}`: the result of a conversion, for the account
//! that requested it; `.../async/bulk/tasks?ids=`: up to fifty.
//!
//! The conversion is made now, as this reader sees the site now.

use crate::call::Call;
use crate::failure::Failure;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v1::represent::body::Converted;
use crate::route::Answer;
use serde::Serialize;

/// The maximum number of results in one response.
const MOST: usize = 50;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Task {
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    converted: Option<Converted>,
    render_task_id: String,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'static str>,
}

pub(super) async fn handle(call: Call) -> Answer {
    call.require_account()?;
    let id = call.param("to").to_owned();
    respond::ok(&task(&call, id).await?)
}

pub(super) async fn handle_many(call: Call) -> Answer {
    call.require_account()?;
    let query = call.query();
    let ids: Vec<String> = query.list("ids").map(str::to_owned).collect();
    if ids.is_empty() {
        return Err(Failure::bad_request(
            "the query parameter \"ids\" is missing; send the ids of the tasks, separated by commas",
        ));
    }
    if ids.len() > MOST {
        return Err(Failure::bad_request(format!(
            "request at most {MOST} tasks at once"
        )));
    }
    let mut tasks = Vec::new();
    for id in ids {
        let found = task(&call, id.clone()).await;
        tasks.push(match found {
            Err(Failure::Absent) => Task {
                converted: None,
                render_task_id: id,
                status: "FAILED",
                error: Some("there is no such task, or it has expired; start the conversion again"),
            },
            found => found?,
        });
    }
    respond::ok(&tasks)
}

async fn task(call: &Call, id: String) -> Result<Task, Failure> {
    let base = call.base();
    let lens = Lens::new(call, &call.view, &base);
    // The content or space that it refers to may have been closed since: then it is absent.
    let convert = || async {
        let kept = lens.site.kept_conversion(lens.view, &id).await?;
        let kept = kept.ok_or(Failure::Absent)?;
        let value = lens.site.converted(lens.reader(), &kept).await?;
        Ok::<_, Failure>(Converted::new(kept.wanted, value))
    };
    let converted = lens.room.rendered(convert, Converted::length).await?;
    let fits = converted.is_some();
    Ok(Task {
        converted,
        render_task_id: id,
        status: if fits { "COMPLETED" } else { "FAILED" },
        error: (!fits)
            .then_some("the result doesn't fit into this response; request this task alone"),
    })
}
