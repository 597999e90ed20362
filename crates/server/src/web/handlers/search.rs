//! The search page.

use crate::call::Call;
use crate::failure::Failure;
use crate::route::{Answer, Flavour, Route};
use crate::web::frame;
use crate::web::pages::chrome::Chrome;
use crate::web::pages::moment::Count;
use crate::web::pages::search::{HitShown, Outcome, Search, SpaceChoice};
use crate::web::paths;
use http::Method;
use narthex_access::{PageKind, SpaceKind, View};
use narthex_site::address;
use narthex_site::search::cql::{Expression, Query, SpaceRef, Test, TextIn};
use narthex_site::search::find::{Asked, From, Hit, Item};
use narthex_site::search::text;

/// The number of hits on one page.
const EACH: usize = 20;

/// The most characters of a search text.
const LONGEST: usize = 1_000;

/// The most words of a search text; one with a wildcard counts as eight.
const WORDS: usize = 64;

pub(super) fn routes() -> Vec<Route> {
    vec![Route::new(Method::GET, paths::SEARCH, Flavour::Html, get)]
}

async fn get(call: Call) -> Answer {
    let parameters = call.query();
    let asked = parameters.get("text").unwrap_or_default().trim().to_owned();
    let label = parameters.get("label").map(str::trim);
    let label = label.filter(|label| !label.is_empty()).map(str::to_owned);
    let space = parameters.get("space").map(str::to_owned);
    let start = parameters.number("start")?.unwrap_or(0);
    let wanted = Wanted {
        words: &asked,
        label: label.as_deref(),
        space: space.as_deref(),
    };
    let outcome = match wanted.words.is_empty() && wanted.label.is_none() {
        true => None,
        false => Some(search(&call, wanted, start).await?),
    };
    frame::page(&Search {
        chrome: Chrome {
            // A list of hits must not be indexed by search engines.
            indexable: false,
            ..frame::chrome(&call, "Search", None)
        },
        spaces: choices(&call.view, space.as_deref()),
        asked: asked.into(),
        label: label.map(Into::into),
        space: space.map(Into::into),
        outcome,
    })
}

fn choices<'v>(view: &'v View, chosen: Option<&str>) -> Vec<SpaceChoice<'v>> {
    let mut spaces: Vec<SpaceChoice<'_>> = view
        .directory(SpaceKind::Global)
        .map(|space| {
            let row = space.row();
            SpaceChoice {
                chosen: chosen.is_some_and(|key| key.eq_ignore_ascii_case(&row.key)),
                key: (*row.key).into(),
                name: (*row.name).into(),
            }
        })
        .collect();
    spaces.sort_by_cached_key(|space| (space.name.to_lowercase(), space.key.clone()));
    spaces
}

/// The search that a person makes.
#[derive(Clone, Copy)]
struct Wanted<'a> {
    /// The words; empty for a search by label alone.
    words: &'a str,
    /// The label that each hit must have.
    label: Option<&'a str>,
    /// The key of the one space that is searched; `None` for all.
    space: Option<&'a str>,
}

/// Makes the query for a search, or says why there is none.
fn query(wanted: Wanted<'_>) -> Result<Query, String> {
    let Wanted {
        words,
        label,
        space,
    } = wanted;
    if words.chars().count() > LONGEST || label.is_some_and(|l| l.chars().count() > LONGEST) {
        return Err(format!(
            "Shorten your search to at most {LONGEST} characters."
        ));
    }
    let mut parts = Vec::new();
    if !words.is_empty() {
        let words = text::read(words)?;
        if words.cost() > WORDS {
            return Err(format!(
                "Search for at most {WORDS} words at once; a word with a wildcard counts as eight."
            ));
        }
        parts.push(Expression::Test(Test::Text(TextIn::Anything, words)));
    }
    parts.extend(label.map(|label| Expression::Test(Test::Label(vec![label.into()]))));
    parts.extend(space.map(|key| Expression::Test(Test::Space(vec![SpaceRef::Key(key.into())]))));
    Ok(Query {
        condition: Expression::And(parts),
        order: Vec::new(),
    })
}

async fn search(
    call: &Call,
    wanted: Wanted<'_>,
    start: usize,
) -> Result<Outcome<'static>, Failure> {
    let query = match query(wanted) {
        Ok(query) => query,
        Err(why) => return Ok(Outcome::Problem(why.into())),
    };
    let with = Asked {
        from: From::Start(start),
        limit: EACH,
        ..Asked::default()
    };
    let site = &call.app.site;
    let searched = site
        .search(&call.credential, &call.view, &query, &with)
        .await?;
    let mut hits = Vec::with_capacity(EACH);
    let found = searched.found.hits.iter();
    let items: Vec<Item<'_>> = found
        .filter_map(|Hit { thing, .. }| Item::of(&searched.view, *thing))
        .collect();
    let excerpts = site
        .excerpts_of_hits(&searched.view, &items, &query)
        .await?;
    for (item, excerpt) in items.into_iter().zip(excerpts) {
        let pieces = |excerpt: narthex_site::search::excerpt::Excerpt| {
            let pieces = excerpt.pieces();
            pieces
                .map(|(marked, piece)| (marked, piece.to_owned()))
                .collect()
        };
        hits.extend(shown(
            &searched.view,
            &item,
            excerpt.map(pieces).unwrap_or_default(),
        ));
    }
    let page = |start: usize| paths::search(wanted.words, wanted.label, wanted.space, start);
    Ok(Outcome::Hits {
        total: Count(u64::try_from(searched.found.total).unwrap_or(u64::MAX)),
        previous: (start > 0).then(|| page(start.saturating_sub(EACH))),
        next: searched
            .found
            .more
            .is_some()
            .then(|| page(start.saturating_add(EACH))),
        hits,
    })
}

fn shown(view: &View, item: &Item<'_>, excerpt: Vec<(bool, String)>) -> Option<HitShown<'static>> {
    let page = item.page()?;
    let space = view.space(page.row().space).ok()?;
    let address = address::page(&space.row().key, page.row());
    let (kind, title, address) = match item {
        Item::Page(_) => {
            let kind = match page.row().kind {
                PageKind::Page => "Page",
                PageKind::BlogPost => "Blog post",
                PageKind::Folder => "Folder",
            };
            (kind, page.row().title.to_string(), address)
        }
        Item::Comment(row, _) => (
            "Comment",
            page.row().title.to_string(),
            format!("{address}?focusedCommentId={}", row.id),
        ),
        Item::Attachment(row, _) => (
            "Attachment",
            row.file_name.to_string(),
            address::download(row),
        ),
        Item::Space(_) => return None,
    };
    Some(HitShown {
        address,
        kind,
        title: title.into(),
        space: space.row().name.to_string().into(),
        changed: frame::moment(item.modified()),
        excerpt,
    })
}
