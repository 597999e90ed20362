//! `GET /wiki/rest/api/group?accessType=`: all groups, by name; or only those that let their
//! members use Confluence (`user`) or administer it (`admin`). Site administration is given to
//! people and never by a group (`site-admin`).

use super::require_somebody;
use crate::call::Call;
use crate::failure::Failure;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::paging::{ListV1, Page, Window};
use crate::rest::v1::represent::group::Group;
use crate::route::Answer;
use narthex_access::ConfluenceAccess;

pub(super) async fn handle(call: Call) -> Answer {
    require_somebody(&call)?;
    let query = call.query();
    let window = Window::of(&query, 200)?;
    let wanted: &[ConfluenceAccess] = match query.get("accessType") {
        None => ConfluenceAccess::ALL,
        Some("user") => &[ConfluenceAccess::User, ConfluenceAccess::Admin],
        Some("admin") => &[ConfluenceAccess::Admin],
        Some("site-admin") => &[],
        Some(_) => {
            return Err(Failure::bad_request(
                "the query parameter \"accessType\" must be user, admin or site-admin",
            ));
        }
    };
    let groups = call.view.groups()?;
    let mut groups: Vec<_> = groups
        .filter(|row| wanted.contains(&row.confluence))
        .collect();
    groups.sort_by(|a, b| a.name.cmp(&b.name));
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let page = Page::cut(groups.into_iter().map(|row| Group::of(lens, row)), window);
    respond::ok(&ListV1::of(&call, page))
}
