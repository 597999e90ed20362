//! `GET /wiki/rest/api/space`: the spaces that the caller sees, ordered by key.
//!
//! `spaceKey`, `spaceId`, `type`, `status`, `label`, `favourite`, `expand`, `start`, `limit`.

use crate::call::Call;
use crate::failure::Failure;
use crate::request::query::Parameters;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::paging::{ListV1, Page, Window};
use crate::rest::v1::represent::Expand;
use crate::rest::v1::represent::space::Space;
use crate::route::Answer;
use narthex_access::{Object, SpaceId, SpaceKind, SpaceState, View};

pub(super) async fn handle(call: Call) -> Answer {
    let query = call.query();
    let expand = Expand::of(&query);
    let window = Window::up_to(&query, 25, expand.max_entries())?;
    let keys: Vec<String> = query.list("spaceKey").map(str::to_lowercase).collect();
    let ids: Vec<SpaceId> = query.parsed_list("spaceId", "an id of a space")?;
    let kind = one_of(&query, "type", SpaceKind::from_word, "global or personal")?;
    let archived = |word: &str| match word {
        "archived" => Some(true),
        "current" => Some(false),
        _ => None,
    };
    let archived = one_of(&query, "status", archived, "current or archived")?;
    let labels: Vec<String> = query.list("label").map(str::to_lowercase).collect();
    let favourites = query.flag("favourite")?;
    if query.get("favouriteUserKey").is_some() {
        return Err(Failure::bad_request(
            "the query parameter \"favouriteUserKey\" can't be used, because accounts have no user \
             keys; leave it out to get your own favourites",
        ));
    }

    let mut spaces: Vec<_> = call.view.spaces().collect();
    spaces.retain(|space| {
        let row = space.row();
        let state = match row.state {
            SpaceState::Live => archived != Some(true),
            SpaceState::Archived => archived != Some(false),
            SpaceState::Trashed | SpaceState::Importing => false,
        };
        state
            && kind.is_none_or(|kind| kind == row.kind)
            && (!favourites || call.view.is_favourite(Object::Space(row.id)))
            && (labels.is_empty() || is_labelled(&call.view, row.id, &labels))
            && (ids.is_empty() || ids.contains(&row.id))
            && (keys.is_empty() || keys.contains(&row.key.to_lowercase()))
    });
    spaces.sort_by(|a, b| a.row().key.cmp(&b.row().key));

    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let (entries, mut page) = Page::cut(spaces.into_iter(), window).take();
    for space in entries {
        page.entries.push(Space::of(lens, space, &expand).await?);
    }
    respond::ok(&ListV1::of(&call, page))
}

/// Reads a parameter that accepts one of a few words, in any case.
fn one_of<T>(
    query: &Parameters<'_>,
    name: &str,
    from_word: impl Fn(&str) -> Option<T>,
    known: &str,
) -> Result<Option<T>, Failure> {
    let wrong = || Failure::bad_request(format!("the query parameter \"{name}\" must be {known}"));
    query
        .get(name)
        .map(|word| from_word(&word.to_lowercase()).ok_or_else(wrong))
        .transpose()
}

/// Whether a space has one of the requested labels.
fn is_labelled(view: &View, space: SpaceId, wanted: &[String]) -> bool {
    let labels = view.labels(Object::Space(space)).unwrap_or_default();
    let mut names = labels.iter().map(|label| &*label.name);
    names.any(|name| wanted.iter().any(|wanted| wanted == name))
}
