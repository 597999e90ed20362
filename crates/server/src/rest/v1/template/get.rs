//! `GET /wiki/rest/api/template/{id}`: one template, with its text.

use crate::call::Call;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v1::represent::Expand;
use crate::rest::v1::represent::template::Template;
use crate::route::Answer;

pub(super) async fn handle(call: Call) -> Answer {
    let expand = Expand::or(&call.query(), &["body"]);
    let row = call.view.template(call.id("id")?)?;
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    respond::ok(&Template::of(lens, row, &expand).await?)
}
