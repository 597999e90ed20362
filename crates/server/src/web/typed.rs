//! What was typed into a form that is refused, so that nobody types it twice.
//!
//! The page of the refusal shows it to the person who sent it, and says what to do with it. It is
//! made of the request alone, so it is the same for a page that is hidden and for one that never
//! existed (law 6.1). Another site could put its own text before the reader in this way, with a
//! button that sends it: only what a page of this site sent is shown.

use crate::app::App;
use crate::call::{Ask, FORM_TYPE};
use crate::failure::Failure;
use crate::request::body::{LONG_FORM, ReadBody, is_media_type};
use crate::request::query::Parameters;
use crate::request::sent_body::{SentBody, State};
use crate::route::TypedForm;
use crate::web::pages::Text;
use crate::web::pages::moment::Size;
use crate::web::pages::refusal::{TypedAgain, TypedAgainField};
use http::HeaderMap;
use narthex_access::AccountId;
use std::sync::Arc;

/// The form of a request, until it is known whether it is refused.
#[derive(Debug)]
pub(crate) struct SentForm {
    form: &'static TypedForm,
    headers: HeaderMap,
    body: SentBody,
}

/// What was typed into a form that was refused.
#[derive(Debug)]
pub(crate) struct Typed {
    form: &'static TypedForm,
    /// The form, or the most bytes that were taken of its sender.
    read: Result<Arc<ReadBody>, usize>,
}

/// What becomes of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    /// It can be sent again after logging in.
    AfterLogIn,
    /// It can be sent again.
    Again,
    /// It can be sent again after it was changed.
    Changed,
    /// It can be sent again, but it may have been saved.
    Unsure,
    /// It can only be copied.
    Copy,
}

impl SentForm {
    /// Returns the form of a request whose refusal shows it.
    pub(crate) fn of(ask: &Ask) -> Option<Self> {
        let form = ask.route.typed?;
        let is_form = is_media_type(&ask.headers, FORM_TYPE);
        (is_form && ask.is_from_page_of_ours()).then(|| Self {
            form,
            headers: ask.headers.clone(),
            body: ask.body.clone(),
        })
    }

    /// Returns what was typed. The body is read now if the request was refused before that, within
    /// the limits that its sender has.
    pub(crate) async fn typed(self, app: &App, sender: Option<AccountId>) -> Option<Typed> {
        let read = match self.body.take() {
            State::Form(form) => Ok(form),
            State::Unread(body) => {
                let read = app.room.read(sender, &self.headers, body, LONG_FORM);
                match read.await {
                    Ok(form) => Ok(Arc::new(form)),
                    Err(failure) => Err(failure.most_bytes()?),
                }
            }
            State::Taken => return None,
        };
        Some(Typed {
            form: self.form,
            read,
        })
    }
}

impl Typed {
    /// Returns what the page of the failure shows of the form, which was sent to the address
    /// `action`; `None` if there is nothing to keep.
    pub(crate) fn shown<'a>(
        &self,
        action: Text<'a>,
        failure: &Failure,
        is_signed_in: bool,
    ) -> Option<TypedAgain<'a>> {
        let next = Next::after(failure, is_signed_in);
        let form = match &self.read {
            Ok(form) => form,
            Err(most) => return Some(too_long(action, *most, next)),
        };
        let sent = Parameters::read(&form.bytes);
        // Somebody who discards a draft doesn't want it back.
        if sent.get("do") == Some("discard") {
            return None;
        }
        let fields: Vec<TypedAgainField<'a>> = self
            .form
            .fields
            .iter()
            .filter_map(|field| {
                let value = sent.all(field.name).next()?.to_owned();
                Some(TypedAgainField {
                    name: field.name,
                    label: field.label,
                    is_long: field.is_long,
                    value: value.into(),
                })
            })
            .collect();
        let is_empty = fields.iter().all(|field| field.value.trim().is_empty());
        // An empty field is shown where it is the reason, to be filled in.
        if fields.is_empty() || is_empty && !matches!(failure, Failure::Invalid(_)) {
            return None;
        }
        let carried = self.form.carried.iter().filter_map(|name| {
            let value = sent.all(name).next()?.to_owned();
            Some((*name, Text::from(value)))
        });
        Some(TypedAgain {
            action,
            says: next.sentence().into(),
            logs_in_elsewhere: next == Next::AfterLogIn,
            fields,
            carried: carried.collect(),
            can_be_sent: next != Next::Copy,
        })
    }
}

impl Next {
    fn after(failure: &Failure, is_signed_in: bool) -> Self {
        match failure {
            Failure::Unauthorized | Failure::StaleSession { .. } => Self::AfterLogIn,
            Failure::Absent if !is_signed_in => Self::AfterLogIn,
            Failure::Absent | Failure::Forbidden(_) => Self::Copy,
            Failure::Storage(_) | Failure::Fault => Self::Unsure,
            Failure::Invalid(_) => Self::Changed,
            _ => Self::Again,
        }
    }

    /// Returns what has happened to the text, and the next step.
    fn sentence(self) -> &'static str {
        match self {
            Self::AfterLogIn => {
                "It isn’t saved, and it stands in this window only. Log in above, which opens a \
                 new window; then come back to this one and send it again."
            }
            Self::Again => "It isn’t saved. Send it again from here.",
            Self::Changed => "It isn’t saved. Change it here, and send it again.",
            Self::Unsure => {
                "It may not be saved. Look first, in another window; then send it again from here \
                 if it is missing."
            }
            Self::Copy => {
                "It isn’t saved, and it stands on this page only. Copy it before you leave, to use \
                 it elsewhere."
            }
        }
    }
}

/// Returns what is said of a text that is too long to be shown again.
fn too_long(action: Text<'_>, most: usize, next: Next) -> TypedAgain<'_> {
    let most = Size(u64::try_from(most).unwrap_or(u64::MAX));
    let logs_in_elsewhere = next == Next::AfterLogIn;
    let then = if logs_in_elsewhere {
        "Log in above, which opens a new window; then go back to the form in this one, where most \
         browsers still have the text, and send it again."
    } else {
        "Go back to the form, where most browsers still have it, and copy it."
    };
    TypedAgain {
        action,
        says: format!(
            "It isn’t saved, and it can’t be shown here, because it is longer than {most}. {then}"
        )
        .into(),
        logs_in_elsewhere,
        fields: Vec::new(),
        carried: Vec::new(),
        can_be_sent: false,
    }
}
