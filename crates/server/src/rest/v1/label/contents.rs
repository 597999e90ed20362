//! `GET /wiki/rest/api/label?name=&type=`: a label, and the content with it that the caller sees. A
//! label that is on nothing the caller sees is absent (A24).

use crate::call::Call;
use crate::failure::Failure;
use crate::respond;
use crate::rest::paging::{Page, Window};
use crate::rest::v1::represent::label::Label;
use crate::route::Answer;
use narthex_access::{AccountId, LabelRow, Object, View, label_id};
use narthex_site::label::NewLabel;
use serde::Serialize;

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Details<'v> {
    label: Label<'v>,
    associated_contents: Associated<'v>,
}

#[derive(Debug, Serialize)]
struct Associated<'v> {
    results: Vec<Labelled<'v>>,
    start: usize,
    limit: usize,
    size: usize,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Labelled<'v> {
    content_type: &'static str,
    content_id: u64,
    title: &'v str,
}

/// The types that a request may ask for.
const TYPES: &[&str] = &["page", "blogpost", "attachment", "page_template"];

pub(super) async fn handle(call: Call) -> Answer {
    let query = call.query();
    let name = query.required("name")?;
    let wanted = query.get("type");
    if wanted.is_some_and(|kind| !TYPES.contains(&kind)) {
        return Err(Failure::bad_request(
            "the query parameter \"type\" must be page, blogpost, attachment or page_template",
        ));
    }
    let window = Window::of(&query, 200)?;
    let view = &call.view;
    let label = NewLabel::written(name).map_err(|_| Failure::Absent)?;
    let own = view.subject().account();
    let owner = own.unwrap_or(AccountId::from_random(0));
    let id = label_id(label.prefix, &label.name, owner);
    let row = view.label(id)?;
    // The ids are computed from prefix and name, and two labels may get the same one.
    if (row.prefix, &*row.name) != (label.prefix, label.name.as_str()) {
        return Err(Failure::Absent);
    }
    let found = view.labelled(id).filter_map(|row| content(view, row));
    let found = found.filter(|it| wanted.is_none_or(|kind| it.content_type == kind));
    let page = Page::cut(found, window);
    respond::ok(&Details {
        label: Label::of(row),
        associated_contents: Associated {
            start: window.start,
            limit: window.limit,
            size: page.entries.len(),
            results: page.entries,
        },
    })
}

/// Returns the content that has a label; `None` for spaces and comments, which aren't listed, and
/// for content that the caller can't see.
fn content<'v>(view: &'v View, row: &LabelRow) -> Option<Labelled<'v>> {
    let (content_type, content_id, title) = match row.on {
        Object::Page(id) => {
            let row = view.page(id).ok()?.row();
            (row.kind.word(), row.id.get(), &row.title)
        }
        Object::Attachment(id) => {
            let row = view.attachment(id).ok()?;
            ("attachment", row.id.get(), &row.file_name)
        }
        Object::Template(id) => {
            let row = view.template(id).ok()?;
            ("page_template", row.id.get(), &row.name)
        }
        Object::Space(_) | Object::Comment(_) => return None,
    };
    Some(Labelled {
        content_type,
        content_id,
        title,
    })
}
