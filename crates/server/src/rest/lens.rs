//! The context that responses are made in: the view that decides, and where links begin.

use crate::call::Call;
use crate::failure::Failure;
use crate::memory::{AnswerRoom, json_length};
use narthex_access::{Millis, View};
use narthex_site::Site;
use narthex_site::representation::Reader;

/// Everything that a response is rendered with: the site, the view, the base URL and the room for
/// bodies.
#[derive(Debug, Clone, Copy)]
pub struct Lens<'v> {
    /// The site that bodies are read from.
    pub site: &'v Site,
    /// The view that decides what the reader sees.
    pub view: &'v View,
    /// The base URL of Confluence: `https://host/wiki`.
    pub base: &'v str,
    /// The room that the response has for bodies.
    pub(crate) room: &'v AnswerRoom,
}

impl<'v> Lens<'v> {
    /// Renders for a view that belongs to a call.
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
    /// Returns the reader that texts are rendered for: the same view, and where the site's
    /// addresses begin.
    pub fn reader(self) -> Reader<'v> {
        Reader {
            view: self.view,
            origin: self.base.strip_suffix("/wiki").unwrap_or(self.base),
        }
    }
}

impl Lens<'_> {
    /// Renders a body of the response when its turn comes. `None` if the response has no room for
    /// it.
    ///
    /// # Errors
    /// The errors of `render`; busy if no memory becomes free for it in time.
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

/// Writes an instant as both APIs do: `2026-01-31T12:00:00.000Z`.
pub fn moment(at: Millis) -> String {
    jiff::Timestamp::from_millisecond(at)
        .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
        .strftime("%Y-%m-%dT%H:%M:%S%.3fZ")
        .to_string()
}

/// Writes a path of the site as links relative to [`Lens::base`] do: without `/wiki`.
pub fn below_base(path: &str) -> &str {
    path.strip_prefix("/wiki").unwrap_or(path)
}
