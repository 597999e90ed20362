//! Labels: words on pages, blog posts, attachments and spaces.

use crate::Millis;
use crate::action::Object;
use crate::catalogue::rows::Found;
use crate::id::{AccountId, LabelId, LabellingId};
use crate::word::words;
use alloc::sync::Arc;

words! {
    /// Whose word a label is.
    pub enum LabelPrefix {
        /// Everybody's.
        Global = "global",
        /// Its owner's alone: nobody else is told of it.
        My = "my",
        /// A team's: a category of spaces.
        Team = "team",
        /// The program's.
        System = "system",
    }
}

/// A row of `label`: one label on one thing, decided as that thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelRow {
    /// Its id. Not the label's: that is [`LabelRow::label`].
    pub id: LabellingId,
    /// What the label is on.
    pub on: Object,
    /// Whose word it is.
    pub prefix: LabelPrefix,
    /// The word, in lower case.
    pub name: Arc<str>,
    /// Who put it there; the owner of one of [`LabelPrefix::My`].
    pub by: AccountId,
    /// When.
    pub at: Millis,
}

impl LabelRow {
    /// The label: the same for each thing that it is on.
    #[must_use]
    pub fn label(&self) -> LabelId {
        label_id(self.prefix, &self.name, self.by)
    }
}

/// The id of a label: made of what it says, and for one of [`LabelPrefix::My`] of
/// whose it is. So it tells nothing that the label doesn't, and is the same
/// whoever used the word first (law 7.4). FNV-1a; two words that meet in it are
/// told apart by their names.
#[must_use]
pub fn label_id(prefix: LabelPrefix, name: &str, owner: AccountId) -> LabelId {
    let whose = match prefix {
        LabelPrefix::My => owner.get(),
        LabelPrefix::Global | LabelPrefix::Team | LabelPrefix::System => 0,
    };
    let bytes = whose.to_le_bytes().into_iter();
    let bytes = bytes.chain(prefix.word().bytes()).chain([b':']);
    let hash = bytes
        .chain(name.bytes())
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
    // The low bits of this hash are its weakest.
    LabelId::from_random(hash ^ (hash >> 32))
}

/// What a label is found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum LabelKey {
    /// What it is on.
    On(Object),
    /// The label.
    Label(LabelId),
}

impl Found for LabelRow {
    type Id = LabellingId;
    type Key = LabelKey;
    type Keys = [LabelKey; 2];

    fn id(&self) -> LabellingId {
        self.id
    }

    fn keys(&self) -> Self::Keys {
        [LabelKey::On(self.on), LabelKey::Label(self.label())]
    }
}
