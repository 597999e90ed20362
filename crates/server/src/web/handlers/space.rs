//! The overview of a space: its tree, its home page, its newest blog posts.

use crate::call::Call;
use crate::route::{Answer, Flavour, Route};
use crate::web::frame;
use crate::web::handlers::{drafts, tree};
use crate::web::pages::page::Rendered;
use crate::web::pages::space::{BlogPostLine, HomePage, SpaceHead, SpaceOverview};
use crate::web::paths;
use http::Method;
use narthex_access::view::SeenSpace;
use narthex_access::{Action, Object, PageId, PageKind, PageState, SpaceKind, SpaceState, View};
use narthex_site::render::Html;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::new(Method::GET, "/wiki/spaces/{key}", Flavour::Html, get).kept(),
        Route::new(
            Method::GET,
            "/wiki/spaces/{key}/overview",
            Flavour::Html,
            get,
        ),
    ]
}

/// The number of blog posts on the overview.
const BLOG_POSTS: usize = 5;

async fn get(call: Call) -> Answer {
    let view = &call.view;
    let space = view.space_by_key(call.param("key"))?;
    let home = match space.homepage() {
        Some(page) => Some(HomePage {
            id: page.id().get(),
            title: (*page.row().title).into(),
            body: {
                let html = call.rendered(|| call.app.site.page_html(view, page));
                Rendered(
                    html.await?
                        .map(Html::into_string)
                        .unwrap_or_default()
                        .into(),
                )
            },
            may_edit: view.may(Action::Edit, Object::Page(page.id())),
        }),
        None => None,
    };
    frame::page(&SpaceOverview {
        chrome: frame::chrome(&call, &*space.row().name, None),
        space: head(view, space),
        tree: tree::around(view, space.id(), None),
        home,
        blog_posts: blog_posts(view, space),
        may_create_page: view.may(Action::CreatePage, Object::Space(space.id())),
    })
}

/// Makes the head of a space's sidebar.
pub(super) fn head<'v>(view: &View, space: SeenSpace<'v>) -> SpaceHead<'v> {
    let row = space.row();
    SpaceHead {
        key: (*row.key).into(),
        name: (*row.name).into(),
        personal: row.kind == SpaceKind::Personal,
        archived: row.state == SpaceState::Archived,
        may_view: view.space(space.id()).is_ok(),
        may_see_permissions: view.may(Action::ViewPermissions, Object::Space(space.id())),
        may_see_trash: view.subject().account().is_some()
            && view.may(Action::Trash, Object::Space(space.id())),
        drafts: drafts::count_in(view, space.id()),
    }
}

fn blog_posts<'v>(view: &'v View, space: SeenSpace<'v>) -> Vec<BlogPostLine<'v>> {
    let mut posts: Vec<_> = view
        .pages_in(space.id(), PageId::from_random(0))
        .map(|post| post.row())
        .filter(|row| row.kind == PageKind::BlogPost && row.state == PageState::Live)
        .collect();
    posts.sort_by_key(|row| (std::cmp::Reverse(row.created_at), row.id));
    posts
        .into_iter()
        .take(BLOG_POSTS)
        .map(|row| BlogPostLine {
            address: paths::page_or_post(&space.row().key, row),
            title: (*row.title).into(),
            published: frame::moment(row.created_at),
        })
        .collect()
}
