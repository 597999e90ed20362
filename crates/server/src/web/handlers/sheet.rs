//! The confirmation between a form that changes access and the change: who gains or loses what.
//!
//! Where a change needs a confirmation, the response to the form is a page that shows the exposure
//! and contains the form's fields; only when that page is sent is the change made. It works without
//! scripts.

use super::exposure;
use crate::call::Call;
use crate::request::query::Parameters;
use crate::route::Answer;
use crate::web::frame::{chrome, page_with};
use crate::web::pages::Text;
use crate::web::pages::confirm::{ConfirmAccess, TypedName};
use http::StatusCode;
use narthex_access::exposure::{Counts, PeopleExposure};
use narthex_access::{AccountId, SpaceId, View};
use narthex_site::SiteError;
use narthex_site::access_change::{AccessChange, Consequences};

/// The most names in a sentence before it counts the rest.
const MAX_NAMES: usize = 5;

/// The texts of a confirmation.
#[derive(Debug)]
pub(super) struct Question {
    /// The question in the heading.
    pub(super) question: String,
    /// The explanation of what the change means.
    pub(super) meaning: String,
    /// The label of the button.
    pub(super) action: &'static str,
    /// Whether the change takes something away.
    pub(super) danger: bool,
    /// The name that has to be typed, where the button alone isn't enough.
    pub(super) typed: Option<String>,
    /// The address that cancelling leads to.
    pub(super) cancel: String,
}

/// Which changes need a confirmation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asks {
    /// All changes of this kind.
    Always,
    /// Changes by which somebody would come to read something, or get a licence.
    WhereItOpens,
    /// Changes by which somebody gains or loses something.
    WhereSomethingChanges,
}

/// Makes a change of access, or returns the confirmation if the change needs one first.
///
/// # Errors
/// Returns the error of the operation.
pub(super) async fn make(
    call: &Call,
    fields: &Parameters<'_>,
    change: AccessChange,
    asks: Asks,
    question: Question,
) -> Result<Option<Answer>, SiteError> {
    let site = &call.app.site;
    let found = site.rehearse_access(&call.credential, &change).await?;
    let needed = match asks {
        Asks::Always => true,
        Asks::WhereItOpens => found.widens(),
        Asks::WhereSomethingChanges => found.widens() || !found.people.is_nothing(),
    };
    if needed && !is_confirmed(fields, question.typed.as_deref()) {
        return Ok(Some(ask(call, fields, &found, question)));
    }
    site.change_access(&call.credential, change).await?;
    Ok(None)
}

/// Returns the confirmation of a change, whatever it does, for changes that are made elsewhere.
///
/// # Errors
/// Returns the error of the operation.
pub(super) async fn look(
    call: &Call,
    fields: &Parameters<'_>,
    change: &AccessChange,
    question: Question,
) -> Result<Answer, SiteError> {
    let site = &call.app.site;
    let found = site.rehearse_access(&call.credential, change).await?;
    Ok(ask(call, fields, &found, question))
}

/// Returns whether the form was sent from its confirmation, with the name typed where one is
/// required.
fn is_confirmed(fields: &Parameters<'_>, typed: Option<&str>) -> bool {
    let as_asked = |name: &str| fields.get("typed").is_some_and(|it| it.trim() == name);
    fields.get("confirmed") == Some("yes") && typed.is_none_or(as_asked)
}

/// Renders the confirmation.
fn ask(call: &Call, fields: &Parameters<'_>, of: &Consequences, question: Question) -> Answer {
    let again = fields.get("confirmed") == Some("yes");
    let sent = fields
        .pairs()
        .filter(|(name, _)| !matches!(*name, "confirmed" | "typed"));
    let status = if again {
        StatusCode::BAD_REQUEST
    } else {
        StatusCode::OK
    };
    page_with(
        status,
        &ConfirmAccess {
            chrome: chrome(call, "Confirm a change", None),
            question: question.question.into(),
            meaning: question.meaning.into(),
            people: people(&call.view, &of.people),
            exposure: exposure::shown(&of.tiers, Vec::new()),
            fields: sent
                .map(|(name, value)| (Text::from(name.to_owned()), value.to_owned().into()))
                .collect(),
            typed: question.typed.map(|name| TypedName {
                problem: again.then(|| format!("Type exactly “{name}”.").into()),
                name: name.into(),
            }),
            action: question.action.into(),
            danger: question.danger,
            cancel: question.cancel.into(),
        },
    )
}

/// Describes what changes for people, one sentence for each kind of change.
fn people<'a>(view: &View, of: &PeopleExposure) -> Vec<Text<'a>> {
    let mut told: Vec<Text<'a>> = Vec::new();
    let mut tell = |sentence: String| told.push(sentence.into());
    if !of.gain.is_empty() {
        let (who, s) = (names(view, &of.gain), verb(&of.gain));
        tell(format!(
            "{who} gain{s} access to {}.",
            content(&of.gained, "not readable to them now")
        ));
    }
    if !of.lose.is_empty() {
        let (who, s) = (names(view, &of.lose), verb(&of.lose));
        tell(format!(
            "{who} lose{s} access to {}.",
            content(&of.lost, "readable to them now")
        ));
    }
    if !of.licensed.is_empty() {
        let (who, s) = (names(view, &of.licensed), verb(&of.licensed));
        tell(format!("{who} get{s} a licence."));
    }
    if !of.unlicensed.is_empty() {
        let (who, s) = (names(view, &of.unlicensed), verb(&of.unlicensed));
        let theirs = if of.unlicensed.len() == 1 {
            "the"
        } else {
            "their"
        };
        tell(format!("{who} lose{s} {theirs} licence."));
    }
    if !of.without_readers.is_empty() {
        let spaces = spaces(view, &of.without_readers);
        tell(match of.without_readers.len() {
            1 => format!("1 space loses its only readers: {spaces}."),
            n => format!("{n} spaces lose their only readers: {spaces}."),
        });
    }
    told
}

/// Names people: "Carl", "3 people (Ada, Carl and Pia)", "12 people (Ada, …, and 7 more)".
fn names(view: &View, accounts: &[AccountId]) -> String {
    let name = |id: &AccountId| match view.author(*id).account() {
        Some(account) => account.row().name.to_string(),
        None => "a user".to_owned(),
    };
    let mut names: Vec<String> = accounts.iter().map(name).collect();
    names.sort_by_cached_key(|name| name.to_lowercase());
    match names.as_slice() {
        [one] => one.clone(),
        all => format!("{} people ({})", all.len(), first(all)),
    }
}

fn spaces(view: &View, ids: &[SpaceId]) -> String {
    let named = view.administered_spaces().chain(view.spaces());
    let mut names: Vec<String> = named
        .filter(|space| ids.contains(&space.id()))
        .map(|space| space.row().name.to_string())
        .collect();
    names.sort_by_cached_key(|name| name.to_lowercase());
    names.dedup();
    first(&names)
}

/// Joins the first few of some names, and says how many more there are.
pub(super) fn first(names: &[String]) -> String {
    let rest = names.len().saturating_sub(MAX_NAMES);
    let mut shown: Vec<String> = names.iter().take(MAX_NAMES).cloned().collect();
    if rest > 0 {
        shown.push(format!("{rest} more"));
    }
    listed(&shown)
}

/// Joins names: "Ada", "Ada and Carl", "Ada, Carl and Pia".
pub(super) fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// Returns the ending of a verb whose subject is these people.
fn verb(people: &[AccountId]) -> &'static str {
    if people.len() == 1 { "s" } else { "" }
}

/// Counts content: "14 pages and 1 blog post, with 3 attachments and 1 comment".
fn content(of: &Counts, which: &str) -> String {
    let some = |count: u64, what: &str| {
        (count > 0).then(|| match count {
            1 => format!("1 {what}"),
            n => format!("{n} {what}s"),
        })
    };
    let pages = [some(of.pages, "page"), some(of.blog_posts, "blog post")];
    let with = [
        some(of.attachments, "attachment"),
        some(of.comments, "comment"),
    ];
    let [pages, with] = [pages, with].map(|part| part.into_iter().flatten().collect::<Vec<_>>());
    if with.is_empty() {
        format!("{} ({which})", listed(&pages))
    } else {
        format!("{} ({which}), with {}", listed(&pages), listed(&with))
    }
}
