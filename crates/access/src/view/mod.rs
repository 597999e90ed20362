//! A catalogue as one subject sees it at one instant.
//!
//! Each request has one [`View`] and reads everything through it. For content that may be read it
//! returns a [`Seen`](crate::Seen), against which the store returns the content.

mod content;
mod content_status;
mod label;
mod like;
mod long_task;
mod others;
mod page;
mod page_draft;
mod property;
mod space;
pub(crate) mod space_role;
mod task;
mod template;
mod user_property;
mod watch;

use crate::Millis;
use crate::action::{Action, Object};
use crate::catalogue::Catalogue;
use crate::credential::{Credential, Door, Refused, Scope};
use crate::decide::{Allowed, Decision, Denied, decide, decided};
use crate::seen::Refusal;
use crate::subject::Subject;
use crate::switches::SwitchesRow;
use alloc::sync::Arc;

pub use long_task::LongTasksShown;
pub use others::RestrictedPage;
pub use page::SeenPage;
pub use page_draft::SeenDraft;
pub use space::SeenSpace;
pub use space_role::SpaceRole;

/// One catalogue, one subject and one instant, fixed for the time of a request.
#[derive(Debug, Clone)]
pub struct View {
    pub(crate) catalogue: Arc<Catalogue>,
    pub(crate) subject: Subject,
    now: Millis,
    door: Door,
}

impl View {
    /// Opens the view of a catalogue that a credential gives at an entry point and an instant.
    ///
    /// # Errors
    /// Returns [`Refused`] for a credential that is present and wrong (law 5.7).
    pub fn open(
        catalogue: Arc<Catalogue>,
        credential: &Credential,
        door: Door,
        now: Millis,
    ) -> Result<Self, Refused> {
        let subject = catalogue.identify(credential, door, now)?;
        Ok(Self {
            catalogue,
            subject,
            now,
            door,
        })
    }

    /// Returns the same catalogue at the same instant, as people who aren't logged in see it. This
    /// is never more than this view shows (law 7.1).
    #[must_use]
    pub fn as_nobody(&self) -> Self {
        Self {
            catalogue: Arc::clone(&self.catalogue),
            subject: Subject::anonymous(),
            now: self.now,
            door: self.door,
        }
    }

    /// Returns the subject whose view it is.
    #[must_use]
    pub fn subject(&self) -> &Subject {
        &self.subject
    }

    /// Returns the request's instant, by the database's clock.
    #[must_use]
    pub fn now(&self) -> Millis {
        self.now
    }

    /// Returns the entry point that the request came in by.
    #[must_use]
    pub fn door(&self) -> Door {
        self.door
    }

    /// Returns the revision of the catalogue. It is never returned to a caller (law 7.4).
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.catalogue.revision
    }

    /// Returns the random mark of that revision, which is never returned to a caller either.
    #[must_use]
    pub fn mark(&self) -> u64 {
        self.catalogue.mark
    }

    /// Returns the switches of the site.
    #[must_use]
    pub fn switches(&self) -> &SwitchesRow {
        &self.catalogue.switches
    }

    /// Returns the action by which this view reads. Whatever is inside an article is decided by
    /// `portal_view` of its page (law 2.29).
    fn reading(&self) -> Action {
        match self.door {
            Door::Portal => Action::ViewInPortal,
            Door::Confluence => Action::View,
        }
    }

    /// Decides whether the subject may do an action to an object.
    #[must_use]
    pub fn decide(&self, action: Action, object: Object) -> Decision {
        decide(&self.catalogue, &self.subject, action, object)
    }

    /// Whether the subject may do an action to an object.
    #[must_use]
    pub fn may(&self, action: Action, object: Object) -> bool {
        self.decide(action, object).is_allowed()
    }

    /// Requires that the subject may do an action to an object.
    ///
    /// # Errors
    /// Absent if the subject can't see the object; forbidden if it can.
    pub fn require(&self, action: Action, object: Object) -> Result<Allowed, Refusal> {
        decided(&self.catalogue, &self.subject, action, object).map_err(Refusal::of)
    }

    /// Requires a credential with the scope to read. A token without it is shown nothing of the
    /// site, neither content nor people.
    ///
    /// # Errors
    /// Forbidden to a token without the scope.
    pub fn require_reading(&self) -> Result<(), Refusal> {
        let in_scope = self.subject.require_scope(Scope::Read);
        in_scope.map_err(Refusal::Forbidden)
    }

    /// Requires a site administrator whose credential has the scope to administer.
    ///
    /// # Errors
    /// Forbidden to everybody else.
    pub fn require_site_admin(&self) -> Result<(), Refusal> {
        if !self.subject.site_admin {
            return Err(Refusal::Forbidden(Denied::Missing(
                crate::grant::Operation::Administer,
            )));
        }
        let in_scope = self.subject.require_scope(Scope::Administer);
        in_scope.map_err(Refusal::Forbidden)
    }
}
