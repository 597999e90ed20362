//! Labels: words on pages, blog posts, attachments and spaces.
//!
//! The table has a row for each use of a label; the label itself is its prefix and name.

use crate::Millis;
use crate::action::Object;
use crate::catalogue::rows::Found;
use crate::id::{AccountId, LabelId, LabellingId};
use crate::word::words;
use alloc::sync::Arc;

words! {
    /// The prefix of a label, which says whose word it is.
    pub enum LabelPrefix {
        /// A label that everybody shares.
        Global = "global",
        /// A label of its owner alone, which nobody else learns of.
        My = "my",
        /// A label of a team, which is a category of spaces.
        Team = "team",
        /// A label that the program sets.
        System = "system",
    }
}

/// A row of `label`: one label on one thing, as visible as that thing is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelRow {
    /// The id of this use of the label. The id of the label itself is [`LabelRow::label`].
    pub id: LabellingId,
    /// The thing that the label is on.
    pub on: Object,
    /// The prefix of the label.
    pub prefix: LabelPrefix,
    /// The word, in lower case.
    pub name: Arc<str>,
    /// The account that added it; for [`LabelPrefix::My`], its owner.
    pub by: AccountId,
    /// When it was added.
    pub at: Millis,
}

impl LabelRow {
    /// Returns the id of the label, which is the same for each thing that it is on.
    #[must_use]
    pub fn label(&self) -> LabelId {
        label_id(self.prefix, &self.name, self.by)
    }
}

/// Returns the id of a label. It is a hash of the prefix and the name, and for [`LabelPrefix::My`]
/// of the owner. So it reveals nothing that the label doesn't, and is the same whoever used the
/// word first (law 7.4). The hash is FNV-1a; two labels with the same id are told apart by their
/// names.
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

/// The keys by which a label is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum LabelKey {
    /// The thing that the label is on.
    On(Object),
    /// The label itself.
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
