//! `POST /wiki/rest/api/contentbody/convert/{to}`: converts a body to another format.
//!
//! Request: `{"value", "representation"}`; `contentIdContext` or `spaceKeyContext` name the content
//! or space that the body's names are relative to.

use super::request;
use crate::call::Call;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v1::represent::body::Converted;
use crate::route::Answer;

pub(super) async fn handle(mut call: Call) -> Answer {
    let (conversion, _held) = request::read(&mut call).await?;
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let value = lens.rendered(|| lens.site.converted(lens.reader(), &conversion));
    let value = value.await?.unwrap_or_default();
    respond::ok(&Converted::new(conversion.wanted, value))
}
