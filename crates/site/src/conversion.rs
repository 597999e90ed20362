//! Converting a text between formats, at once or when the result is requested.
//!
//! Names in the text are relative to content or to a space that the caller gives. That context is
//! decided by the caller's view: a hidden one gets the same response as a missing one. Everything
//! that the text includes or links is decided too, so a conversion shows nobody more than a page
//! with the same text would.

use crate::body::Written;
use crate::error::SiteError;
use crate::missing::absent;
use crate::render::Place;
use crate::representation::{Format, Reader};
use crate::site::Site;
use narthex_access::{AttachmentId, CommentId, PageId, View};
use narthex_store::conversion::Conversion as Kept;

/// A text to convert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversion {
    /// The format of the text.
    pub written: Written,
    /// The format to convert it to.
    pub wanted: Format,
    /// The id of the content that names in the text are relative to.
    pub content: Option<String>,
    /// The key of the space that names are relative to if no content is given.
    pub space: Option<String>,
    /// The text to convert.
    pub text: String,
}

impl Conversion {
    /// Returns the context of the text, or `Absent` if the viewer can't see it.
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
    /// Returns the text in the requested format.
    ///
    /// # Errors
    /// Absent for a context that the viewer doesn't see; invalid for a text that can't be read;
    /// storage.
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

    /// Stores a text that is converted when its result is requested, and returns its id. The
    /// conversion uses the view of that later request, so that what was closed in between stays
    /// closed (law 7.5).
    ///
    /// # Errors
    /// Absent for a context that the viewer doesn't see; invalid for a text that can't be read and
    /// for viewers without an account; storage.
    pub async fn keep_conversion(
        &self,
        view: &View,
        conversion: Conversion,
    ) -> Result<String, SiteError> {
        let Some(account) = view.subject().account() else {
            return Err(SiteError::invalid(
                "an asynchronous conversion belongs to an account; log in, or use contentbody/convert/{to}",
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

    /// Returns a text that the viewer's account has stored; `None` for an id that doesn't exist, is
    /// too old or belongs to another account.
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
        // Anything else can't be an id, and a database may refuse a NUL.
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
