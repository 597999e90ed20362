//! A text in each of the representations in which the API returns it.
//!
//! Every representation is made for one viewer: links and lists are decided as on the page, and
//! people whom the viewer isn't shown aren't named (law 3.8).

use crate::address;
use crate::body::{Representation, Written};
use crate::error::SiteError;
use crate::hidden_people;
use crate::inline_comment;
use crate::read::Text;
use crate::render::{Looks, Place};
use crate::site::Site;
use narthex_access::view::SeenPage;
use narthex_access::{AttachmentId, CommentId, View};
use narthex_content::adf::{self, Question};
use narthex_content::hole::Target;
use narthex_content::storage::Document;
use narthex_content::template::Template;
use narthex_content::view::ViewKind;

/// A representation in which a text is returned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The storage format.
    Storage,
    /// HTML as on the pages of the site.
    View,
    /// HTML for reading outside the site.
    ExportView,
    /// The export view as a whole HTML document.
    StyledView,
    /// The export view as anonymous visitors see it.
    AnonymousExportView,
    /// HTML for the older editor.
    Editor,
    /// Another word for the storage format.
    Editor2,
    /// The Atlassian document format.
    AtlasDocFormat,
}

impl Format {
    /// All representations, in the order in which responses list them.
    pub const ALL: [Self; 8] = [
        Self::Storage,
        Self::View,
        Self::ExportView,
        Self::StyledView,
        Self::AnonymousExportView,
        Self::Editor,
        Self::Editor2,
        Self::AtlasDocFormat,
    ];

    /// The word that the API uses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Storage => "storage",
            Self::View => "view",
            Self::ExportView => "export_view",
            Self::StyledView => "styled_view",
            Self::AnonymousExportView => "anonymous_export_view",
            Self::Editor => "editor",
            Self::Editor2 => "editor2",
            Self::AtlasDocFormat => "atlas_doc_format",
        }
    }

    /// Returns the representation that a word names, in upper or lower case.
    pub fn from_word(word: &str) -> Option<Self> {
        let named = |format: &Self| format.word().eq_ignore_ascii_case(word);
        Self::ALL.into_iter().find(named)
    }

    /// The kind of view to render; `None` for representations other than HTML.
    fn kind(self) -> Option<ViewKind> {
        Some(match self {
            Self::View => ViewKind::View,
            Self::ExportView => ViewKind::ExportView,
            Self::StyledView => ViewKind::StyledView,
            Self::AnonymousExportView => ViewKind::AnonymousExportView,
            Self::Editor => ViewKind::Editor,
            Self::Storage | Self::Editor2 | Self::AtlasDocFormat => return None,
        })
    }

    /// Whether it is read outside the site, so that its links are whole addresses.
    fn is_for_elsewhere(self) -> bool {
        matches!(
            self,
            Self::ExportView | Self::StyledView | Self::AnonymousExportView | Self::AtlasDocFormat
        )
    }
}

/// The reader that a text is made for.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'v> {
    /// The view that decides what the reader sees.
    pub view: &'v View,
    /// The address of the host, `https://host`, which is put before the site's paths in
    /// representations that are read outside the site.
    pub origin: &'v str,
}

impl Site {
    /// Returns the current text of a page or blog post.
    ///
    /// # Errors
    /// Absent if the page has been purged since the view was opened; storage.
    pub async fn page_as(
        &self,
        reader: Reader<'_>,
        page: SeenPage<'_>,
        format: Format,
    ) -> Result<String, SiteError> {
        let place = Place::on(page);
        let looks = looks(reader, format);
        let threads = inline_comment::threads_shown(reader.view, page.id());
        if let Some(looks) = looks.as_ref().filter(|looks| shows_threads(looks.kind))
            && !threads.is_empty()
        {
            let document = self.page_body(page).await?.document()?;
            let document = inline_comment::with_marks(&document, &threads);
            let template = self.renderer.render(&document, looks.kind);
            return self.filled(reader, place, &template, looks).await;
        }
        match looks.filter(Looks::is_kept) {
            Some(looks) => {
                let template = self.page_template(page, looks.kind).await?;
                self.filled(reader, place, &template, &looks).await
            }
            None => {
                let text = self.page_body(page).await?;
                self.text_as(reader, place, &text, format).await
            }
        }
    }

    /// Returns the text of a version of a page for the present reader, with the present content of
    /// what it includes; `None` if there is no such version.
    ///
    /// # Errors
    /// Absent if the viewer can't see the page, forbidden if the viewer can't see its history
    /// (law 2.24); storage.
    pub async fn past_as(
        &self,
        reader: Reader<'_>,
        page: SeenPage<'_>,
        number: u32,
        format: Format,
    ) -> Result<Option<String>, SiteError> {
        let Some(text) = self.past_body(reader.view, page.id(), number).await? else {
            return Ok(None);
        };
        let place = Place::on(page);
        let shown = self.text_as(reader, place, &text, format).await?;
        Ok(Some(shown))
    }

    /// Returns the text of a version of a comment; `None` if there is no such version.
    ///
    /// # Errors
    /// Absent if the viewer can't see the comment, forbidden if the viewer can't see its history
    /// (law 2.24); storage.
    pub async fn past_comment_as(
        &self,
        reader: Reader<'_>,
        id: CommentId,
        number: u32,
        format: Format,
    ) -> Result<Option<String>, SiteError> {
        let view = reader.view;
        let Some(text) = self.past_comment_body(view, id, number).await? else {
            return Ok(None);
        };
        let place = Place::on(view.page(view.comment(id)?.page)?);
        let shown = self.text_as(reader, place, &text, format).await?;
        Ok(Some(shown))
    }

    /// Returns the current text of a comment.
    ///
    /// # Errors
    /// Absent if the viewer can't see the comment or it has been purged; storage.
    pub async fn comment_as(
        &self,
        reader: Reader<'_>,
        id: CommentId,
        format: Format,
    ) -> Result<String, SiteError> {
        let view = reader.view;
        let place = Place::on(view.page(view.comment(id)?.page)?);
        match looks(reader, format).filter(Looks::is_kept) {
            Some(looks) => {
                let template = self.comment_template(view, id, looks.kind).await?;
                self.filled(reader, place, &template, &looks).await
            }
            None => {
                let text = self.comment_body(view, id).await?;
                self.text_as(reader, place, &text, format).await
            }
        }
    }

    /// Returns a text that was read against a witness of its own, such as a former version.
    ///
    /// # Errors
    /// Storage.
    pub async fn text_as(
        &self,
        reader: Reader<'_>,
        place: Place,
        text: &Text,
        format: Format,
    ) -> Result<String, SiteError> {
        let view = reader.view;
        match (text.representation(), format) {
            (Representation::AtlasDocFormat, Format::AtlasDocFormat) => {
                let shown = hidden_people::in_adf(view, text.text())?;
                let mut answer = |question: Question<'_>| answered(reader, place, question);
                let made = adf::for_reader(&shown, &mut answer).map_err(|error| {
                    SiteError::invalid(format!("the body can't be read: {error}"))
                })?;
                Ok(made.unwrap_or_else(|| shown.into_owned()))
            }
            // If nobody is hidden from the reader, the text is returned as it was sent, without
            // parsing.
            (Representation::Storage, Format::Storage | Format::Editor2) if view.shows_names() => {
                Ok(text.text().to_owned())
            }
            (Representation::AtlasDocFormat, _) => {
                let document = document_of_adf(reader, place, text.text())?;
                self.document_as(reader, place, document, format).await
            }
            (Representation::Storage, _) => {
                let document = text.document()?;
                self.document_as(reader, place, document, format).await
            }
        }
    }

    /// Converts a text that was sent into another representation, and stores nothing of it.
    ///
    /// # Errors
    /// Invalid for a text that can't be read; storage.
    pub async fn convert(
        &self,
        reader: Reader<'_>,
        place: Place,
        written: Written,
        text: &str,
        format: Format,
    ) -> Result<String, SiteError> {
        let document = match written {
            Written::AtlasDocFormat => document_of_adf(reader, place, text)?,
            _ => written.read(text)?,
        };
        // The storage format contains people only as the ids that were sent.
        let document = match format {
            Format::Storage | Format::Editor2 => document,
            _ => hidden_people::in_sent(reader.view, document),
        };
        self.document_as(reader, place, document, format).await
    }

    async fn document_as(
        &self,
        reader: Reader<'_>,
        place: Place,
        document: Document,
        format: Format,
    ) -> Result<String, SiteError> {
        let Some(looks) = looks(reader, format) else {
            return Ok(self.written(reader, place, document, format));
        };
        // An editor gets the text of this reader alone, with the hidden people taken out.
        let document = match looks.kind {
            ViewKind::Editor => hidden_people::for_editor(reader.view, document),
            _ => document,
        };
        let template = self.renderer.render(&document, looks.kind);
        self.filled(reader, place, &template, &looks).await
    }

    /// Fills a template through the view that its representation is for: the reader's, or that of
    /// an anonymous visitor.
    async fn filled(
        &self,
        reader: Reader<'_>,
        place: Place,
        template: &Template,
        looks: &Looks,
    ) -> Result<String, SiteError> {
        let nobody = match looks.kind {
            ViewKind::AnonymousExportView => Some(reader.view.as_nobody()),
            _ => None,
        };
        let view = nobody.as_ref().unwrap_or(reader.view);
        Ok(self.fill(view, place, template, looks).await?.into_string())
    }

    /// Returns a document in a representation other than HTML.
    fn written(
        &self,
        reader: Reader<'_>,
        place: Place,
        document: Document,
        format: Format,
    ) -> String {
        let view = reader.view;
        if format != Format::AtlasDocFormat {
            return hidden_people::in_storage(view, &document).into_owned();
        }
        let document = hidden_people::in_document(view, document);
        let adf = adf::from_storage(&document, &mut |question| answered(reader, place, question));
        hidden_people::without_ids(view, adf.into()).into_owned()
    }
}

/// The looks of a representation in HTML; `None` for the others.
fn looks(reader: Reader<'_>, format: Format) -> Option<Looks> {
    let origin = match format.is_for_elsewhere() {
        true => reader.origin.to_owned(),
        false => String::new(),
    };
    let kind = format.kind()?;
    Some(Looks { kind, origin })
}

/// Whether the passages of inline comments are marked in a view. They are where people read as
/// themselves, but not where a text is opened for editing.
fn shows_threads(kind: ViewKind) -> bool {
    matches!(
        kind,
        ViewKind::View | ViewKind::ExportView | ViewKind::StyledView
    )
}

/// Parses a text in the Atlassian document format, with files by the names that the viewer sees,
/// and links to pages of the site by their ids.
fn document_of_adf(reader: Reader<'_>, place: Place, json: &str) -> Result<Document, SiteError> {
    let view = reader.view;
    let files = place.page().map(|page| view.attachments(page));
    let files = files.unwrap_or_default();
    let mut name = |id: &str| {
        let id: AttachmentId = id.strip_prefix("att").unwrap_or(id).parse().ok()?;
        let row = files.iter().find(|row| row.id == id)?;
        Some(row.file_name.to_string())
    };
    let linked = adf::with_page_links(json, reader.origin);
    linked
        .and_then(|linked| adf::to_storage_naming(linked.as_deref().unwrap_or(json), &mut name))
        .map_err(|error| SiteError::invalid(format!("the body can't be read: {error}")))
}

/// Answers a question of the document format's converter, as the viewer sees the site.
fn answered(reader: Reader<'_>, place: Place, question: Question<'_>) -> Option<String> {
    let view = reader.view;
    let address = |path: String| format!("{}{path}", reader.origin);
    let file = |attachment: &narthex_content::hole::AttachmentRef| {
        let page = place.resolve(view, &attachment.of)?;
        let rows = view.attachments(page.id()).into_iter();
        let mut named = rows.filter(|row| *row.file_name == *attachment.file);
        named.next()
    };
    match question {
        Question::File(attachment) => file(attachment).map(|row| format!("att{}", row.id)),
        Question::Address(Target::Attachment(attachment)) => {
            file(attachment).map(|row| address(address::download(row)))
        }
        Question::Name(Target::Space(key)) => {
            let space = view.space_by_key(key).ok()?;
            Some(space.row().name.to_string())
        }
        Question::Name(Target::Content { content, .. }) => {
            let page = place.resolve(view, content)?;
            Some(page.row().title.to_string())
        }
        Question::Address(Target::Space(key)) => {
            let space = view.space_by_key(key).ok()?;
            Some(address(address::space(&space.row().key)))
        }
        Question::Address(Target::Content { content, anchor }) => {
            let page = place.resolve(view, content)?;
            let space = view.space(page.row().space).ok()?;
            let anchor = anchor.as_deref().map(|anchor| format!("#{anchor}"));
            let path = address::page(&space.row().key, page.row());
            Some(address(path) + &anchor.unwrap_or_default())
        }
        _ => None,
    }
}
