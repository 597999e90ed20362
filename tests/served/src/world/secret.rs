//! The secrets of a world: marks, texts and numbers that a watcher may not learn, and that differ
//! between two worlds.

use super::who::{Audience, Who};
use narthex_store::Entropy;

/// The beginning of every hidden text; nothing else on a site contains it.
pub const CANARY: &str = "zqxcanary";

/// Draws the secrets of one world.
#[derive(Debug)]
pub(super) struct Secrets {
    /// The person from whom the world hides its secrets; `None` for a world that hides none.
    watcher: Option<Who>,
    dice: Entropy,
    /// The stream that hidden rows draw their ids from.
    pub(super) ids: Entropy,
}

impl Secrets {
    /// Makes the secrets of a world.
    pub(super) fn new(watcher: Option<Who>, seed: u64) -> Self {
        Self {
            watcher,
            dice: Entropy::seeded(seed),
            ids: Entropy::seeded(seed ^ 0x5eed_5eed_5eed_5eed),
        }
    }

    /// Returns whether the watcher may not see what only this audience sees.
    pub(super) fn hides(&self, audience: Audience) -> bool {
        self.watcher.is_some_and(|who| !audience.has(who))
    }

    /// Returns a number below `end`; 0 if the watcher sees what it counts.
    pub(super) fn number(&self, audience: Audience, end: u64) -> u64 {
        if self.hides(audience) {
            self.dice.number() % end
        } else {
            0
        }
    }

    /// Returns a mark that no other text has.
    pub(super) fn mark(&self) -> String {
        format!("{CANARY}{:08x}", self.dice.number() & 0xffff_ffff)
    }

    /// Returns the text unchanged if the watcher may read it; otherwise with marks, and of random
    /// length.
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

    /// Returns a word of letters and digits unchanged if the watcher may read it; otherwise another
    /// one.
    pub(super) fn word(&self, audience: Audience, word: &str) -> String {
        if self.hides(audience) {
            format!("{word}{}", self.mark())
        } else {
            word.to_owned()
        }
    }
}
