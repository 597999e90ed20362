//! Says in one sentence who reads a page or a space at the moment. It is computed by the decision
//! itself, so that what a page says after a change is what holds.

use super::sheet::{first, listed};
use narthex_access::readers::{Circle, PageReaders, SpaceReaders};
use narthex_access::{AccountId, PageId, Principal, SpaceId, View};

/// The most people who are named.
const MAX_NAMED: usize = 6;

/// Says who can view a page. Returns `None` for people who may see only a part of that
/// (laws 3.5 and 3.6).
pub(super) fn of_page(view: &View, page: PageId) -> Option<String> {
    let readers = view.page_readers(page).ok()?;
    let count = readers.accounts.len();
    let sentence = match readers.circle {
        Circle::Anyone => "Anyone on the internet can view this page.".to_owned(),
        Circle::Accounts => format!("{} can view this page.", all_accounts(readers.active)),
        Circle::Licensed if readers.listed.is_empty() => {
            format!(
                "Everyone with Confluence access can view this page: {count} of {} active accounts.",
                readers.active
            )
        }
        Circle::Licensed | Circle::Named => of_few(view, &readers),
    };
    Some(sentence)
}

fn of_few(view: &View, readers: &PageReaders) -> String {
    let count = readers.accounts.len();
    if count == 0 {
        return "Nobody can view this page.".into();
    }
    let (who, idle) = if readers.lists == 1 {
        by_list(view, readers)
    } else {
        (by_name(view, readers), Vec::new())
    };
    let mut sentence = format!("Only {who} can view this page.");
    if !idle.is_empty() {
        let is = if idle.len() == 1 { "is" } else { "are" };
        sentence.push_str(&format!(
            " {} {is} on the list and can’t view it: being listed has no effect without access to the space.",
            first(&idle)
        ));
    }
    sentence
}

/// Returns the readers in terms of the page's one list, and those on the list who can't read the
/// page.
fn by_list(view: &View, readers: &PageReaders) -> (String, Vec<String>) {
    let (mut reading, mut idle) = (Vec::new(), Vec::new());
    for principal in &readers.listed {
        match principal {
            Principal::Account(id) => {
                let name = name(view, *id);
                if readers.accounts.contains(id) {
                    reading.push(name);
                } else {
                    idle.push(name);
                }
            }
            Principal::Group(id) => {
                let group = view
                    .listed_group(*id)
                    .map_or("a group".to_owned(), |group| {
                        format!("the group {}", group.name)
                    });
                let members: Vec<AccountId> = view
                    .members(*id)
                    .map(|members| members.map(|member| member.row().id).collect())
                    .unwrap_or_default();
                let read = members
                    .iter()
                    .filter(|member| readers.accounts.contains(member))
                    .count();
                match read {
                    0 => idle.push(group),
                    all if all == members.len() => reading.push(group),
                    some => reading.push(format!("{some} of {} people in {group}", members.len())),
                }
            }
            // A class is never listed (law 2.15).
            Principal::Class(_) => {}
        }
    }
    // Only the author reads a draft, whoever is listed.
    if reading.is_empty() || readers.accounts.len() == 1 {
        return (by_name(view, readers), idle);
    }
    (in_order(reading), idle)
}

fn by_name(view: &View, readers: &PageReaders) -> String {
    let count = readers.accounts.len();
    if count > MAX_NAMED {
        return format!("{count} of {} active accounts", readers.active);
    }
    let names = readers.accounts.iter().map(|id| name(view, *id)).collect();
    in_order(names)
}

/// Joins the names in alphabetical order, with "you" first.
fn in_order(mut names: Vec<String>) -> String {
    names.sort_by_cached_key(|name| (name != "you", name.to_lowercase()));
    listed(&names)
}

fn name(view: &View, id: AccountId) -> String {
    if view.subject().account() == Some(id) {
        return "you".into();
    }
    match view.author(id).account() {
        Some(account) => account.row().name.to_string(),
        None => "a user".into(),
    }
}

/// Says who can read a space. Returns `None` for people who may not see its permissions (law 3.4).
pub(super) fn of_space(view: &View, space: SpaceId) -> Option<String> {
    let readers = view.space_readers(space).ok()?;
    let SpaceReaders {
        circle,
        pages,
        accounts,
        active,
    } = readers;
    let pages = match pages {
        0 => "this space, which has no pages for them yet".to_owned(),
        1 => "1 page of this space".to_owned(),
        n => format!("{n} pages of this space"),
    };
    Some(match circle {
        Circle::Anyone => format!("Anyone on the internet can read {pages}."),
        Circle::Accounts => format!("{} can read {pages}.", all_accounts(active)),
        Circle::Licensed => format!(
            "Everyone with Confluence access can read {pages}: {accounts} of {active} active accounts."
        ),
        Circle::Named => match accounts {
            0 => "Nobody can read this space.".into(),
            1 => format!(
                "Only 1 of {active} active accounts can read this space, with its own permission or a group’s."
            ),
            n => format!(
                "Only {n} of {active} active accounts can read this space, with their own permissions or those of groups."
            ),
        },
    })
}

fn all_accounts(active: usize) -> String {
    match active {
        1 => "The one active account".into(),
        2 => "Both active accounts".into(),
        n => format!("All {n} active accounts"),
    }
}
