//! A catalogue as one subject sees it at one instant: what a request works with.

use crate::Millis;
use crate::account::Tier;
use crate::action::{Action, Object};
use crate::catalogue::{Catalogue, Lists, Page, Space};
use crate::credential::{Credential, Door, Refused};
use crate::decide::{Allowed, Channel, Decision, Denied, decide, decided};
use crate::explain::{Explanation, explain};
use crate::id::{AccountId, AttachmentId, CommentId, PageId, SpaceId};
use crate::page::{AttachmentRow, CommentRow, ContentState, PageKind, PageRow, PageState};
use crate::seen::{Absent, AttachmentKey, BodyKey, CommentKey, PastKey, Refusal, Seen};
use crate::space::{SpaceKind, SpaceRow, SpaceState};
use crate::subject::Subject;
use crate::switches::SwitchesRow;
use alloc::sync::Arc;

/// One catalogue, one subject, one instant, pinned for a request.
#[derive(Debug, Clone)]
pub struct View {
    pub(crate) catalogue: Arc<Catalogue>,
    pub(crate) subject: Subject,
    now: Millis,
    door: Door,
}

/// A space that the subject sees.
#[derive(Debug, Clone, Copy)]
pub struct SeenSpace<'view> {
    view: &'view View,
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

    /// Its home page; none for who can't see it (law 2, Root).
    #[must_use]
    pub fn homepage(&self) -> Option<SeenPage<'view>> {
        self.view.page(self.row().homepage?).ok()
    }

    /// The facts and grants of the space, for who may see its permissions (law 3).
    ///
    /// # Errors
    /// Refused to who may not.
    pub fn permissions(&self) -> Result<&'view Space, Refusal> {
        self.view
            .require(Action::ViewPermissions, Object::Space(self.id()))?;
        Ok(self.space)
    }
}

/// A page or blog post that the subject sees.
#[derive(Debug, Clone, Copy)]
pub struct SeenPage<'view> {
    view: &'view View,
    page: &'view Page,
    /// Through which channel.
    pub channel: Channel,
}

impl<'view> SeenPage<'view> {
    /// Its row. The parent in it is decided: who sees a page sees those above it
    /// but for their state; ask [`SeenPage::parent`].
    #[must_use]
    pub fn row(&self) -> &'view PageRow {
        self.page.row()
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> PageId {
        self.row().id
    }

    /// The witness for its text.
    #[must_use]
    pub fn body(&self) -> Seen<'view, BodyKey> {
        Seen::witness(BodyKey {
            page: self.id(),
            body: self.row().body,
            channel: self.channel,
        })
    }

    /// Whether its past is shown: author's remarks, history, contributors (law 2).
    #[must_use]
    pub fn shows_past(&self) -> bool {
        self.channel == Channel::Own
    }

    /// The page above it, if the subject sees that.
    #[must_use]
    pub fn parent(&self) -> Option<SeenPage<'view>> {
        self.view.page(self.row().parent?).ok()
    }

    /// The pages above it that the subject sees, the root first.
    #[must_use]
    pub fn ancestors(&self) -> alloc::vec::Vec<SeenPage<'view>> {
        let above = self.view.catalogue.ancestors_and_self(self.id()).skip(1);
        let mut seen: alloc::vec::Vec<_> = above
            .filter_map(|page| self.view.page(page.row.id).ok())
            .collect();
        seen.reverse();
        seen
    }

    /// Whether it has a view restriction of its own.
    #[must_use]
    pub fn is_restricted(&self) -> bool {
        self.page.gate == Some(self.id())
    }
}

impl View {
    /// The view of a catalogue that a credential opens at a door and an instant.
    ///
    /// # Errors
    /// [`Refused`] for a credential that is present and wrong (law 5).
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

    /// The switches of the site.
    #[must_use]
    pub fn switches(&self) -> &SwitchesRow {
        &self.catalogue.switches
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
        if !self.subject.scopes.administer {
            return Err(Refusal::Forbidden(Denied::Scope));
        }
        Ok(())
    }

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

    /// A space that the subject administers, or sees: for the doors of law 4. A
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

    /// A page or blog post by id.
    ///
    /// # Errors
    /// [`Absent`] if it isn't there for the subject.
    pub fn page(&self, id: PageId) -> Result<SeenPage<'_>, Absent> {
        let page = self.catalogue.page(id).ok_or(Absent::HERE)?;
        let action = match (self.door, self.subject.tier) {
            (Door::Portal, _) | (_, Tier::Customer) => Action::ViewInPortal,
            (Door::Confluence, _) => Action::View,
        };
        match self.decide(action, Object::Page(id)) {
            Decision::Allow(Allowed {
                channel: Some(channel),
                ..
            }) => Ok(SeenPage {
                view: self,
                page,
                channel,
            }),
            Decision::Allow(_) | Decision::Deny(_) => Err(Absent::HERE),
        }
    }

    /// The pages and blog posts that the subject sees from an id on, in every
    /// state, in the order of their ids.
    pub fn pages_from(&self, first: PageId) -> impl Iterator<Item = SeenPage<'_>> {
        self.catalogue
            .pages_from(first)
            .filter_map(|page| self.page(page.row.id).ok())
    }

    /// Those of one space.
    pub fn pages_in(&self, space: SpaceId, first: PageId) -> impl Iterator<Item = SeenPage<'_>> {
        self.catalogue
            .pages_in(space, first)
            .filter_map(|page| self.page(page.row.id).ok())
    }

    /// The live pages right below a page, or at the root of a space, that the
    /// subject sees, in their order. Blog posts are not of the tree.
    pub fn children(
        &self,
        space: SpaceId,
        parent: Option<PageId>,
    ) -> impl Iterator<Item = SeenPage<'_>> {
        self.catalogue
            .children_of(space, parent)
            .filter_map(|id| self.page(id).ok())
            .filter(|page| page.row().state == PageState::Live)
            .filter(|page| page.row().kind == PageKind::Page)
    }

    /// The live page of a space with this title that the subject sees; the
    /// oldest of several (law 6).
    #[must_use]
    pub fn page_titled(&self, space: SpaceId, kind: PageKind, title: &str) -> Option<SeenPage<'_>> {
        self.catalogue
            .pages_titled(space, title)
            .filter_map(|page| self.page(page.row.id).ok())
            .filter(|page| page.row().kind == kind && page.row().state == PageState::Live)
            .min_by_key(|page| (page.row().created_at, page.id()))
    }

    /// The witness for a page's history.
    ///
    /// # Errors
    /// Absent, or forbidden to who sees the page but not its past (law 2).
    pub fn past(&self, id: PageId) -> Result<Seen<'_, PastKey>, Refusal> {
        self.require(Action::ViewPast, Object::Page(id))?;
        Ok(Seen::witness(PastKey { page: id }))
    }

    /// An attachment by id.
    ///
    /// # Errors
    /// [`Absent`] if it isn't there for the subject.
    pub fn attachment(&self, id: AttachmentId) -> Result<&AttachmentRow, Absent> {
        let action = match self.door {
            Door::Portal => Action::ViewInPortal,
            Door::Confluence => Action::View,
        };
        let allowed = self.may(action, Object::Attachment(id));
        self.catalogue
            .attachment(id)
            .filter(|_| allowed)
            .ok_or(Absent::HERE)
    }

    /// The witness for the bytes of an attachment.
    ///
    /// # Errors
    /// [`Absent`] if it isn't there for the subject.
    pub fn attachment_bytes(&self, id: AttachmentId) -> Result<Seen<'_, AttachmentKey>, Absent> {
        let row = self.attachment(id)?;
        Ok(Seen::witness(AttachmentKey {
            attachment: id,
            blob: row.blob,
        }))
    }

    /// The live attachments of a page that the subject sees, in the order of
    /// their file names.
    #[must_use]
    pub fn attachments(&self, page: PageId) -> alloc::vec::Vec<&AttachmentRow> {
        let mut rows: alloc::vec::Vec<_> = self
            .catalogue
            .attachments_of(page)
            .filter(|row| row.state == ContentState::Live)
            .filter_map(|row| self.attachment(row.id).ok())
            .collect();
        rows.sort_by(|a, b| (&a.file_name, a.id).cmp(&(&b.file_name, b.id)));
        rows
    }

    /// A comment by id.
    ///
    /// # Errors
    /// [`Absent`] if it isn't there for the subject.
    pub fn comment(&self, id: CommentId) -> Result<&CommentRow, Absent> {
        let allowed = self.may(Action::View, Object::Comment(id));
        self.catalogue
            .comment(id)
            .filter(|_| allowed)
            .ok_or(Absent::HERE)
    }

    /// The witness for the text of a comment.
    ///
    /// # Errors
    /// [`Absent`] if it isn't there for the subject.
    pub fn comment_body(&self, id: CommentId) -> Result<Seen<'_, CommentKey>, Absent> {
        let row = self.comment(id)?;
        Ok(Seen::witness(CommentKey {
            comment: id,
            body: row.body,
        }))
    }

    /// The live comments of a page that the subject sees, oldest first.
    #[must_use]
    pub fn comments(&self, page: PageId) -> alloc::vec::Vec<&CommentRow> {
        let mut rows: alloc::vec::Vec<_> = self
            .catalogue
            .comments_of(page)
            .filter(|row| row.state == ContentState::Live)
            .filter_map(|row| self.comment(row.id).ok())
            .collect();
        rows.sort_by_key(|row| (row.created_at, row.id));
        rows
    }

    /// Why somebody sees a page or doesn't (law 8). About oneself: whoever sees
    /// the page. About others: administrators of the space or the site, for
    /// pages that they see.
    ///
    /// # Errors
    /// Absent where the asker doesn't see the page; forbidden where it asks about
    /// others without administering the space; absent for an unknown account.
    pub fn explain(&self, about: Option<AccountId>, page: PageId) -> Result<Explanation, Refusal> {
        if !self.subject.operator {
            let seen = self.page(page)?;
            if about != self.subject.account {
                self.require(Action::Administer, Object::Space(seen.row().space))?;
            }
        }
        let subject = match about {
            None => Subject::anonymous(),
            Some(id) => self
                .catalogue
                .subject_of(id, Door::Confluence)
                .ok_or(Absent::HERE)?,
        };
        Ok(explain(&self.catalogue, &subject, page).ok_or(Absent::HERE)?)
    }

    /// Whether somebody may do something to a page, asked by whom
    /// [`View::explain`] allows to ask.
    ///
    /// # Errors
    /// As [`View::explain`].
    pub fn check(
        &self,
        about: Option<AccountId>,
        action: Action,
        page: PageId,
    ) -> Result<Decision, Refusal> {
        self.explain(about, page)?;
        let subject = match about {
            None => Subject::anonymous(),
            Some(id) => self
                .catalogue
                .subject_of(id, Door::Confluence)
                .ok_or(Absent::HERE)?,
        };
        Ok(decide(
            &self.catalogue,
            &subject,
            action,
            Object::Page(page),
        ))
    }

    /// The restrictions of a page, as far as law 3 shows them: whole to the
    /// licensed and to a guest in its space; to an unlicensed reader as itself
    /// alone, which the caller cuts; to nobody else.
    #[must_use]
    pub fn restrictions(&self, id: PageId) -> Option<&Lists> {
        let seen = self.page(id).ok()?;
        let whole = match self.subject.tier {
            Tier::Licensed => true,
            Tier::Guest => seen.channel == Channel::Own,
            Tier::Unlicensed | Tier::Customer | Tier::Anonymous => false,
        };
        whole.then(|| self.catalogue.lists(id)).flatten()
    }
}
