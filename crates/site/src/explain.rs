//! Explanations why somebody sees a page or doesn't: a sentence for each rule of the law, with the
//! event that made it so (laws 7.7, 8.2 and 8.3).
//!
//! The decision itself comes from [`View::explain`]; this module finds the causes in the journal
//! (`causes`) and puts all of it into words.

mod causes;

use crate::audit;
use crate::error::SiteError;
use crate::event_words;
use crate::principal;
use crate::site::Site;
use causes::Place;
use jiff::Timestamp;
use narthex_access::explain::{Explanation, Fact, Step};
use narthex_access::{
    AccountId, Allowed, Catalogue, Channel, Credential, Decision, Denied, Door, Millis, PageId,
    PageState, Refusal, SpaceState, Tier, View,
};
use narthex_store::audit::Entry;
use serde::{Serialize, Serializer};
use std::sync::Arc;

/// The explanation of a decision on viewing a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    /// Whether the page is visible; `None` if the page is withheld from the person who asks, to
    /// whom this isn't revealed.
    pub allowed: Option<bool>,
    /// The decision with the rule that decided it.
    pub sentence: String,
    /// The rules, in the order of the law.
    pub steps: Vec<ToldStep>,
}

/// One rule, as it applies to a person and a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ToldStep {
    /// The name of the rule: `tier`, `space`, `own`, `unlicensed`, `anonymous`, `restriction` or
    /// `state`.
    pub rule: &'static str,
    /// Whether the rule lets the page be seen.
    pub holds: bool,
    /// The rule's outcome as a sentence.
    pub sentence: String,
    /// The event that made it so; `None` if no event was needed.
    pub cause: Option<Cause>,
}

/// The event that made a rule stand as it does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cause {
    /// When it happened; `None` if that was before records began.
    #[serde(serialize_with = "instant")]
    pub at: Option<Millis>,
    /// The person who did it, as far as the reader is shown people.
    pub by: Option<String>,
    /// The kind of event as the journal names it, or `before records began`.
    pub kind: String,
    /// The event in the words of the audit log's page.
    pub what: String,
}

/// How often an explanation is tried while the site changes meanwhile.
const TRIES: usize = 3;

impl Site {
    /// Explains whether somebody sees a page; `about` is `None` for anonymous visitors. By
    /// laws 8.2 and 8.3 everybody who sees the page may ask about themselves, and administrators of
    /// the space or the site about others, for pages that they see. If a page is withheld from the
    /// administrator, the explanation says only that.
    ///
    /// # Errors
    /// Absent or forbidden to all other callers; storage.
    pub async fn explain(
        &self,
        credential: &Credential,
        about: Option<AccountId>,
        page: PageId,
    ) -> Result<Told, SiteError> {
        for _ in 0..TRIES {
            if let Some(told) = self.try_explain(credential, about, page).await? {
                return Ok(told);
            }
        }
        Err(SiteError::conflict("this changes all the time; ask again"))
    }

    /// Makes one attempt; `None` if an event is newer than the catalogue that was decided on.
    async fn try_explain(
        &self,
        credential: &Credential,
        about: Option<AccountId>,
        page: PageId,
    ) -> Result<Option<Told>, SiteError> {
        let (catalogue, now) = self.store().catalogue().await?;
        let view = View::open(Arc::clone(&catalogue), credential, Door::Confluence, now)?;
        let explanation = match view.explain(about, page) {
            Ok(explanation) => explanation,
            Err(Refusal::Forbidden(Denied::Restricted { .. })) => return Ok(Some(withheld())),
            Err(refusal) => return Err(refusal.into()),
        };
        let teller = Teller {
            view: &view,
            catalogue: &catalogue,
            who: Who::of(&view, about),
        };
        let mut steps = Vec::new();
        for (step, facts) in &explanation.steps {
            let cause = self.cause(&catalogue, about, page, *step, facts).await?;
            if cause
                .as_ref()
                .is_some_and(|it| it.place.0 > view.revision())
            {
                return Ok(None);
            }
            steps.push(teller.step(*step, facts, cause));
        }
        Ok(Some(teller.told(&explanation, steps)))
    }

    /// Returns the newest journal entry that made a step stand as it does. The rows of the step are
    /// touched by other changes too, so only the kinds of events that can be its cause count.
    async fn cause(
        &self,
        catalogue: &Catalogue,
        about: Option<AccountId>,
        page: PageId,
        step: Step,
        facts: &[Fact],
    ) -> Result<Option<Entry>, SiteError> {
        if facts.is_empty() {
            return Ok(None);
        }
        let place = Place {
            space: catalogue.page(page).map(|page| page.row().space),
            page,
            account: about.and_then(|id| catalogue.account(id)),
        };
        let mut newest: Option<Entry> = None;
        for query in causes::of(catalogue, &place, step) {
            let found = self.store().journal(&query).await?.into_iter().next();
            if found.as_ref().map(|it| it.place) > newest.as_ref().map(|it| it.place) {
                newest = found;
            }
        }
        if newest.is_some() {
            return Ok(newest);
        }
        // A row may have been created in its present state, such as a space that was created open.
        let mut touching: Option<Entry> = None;
        for (table, id) in facts {
            let entries = self.store().cause_of(*table, *id).await?;
            let found = entries
                .into_iter()
                .find(|entry| causes::fits(step, &entry.kind));
            if found.as_ref().map(|it| it.place) > touching.as_ref().map(|it| it.place) {
                touching = found;
            }
        }
        Ok(touching)
    }
}

fn withheld() -> Told {
    Told {
        allowed: None,
        sentence: "Restricted; you are not listed.".into(),
        steps: Vec::new(),
    }
}

/// The beginning of a sentence about people who aren't logged in.
const NOT_LOGGED_IN: &str = "People who aren't logged in are";

/// The person whom an explanation is about, as the beginning of a sentence.
struct Who {
    is: String,
    sees: String,
    sees_not: String,
}

impl Who {
    fn of(view: &View, about: Option<AccountId>) -> Self {
        if about == view.subject().account() && !view.subject().is_operator() {
            return Self {
                is: "You are".into(),
                sees: "You see".into(),
                sees_not: "You don't see".into(),
            };
        }
        let Some(id) = about else {
            return Self {
                is: NOT_LOGGED_IN.into(),
                sees: "People who aren't logged in see".into(),
                sees_not: "People who aren't logged in don't see".into(),
            };
        };
        let name = match view.author(id).account() {
            Some(account) => account.row().name.to_string(),
            None => "This user".to_owned(),
        };
        Self {
            is: format!("{name} is"),
            sees: format!("{name} sees"),
            sees_not: format!("{name} doesn't see"),
        }
    }
}

/// Puts decisions into words for the person who asks.
struct Teller<'a> {
    view: &'a View,
    catalogue: &'a Catalogue,
    who: Who,
}

impl Teller<'_> {
    fn told(&self, explanation: &Explanation, steps: Vec<ToldStep>) -> Told {
        let Who { sees, sees_not, .. } = &self.who;
        let (allowed, sentence) = match explanation.decision {
            Decision::Allow(Allowed { channel, .. }) => {
                let by = match channel {
                    Some(Channel::Own) => "a permission in the space allows it",
                    Some(Channel::Unlicensed) => "any active user can view the space",
                    Some(Channel::Anonymous) => "everybody can view the space",
                    None => "administration allows it",
                };
                (true, format!("{sees} this page: {by}."))
            }
            Decision::Deny(denied) => (
                false,
                format!("{sees_not} this page: {}.", self.reason(denied)),
            ),
        };
        Told {
            allowed: Some(allowed),
            sentence,
            steps,
        }
    }

    fn reason(&self, denied: Denied) -> String {
        match denied {
            Denied::NoChannel(_) => {
                "no permission in the space counts, and the space is not open to all".into()
            }
            Denied::Restricted { page, .. } => {
                format!("{} is restricted to others", self.page(page))
            }
            Denied::State(PageState::Draft) => "it is somebody else's draft".into(),
            Denied::State(_) | Denied::Trashed => {
                "it is in the trash, which only administrators of the space can see".into()
            }
            Denied::SpaceState(_) => "the space is not in use".into(),
            _ => "it doesn't exist".into(),
        }
    }

    fn step(&self, step: Step, facts: &[Fact], cause: Option<Entry>) -> ToldStep {
        let (rule, holds, sentence) = self.rule(step);
        let cause = match cause {
            _ if facts.is_empty() => None,
            None => Some(Cause {
                at: None,
                by: None,
                kind: "before records began".into(),
                what: "Before records began".into(),
            }),
            Some(entry) => {
                let (_, by) = audit::actor(self.view, entry.actor);
                Some(Cause {
                    at: Some(entry.at),
                    by: Some(by),
                    what: event_words::of(&entry.kind).into_owned(),
                    kind: entry.kind,
                })
            }
        };
        ToldStep {
            rule,
            holds,
            sentence,
            cause,
        }
    }

    fn rule(&self, step: Step) -> (&'static str, bool, String) {
        let is = &self.who.is;
        match step {
            Step::Tier(tier) => ("tier", true, format!("{is} {}.", tier_in_words(tier))),
            Step::SpaceState(SpaceState::Archived) => (
                "space",
                true,
                "The space is archived: it can be read but not changed.".into(),
            ),
            Step::SpaceState(state) => {
                let live = state == SpaceState::Live;
                (
                    "space",
                    live,
                    format!("The space is {state}: it isn't in use."),
                )
            }
            Step::Own(Some(by)) => {
                let by = principal::named(self.catalogue, by);
                (
                    "own",
                    true,
                    format!("A permission in the space is given to {by}."),
                )
            }
            Step::Own(None) => (
                "own",
                false,
                "No permission in the space counts here.".into(),
            ),
            Step::Unlicensed { set, site, open } => {
                ("unlicensed", open, unlicensed(set, site, open).into())
            }
            Step::Anonymous { set, site, open } => {
                ("anonymous", open, anonymous(set, site, open).into())
            }
            Step::Restriction { page, listed } => {
                let on = if listed {
                    "on its list"
                } else {
                    "not on its list"
                };
                let page = capitalized(&self.page(page));
                (
                    "restriction",
                    listed,
                    format!("{page} is restricted; {} {on}.", lowered(is)),
                )
            }
            Step::State(state) => ("state", true, state_in_words(state).into()),
        }
    }

    /// Names a page by its title if the reader sees it, else by its id. The command line, which has
    /// access to the data itself, is shown every title.
    fn page(&self, page: PageId) -> String {
        let seen = self.view.page(page).ok().map(|seen| seen.row());
        let operator = self.view.subject().is_operator();
        let in_hand = self.catalogue.page(page).filter(|_| operator);
        match seen.or(in_hand.map(|page| page.row())) {
            Some(row) => format!("the page “{}”", row.title),
            None => format!("the page {page}"),
        }
    }
}

fn tier_in_words(tier: Tier) -> &'static str {
    match tier {
        Tier::Licensed => "licensed: a group gives Confluence access",
        Tier::Guest => "a guest: permissions count in the assigned space only",
        Tier::Unlicensed => "without a Confluence licence: only what is open to all counts",
        Tier::Customer => {
            "a customer of the service desk, who counts as anonymous outside the portal"
        }
        Tier::Anonymous => "treated as anonymous: only what is open to everybody counts",
    }
}

fn unlicensed(set: bool, site: bool, open: bool) -> &'static str {
    match (set, site, open) {
        (false, ..) => "The space is not open to any active user.",
        (true, false, _) => {
            "The space is open to any active user, but this has no effect: \
             “Use Confluence” is off in the JSM access tab."
        }
        (true, true, true) => "Any active user can view the space.",
        (true, true, false) => "Any active user can view the space, but nobody else.",
    }
}

fn anonymous(set: bool, site: bool, open: bool) -> &'static str {
    match (set, site, open) {
        (false, ..) => "The space is not open to everybody.",
        (true, true, true) => "Everybody can view the space.",
        (true, false, true) => {
            "The space is open to everybody. Anonymous access is off but not enforced: by this \
             older rule the space lets signed-in people in, not the internet."
        }
        (true, _, false) => {
            "The space is open to everybody, but this has no effect here: \
             “Use Confluence” is off in the Anonymous access tab."
        }
    }
}

fn state_in_words(state: PageState) -> &'static str {
    match state {
        PageState::Live => "The page is published.",
        PageState::Draft => "The page is a draft, which only its author can see.",
        PageState::Archived => "The page is archived: it can be read at its address.",
        PageState::Trashed => {
            "The page is in the trash: only administrators of the space can see it."
        }
    }
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars
        .next()
        .map(|c| c.to_uppercase().to_string())
        .unwrap_or_default();
    first + chars.as_str()
}

/// Lowers the first letter of a sentence's beginning for use inside one; names keep their case.
fn lowered(is: &str) -> String {
    match is {
        "You are" => "you are".into(),
        NOT_LOGGED_IN => "people who aren't logged in are".into(),
        other => other.into(),
    }
}

/// Serializes an instant as RFC 3339.
fn instant<S: Serializer>(at: &Option<Millis>, to: S) -> Result<S::Ok, S::Error> {
    at.and_then(|at| Timestamp::from_millisecond(at).ok())
        .map(|at| at.to_string())
        .serialize(to)
}
