//! The documents of the index: what is written of a thing.

use super::schema::Fields;
use crate::cql::Thing;
use crate::words::{self, Forms};
use narthex_access::{
    AccountId, AttachmentId, AttachmentRow, CommentId, CommentRow, LabellingId, PageId, PageRow,
    SpaceId,
};
use tantivy::TantivyDocument;
use tantivy::schema::Field;
use tantivy::tokenizer::{PreTokenizedString, Token};

/// A thing with its words.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The thing that this describes.
    pub thing: Thing,
    /// The stamp of the row from which it was read.
    pub stamp: u64,
    /// The space that it is in.
    pub space: SpaceId,
    /// Its title: a page's title, a file's name.
    pub title: String,
    /// Its text.
    pub text: String,
    /// Its labels, each with the id of its row, by which a removed label is found.
    pub labels: Vec<(LabellingId, String)>,
    /// The names of the macros that it uses.
    pub macros: Vec<String>,
    /// The accounts that it mentions.
    pub mentions: Vec<AccountId>,
    /// The accounts that created its versions.
    pub contributors: Vec<AccountId>,
}

/// A change of the index.
#[derive(Debug, Clone)]
pub enum Change {
    /// Adds the thing, or replaces its former entry.
    Put(Box<Entry>),
    /// Removes the thing, which can't be found any more.
    Remove(Thing),
}

/// The position of the type in a thing's number. Ids end below this bit.
const KIND: u32 = 56;

/// Returns a thing as one number.
pub(super) fn number(thing: Thing) -> u64 {
    let (kind, id) = match thing {
        Thing::Page(id) => (0, id.get()),
        Thing::Comment(id) => (1, id.get()),
        Thing::Attachment(id) => (2, id.get()),
        Thing::Space(id) => (3, id.get()),
    };
    kind << KIND | id
}

/// Returns the thing with this number.
pub(super) fn thing(number: u64) -> Option<Thing> {
    let id = number & ((1 << KIND) - 1);
    match number >> KIND {
        0 => PageId::new(id).map(Thing::Page),
        1 => CommentId::new(id).map(Thing::Comment),
        2 => AttachmentId::new(id).map(Thing::Attachment),
        3 => SpaceId::new(id).map(Thing::Space),
        _ => None,
    }
}

/// A hash (FNV-1a) in which two states of a thing differ. It is written to disk: it must be the
/// same in every version of the program that reads the same fields.
struct Stamp(u64);

impl Stamp {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn bytes(self, bytes: &[u8]) -> Self {
        let mix =
            |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        Self(bytes.iter().fold(self.0, mix))
    }

    fn number(self, number: u64) -> Self {
        self.bytes(&number.to_le_bytes())
    }
}

/// Returns the stamp of a page with its labels.
pub fn stamp_of_page<'l>(row: &PageRow, labels: impl Iterator<Item = &'l str>) -> u64 {
    let stamp = Stamp::new()
        .number(row.body.get())
        .number(row.updated_at.cast_unsigned())
        .number(u64::from(row.version))
        .bytes(row.title.as_bytes());
    labels
        .fold(stamp, |stamp, label| {
            stamp.bytes(&[0xff]).bytes(label.as_bytes())
        })
        .0
}

/// Returns the stamp of a comment.
#[must_use]
pub fn stamp_of_comment(row: &CommentRow) -> u64 {
    Stamp::new()
        .number(row.body.get())
        .number(row.updated_at.cast_unsigned())
        .number(u64::from(row.version))
        .0
}

/// Returns the stamp of an attachment with its labels.
pub fn stamp_of_attachment<'l>(row: &AttachmentRow, labels: impl Iterator<Item = &'l str>) -> u64 {
    let stamp = Stamp::new()
        .number(row.blob.get())
        .number(row.updated_at.cast_unsigned())
        .number(u64::from(row.version))
        .bytes(row.file_name.as_bytes());
    labels
        .fold(stamp, |stamp, label| {
            stamp.bytes(&[0xff]).bytes(label.as_bytes())
        })
        .0
}

impl Entry {
    pub(super) fn document(&self, fields: &Fields) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        document.add_u64(fields.thing, number(self.thing));
        document.add_u64(fields.stamp, self.stamp);
        document.add_u64(fields.space, self.space.get());
        // Title and text are in the same language: the title alone is too short to detect it.
        let mut forms = Forms::of(if self.text.is_empty() {
            &self.title
        } else {
            &self.text
        });
        document.add_u64(fields.language, forms.language().number());
        let mut add = |field: Field, text: &str| {
            let tokens = tokens(text, &mut forms);
            if !tokens.is_empty() {
                let text = String::new();
                document.add_pre_tokenized_text(field, PreTokenizedString { text, tokens });
            }
        };
        add(fields.title, &self.title);
        add(fields.text, &self.text);
        for (_, label) in &self.labels {
            add(fields.labels, label);
        }
        for (row, _) in &self.labels {
            document.add_u64(fields.labellings, row.get());
        }
        for name in &self.macros {
            document.add_text(fields.macros, name.to_lowercase());
        }
        for account in &self.mentions {
            document.add_u64(fields.mentions, account.get());
        }
        for account in &self.contributors {
            document.add_u64(fields.contributors, account.get());
        }
        document
    }
}

/// Returns the words of a text, each followed by its stem at the same position.
fn tokens(text: &str, forms: &mut Forms) -> Vec<Token> {
    let mut tokens = Vec::new();
    for (position, word) in words::words(text).enumerate() {
        let folded = word.folded();
        if folded.is_empty() {
            continue;
        }
        let token = |text: String| Token {
            offset_from: word.start,
            offset_to: word.end,
            position,
            text,
            position_length: 1,
        };
        let stem = forms.stem(&folded).map(|stem| token(stem.to_owned()));
        tokens.push(token(folded));
        tokens.extend(stem);
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_is_one_number_and_back() {
        let id = 7_300_123_456_789_u64;
        for one in [
            Thing::Page(PageId::new(id).unwrap()),
            Thing::Comment(CommentId::new(id).unwrap()),
            Thing::Attachment(AttachmentId::new(id).unwrap()),
            Thing::Space(SpaceId::new(id).unwrap()),
        ] {
            assert_eq!(thing(number(one)), Some(one));
        }
        assert_eq!(thing(u64::MAX), None);
    }
}
