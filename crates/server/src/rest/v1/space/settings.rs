//! `GET /wiki/rest/api/space/{key}/settings`: how a space is set up, to who sees it.
//! Nothing of it can be set here: there is one editor, and no route is overridden.

use crate::call::Call;
use crate::respond;
use crate::route::Answer;
use narthex_site::address;
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Settings<'v> {
    route_override_enabled: bool,
    editor: Editor,
    space_key: &'v str,
    #[serde(rename = "_links")]
    links: Links,
}

#[derive(Serialize)]
struct Editor {
    page: &'static str,
    blogpost: &'static str,
    default: &'static str,
}

#[derive(Serialize)]
struct Links {
    base: String,
    context: &'static str,
    #[serde(rename = "self")]
    this: String,
}

pub(super) async fn handle(call: Call) -> Answer {
    let space = call.view.space_by_key(call.param("key"))?;
    let key = &space.row().key;
    let base = call.base();
    respond::ok(&Settings {
        route_override_enabled: false,
        editor: Editor {
            page: "v2",
            blogpost: "v2",
            default: "v2",
        },
        space_key: key,
        links: Links {
            this: format!("{base}/rest/api/space/{}/settings", address::segment(key)),
            base,
            context: "/wiki",
        },
    })
}
