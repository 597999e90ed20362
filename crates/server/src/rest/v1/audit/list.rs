//! `GET /wiki/rest/api/audit?startDate=&endDate=&searchString=&start=&limit=` and
//! `/audit/since?number=&units=`: the audit log of the site, newest first.
//!
//! Dates are milliseconds since 1970. `remoteAddress` is empty: the journal stores no addresses.

use crate::call::Call;
use crate::failure::Failure;
use crate::request::query::Parameters;
use crate::respond;
use crate::rest::paging::{ListV1, Page, Window};
use crate::route::Answer;
use narthex_access::Millis;
use narthex_site::audit::{AuditEntry, AuditFilter, MOST_ENTRIES};
use serde::Serialize;

const DAY: Millis = 24 * 60 * 60 * 1000;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    author: Author,
    remote_address: &'static str,
    creation_date: Millis,
    summary: String,
    description: String,
    category: String,
    sys_admin: bool,
    super_admin: bool,
    affected_object: Affected,
    changed_values: Vec<Changed>,
    associated_objects: Vec<Affected>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Author {
    #[serde(rename = "type")]
    kind: &'static str,
    display_name: String,
    public_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    account_id: Option<String>,
    operations: [(); 0],
    is_external_collaborator: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Affected {
    name: String,
    object_type: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Changed {
    name: String,
    old_value: String,
    new_value: String,
    hidden_old_value: &'static str,
    hidden_new_value: &'static str,
}

pub(super) async fn handle(call: Call) -> Answer {
    let filter = filter(&call.query())?;
    answer(&call, filter).await
}

/// Reads the filter of a query, with as many entries as fit into one response.
pub(super) fn filter(query: &Parameters<'_>) -> Result<AuditFilter, Failure> {
    let instant = |name| query.parsed::<Millis>(name, "milliseconds since 1970");
    Ok(AuditFilter {
        space_key: None,
        since: instant("startDate")?,
        until: instant("endDate")?,
        text: query.get("searchString").unwrap_or_default().to_owned(),
        start: 0,
        limit: MOST_ENTRIES,
    })
}

pub(super) async fn handle_since(call: Call) -> Answer {
    let query = call.query();
    let number = query
        .parsed::<u32>("number", "a whole number from 0")?
        .unwrap_or(3);
    let unit = unit(&query)?;
    let since = call
        .view
        .now()
        .saturating_sub(unit.saturating_mul(number.into()));
    let filter = AuditFilter {
        since: Some(since),
        until: None,
        ..filter(&query)?
    };
    answer(&call, filter).await
}

fn unit(query: &Parameters<'_>) -> Result<Millis, Failure> {
    let unit = query.get("units").unwrap_or("MONTHS").to_ascii_uppercase();
    Ok(match unit.as_str() {
        // The log counts in milliseconds: shorter units are rounded down to 0.
        "NANOS" | "MICROS" => 0,
        "MILLIS" => 1,
        "SECONDS" => 1_000,
        "MINUTES" => 60 * 1_000,
        "HOURS" => DAY / 24,
        "HALF_DAYS" => DAY / 2,
        "DAYS" => DAY,
        "WEEKS" => 7 * DAY,
        "MONTHS" => 30 * DAY,
        "YEARS" => 365 * DAY,
        "DECADES" => 3_652 * DAY,
        "CENTURIES" => 36_524 * DAY,
        _ => {
            return Err(Failure::bad_request(
                "the query parameter \"units\" must be NANOS, MICROS, MILLIS, SECONDS, \
                 MINUTES, HOURS, HALF_DAYS, DAYS, WEEKS, MONTHS, YEARS, DECADES or CENTURIES",
            ));
        }
    })
}

async fn answer(call: &Call, wanted: AuditFilter) -> Answer {
    call.require_account()?;
    let window = Window::of(&call.query(), 1_000)?;
    let filter = AuditFilter {
        start: window.start,
        limit: window.limit,
        ..wanted
    };
    let page = call.app.site.audit(&call.credential, &filter).await?;
    let records = page.entries.into_iter().map(record).collect();
    respond::ok(&ListV1::of(call, Page::of(records, window, page.more)))
}

fn record(entry: AuditEntry) -> Record {
    let AuditEntry {
        at,
        actor,
        actor_name,
        kind,
        space,
        page,
        object,
        before,
        after,
    } = entry;
    let category = kind.split('.').next().unwrap_or_default().to_owned();
    let associated = [
        space.map(|key| Affected {
            name: key.to_string(),
            object_type: "Space",
        }),
        page.map(|id| Affected {
            name: id.to_string(),
            object_type: "Page",
        }),
    ];
    let changed = (before.is_some() || after.is_some()).then(|| Changed {
        name: kind.clone(),
        old_value: before.unwrap_or_default(),
        new_value: after.unwrap_or_default(),
        hidden_old_value: "",
        hidden_new_value: "",
    });
    Record {
        author: Author {
            kind: "user",
            public_name: actor_name.clone(),
            display_name: actor_name,
            account_id: actor.map(|id| id.to_string()),
            operations: [],
            is_external_collaborator: false,
        },
        remote_address: "",
        creation_date: at,
        description: object.clone(),
        affected_object: Affected {
            name: object,
            object_type: "",
        },
        summary: kind,
        category,
        sys_admin: false,
        super_admin: false,
        changed_values: changed.into_iter().collect(),
        associated_objects: associated.into_iter().flatten().collect(),
    }
}
