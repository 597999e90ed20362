//! `narthex access`: who sees what, and why.

use super::{Context, OPERATOR, account_of, instant};
use crate::args::{AccessCommand, Explain};
use crate::exit::Failure;
use crate::output::{Answer, Style};
use narthex_access::explain::{Explanation, Fact, Step};
use narthex_access::{Channel, Decision, Denied, Door, PageId, Principal, View};
use narthex_site::{Site, SiteError};
use narthex_store::change::Actor;
use serde::Serialize;

/// Runs one of the commands.
///
/// # Errors
/// What the site answers.
pub(super) async fn run(context: &Context, command: AccessCommand) -> Result<(), Failure> {
    match command {
        AccessCommand::Explain(args) => explain(context, args).await,
    }
}

async fn explain(context: &Context, args: Explain) -> Result<(), Failure> {
    let page = page_id(&args.page).ok_or_else(|| {
        Failure::Usage(format!(
            "{:?} is neither the id nor the address of a page; the number in the page's address is its id",
            args.page
        ))
    })?;
    let site = context.site().await?;
    let (who, about) = match &args.email {
        Some(email) => {
            let account = account_of(&site, email).await?;
            if !account.active {
                return Err(Failure::Failed(format!(
                    "{} is deactivated: it can't log in, so it sees nothing",
                    account.email
                )));
            }
            (account.email.to_string(), Some(account.id))
        }
        None => ("anonymous".to_owned(), None),
    };
    let view = site.view(OPERATOR, Door::Confluence).await?;
    let explanation = view.explain(about, page).map_err(|refusal| match refusal.into() {
        SiteError::Absent(_) => Failure::Failed(format!("there never was a page with the id {page}")),
        other => Failure::from(other),
    })?;
    context.output.answer(&told(&site, &view, who, page, &explanation).await?)
}

/// The id of a page, from itself or from an address of the page.
fn page_id(text: &str) -> Option<PageId> {
    let path = text.split(['?', '#']).next().unwrap_or_default();
    let in_path = || {
        let after_pages = path.split("/pages/").nth(1)?;
        after_pages.split('/').next()?.parse().ok()
    };
    let of_blog_post = || {
        let after_blog = path.split("/blog/").nth(1)?;
        after_blog.split('/').nth(3)?.parse().ok()
    };
    let in_query = || {
        let query = text.split_once('?')?.1;
        let value = query.split('&').find_map(|pair| pair.strip_prefix("pageId="))?;
        value.split('#').next()?.parse().ok()
    };
    text.trim().parse().ok().or_else(in_path).or_else(of_blog_post).or_else(in_query)
}

async fn told(
    site: &Site,
    view: &View,
    who: String,
    page: PageId,
    explanation: &Explanation,
) -> Result<Told, Failure> {
    let mut steps = Vec::new();
    for (step, facts) in &explanation.steps {
        steps.push(ToldStep {
            says: says(view, *step),
            closes: closes(*step),
            cause: cause(site, view, facts).await?,
        });
    }
    Ok(Told {
        who,
        page: page.to_string(),
        sees: explanation.decision.is_allowed(),
        because: because(explanation.decision),
        steps,
    })
}

/// The change that last touched one of the rows that a step rests on.
async fn cause(site: &Site, view: &View, facts: &[Fact]) -> Result<Option<String>, Failure> {
    let mut newest: Option<narthex_store::audit::Entry> = None;
    for (table, id) in facts {
        let entries = site.store().cause_of(*table, *id).await?;
        let entry = entries.into_iter().next();
        let is_newer = |entry: &narthex_store::audit::Entry| {
            newest.as_ref().is_none_or(|newest| newest.position < entry.position)
        };
        if let Some(entry) = entry.filter(is_newer) {
            newest = Some(entry);
        }
    }
    Ok(newest.map(|entry| {
        let by = match entry.actor {
            Actor::Account(id) => view
                .administered_account(id)
                .map_or_else(|_| "an account that is gone".into(), |account| account.row().email.to_string()),
            Actor::Anonymous => "nobody who was logged in".into(),
            Actor::Operator => "the command line".into(),
        };
        format!("{} {} by {by}", instant(entry.at), entry.kind)
    }))
}

fn says(view: &View, step: Step) -> String {
    let set = |set: bool| if set { "set" } else { "not set" };
    let on = |on: bool| if on { "on" } else { "off" };
    let open = |open: bool| if open { "open" } else { "closed" };
    match step {
        Step::Tier(tier) => format!("tier: {tier}"),
        Step::SpaceState(state) => format!("the space is {state}"),
        Step::Own(Some(by)) => format!("own grant: open, given to {}", principal(view, by)),
        Step::Own(None) => "own grant: closed".into(),
        Step::Unlicensed { set: flag, site, open: is_open } => format!(
            "unlicensed view: {}; of the space {}, JSM access of the site {}",
            open(is_open),
            set(flag),
            on(site)
        ),
        Step::Anonymous { set: flag, site, open: is_open } => format!(
            "anonymous view: {}; of the space {}, anonymous access of the site {}",
            open(is_open),
            set(flag),
            on(site)
        ),
        Step::Restriction { page, listed } => {
            format!("restriction of page {page}: {}", if listed { "listed" } else { "not listed" })
        }
        Step::State(state) => format!("the page is {state}"),
    }
}

/// Whether a step takes away what the ways into the space gave.
fn closes(step: Step) -> bool {
    matches!(step, Step::SpaceState(_) | Step::Restriction { listed: false, .. })
}

fn because(decision: Decision) -> String {
    match decision {
        Decision::Allow(allowed) => match allowed.channel {
            Some(channel) => format!("through {}", channel_name(channel)),
            None => "by site administration".into(),
        },
        Decision::Deny(denied) => match denied {
            Denied::NoChannel(_) => "no way into the space is open".into(),
            Denied::Restricted { page, .. } => {
                format!("page {page} is restricted, and its list doesn't have them")
            }
            Denied::State(state) => format!("the page is {state}"),
            Denied::SpaceState(state) => format!("the space is {state}"),
            other => narthex_site::error::forbidden(other),
        },
    }
}

fn channel_name(channel: Channel) -> &'static str {
    match channel {
        Channel::Own => "a grant of its own",
        Channel::Unlicensed => "unlicensed view",
        Channel::Anonymous => "anonymous view",
    }
}

fn principal(view: &View, principal: Principal) -> String {
    match principal {
        Principal::Account(id) => view
            .administered_account(id)
            .map_or_else(|_| principal.to_string(), |account| account.row().email.to_string()),
        Principal::Group(id) => {
            view.group(id).map_or_else(|_| principal.to_string(), |group| format!("the group {}", group.name))
        }
        Principal::Class(class) => format!("the class {class}"),
    }
}

/// An explanation, as it is told.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    who: String,
    page: String,
    sees: bool,
    because: String,
    steps: Vec<ToldStep>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ToldStep {
    says: String,
    closes: bool,
    cause: Option<String>,
}

impl Answer for Told {
    fn text(&self, style: Style) -> String {
        let verdict = if self.sees { style.good("sees") } else { style.bad("doesn't see") };
        let mut text = format!("{} {verdict} page {}: {}\n", self.who, self.page, self.because);
        for step in &self.steps {
            let mark = if step.closes { style.bad("x") } else { "-".into() };
            text.push_str(&format!("  {mark} {}\n", step.says));
            if let Some(cause) = &step.cause {
                text.push_str(&format!("      {}\n", style.dim(&format!("since {cause}"))));
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_named_by_its_id_or_by_its_address() {
        let id = PageId::new(4_503_599_627_370_497);
        for text in [
            "4503599627370497",
            "/wiki/spaces/HELP/pages/4503599627370497",
            "https://wiki.example.org/wiki/spaces/HELP/pages/4503599627370497/Refunds?a=b#c",
            "https://wiki.example.org/wiki/spaces/HELP/blog/2026/03/01/4503599627370497/News",
            "/wiki/pages/restrictions?a=b&pageId=4503599627370497#x",
        ] {
            assert_eq!(page_id(text), id, "{text}");
        }
        for text in ["", "Refunds", "/wiki/spaces/HELP", "/wiki/spaces/HELP/pages/x", "0"] {
            assert_eq!(page_id(text), None, "{text}");
        }
    }
}
