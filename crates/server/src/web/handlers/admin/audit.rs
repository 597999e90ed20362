//! `/wiki/admin/audit`: the audit log, newest first.

use super::{Part, require_site_admin, with_query};
use crate::call::Call;
use crate::route::Answer;
use crate::web::frame::{chrome, moment, page};
use crate::web::pages::audit::{AuditEntry, AuditLog};
use crate::web::paths;
use narthex_access::{Principal, View};
use narthex_site::audit::{self, AuditFilter};
use narthex_site::event_words;

/// The number of entries on one page.
const LENGTH: usize = 50;

/// `GET` shows the log.
pub(super) async fn show(call: Call) -> Answer {
    require_site_admin(&call)?;
    let part = Part::asked(&call.query(), LENGTH);
    let filter = AuditFilter {
        space_key: None,
        since: None,
        until: None,
        text: String::new(),
        start: part.start,
        limit: LENGTH,
    };
    let read = call.app.site.audit(&call.credential, &filter).await?;
    let at = |start: usize| {
        let start = match start {
            0 => String::new(),
            start => start.to_string(),
        };
        with_query(paths::AUDIT_LOG, &[("start", &start)]).into()
    };
    let older = read.more.then(|| at(part.start.saturating_add(LENGTH)));
    let newer = (part.start > 0).then(|| at(part.start.saturating_sub(LENGTH)));
    page(&AuditLog {
        chrome: chrome(&call, "Audit log", None),
        entries: read
            .entries
            .into_iter()
            .map(|entry| line(&call.view, entry))
            .collect(),
        newer,
        older,
    })
}

fn line(view: &View, entry: audit::AuditEntry) -> AuditEntry<'static> {
    let about = match entry.page {
        Some(page) => format!("{} {page}", entry.object),
        None => entry.object,
    };
    let value = |value: Option<String>| named(view, &value.unwrap_or_default()).into();
    AuditEntry {
        at: moment(entry.at),
        actor: Some(capitalised(&entry.actor_name).into()),
        what: event_words::of(&entry.kind),
        object: about.into(),
        before: value(entry.before),
        after: value(entry.after),
    }
}

/// Replaces the ids of accounts and groups in a value by their names. The journal stores ids
/// because names change; the id of one that no longer exists stays.
fn named(view: &View, value: &str) -> String {
    let words = value.split_inclusive([' ', ',', ';']);
    let words = words.map(|word| {
        let id = word.trim_end_matches([' ', ',', ';']);
        let name = id.parse().ok().and_then(|principal| name(view, principal));
        match name {
            Some(name) => word.replacen(id, name, 1),
            None => word.to_owned(),
        }
    });
    words.collect()
}

fn name(view: &View, principal: Principal) -> Option<&str> {
    match principal {
        Principal::Account(id) => Some(&*view.author(id).account()?.row().name),
        Principal::Group(id) => Some(&*view.listed_group(id)?.name),
        Principal::Class(_) => None,
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}
