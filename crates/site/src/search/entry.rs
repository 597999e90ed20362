//! Reading the things that the index is made of, through the view of the indexer.

use crate::error::SiteError;
use crate::read::Text;
use narthex_access::{AccountId, LabelRow, Object, SpaceId, SystemView};
use narthex_content::{text, uses};
use narthex_search::cql::Thing;
use narthex_search::find::is_everybodys;
use narthex_search::index::{Change, Entry, stamp_of_attachment, stamp_of_comment, stamp_of_page};
use narthex_store::Store;

/// A thing that was read, before its text is parsed.
pub(super) enum Read {
    /// The thing can't be found by a search, or no longer exists.
    Gone(Thing),
    /// The thing can be found.
    There(Box<Entry>, Option<Text>),
}

/// Reads a thing for the index.
///
/// # Errors
/// The errors of the database.
pub(super) async fn read(
    store: &Store,
    view: &SystemView,
    thing: Thing,
) -> Result<Read, SiteError> {
    match thing {
        Thing::Page(id) => {
            let Some((row, body)) = view.page(id).zip(view.body(id)) else {
                return Ok(Read::Gone(thing));
            };
            let labels = labels(view, Object::Page(id));
            let mut contributors = vec![row.author, row.updated_by];
            if let Some(past) = view.past(id).filter(|_| row.version > 1) {
                let versions = store.history(&past).await?;
                contributors.extend(versions.iter().filter_map(|version| version.by));
            }
            let entry = Entry {
                stamp: stamp_of_page(row, labels.iter().map(|row| &*row.name)),
                title: row.title.to_string(),
                ..entry((thing, row.space), &labels, contributors)
            };
            let text = store.body_once(&body).await?;
            Ok(Read::There(Box::new(entry), text.map(Text::of)))
        }
        Thing::Comment(id) => {
            let Some((row, body)) = view.comment(id).zip(view.comment_body(id)) else {
                return Ok(Read::Gone(thing));
            };
            let Some(page) = view.page(row.page) else {
                return Ok(Read::Gone(thing));
            };
            let contributors = row.author.into_iter().chain(row.updated_by).collect();
            let entry = Entry {
                stamp: stamp_of_comment(row),
                ..entry((thing, page.space), &[], contributors)
            };
            let text = store.comment_body_once(&body).await?;
            Ok(Read::There(Box::new(entry), text.map(Text::of)))
        }
        Thing::Attachment(id) => {
            let Some(row) = view.attachment(id) else {
                return Ok(Read::Gone(thing));
            };
            let Some(page) = view.page(row.page) else {
                return Ok(Read::Gone(thing));
            };
            let labels = labels(view, Object::Attachment(id));
            let entry = Entry {
                stamp: stamp_of_attachment(row, labels.iter().map(|row| &*row.name)),
                title: row.file_name.to_string(),
                // Its version comment is left out: that belongs to the history, which not all
                // readers see (law 2.24).
                ..entry(
                    (thing, page.space),
                    &labels,
                    vec![row.author, row.updated_by],
                )
            };
            Ok(Read::There(Box::new(entry), None))
        }
        Thing::Space(_) => Ok(Read::Gone(thing)),
    }
}

impl Read {
    /// Parses the text into a change of the index, which is much work if the text is long.
    pub(super) fn change(self) -> Change {
        match self {
            Self::Gone(thing) => Change::Remove(thing),
            Self::There(entry, text) => Change::Put(Box::new(taken_apart(*entry, text))),
        }
    }

    /// Parses the text into an entry; `None` for a thing that can't be found.
    pub(super) fn entry(self) -> Option<Entry> {
        match self {
            Self::Gone(_) => None,
            Self::There(entry, text) => Some(taken_apart(*entry, text)),
        }
    }
}

/// Completes an entry with its text. A text that can't be read has no words, and its page is found
/// by its title.
fn taken_apart(entry: Entry, body: Option<Text>) -> Entry {
    match body.and_then(|body| body.document().ok()) {
        None => entry,
        Some(document) => Entry {
            text: text::plain(&document),
            macros: uses::macros(&document),
            mentions: uses::mentions(&document)
                .iter()
                .filter_map(|id| id.parse().ok())
                .collect(),
            ..entry
        },
    }
}

/// Returns the labels that are shown to all people who see the thing.
fn labels(view: &SystemView, on: Object) -> Vec<&LabelRow> {
    let labels = view.labels(on).into_iter();
    labels.filter(|row| is_everybodys(row)).collect()
}

fn entry(
    (thing, space): (Thing, SpaceId),
    labels: &[&LabelRow],
    mut contributors: Vec<AccountId>,
) -> Entry {
    contributors.sort();
    contributors.dedup();
    Entry {
        thing,
        stamp: 0,
        space,
        title: String::new(),
        text: String::new(),
        labels: labels
            .iter()
            .map(|row| (row.id, row.name.to_string()))
            .collect(),
        macros: Vec::new(),
        mentions: Vec::new(),
        contributors,
    }
}
