//! What representations are made through: the view that decides, and where links begin.

use crate::call::Call;
use crate::failure::Failure;
use crate::memory::{AnswerRoom, json_length};
use narthex_access::{Millis, View};
use narthex_site::Site;
use narthex_site::representation::Reader;

/// The eyes of one answer.
#[derive(Debug, Clone, Copy)]
pub struct Lens<'v> {
    /// Where bodies come from.
    pub site: &'v Site,
    /// What decides.
    pub view: &'v View,
    /// The address of Confluence: `https://host/wiki`.
    pub base: &'v str,
    /// The room of the answer.
    pub(crate) room: &'v AnswerRoom,
}

impl<'v> Lens<'v> {
    /// The lens of a view that belongs to a call.
    pub fn new(call: &'v Call, view: &'v View, base: &'v str) -> Self {
        Self {
            site: &call.app.site,
            view,
            base,
            room: &call.room,
        }
    }
}

impl<'v> Lens<'v> {
    /// For whom texts are made: the same eyes, and where the site's addresses begin.
    pub fn reader(self) -> Reader<'v> {
        Reader {
            view: self.view,
            origin: self.base.strip_suffix("/wiki").unwrap_or(self.base),
        }
    }
}

impl Lens<'_> {
    /// A body of the answer, rendered in its turn; none where the answer has no room for it.
    ///
    /// # Errors
    /// What rendering says; busy when there is no memory for it in time.
    pub(crate) async fn rendered<E, F>(
        self,
        render: impl Fn() -> F,
    ) -> Result<Option<String>, Failure>
    where
        F: Future<Output = Result<String, E>>,
        Failure: From<E>,
    {
        let length = |text: &String| json_length(text);
        self.room.rendered(render, length).await
    }
}

/// An instant as both APIs write it: `2026-01-31T12:00:00.000Z`.
pub fn moment(at: Millis) -> String {
    jiff::Timestamp::from_millisecond(at)
        .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
        .strftime("%Y-%m-%dT%H:%M:%S%.3fZ")
        .to_string()
}

/// A path of the site as links relative to [`Lens::base`] write it: without `/wiki`.
pub fn below_base(path: &str) -> &str {
    path.strip_prefix("/wiki").unwrap_or(path)
}
