//! `GET /wiki/rest/api/space/{key}/content`, `.../content/{page|blogpost}`: the live pages and blog
//! posts of a space that the caller sees, ordered by id. `depth=root` leaves out pages that are
//! below others.

use crate::call::Call;
use crate::failure::Failure;
use crate::request::query::Parameters;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::paging::{ListV1, Page, Window};
use crate::rest::v1::represent::Expand;
use crate::rest::v1::represent::children::NOT_HERE;
use crate::rest::v1::represent::content::Content;
use crate::route::Answer;
use narthex_access::view::{SeenPage, SeenSpace};
use narthex_access::{PageId, PageKind, PageState};
use narthex_site::address;
use serde::Serialize;

#[derive(Serialize)]
struct ByType<'v> {
    page: ListV1<Content<'v>>,
    blogpost: ListV1<Content<'v>>,
    #[serde(rename = "_links")]
    links: Links,
}

#[derive(Serialize)]
struct Links {
    base: String,
    context: &'static str,
    #[serde(rename = "self")]
    this: String,
}

pub(super) async fn handle(call: Call) -> Answer {
    let wanted = Wanted::of(&call.query())?;
    let space = call.view.space_by_key(call.param("key"))?;
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let path = format!(
        "/rest/api/space/{}/content",
        address::encoded(&space.row().key)
    );
    let of = |kind: PageKind| format!("{path}/{}", kind.word());
    let make = |entry| Content::of(lens, entry, &wanted.expand);
    let pages = wanted.cut(lens, space, PageKind::Page);
    let pages = pages.filled(lens, make).await?;
    let posts = wanted.cut(lens, space, PageKind::BlogPost);
    let posts = posts.filled(lens, make).await?;
    respond::ok(&ByType {
        page: ListV1::at(&call, &of(PageKind::Page), pages),
        blogpost: ListV1::at(&call, &of(PageKind::BlogPost), posts),
        links: Links {
            this: format!("{base}{path}"),
            base: base.clone(),
            context: "/wiki",
        },
    })
}

pub(super) async fn handle_one_type(call: Call) -> Answer {
    let wanted = Wanted::of(&call.query())?;
    let space = call.view.space_by_key(call.param("key"))?;
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let page = match (PageKind::from_word(call.param("type")), call.param("type")) {
        (Some(kind), _) => wanted.cut(lens, space, kind),
        (None, other) if NOT_HERE.contains(&other) => Page::of(Vec::new(), wanted.window, false),
        (None, _) => return Err(Failure::Absent),
    };
    let make = |entry| Content::of(lens, entry, &wanted.expand);
    page.answer_v1(&call, lens, make).await
}

/// The part of the content of a space that a request asks for.
struct Wanted {
    window: Window,
    expand: Expand,
    only_root: bool,
}

impl Wanted {
    fn of(query: &Parameters<'_>) -> Result<Self, Failure> {
        let only_root = match query.get("depth") {
            None | Some("all") => false,
            Some("root") => true,
            Some(_) => {
                return Err(Failure::bad_request(
                    "the query parameter \"depth\" must be all or root",
                ));
            }
        };
        let expand = Expand::of(query);
        Ok(Self {
            window: Window::up_to(query, 25, expand.max_entries())?,
            expand,
            only_root,
        })
    }

    fn cut<'v>(&self, lens: Lens<'v>, space: SeenSpace<'v>, kind: PageKind) -> Page<SeenPage<'v>> {
        let all = lens.view.pages_in(space.id(), PageId::from_random(0));
        let wanted = all.filter(|page| {
            let row = page.row();
            row.kind == kind
                && row.state == PageState::Live
                && (!self.only_root || row.parent.is_none())
        });
        Page::cut(wanted, self.window)
    }
}
