//! A catalogue as one subject sees it at one instant: what a request works with.

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

/// One catalogue, one subject, one instant, pinned for a request.
#[derive(Debug, Clone)]
pub struct View {
    pub(crate) catalogue: Arc<Catalogue>,
    pub(crate) subject: Subject,
    now: Millis,
    door: Door,
}

impl View {
    /// The view of a catalogue that a credential opens at a door and an instant.
    ///
    /// # Errors
    /// [`Refused`] for a credential that is present and wrong (law 5.7).
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

    /// The same catalogue at the same instant, as nobody sees it who isn't logged in:
    /// never more than this view shows (law 7.1).
    #[must_use]
    pub fn as_nobody(&self) -> Self {
        Self {
            catalogue: Arc::clone(&self.catalogue),
            subject: Subject::anonymous(),
            now: self.now,
            door: self.door,
        }
    }

    /// Who asks.
    #[must_use]
    pub fn subject(&self) -> &Subject {
        &self.subject
    }

    /// The request's instant, by the database's clock.
    #[must_use]
    pub fn now(&self) -> Millis {
        self.now
    }

    /// The door that the request came in by.
    #[must_use]
    pub fn door(&self) -> Door {
        self.door
    }

    /// The revision that is seen. Never answered to a caller (law 7.4).
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.catalogue.revision
    }

    /// The random mark of that revision. Never answered either.
    #[must_use]
    pub fn mark(&self) -> u64 {
        self.catalogue.mark
    }

    /// The switches of the site.
    #[must_use]
    pub fn switches(&self) -> &SwitchesRow {
        &self.catalogue.switches
    }

    /// How this view reads: whatever is inside an article is decided by
    /// `portal_view` of its page (law 2.29).
    fn reading(&self) -> Action {
        match self.door {
            Door::Portal => Action::ViewInPortal,
            Door::Confluence => Action::View,
        }
    }

    /// Decides.
    #[must_use]
    pub fn decide(&self, action: Action, object: Object) -> Decision {
        decide(&self.catalogue, &self.subject, action, object)
    }

    /// Whether the subject may.
    #[must_use]
    pub fn may(&self, action: Action, object: Object) -> bool {
        self.decide(action, object).is_allowed()
    }

    /// Goes on only if the subject may.
    ///
    /// # Errors
    /// [`Refusal`]: absent where it doesn't see the object, forbidden where it does.
    pub fn require(&self, action: Action, object: Object) -> Result<Allowed, Refusal> {
        decided(&self.catalogue, &self.subject, action, object).map_err(Refusal::of)
    }

    /// Goes on only for a credential that may be used for reading: a token without that scope is
    /// shown nothing of the site, neither content nor people.
    ///
    /// # Errors
    /// Forbidden to a token without the scope.
    pub fn require_reading(&self) -> Result<(), Refusal> {
        let in_scope = self.subject.require_scope(Scope::Read);
        in_scope.map_err(Refusal::Forbidden)
    }

    /// Goes on only for site administration, with the scope to administer.
    ///
    /// # Errors
    /// Forbidden to all others.
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
