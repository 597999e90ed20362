//! `GET /wiki/api/v2/spaces`: the spaces that the caller sees.
//!
//! `ids`, `keys`, `type`, `status`, `labels`, `favorited-by`, `not-favorited-by`,
//! `sort`, `description-format`, `include-icon`, `cursor`, `limit`.

use crate::call::Call;
use crate::failure::Failure;
use crate::request::query::Parameters;
use crate::rest::keyset::{Place, Sort, cut};
use crate::rest::lens::Lens;
use crate::rest::paging::{After, answer_v2};
use crate::rest::v2::represent::space::{Show, Space, status};
use crate::route::Answer;
use narthex_access::view::SeenSpace;
use narthex_access::{AccountId, Object, SpaceId, SpaceKind, View};

#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Id,
    Key,
    Name,
}

const WORDS: &[(&str, By)] = &[("id", By::Id), ("key", By::Key), ("name", By::Name)];

/// The types of space that the published document knows; spaces are of two of them here.
const TYPES: &[&str] = &[
    "global",
    "collaboration",
    "knowledge_base",
    "personal",
    "system",
    "onboarding",
    "xflow_sample_space",
];

/// The conditions that spaces must meet; an empty list or `None` is no condition.
struct Filter<'q> {
    ids: Vec<SpaceId>,
    keys: Vec<String>,
    kind: Option<Option<SpaceKind>>,
    status: Option<&'q str>,
    /// Names in lower case, as labels have them.
    labels: Vec<String>,
    favorited_by: Option<AccountId>,
    not_favorited_by: Option<AccountId>,
}

impl<'q> Filter<'q> {
    fn of(query: &'q Parameters<'_>) -> Result<Self, Failure> {
        let of = |name: &str, known: &[&str], word: &'q str| {
            if known.contains(&word) {
                return Ok(word);
            }
            let known = known.join(", ");
            Err(Failure::bad_request(format!(
                "the query parameter \"{name}\" must be one of {known}"
            )))
        };
        let kind = query.get("type").map(|word| of("type", TYPES, word));
        let status = query.get("status");
        let status = status.map(|word| of("status", &["current", "archived"], word));
        Ok(Self {
            ids: query.parsed_list("ids", "ids of spaces")?,
            keys: query.list("keys").map(str::to_lowercase).collect(),
            kind: kind.transpose()?.map(SpaceKind::from_word),
            status: status.transpose()?,
            labels: query.list("labels").map(str::to_lowercase).collect(),
            favorited_by: query.parsed("favorited-by", "the id of an account")?,
            not_favorited_by: query.parsed("not-favorited-by", "the id of an account")?,
        })
    }

    fn takes(&self, view: &View, space: &SeenSpace<'_>) -> bool {
        let row = space.row();
        let Some(status) = status(row.state) else {
            return false;
        };
        self.status.is_none_or(|wanted| wanted == status)
            && self
                .favorited_by
                .is_none_or(|account| is_favourite(view, row.id, account))
            && self
                .not_favorited_by
                .is_none_or(|account| !is_favourite(view, row.id, account))
            && self.kind.is_none_or(|kind| kind == Some(row.kind))
            && (self.ids.is_empty() || self.ids.contains(&row.id))
            && (self.keys.is_empty() || self.keys.contains(&row.key.to_lowercase()))
            && (self.labels.is_empty() || self.is_labelled(view, row.id))
    }
}

impl Filter<'_> {
    /// Whether a space has one of the requested labels.
    fn is_labelled(&self, view: &View, space: SpaceId) -> bool {
        let labels = view.labels(Object::Space(space)).unwrap_or_default();
        let mut names = labels.iter().map(|label| &*label.name);
        names.any(|name| self.labels.iter().any(|wanted| wanted == name))
    }
}

/// Whether a space is a favourite of an account, as far as the caller may know: only the account
/// itself learns its favourites (decision 250).
fn is_favourite(view: &View, space: SpaceId, account: AccountId) -> bool {
    view.subject().account() == Some(account) && view.is_favourite(Object::Space(space))
}

pub(super) async fn handle(call: Call) -> Answer {
    let query = call.query();
    let show = Show::of(&query)?;
    let sort = Sort::of(&query, WORDS, Sort::ascending(By::Id))?;
    let after = After::<Place<'static>>::of(&query, 25)?;
    let filter = Filter::of(&query)?;
    let wanted = call
        .view
        .spaces()
        .filter(|space| filter.takes(&call.view, space));
    let placed = wanted.map(|space| (place(sort.field, space), space));
    let (spaces, next) = cut(placed, &after, sort.descending);
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let results = spaces.into_iter();
    let results = results.map(|space| Space::of(lens, space, show));
    answer_v2(&call, results.collect(), next)
}

fn place(by: By, space: SeenSpace<'_>) -> Place<'_> {
    let (row, id) = (space.row(), space.id().get());
    match by {
        By::Id => Place::by_id(id),
        By::Key => Place::by_text(&row.key, id),
        By::Name => Place::by_text(&row.name, id),
    }
}
