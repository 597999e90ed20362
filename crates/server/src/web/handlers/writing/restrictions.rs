//! `/wiki/pages/restrictions?pageId=`: who may view and who may edit a page.

use super::page_asked;
use crate::call::Call;
use crate::failure::Failure;
use crate::request::query::Parameters;
use crate::route::Answer;
use crate::web::frame::{chrome, page_with};
use crate::web::handlers::readers;
use crate::web::handlers::sheet::{self, Asks, Question};
use crate::web::notice::{self, Done, told};
use crate::web::pages::chrome::Notice;
use crate::web::pages::page::PageLink;
use crate::web::pages::restrictions::{Listed, PageRestrictions, RestrictionList};
use crate::web::pages::space_permissions::Principal as Kind;
use crate::web::paths;
use http::StatusCode;
use narthex_access::view::SeenPage;
use narthex_access::{Action, Object, PageId, Principal, RestrictionKind, RestrictionRow, View};
use narthex_site::access_change::AccessChange;
use narthex_site::restriction::Restrict;
use std::sync::Arc;

/// One list, as it is set or as it was sent.
#[derive(Debug, Default)]
struct List {
    restricted: bool,
    listed: Vec<Principal>,
    adding: String,
    adding_error: Option<String>,
}

/// The lists of both kinds.
#[derive(Debug, Default)]
struct Lists {
    view: List,
    edit: List,
}

/// `GET` shows the lists, as far as the caller may see them.
pub(super) async fn show(call: Call) -> Answer {
    let page = page(&call)?;
    let lists = as_set(&call.view, page);
    draw(&call, StatusCode::OK, None, lists)
}

/// `POST` sets both lists in one change.
pub(super) async fn set(mut call: Call) -> Answer {
    let id = page(&call)?.id();
    let me = call.require_account()?;
    call.view.require(Action::Restrict, Object::Page(id))?;
    let form = call.form().await?;
    let fields = form.fields();
    let (view, seen) = read(&call, &fields, "view").await?;
    let (edit, edits) = read(&call, &fields, "edit").await?;
    let lists = Lists { view, edit };
    if lists.view.adding_error.is_some() || lists.edit.adding_error.is_some() {
        return draw(&call, StatusCode::BAD_REQUEST, None, lists);
    }
    // An empty list would lift the restriction, so a caller who restricts a page to nobody in
    // particular becomes its only entry.
    let of = |list: &List, mut listed: Vec<Principal>| {
        if !list.restricted {
            return Vec::new();
        }
        if listed.is_empty() {
            listed.push(Principal::Account(me));
        }
        listed
    };
    let how = Restrict::Set(vec![
        (RestrictionKind::View, of(&lists.view, seen)),
        (RestrictionKind::Edit, of(&lists.edit, edits)),
    ]);
    let change = AccessChange::Restrict(id, how);
    let question = question(&call, id)?;
    match sheet::make(&call, &fields, change, Asks::WhereItOpens, question).await {
        Ok(Some(sheet)) => sheet,
        // The notice says who can view the page now.
        Ok(None) => notice::go_on(own_path(id), Done::Restricted),
        Err(error) => {
            let notice = Some(notice::refused(told(error)?));
            draw(&call, StatusCode::BAD_REQUEST, notice, lists)
        }
    }
}

fn own_path(page: PageId) -> String {
    format!("{}?pageId={page}", paths::RESTRICTIONS)
}

fn question(call: &Call, id: PageId) -> Result<Question, Failure> {
    let title = &page(call)?.row().title;
    Ok(Question {
        question: format!("Open “{title}” to more people?"),
        meaning: "The page, its attachments and its comments will be readable to the people below, and so will the pages beneath it, unless those have restrictions of their own.".into(),
        action: "Save restrictions",
        danger: false,
        typed: None,
        cancel: own_path(id),
    })
}

/// Returns the page, if the caller sees it.
fn page(call: &Call) -> Result<SeenPage<'_>, Failure> {
    let page = page_asked(call)?;
    call.require_account()?;
    Ok(page)
}

/// Reads one list of the form: its values as they were sent, and the principals on it in the end.
async fn read(
    call: &Call,
    fields: &Parameters<'_>,
    name: &str,
) -> Result<(List, Vec<Principal>), Failure> {
    // Only an explicit value lifts a restriction (law 2.16).
    let listed_only = match fields.get(&format!("{name}_mode")) {
        Some("listed") => true,
        Some("open") => false,
        _ => {
            return Err(Failure::bad_request(
                "the form is incomplete; load the restrictions page again",
            ));
        }
    };
    let kept: Vec<Principal> = fields
        .all(&format!("{name}_keep"))
        .filter_map(|sent| sent.parse().ok())
        .collect();
    let adding = fields.get(&format!("{name}_add")).unwrap_or_default();
    let (mut listed, mut unknown) = (kept.clone(), Vec::new());
    for line in adding
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        match call.app.site.named(&call.credential, line).await? {
            Some(found) => listed.push(found),
            None => unknown.push(format!("“{line}”")),
        }
    }
    let list = List {
        // A caller who types a name means the list, wherever the choice was left: a name is never
        // ignored, and the page never stays open to everyone because of a forgotten choice.
        restricted: listed_only || !adding.trim().is_empty(),
        listed: kept,
        adding: adding.to_owned(),
        adding_error: (!unknown.is_empty()).then(|| {
            format!(
                "There is no active account or group {}. Write an e-mail address or the name of a group on each line.",
                unknown.join(", ")
            )
        }),
    };
    Ok((list, listed))
}

/// Returns the lists as they are set: in full for people who may see them in full, and with another
/// reader of a restricted page as its only entry otherwise (law 3.5).
fn as_set(view: &View, page: SeenPage<'_>) -> Lists {
    if let Some(lists) = view.restrictions(page.id()) {
        return Lists {
            view: one(lists.view()),
            edit: one(lists.edit()),
        };
    }
    let me = view.subject().account().map(Principal::Account);
    Lists {
        view: List {
            restricted: page.is_restricted(),
            listed: me.filter(|_| page.is_restricted()).into_iter().collect(),
            ..List::default()
        },
        edit: List::default(),
    }
}

/// Returns the page's own list or, where only former parents have left theirs, the first of those.
fn one(lists: &[Arc<RestrictionRow>]) -> List {
    let own = lists.iter().find(|list| list.left_by.is_none());
    let shown = own.or_else(|| lists.first());
    List {
        restricted: shown.is_some(),
        listed: shown.map_or_else(Vec::new, |list| list.listed.to_vec()),
        ..List::default()
    }
}

fn draw(call: &Call, status: StatusCode, notice: Option<Notice<'_>>, lists: Lists) -> Answer {
    let page = page(call)?;
    let row = page.row();
    let view = &call.view;
    let space_key = &*view.space(row.space)?.row().key;
    let above = page.ancestors();
    let inherited = above.iter().filter(|above| above.is_restricted());
    page_with(
        status,
        &PageRestrictions {
            chrome: chrome(call, "Restrictions", notice),
            space_key: space_key.into(),
            page_address: paths::page_or_post(space_key, row),
            page_id: row.id.get(),
            page_title: (*row.title).into(),
            now: readers::of_page(view, row.id).map(Into::into),
            inherited: inherited
                .map(|above| PageLink {
                    id: above.id().get(),
                    title: (*above.row().title).into(),
                })
                .collect(),
            view: shown(view, lists.view),
            edit: shown(view, lists.edit),
            may_change: view.may(Action::Restrict, Object::Page(row.id)),
        },
    )
}

fn shown(view: &View, list: List) -> RestrictionList<'_> {
    let mut listed: Vec<Listed<'_>> = list
        .listed
        .into_iter()
        .filter_map(|principal| named(view, principal))
        .collect();
    listed.sort_by_cached_key(|entry| entry.name.to_lowercase());
    RestrictionList {
        restricted: list.restricted,
        listed,
        adding: list.adding.into(),
        adding_error: list.adding_error.map(Into::into),
    }
}

fn named(view: &View, principal: Principal) -> Option<Listed<'_>> {
    match principal {
        Principal::Account(id) => {
            let account = view.author(id).account();
            Some(Listed {
                kind: Kind::Account,
                id: id.to_string().into(),
                name: account.map_or("a user".into(), |account| (*account.row().name).into()),
            })
        }
        Principal::Group(id) => {
            let group = view.listed_group(id);
            Some(Listed {
                kind: Kind::Group,
                id: id.to_string().into(),
                name: group.map_or("a group".into(), |group| (*group.name).into()),
            })
        }
        // A class is never listed (law 2.15).
        Principal::Class(_) => None,
    }
}
