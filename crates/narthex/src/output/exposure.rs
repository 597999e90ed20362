//! Shows the exposure of a change before it is made, and asks for confirmation. Commands that may
//! widen access call [`goes_on`] with the result of the rehearsal.

use super::table::table;
use super::{Answer, Output, Style};
use crate::args::Confirmation;
use crate::exit::Failure;
use narthex_access::exposure::{Counts, Exposure};
use serde::Serialize;
use std::io::IsTerminal;

/// An exposure that is printed; in JSON with the members that `?dryRun=true` returns.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Told {
    tiers: Vec<ToldTier>,
    restricted_pages_that_stay_closed: u64,
    restricted_pages_that_open_to_listed: u64,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ToldTier {
    tier: &'static str,
    gained: ToldCounts,
    lost: ToldCounts,
    author_names_that_become_visible: u64,
}

#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
struct ToldCounts {
    pages: u64,
    blog_posts: u64,
    attachments: u64,
    comments: u64,
}

impl From<Counts> for ToldCounts {
    fn from(counts: Counts) -> Self {
        Self {
            pages: counts.pages,
            blog_posts: counts.blog_posts,
            attachments: counts.attachments,
            comments: counts.comments,
        }
    }
}

impl From<&Exposure> for Told {
    fn from(exposure: &Exposure) -> Self {
        let tier = |tier: &narthex_access::exposure::TierExposure| ToldTier {
            tier: tier.tier.word(),
            gained: tier.gained.into(),
            lost: tier.lost.into(),
            author_names_that_become_visible: tier.author_names,
        };
        Self {
            tiers: exposure.tiers.iter().map(tier).collect(),
            restricted_pages_that_stay_closed: exposure.restricted_stay_closed,
            restricted_pages_that_open_to_listed: exposure.restricted_open_to_listed,
        }
    }
}

impl Answer for Told {
    fn text(&self, style: Style) -> String {
        let change = |gained: u64, lost: u64| match (gained, lost) {
            (0, 0) => "-".to_owned(),
            (gained, 0) => format!("+{gained}"),
            (0, lost) => format!("-{lost}"),
            (gained, lost) => format!("+{gained} -{lost}"),
        };
        let rows = self.tiers.iter().map(|tier| {
            [
                tier.tier.to_owned(),
                change(tier.gained.pages, tier.lost.pages),
                change(tier.gained.blog_posts, tier.lost.blog_posts),
                change(tier.gained.attachments, tier.lost.attachments),
                change(tier.gained.comments, tier.lost.comments),
                change(tier.author_names_that_become_visible, 0),
            ]
        });
        let head = [
            "tier",
            "pages",
            "blog posts",
            "attachments",
            "comments",
            "author names",
        ];
        let mut text = table(style, &head, rows);
        if self.restricted_pages_that_stay_closed > 0 {
            text.push_str(&format!(
                "\nRestricted pages that stay closed to people who aren't on their lists: {}",
                pages(self.restricted_pages_that_stay_closed)
            ));
        }
        if self.restricted_pages_that_open_to_listed > 0 {
            text.push_str(&format!(
                "; of these, open to people on their lists: {}",
                pages(self.restricted_pages_that_open_to_listed)
            ));
        }
        text
    }
}

fn pages(number: u64) -> String {
    if number == 1 {
        "1 page".into()
    } else {
        format!("{number} pages")
    }
}

/// Shows what a change would do, and asks for confirmation if it widens access.
///
/// # Errors
/// Returns `Failure::Unconfirmed` if the change widens access and either nobody can be asked and
/// `--yes` wasn't given, or the reply was no.
pub(crate) fn goes_on(
    output: Output,
    confirmation: Confirmation,
    widens: bool,
    exposure: &Exposure,
) -> Result<bool, Failure> {
    let told = Told::from(exposure);
    if confirmation.dry_run {
        output.answer(&told)?;
        return Ok(false);
    }
    if !widens || confirmation.yes {
        return Ok(true);
    }
    let watched = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    if !watched {
        return Err(Failure::Unconfirmed(
            "this lets more people in, so it must be confirmed; add --yes, \
             or use --dry-run to see who would gain access",
        ));
    }
    let style = Style {
        terminal: true,
        colours: false,
    };
    eprintln!("{}", told.text(style));
    let asked = dialoguer::Confirm::new()
        .with_prompt("Let these people in?")
        .default(false)
        .interact()
        .map_err(|error| Failure::Failed(format!("the question can't be asked: {error}")))?;
    if asked {
        Ok(true)
    } else {
        Err(Failure::Unconfirmed("nothing was changed"))
    }
}
