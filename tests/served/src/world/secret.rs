//! What differs between two worlds: marks, texts and numbers that somebody may
//! not learn.

use super::who::{Audience, Who};
use narthex_store::Entropy;

/// What every hidden text begins with; nothing else on a site has it.
pub const CANARY: &str = "zqxcanary";

/// Throws the dice of one world for what its watcher may not see.
#[derive(Debug)]
pub(super) struct Secrets {
    /// For whom the world hides something; none for a world that is looked at from all sides.
    watcher: Option<Who>,
    dice: Entropy,
    /// The stream that hidden rows draw their ids from.
    pub(super) ids: Entropy,
}

impl Secrets {
    /// The secrets of a world.
    pub(super) fn new(watcher: Option<Who>, seed: u64) -> Self {
        Self {
            watcher,
            dice: Entropy::seeded(seed),
            ids: Entropy::seeded(seed ^ 0x5eed_5eed_5eed_5eed),
        }
    }

    /// Whether the watcher may not see what only these see.
    pub(super) fn hides(&self, audience: Audience) -> bool {
        self.watcher.is_some_and(|who| !audience.has(who))
    }

    /// A number below `end`: for the watcher's eyes always 0.
    pub(super) fn number(&self, audience: Audience, end: u64) -> u64 {
        if self.hides(audience) {
            self.dice.number() % end
        } else {
            0
        }
    }

    /// A mark that no other text has.
    pub(super) fn mark(&self) -> String {
        format!("{CANARY}{:08x}", self.dice.number() & 0xffff_ffff)
    }

    /// A text: as it is for who may read it; else with marks, and of any length.
    pub(super) fn text(&self, audience: Audience, text: &str) -> String {
        if !self.hides(audience) {
            return text.to_owned();
        }
        let mut secret = format!("{text} {}", self.mark());
        for _ in 0..self.dice.number() % 4 {
            secret.push(' ');
            secret.push_str(&self.mark());
        }
        secret
    }

    /// A word of letters and digits: as it is for who may read it; else another one.
    pub(super) fn word(&self, audience: Audience, word: &str) -> String {
        if self.hides(audience) {
            format!("{word}{}", self.mark())
        } else {
            word.to_owned()
        }
    }
}
