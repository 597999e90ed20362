//! `GET /wiki/api/v2/spaces`: the spaces that the caller sees.
//!
//! `ids`, `keys`, `type`, `status`, `sort`, `description-format`, `cursor`, `limit`.

use crate::call::Call;
use crate::failure::Failure;
use crate::rest::lens::Lens;
use crate::rest::paging::{After, answer_v2};
use crate::rest::v2::represent::space::Space;
use crate::route::Answer;
use narthex_access::view::SeenSpace;
use narthex_access::{SpaceId, SpaceKind, SpaceState};

pub(super) async fn handle(call: Call) -> Answer {
    let query = call.query();
    let after = After::<usize>::of(&query, 25)?;
    let ids: Vec<SpaceId> = query.parsed_list("ids", "ids of spaces")?;
    let keys: Vec<String> = query.list("keys").map(str::to_lowercase).collect();
    let kind = query.get("type").map(SpaceKind::from_word);
    let status = query.get("status");
    // Nothing has labels or favourites yet, so nothing has these.
    let nothing = query.get("labels").is_some() || query.get("favorited-by").is_some();

    let mut spaces: Vec<_> = call.view.spaces().collect();
    spaces.retain(|space| {
        let row = space.row();
        let word = match row.state {
            SpaceState::Live => "current",
            SpaceState::Archived => "archived",
            SpaceState::Trashed | SpaceState::Importing => return false,
        };
        !nothing
            && status.is_none_or(|status| status == word)
            && kind.is_none_or(|kind| kind == Some(row.kind))
            && (ids.is_empty() || ids.contains(&row.id))
            && (keys.is_empty() || keys.contains(&row.key.to_lowercase()))
    });
    order(&mut spaces, query.get("sort").unwrap_or("id"))?;

    let start = after.last.unwrap_or(0);
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let format = query.get("description-format");
    let page = spaces.iter().skip(start).take(after.limit);
    let results: Vec<_> = page.map(|space| Space::of(lens, *space, format)).collect();
    let end = start.saturating_add(results.len());
    let next = (!results.is_empty() && end < spaces.len()).then(|| end.to_string());
    answer_v2(&call, results, next)
}

fn order(spaces: &mut [SeenSpace<'_>], sort: &str) -> Result<(), Failure> {
    let (field, descending) = match sort.strip_prefix('-') {
        Some(field) => (field, true),
        None => (sort, false),
    };
    match field {
        "id" => {}
        "key" => spaces.sort_by(|a, b| a.row().key.cmp(&b.row().key)),
        "name" => spaces.sort_by(|a, b| a.row().name.cmp(&b.row().name)),
        _ => {
            return Err(Failure::bad_request(
                "the query parameter \"sort\" must be id, key or name, or one of them after \"-\"",
            ));
        }
    }
    if descending {
        spaces.reverse();
    }
    Ok(())
}
