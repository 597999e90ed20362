//! The part of a view about spaces. Besides the spaces that the subject sees, these are the ones
//! that it may administer and, for site administrators, those in the trash.

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
    /// The channel through which the subject sees it. `None` for a site administrator without a
    /// channel.
    pub channel: Option<Channel>,
}

impl<'view> SeenSpace<'view> {
    /// Returns the row. Whether the subject sees the home page in it isn't decided; see
    /// [`SeenSpace::homepage`].
    #[must_use]
    pub fn row(&self) -> &'view SpaceRow {
        self.space.row()
    }

    /// Returns the id of the space.
    #[must_use]
    pub fn id(&self) -> SpaceId {
        self.row().id
    }

    /// Returns the home page, or `None` if the subject can't see it (law 2.18).
    #[must_use]
    pub fn homepage(&self) -> Option<SeenPage<'view>> {
        self.view.page(self.row().homepage?).ok()
    }

    /// Returns the switches and grants of the space, for people who may see its permissions (law
    /// 3.4).
    ///
    /// # Errors
    /// Returns a [`Refusal`] to everybody else.
    pub fn permissions(&self) -> Result<&'view Space, Refusal> {
        self.view
            .require(Action::ViewPermissions, Object::Space(self.id()))?;
        Ok(self.space)
    }
}

impl<'view> SeenSpace<'view> {
    /// Returns the rows of the space's grants, in the order of their ids, for people who may see
    /// its permissions (law 3.4).
    ///
    /// # Errors
    /// Returns a [`Refusal`] to everybody else.
    pub fn grants(&self) -> Result<impl Iterator<Item = &'view GrantRow> + use<'view>, Refusal> {
        self.permissions()?;
        Ok(self.view.catalogue.grants_in(self.id()))
    }
}

impl View {
    /// Returns a space by id.
    ///
    /// # Errors
    /// Returns [`Absent`] if the subject can't see it.
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

    /// Returns a space by key, compared without case.
    ///
    /// # Errors
    /// Returns [`Absent`] if the subject can't see it.
    pub fn space_by_key(&self, key: &str) -> Result<SeenSpace<'_>, Absent> {
        let space = self.catalogue.space_by_key(key).ok_or(Absent::HERE)?;
        self.space(space.row.id)
    }

    /// Returns a space that the subject administers or sees, for the APIs of laws 4.2 and 4.3. A
    /// site administrator gets every space here, with or without a channel into it.
    ///
    /// # Errors
    /// Returns [`Absent`] if the subject neither sees nor administers it.
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

    /// Returns a space in the trash, to be restored or purged. Nothing else can be done with it.
    ///
    /// # Errors
    /// Forbidden to everybody but site administrators; absent if it isn't in the trash.
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

    /// Returns the spaces in the trash, in the order of their ids.
    ///
    /// # Errors
    /// Forbidden to everybody but site administrators.
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

    /// Returns the spaces that the subject sees from an id on, in the order of their ids.
    pub fn spaces_from(&self, first: SpaceId) -> impl Iterator<Item = SeenSpace<'_>> {
        self.catalogue
            .spaces_from(first)
            .filter_map(|space| self.space(space.row.id).ok())
    }

    /// Returns the spaces that the subject sees, in the order of their ids.
    pub fn spaces(&self) -> impl Iterator<Item = SeenSpace<'_>> {
        self.spaces_from(SpaceId::from_random(0))
    }

    /// Returns the live spaces of a kind that the subject sees, as the directory lists them.
    pub fn directory(&self, kind: SpaceKind) -> impl Iterator<Item = SeenSpace<'_>> {
        self.spaces()
            .filter(move |space| space.row().kind == kind && space.row().state == SpaceState::Live)
    }

    /// Returns the personal space of an account, if the subject sees it: the space whose key is `~`
    /// and the account's id.
    #[must_use]
    pub fn personal_space(&self, of: AccountId) -> Option<SeenSpace<'_>> {
        let space = self.catalogue.space_by_key(&personal_key(of))?;
        self.space(space.row.id)
            .ok()
            .filter(|space| space.row().kind == SpaceKind::Personal)
    }

    /// Returns the spaces that the subject administers, in the order of their ids.
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
