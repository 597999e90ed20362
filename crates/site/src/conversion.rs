//! Converting a text that is sent: from each form into each.
//!
//! The names in the text are relative to content or a space that the caller names.
//! That context is decided by the caller's view, and one that is hidden answers as
//! one that never was. Whatever the text includes or links is decided too: asking for
//! a conversion shows nobody more than the page that would say the same.

use crate::body::Written;
use crate::error::SiteError;
use crate::missing::absent;
use crate::render::Place;
use crate::representation::{Format, Reader};
use crate::site::Site;
use narthex_access::{AttachmentId, CommentId, PageId, View};
use narthex_store::conversion::Conversion as Kept;

/// A text to be converted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversion {
    /// The form it is in.
    pub written: Written,
    /// The form that is wanted.
    pub wanted: Format,
    /// The id of content that its names are relative to.
    pub content: Option<String>,
    /// The key of the space that they are relative to where no content is named.
    pub space: Option<String>,
    /// The text.
    pub text: String,
}

impl Conversion {
    /// Where the text stands, if its context is there for the viewer.
    fn place(&self, view: &View) -> Result<Place, SiteError> {
        let Some(id) = &self.content else {
            return Ok(match &self.space {
                Some(key) => Place::within(view.space_by_key(key)?.id()),
                None => Place::default(),
            });
        };
        let page = || {
            let page = id.parse::<PageId>().ok()?;
            view.page(page).ok()
        };
        let of_comment = || {
            let row = view.comment(id.parse::<CommentId>().ok()?).ok()?;
            view.page(row.page).ok()
        };
        let of_attachment = || {
            let id = id.strip_prefix("att").unwrap_or(id);
            let row = view.attachment(id.parse::<AttachmentId>().ok()?).ok()?;
            view.page(row.page).ok()
        };
        let page = page().or_else(of_comment).or_else(of_attachment);
        page.map(Place::on).ok_or_else(absent)
    }
}

impl Site {
    /// The text in the form that is wanted.
    ///
    /// # Errors
    /// Absent for a context that the viewer doesn't see; invalid for a text that
    /// can't be read; storage.
    pub async fn converted(
        &self,
        reader: Reader<'_>,
        conversion: &Conversion,
    ) -> Result<String, SiteError> {
        let place = conversion.place(reader.view)?;
        let Conversion {
            written,
            wanted,
            text,
            ..
        } = conversion;
        self.convert(reader, place, *written, text, *wanted).await
    }

    /// Keeps a text to be converted when the answer is asked for; answers its id.
    /// It is converted then, through the eyes of then: what was closed meanwhile is
    /// closed (law 7.5).
    ///
    /// # Errors
    /// Absent for a context that the viewer doesn't see; invalid for a text that
    /// can't be read, and for who has no account; storage.
    pub async fn keep_conversion(
        &self,
        view: &View,
        conversion: Conversion,
    ) -> Result<String, SiteError> {
        let Some(account) = view.subject().account() else {
            return Err(SiteError::invalid(
                "a conversion is kept for an account; log in, or use contentbody/convert/{to}",
            ));
        };
        conversion.place(view)?;
        conversion.written.read(&conversion.text)?;
        let id = format!(
            "{:016x}{:016x}",
            self.entropy.number(),
            self.entropy.number()
        );
        let kept = Kept {
            written: conversion.written.word().into(),
            wanted: conversion.wanted.word().into(),
            content: conversion.content,
            space: conversion.space,
            body: conversion.text,
        };
        self.store
            .keep_conversion(id.clone(), account, view.now(), kept)
            .await?;
        Ok(id)
    }

    /// A text that its own account keeps; none for an id that isn't there, is too
    /// old or somebody else's.
    ///
    /// # Errors
    /// Storage.
    pub async fn kept_conversion(
        &self,
        view: &View,
        id: &str,
    ) -> Result<Option<Conversion>, SiteError> {
        let Some(account) = view.subject().account() else {
            return Ok(None);
        };
        // What can't be an id never was one; a database may take no NUL.
        if !id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Ok(None);
        }
        let kept = self.store.kept_conversion(id, account, view.now()).await?;
        Ok(kept.and_then(|kept| {
            Some(Conversion {
                written: Written::from_word(&kept.written)?,
                wanted: Format::from_word(&kept.wanted)?,
                content: kept.content,
                space: kept.space,
                text: kept.body,
            })
        }))
    }
}
