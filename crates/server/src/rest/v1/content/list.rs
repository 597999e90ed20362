//! `GET /wiki/rest/api/content`: the pages, blog posts or folders that the caller sees; with the
//! status `draft` also the caller's drafts of published ones.
//!
//! `type`, `spaceKey`, `title`, `status`, `postingDay`, `orderby`, `start`, `limit`, `expand`.
//! `trigger=viewed` records nothing: nobody learns who viewed what.

use super::get::DEFAULTS;
use crate::call::Call;
use crate::failure::Failure;
use crate::request::query::Parameters;
use crate::rest::lens::{Lens, moment};
use crate::rest::paging::{Page, Window};
use crate::rest::v1::represent::Expand;
use crate::rest::v1::represent::content::Content;
use crate::route::Answer;
use narthex_access::view::{SeenDraft, SeenPage};
use narthex_access::{Millis, PageId, PageKind, PageRow, PageState, SpaceId, View};

pub(super) async fn handle(call: Call) -> Answer {
    let query = call.query();
    let expand = Expand::or(&query, &DEFAULTS);
    let window = Window::up_to(&query, 25, expand.max_entries())?;
    let order = Order::of(&query)?;
    query.word("trigger", &["viewed"])?;
    let page = match Filter::of(&call, &query)? {
        Some(filter) => filter.cut(&call, order, window),
        None => Page::whole(Vec::new()),
    };
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let expand = &expand;
    let make = |entry| async move {
        match entry {
            Listed::Page(page) => Content::of(lens, page, expand).await,
            Listed::Draft(draft) => Content::of_draft(lens, draft, expand).await,
        }
    };
    page.answer_v1(&call, lens, make).await
}

/// An entry: a page or blog post, or the caller's draft of one.
#[derive(Clone, Copy)]
enum Listed<'v> {
    Page(SeenPage<'v>),
    Draft(SeenDraft<'v>),
}

impl<'v> Listed<'v> {
    /// The row of the page itself.
    fn row(&self) -> &'v PageRow {
        match self {
            Self::Page(page) => page.row(),
            Self::Draft(draft) => draft.page().row(),
        }
    }

    fn title(&self) -> &'v str {
        match self {
            Self::Page(page) => &page.row().title,
            Self::Draft(draft) => &draft.row().title,
        }
    }

    fn updated_at(&self) -> Millis {
        match self {
            Self::Page(page) => page.row().updated_at,
            Self::Draft(draft) => draft.row().updated_at,
        }
    }

    fn state(&self) -> PageState {
        match self {
            Self::Page(page) => page.row().state,
            Self::Draft(_) => PageState::Draft,
        }
    }
}

/// The conditions that entries must meet.
struct Filter {
    kind: PageKind,
    space: Option<SpaceId>,
    title: Option<String>,
    states: Vec<PageState>,
    posting_day: Option<String>,
}

impl Filter {
    /// Reads the filter of a query; `None` for a type that isn't listed here.
    fn of(call: &Call, query: &Parameters<'_>) -> Result<Option<Self>, Failure> {
        let kind = match query.get("type") {
            None => PageKind::Page,
            Some(word) => match PageKind::from_word(word) {
                Some(kind) => kind,
                // Comments and attachments are listed below their page.
                None if matches!(word, "comment" | "attachment") => return Ok(None),
                None => {
                    return Err(Failure::bad_request(
                        "the query parameter \"type\" must be page, blogpost or folder",
                    ));
                }
            },
        };
        let states = states(query)?;
        let space = match query.get("spaceKey") {
            Some(key) => Some(call.view.space_by_key(key)?.id()),
            None => None,
        };
        let posting_day = posting_day(query)?.filter(|_| kind == PageKind::BlogPost);
        Ok(Some(Self {
            kind,
            space,
            title: query.get("title").map(str::to_lowercase),
            states,
            posting_day: posting_day.map(str::to_owned),
        }))
    }

    /// Returns the matching entries of one page: the page itself, the caller's draft of it, both or
    /// neither.
    fn of_page<'v>(
        &self,
        view: &'v View,
        page: SeenPage<'v>,
    ) -> impl Iterator<Item = Listed<'v>> + use<'v> {
        let itself = Some(Listed::Page(page)).filter(|entry| self.takes(entry));
        let drafts = self.states.contains(&PageState::Draft);
        let draft = drafts.then(|| view.page_draft(page.id()).ok()).flatten();
        let draft = draft.map(Listed::Draft).filter(|entry| self.takes(entry));
        itself.into_iter().chain(draft)
    }

    fn takes(&self, entry: &Listed<'_>) -> bool {
        let row = entry.row();
        let title = |title: &String| entry.title().to_lowercase() == *title;
        let day = |day: &String| moment(row.created_at).starts_with(day.as_str());
        row.kind == self.kind
            && self.states.contains(&entry.state())
            && self.title.as_ref().is_none_or(title)
            && self.posting_day.as_ref().is_none_or(day)
    }

    /// Returns the requested part of the list. In the order of ids nothing is read after it; a
    /// title in a space is looked up.
    fn cut<'v>(&self, call: &'v Call, order: Option<Order>, window: Window) -> Page<Listed<'v>> {
        let view = &call.view;
        let first = PageId::from_random(0);
        if let (Some(space), Some(title), [PageState::Live]) =
            (self.space, &self.title, self.states.as_slice())
        {
            // Posts of several days may share a title. Among pages the oldest is the one (law 6.8).
            if self.kind != PageKind::BlogPost {
                let found = view.page_titled(space, self.kind, title);
                let found = found.into_iter().map(Listed::Page);
                return Page::cut(found.filter(|entry| self.takes(entry)), window);
            }
            let found = view.pages_titled(space, self.kind, title);
            let found = found.map(Listed::Page);
            let mut posts: Vec<_> = found.filter(|entry| self.takes(entry)).collect();
            let order = order.unwrap_or(Order {
                by: By::Created,
                descending: false,
            });
            order.sort(&mut posts);
            return Page::cut(posts.into_iter(), window);
        }
        let pages: Box<dyn Iterator<Item = SeenPage<'v>> + 'v> = match self.space {
            Some(space) => Box::new(view.pages_in(space, first)),
            None => Box::new(view.pages_from(first)),
        };
        let entries = pages.flat_map(|page| self.of_page(view, page));
        let Some(order) = order else {
            return Page::cut(entries, window);
        };
        let mut entries: Vec<_> = entries.collect();
        order.sort(&mut entries);
        Page::cut(entries.into_iter(), window)
    }
}

/// Reads `postingDay`: a day as addresses write it.
fn posting_day<'q>(query: &'q Parameters<'_>) -> Result<Option<&'q str>, Failure> {
    let Some(day) = query.get("postingDay") else {
        return Ok(None);
    };
    let is_day = day.len() == 10 && day.parse::<jiff::civil::Date>().is_ok();
    is_day.then_some(Some(day)).ok_or_else(|| {
        Failure::bad_request("the query parameter \"postingDay\" must be a day as yyyy-mm-dd")
    })
}

fn states(query: &Parameters<'_>) -> Result<Vec<PageState>, Failure> {
    let mut states = Vec::new();
    for word in query.list("status") {
        match (word, PageState::from_word(word)) {
            ("any", _) => states.extend(PageState::ALL.iter().filter(|s| **s != PageState::Draft)),
            // Former versions are listed below their page, and deleted content isn't listed
            // anywhere.
            ("historical" | "deleted", _) => {}
            (_, Some(state)) => states.push(state),
            (_, None) => {
                return Err(Failure::bad_request(
                    "the query parameter \"status\" must be current, archived, draft, trashed or any",
                ));
            }
        }
    }
    if query.get("status").is_none() {
        states.push(PageState::Live);
    }
    Ok(states)
}

/// The `orderby` of a query: a field and a direction.
#[derive(Debug, Clone, Copy)]
struct Order {
    by: By,
    descending: bool,
}

#[derive(Debug, Clone, Copy)]
enum By {
    Id,
    Title,
    Created,
    Modified,
}

impl Order {
    /// Reads the requested order: `field`, `field asc` or `field desc`.
    ///
    /// # Errors
    /// Bad request if it isn't an order; the message lists those that are accepted.
    fn of(query: &Parameters<'_>) -> Result<Option<Self>, Failure> {
        let wrong = || {
            Failure::bad_request(
                "the query parameter \"orderby\" must be id, title, history.createdDate or \
                 history.lastUpdated.when, with or without asc or desc after it",
            )
        };
        let Some(text) = query.get("orderby") else {
            return Ok(None);
        };
        let text = text.to_lowercase();
        let mut words = text.split_whitespace();
        let by = match words.next() {
            Some("id") => By::Id,
            Some("title") => By::Title,
            Some("created" | "createddate" | "history.createddate") => By::Created,
            Some(
                "modified"
                | "lastmodified"
                | "history.lastupdated"
                | "history.lastupdated.when"
                | "version.when",
            ) => By::Modified,
            _ => return Err(wrong()),
        };
        let descending = match words.next() {
            None | Some("asc") => false,
            Some("desc") => true,
            Some(_) => return Err(wrong()),
        };
        match words.next() {
            None => Ok(Some(Self { by, descending })),
            Some(_) => Err(wrong()),
        }
    }

    /// Sorts entries; equal ones by their ids, so that the pages of the list don't overlap.
    fn sort(self, entries: &mut [Listed<'_>]) {
        match self.by {
            By::Id => entries.sort_by_key(|entry| entry.row().id),
            By::Title => entries.sort_by_key(|entry| (entry.title(), entry.row().id)),
            By::Created => entries.sort_by_key(|entry| (entry.row().created_at, entry.row().id)),
            By::Modified => entries.sort_by_key(|entry| (entry.updated_at(), entry.row().id)),
        }
        if self.descending {
            entries.reverse();
        }
    }
}
