//! The spaces that a view shows.

use super::{SeenPage, View};
use crate::action::{Action, Object};
use crate::catalogue::Space;
use crate::decide::{Channel, Decision};
use crate::grant::GrantRow;
use crate::id::{AccountId, SpaceId};
use crate::seen::{Absent, Refusal};
use crate::space::{SpaceKind, SpaceRow, SpaceState, personal_key};

/// A space that the subject sees.
#[derive(Debug, Clone, Copy)]
pub struct SeenSpace<'view> {
    pub(super) view: &'view View,
    space: &'view Space,
    /// Through which channel; none for who only administers the site.
    pub channel: Option<Channel>,
}

impl<'view> SeenSpace<'view> {
    /// Its row. The home page in it is undecided: ask [`SeenSpace::homepage`].
    #[must_use]
    pub fn row(&self) -> &'view SpaceRow {
        self.space.row()
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> SpaceId {
        self.row().id
    }

    /// Its home page; none for people who can't see it (law 2.18).
    #[must_use]
    pub fn homepage(&self) -> Option<SeenPage<'view>> {
        self.view.page(self.row().homepage?).ok()
    }

    /// The facts and grants of the space, for people who may see its permissions (law 3.4).
    ///
    /// # Errors
    /// Refused to who may not.
    pub fn permissions(&self) -> Result<&'view Space, Refusal> {
        self.view
            .require(Action::ViewPermissions, Object::Space(self.id()))?;
        Ok(self.space)
    }
}

impl<'view> SeenSpace<'view> {
    /// The rows of its grants, in the order of their ids, for who may see its
    /// permissions (law 3.4).
    ///
    /// # Errors
    /// Refused to who may not.
    pub fn grants(&self) -> Result<impl Iterator<Item = &'view GrantRow> + use<'view>, Refusal> {
        self.permissions()?;
        Ok(self.view.catalogue.grants_in(self.id()))
    }
}

impl View {
    /// A space by id.
    ///
    /// # Errors
    /// [`Absent`] if it isn't there for the subject.
    pub fn space(&self, id: SpaceId) -> Result<SeenSpace<'_>, Absent> {
        let space = self.catalogue.space(id).ok_or(Absent::HERE)?;
        match self.decide(Action::View, Object::Space(id)) {
            Decision::Allow(allowed) => Ok(SeenSpace {
                view: self,
                space,
                channel: allowed.channel,
            }),
            Decision::Deny(_) => Err(Absent::HERE),
        }
    }

    /// A space by key, without case.
    ///
    /// # Errors
    /// [`Absent`] if it isn't there for the subject.
    pub fn space_by_key(&self, key: &str) -> Result<SeenSpace<'_>, Absent> {
        let space = self.catalogue.space_by_key(key).ok_or(Absent::HERE)?;
        self.space(space.row.id)
    }

    /// A space that the subject administers, or sees: for the doors of laws 4.2 and 4.3. A
    /// site administrator reaches every space here, whether or not it sees into it.
    ///
    /// # Errors
    /// [`Absent`] for who neither sees nor administers it.
    pub fn space_to_administer(&self, key: &str) -> Result<SeenSpace<'_>, Absent> {
        let space = self.catalogue.space_by_key(key).ok_or(Absent::HERE)?;
        let id = space.row.id;
        self.space(id).or_else(|absent| {
            self.may(Action::Administer, Object::Space(id))
                .then_some(SeenSpace {
                    view: self,
                    space,
                    channel: None,
                })
                .ok_or(absent)
        })
    }

    /// A space in the trash, to be restored or purged: nothing else is done there.
    ///
    /// # Errors
    /// [`Refusal`] to all but site administration; absent for one that isn't in the
    /// trash.
    pub fn trashed_space(&self, key: &str) -> Result<SeenSpace<'_>, Refusal> {
        self.require_site_admin()?;
        let space = self.catalogue.space_by_key(key).ok_or(Absent::HERE)?;
        if space.row.state != SpaceState::Trashed {
            return Err(Absent::HERE.into());
        }
        Ok(SeenSpace {
            view: self,
            space,
            channel: None,
        })
    }

    /// The spaces in the trash, in the order of their ids.
    ///
    /// # Errors
    /// [`Refusal`] to all but site administration.
    pub fn trashed_spaces(&self) -> Result<impl Iterator<Item = SeenSpace<'_>>, Refusal> {
        self.require_site_admin()?;
        let spaces = self.catalogue.spaces();
        let trashed = spaces.filter(|space| space.row.state == SpaceState::Trashed);
        Ok(trashed.map(|space| SeenSpace {
            view: self,
            space,
            channel: None,
        }))
    }

    /// The spaces that the subject sees from an id on, in the order of their ids.
    pub fn spaces_from(&self, first: SpaceId) -> impl Iterator<Item = SeenSpace<'_>> {
        self.catalogue
            .spaces_from(first)
            .filter_map(|space| self.space(space.row.id).ok())
    }

    /// The spaces that the subject sees, in the order of their ids.
    pub fn spaces(&self) -> impl Iterator<Item = SeenSpace<'_>> {
        self.spaces_from(SpaceId::from_random(0))
    }

    /// The live spaces of a kind that the subject sees: the directory.
    pub fn directory(&self, kind: SpaceKind) -> impl Iterator<Item = SeenSpace<'_>> {
        self.spaces()
            .filter(move |space| space.row().kind == kind && space.row().state == SpaceState::Live)
    }

    /// The personal space of an account, if the subject sees it: the space whose key
    /// is `~` and the account's id.
    #[must_use]
    pub fn personal_space(&self, of: AccountId) -> Option<SeenSpace<'_>> {
        let space = self.catalogue.space_by_key(&personal_key(of))?;
        self.space(space.row.id)
            .ok()
            .filter(|space| space.row().kind == SpaceKind::Personal)
    }

    /// The spaces that the subject administers, in the order of their ids.
    pub fn administered_spaces(&self) -> impl Iterator<Item = SeenSpace<'_>> {
        self.catalogue.spaces().filter_map(|space| {
            let id = space.row.id;
            let channel = self.space(id).ok().and_then(|seen| seen.channel);
            self.may(Action::Administer, Object::Space(id))
                .then_some(SeenSpace {
                    view: self,
                    space,
                    channel,
                })
        })
    }
}
