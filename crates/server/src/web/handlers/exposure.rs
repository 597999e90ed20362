//! The exposure of a change, as its confirmation shows it.

use crate::web::pages::Text;
use crate::web::pages::access::Audience;
use crate::web::pages::confirm::{Exposure, Extent, TierExposure};
use crate::web::pages::moment::Count;
use narthex_access::exposure::Counts;
use narthex_access::{self as access, PageId, PageState, SpaceId, Tier, View};

/// The most titles that are named.
const EXAMPLES: usize = 3;

/// Converts an exposure, with the titles that are named beside it.
pub(super) fn shown<'a>(exposure: &access::Exposure, examples: Vec<Text<'a>>) -> Exposure<'a> {
    let concerned = exposure
        .tiers
        .iter()
        .filter(|of| !of.gained.is_nothing() || !of.lost.is_nothing() || of.author_names > 0);
    let tiers = concerned.map(|of| TierExposure {
        audience: audience(of.tier),
        gained: extent(&of.gained),
        lost: extent(&of.lost),
    });
    let names = exposure.tiers.iter().map(|of| of.author_names).max();
    let tiers: Vec<TierExposure> = tiers.collect();
    Exposure {
        examples: if tiers.is_empty() {
            Vec::new()
        } else {
            examples
        },
        tiers,
        restricted_stay_closed: Count(exposure.restricted_stay_closed),
        author_names: Count(names.unwrap_or(0)),
    }
}

/// Returns the warning about restricted pages that belongs to a confirmation.
pub(super) fn of_listed(exposure: &access::Exposure) -> Option<String> {
    match exposure.restricted_open_to_listed {
        0 => None,
        1 => Some("1 restricted page opens to people on its list.".into()),
        n => Some(format!(
            "{n} restricted pages open to people on their lists."
        )),
    }
}

/// Returns some titles of a space's open pages, among those that the reader sees (law 8.4).
pub(super) fn examples(view: &View, space: SpaceId) -> Vec<Text<'_>> {
    let open = view.pages_in(space, PageId::from_random(0)).filter(|page| {
        page.row().state == PageState::Live
            && !page.is_restricted()
            && !page.ancestors().iter().any(|above| above.is_restricted())
    });
    open.take(EXAMPLES)
        .map(|page| Text::from(&*page.row().title))
        .collect()
}

fn audience(tier: Tier) -> Audience {
    match tier {
        Tier::Licensed => Audience::Licensed,
        Tier::Guest => Audience::Guests,
        Tier::Unlicensed => Audience::Unlicensed,
        Tier::Customer => Audience::Customers,
        Tier::Anonymous => Audience::Anonymous,
    }
}

fn extent(counts: &Counts) -> Extent {
    Extent {
        pages: Count(counts.pages),
        blog_posts: Count(counts.blog_posts),
        attachments: Count(counts.attachments),
        comments: Count(counts.comments),
    }
}
