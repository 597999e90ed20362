//! `/wiki/admin/audit`: the audit log, newest first.

use super::{Part, event_words, require_site_admin, with_query};
use crate::call::Call;
use crate::route::Answer;
use crate::web::frame::{chrome, moment, page};
use crate::web::pages::audit::{AuditEntry, AuditLog};
use crate::web::paths;
use narthex_site::audit::{self, AuditFilter};

/// How many entries a page has.
const LENGTH: usize = 50;

/// `GET`.
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
        entries: read.entries.into_iter().map(line).collect(),
        newer,
        older,
    })
}

fn line(entry: audit::AuditEntry) -> AuditEntry<'static> {
    let about = match entry.page {
        Some(page) => format!("{} {page}", entry.object),
        None => entry.object,
    };
    AuditEntry {
        at: moment(entry.at),
        actor: Some(entry.actor_name.into()),
        what: event_words::of(&entry.kind).into(),
        object: about.into(),
        before: entry.before.unwrap_or_default().into(),
        after: entry.after.unwrap_or_default().into(),
    }
}
