//! The fields of the index. A change here needs a new version in [`write`](super::write), which makes
//! every node rebuild its index.

use super::IndexError;
use std::path::Path;
use tantivy::directory::MmapDirectory;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STRING, Schema, TextFieldIndexing, TextOptions,
};

/// The fields that are indexed of a thing.
#[derive(Debug, Clone)]
pub(super) struct Fields {
    /// The thing, as a number.
    pub(super) thing: Field,
    /// The stamp of its state.
    pub(super) stamp: Field,
    /// The space that it is in.
    pub(super) space: Field,
    /// The number of the language of its stems.
    pub(super) language: Field,
    /// The words of its title.
    pub(super) title: Field,
    /// The words of its text.
    pub(super) text: Field,
    /// The words of its labels.
    pub(super) labels: Field,
    /// The ids of the rows of its labels.
    pub(super) labellings: Field,
    /// The macros that it uses.
    pub(super) macros: Field,
    /// The accounts that it mentions.
    pub(super) mentions: Field,
    /// The accounts that created its versions.
    pub(super) contributors: Field,
}

fn schema() -> Schema {
    let mut builder = Schema::builder();
    let words = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_fieldnorms(true)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions),
    );
    builder.add_u64_field("thing", INDEXED | FAST);
    builder.add_u64_field("stamp", FAST);
    builder.add_u64_field("space", FAST);
    builder.add_u64_field("language", FAST);
    builder.add_text_field("title", words.clone());
    builder.add_text_field("text", words.clone());
    builder.add_text_field("labels", words);
    builder.add_u64_field("labellings", INDEXED);
    builder.add_text_field("macros", STRING);
    builder.add_u64_field("mentions", INDEXED);
    builder.add_u64_field("contributors", INDEXED);
    builder.build()
}

impl Fields {
    pub(super) fn of(index: &tantivy::Index) -> Result<Self, IndexError> {
        let schema = index.schema();
        Ok(Self {
            thing: schema.get_field("thing")?,
            stamp: schema.get_field("stamp")?,
            space: schema.get_field("space")?,
            language: schema.get_field("language")?,
            title: schema.get_field("title")?,
            text: schema.get_field("text")?,
            labels: schema.get_field("labels")?,
            labellings: schema.get_field("labellings")?,
            macros: schema.get_field("macros")?,
            mentions: schema.get_field("mentions")?,
            contributors: schema.get_field("contributors")?,
        })
    }
}

pub(super) fn create(folder: &Path) -> Result<tantivy::Index, IndexError> {
    Ok(tantivy::Index::create_in_dir(folder, schema())?)
}

/// Opens the index in a folder.
///
/// # Errors
/// Returns `IndexError::Damaged` if the index has other fields; fails too if there is no index.
pub(super) fn open(folder: &Path) -> Result<tantivy::Index, IndexError> {
    let directory = MmapDirectory::open(folder).map_err(tantivy::TantivyError::from)?;
    let index = tantivy::Index::open(directory)?;
    if index.schema() == schema() {
        Ok(index)
    } else {
        Err(IndexError::Damaged(
            "another version of the program made it".into(),
        ))
    }
}
