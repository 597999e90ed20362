//! `POST /wiki/rest/api/contentbody/convert/async/{to}`: stores a body that is converted when the
//! result is requested; `.../async/bulk/tasks`: up to ten at once.
//!
//! Request: as for `convert/{to}`; or `{"conversionInputs": [{"to", "body", "contentIdContext",
//! "spaceKeyContext"}]}`.

use super::request;
use crate::call::Call;
use crate::failure::Failure;
use crate::respond;
use crate::route::Answer;
use serde::Serialize;

/// The maximum number of conversions in one request.
const MOST: usize = 10;
/// Stands in place of an id for a conversion that isn't accepted.
const NOT_TAKEN: &str = "FAILED_TO_QUEUE";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Taken {
    async_id: String,
}

pub(super) async fn handle(mut call: Call) -> Answer {
    call.require_account()?;
    let (conversion, _held) = request::read(&mut call).await?;
    let site = &call.app.site;
    let async_id = site.keep_conversion(&call.view, conversion).await?;
    respond::ok(&Taken { async_id })
}

pub(super) async fn handle_many(mut call: Call) -> Answer {
    call.require_account()?;
    let mut conversions = Vec::new();
    let _held = {
        let document = call.long_json().await?;
        let inputs = document.object()?.required("conversionInputs")?.array()?;
        if inputs.len() > MOST {
            return Err(Failure::bad_request(format!(
                "send at most {MOST} conversions at once"
            )));
        }
        for input in &inputs {
            conversions.push(request::read_one(&input.object()?));
        }
        drop(inputs);
        document.into_held()
    };
    let site = &call.app.site;
    let mut taken = Vec::new();
    for conversion in conversions {
        // Each conversion stands for itself: a bad one, or one in a context that doesn't exist,
        // doesn't hold up the others.
        let kept = match conversion {
            Ok(conversion) => match site.keep_conversion(&call.view, conversion).await {
                Ok(id) => Ok(id),
                Err(error @ narthex_site::SiteError::Storage(_)) => return Err(error.into()),
                Err(error) => Err(Failure::from(error)),
            },
            Err(failure) => Err(failure),
        };
        let async_id = kept.unwrap_or_else(|_| NOT_TAKEN.to_owned());
        taken.push(Taken { async_id });
    }
    respond::ok(&taken)
}
