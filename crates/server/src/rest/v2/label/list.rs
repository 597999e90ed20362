//! `GET /wiki/api/v2/labels`: the labels on anything that the caller sees.
//!
//! `label-id`, `prefix`, `sort`, `cursor`, `limit`.

use super::answer;
use crate::call::Call;
use crate::route::Answer;
use narthex_access::LabelId;

pub(super) async fn handle(call: Call) -> Answer {
    let wanted: Vec<LabelId> = call.query().parsed_list("label-id", "ids of labels")?;
    if wanted.is_empty() {
        return answer(&call, call.view.labels_from(LabelId::from_random(0)));
    }
    let found = wanted.iter().filter_map(|id| call.view.label(*id).ok());
    answer(&call, found)
}
