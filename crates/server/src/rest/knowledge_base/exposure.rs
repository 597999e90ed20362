//! The exposure of a change, as this API writes it.

use super::switches::Switches;
use narthex_access::Exposure;
use narthex_access::exposure::Counts;
use serde::Serialize;

/// The response to a rehearsed change of one space.
#[derive(Debug, Serialize)]
pub(super) struct Rehearsed<'a> {
    /// The switches as they would be.
    #[serde(flatten)]
    pub(super) switches: Switches<'a>,
    /// The content that each tier would gain and lose.
    pub(super) exposure: Exposed,
}

/// The response to a rehearsed change of many spaces.
#[derive(Debug, Serialize)]
pub(super) struct RehearsedMany<'a> {
    /// The switches of each space as they would be.
    pub(super) results: Vec<Switches<'a>>,
    /// The content that each tier would gain and lose by all the changes together.
    pub(super) exposure: Exposed,
}

/// The content that each tier would gain and lose by a change, and the author names that it would
/// see.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Exposed {
    tiers: Vec<OfTier>,
    restricted_pages_that_stay_closed: u64,
    restricted_pages_that_open_to_listed: u64,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct OfTier {
    tier: &'static str,
    gained: Things,
    lost: Things,
    author_names_that_become_visible: u64,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Things {
    pages: u64,
    blog_posts: u64,
    attachments: u64,
    comments: u64,
}

impl Exposed {
    /// Builds the response's part about an exposure.
    pub(crate) fn of(exposure: &Exposure) -> Self {
        let tiers = exposure.tiers.iter().map(|of| OfTier {
            tier: of.tier.word(),
            gained: Things::of(&of.gained),
            lost: Things::of(&of.lost),
            author_names_that_become_visible: of.author_names,
        });
        Self {
            tiers: tiers.collect(),
            restricted_pages_that_stay_closed: exposure.restricted_stay_closed,
            restricted_pages_that_open_to_listed: exposure.restricted_open_to_listed,
        }
    }
}

impl Things {
    fn of(counts: &Counts) -> Self {
        Self {
            pages: counts.pages,
            blog_posts: counts.blog_posts,
            attachments: counts.attachments,
            comments: counts.comments,
        }
    }
}
