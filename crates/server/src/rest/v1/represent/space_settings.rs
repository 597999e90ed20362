//! The settings of a space. None of them can be changed: there is one editor, and no route is
//! overridden.

use crate::rest::lens::Lens;
use narthex_access::view::SeenSpace;
use narthex_site::address;
use serde::Serialize;

/// The settings of a space, with its editor.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Settings<'v> {
    route_override_enabled: bool,
    editor: Editor,
    space_key: &'v str,
    #[serde(rename = "_links")]
    links: Links<'v>,
}

#[derive(Debug, Serialize)]
struct Editor {
    page: &'static str,
    blogpost: &'static str,
    default: &'static str,
}

#[derive(Debug, Serialize)]
struct Links<'v> {
    base: &'v str,
    context: &'static str,
    #[serde(rename = "self")]
    this: String,
}

impl<'v> Settings<'v> {
    /// Builds the settings of a space.
    pub fn of(lens: Lens<'v>, space: SeenSpace<'v>) -> Self {
        let (key, base) = (&space.row().key, lens.base);
        Self {
            route_override_enabled: false,
            editor: Editor {
                page: "v2",
                blogpost: "v2",
                default: "v2",
            },
            space_key: key,
            links: Links {
                this: format!("{base}/rest/api/space/{}/settings", address::encoded(key)),
                base,
                context: "/wiki",
            },
        }
    }
}
