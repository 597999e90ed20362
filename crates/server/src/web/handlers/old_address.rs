//! Redirects from addresses in older links to the present ones: short links, `display`, the
//! `.action` addresses, and Confluence's own log-in addresses.
//!
//! Each is decided as the page that it leads to. A redirect reveals a key and a title, so a caller
//! who doesn't see the page or space gets the same response as if it had never existed.

use crate::call::{Ask, Call, OrAbsent as _};
use crate::failure::Failure;
use crate::request::query::Parameters;
use crate::respond;
use crate::route::{Answer, Flavour, Route};
use crate::web::handlers::admin::require_site_admin;
use crate::web::paths;
use http::Method;
use narthex_access::view::{SeenPage, SeenSpace};
use narthex_access::{PageKind, SpaceId, View};
use narthex_site::address;
use percent_encoding::percent_decode_str;

/// Returns the routes that lead to a page or a space.
pub(super) fn routes() -> Vec<Route> {
    let get = |template, handler: fn(Call) -> BoxedAnswer| {
        Route::new(Method::GET, template, Flavour::Html, handler)
    };
    // These reveal nothing of the site, so a stale session must not prevent them.
    let open = |template, handler: fn(Ask) -> BoxedAnswer| {
        Route::open(Method::GET, template, Flavour::Html, handler)
    };
    vec![
        get("/wiki/x/{code}", |call| Box::pin(short_link(call))),
        get("/wiki/pages/tinyurl.action", |call| {
            Box::pin(short_link_in_query(call))
        }),
        get("/wiki/pages/viewpage.action", |call| Box::pin(named(call))),
        get("/wiki/pages/{action}", |call| Box::pin(action(call))),
        get("/wiki/plugins/{plugin}/{action}", |call| {
            Box::pin(action(call))
        }),
        get("/wiki/spaces/viewspace.action", |call| {
            Box::pin(named(call))
        }),
        get("/wiki/spaces/{key}/pages", |call| Box::pin(space(call))),
        get("/wiki/spaces/{key}/blog", |call| Box::pin(space(call))),
        get("/wiki/display/{key}", |call| Box::pin(space(call))),
        get("/wiki/display/{key}/{*place}", |call| {
            Box::pin(displayed(call))
        }),
        get("/wiki/dosearchsite.action", |call| Box::pin(search(call))),
        open("/wiki/login", |ask| Box::pin(log_in(ask))),
        open("/wiki/login.action", |ask| Box::pin(log_in(ask))),
        open("/wiki/spaces", |_| {
            Box::pin(async { respond::see_other(paths::HOME) })
        }),
        get("/wiki/admin", |call| Box::pin(administration(call))),
    ]
}

/// Redirects `/wiki/admin`, for people who are let in at its target.
async fn administration(call: Call) -> Answer {
    require_site_admin(&call)?;
    respond::see_other(paths::ACCOUNTS)
}

type BoxedAnswer = futures_util::future::BoxFuture<'static, Answer>;

/// Redirects `/wiki/x/CODE`.
async fn short_link(call: Call) -> Answer {
    let id = address::id_of_short_code(call.param("code")).or_absent()?;
    to_page(&call.view, call.view.page(id)?)
}

/// Redirects `tinyurl.action?urlIdentifier=CODE`.
async fn short_link_in_query(call: Call) -> Answer {
    let query = call.query();
    let code = query.get("urlIdentifier").or_absent()?;
    let id = address::id_of_short_code(code).or_absent()?;
    to_page(&call.view, call.view.page(id)?)
}

/// Redirects an `.action` that names a page or a space in its query.
async fn action(call: Call) -> Answer {
    if !call.param("action").ends_with(".action") {
        return Err(Failure::Absent);
    }
    named(call).await
}

/// Redirects to the thing that a query names: `pageId`; `spaceKey` and `title`; `spaceKey` or
/// `key`.
async fn named(call: Call) -> Answer {
    let view = &call.view;
    let query = call.query();
    if let Some(id) = query.get("pageId") {
        let id = id.parse().map_err(|_| Failure::Absent)?;
        return to_page(view, view.page(id)?);
    }
    let key = query.get("spaceKey").or(query.get("key")).or_absent()?;
    let space = view.space_by_key(key)?;
    match query.get("title") {
        Some(title) => to_page(view, titled(view, space.id(), title).or_absent()?),
        None => to_space(space),
    }
}

/// Redirects an address of which only the space counts.
async fn space(call: Call) -> Answer {
    to_space(call.view.space_by_key(call.param("key"))?)
}

/// Redirects `display/KEY/Title` and `display/KEY/2026/11/30/Title`.
async fn displayed(call: Call) -> Answer {
    let view = &call.view;
    let space = view.space_by_key(call.param("key"))?;
    // The address is read before it is decoded: `+` stands for a blank, `%2B` for a plus.
    let written = call.uri.path().splitn(5, '/').nth(4).unwrap_or_default();
    let segments: Vec<&str> = written.split('/').filter(|it| !it.is_empty()).collect();
    let is_number = |text: &str, digits: usize| {
        text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let page = match segments.as_slice() {
        [year, month, day, title @ ..]
            if is_number(year, 4) && is_number(month, 2) && is_number(day, 2) =>
        {
            if title.is_empty() {
                return to_space(space);
            }
            let day = [*year, *month, *day].join("/");
            posted(view, space.id(), &day, &decoded(title)?)
        }
        title => titled(view, space.id(), &decoded(title)?),
    };
    to_page(view, page.or_absent()?)
}

/// Decodes a title from the segments of an address; a title may contain slashes.
fn decoded(segments: &[&str]) -> Result<String, Failure> {
    let written = segments.join("/").replace('+', " ");
    let decoded = percent_decode_str(&written).decode_utf8();
    Ok(decoded.map_err(|_| Failure::Absent)?.into_owned())
}

/// Finds the page with a title, or else the folder.
fn titled<'v>(view: &'v View, space: SpaceId, title: &str) -> Option<SeenPage<'v>> {
    let title = title.trim();
    view.page_titled(space, PageKind::Page, title)
        .or_else(|| view.page_titled(space, PageKind::Folder, title))
}

/// Finds the blog post of a day with a title, the oldest of several (law 6.8).
fn posted<'v>(view: &'v View, space: SpaceId, day: &str, title: &str) -> Option<SeenPage<'v>> {
    let posts = view.pages_titled(space, PageKind::BlogPost, title.trim());
    posts
        .filter(|post| address::posting_day(post.row()) == day)
        .min_by_key(|post| (post.row().created_at, post.id()))
}

fn to_page(view: &View, page: SeenPage<'_>) -> Answer {
    let space = view.space(page.row().space)?;
    respond::see_other(&address::page(&space.row().key, page.row()))
}

fn to_space(space: SeenSpace<'_>) -> Answer {
    respond::see_other(&address::space(&space.row().key))
}

/// Redirects `dosearchsite.action?queryString=`, with `where=KEY` for one space.
async fn search(call: Call) -> Answer {
    let query = call.query();
    let words = query.get("queryString").or(query.get("text"));
    let space = query.get("where").or(query.get("spaceKey"));
    // This prefix marks scopes other than spaces.
    let space = space.filter(|place| !place.starts_with("conf_"));
    respond::see_other(&match words {
        Some(words) => paths::search(words, None, space, 0),
        None => paths::SEARCH.to_owned(),
    })
}

/// Redirects Confluence's log-in address, with its target `os_destination`.
async fn log_in(ask: Ask) -> Answer {
    let query = ask.query();
    respond::see_other(&match destination(&query) {
        Some(path) => format!("{}?return={}", paths::LOG_IN, address::encoded(&path)),
        None => paths::LOG_IN.to_owned(),
    })
}

/// Returns the requested target; the log-in form decides whether it is on this site (A63).
fn destination(query: &Parameters<'_>) -> Option<String> {
    let path = query.get("os_destination")?;
    Some(match path.starts_with("/wiki") {
        true => path.to_owned(),
        false => format!("/wiki/{}", path.trim_start_matches('/')),
    })
}
