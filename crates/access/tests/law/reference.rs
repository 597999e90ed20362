//! The access model read literally: slow, over plain rows, written from the law's text and not from
//! the crate's code.

use crate::site::{Asker, Site};
use narthex_access::*;

/// Laws 1 to 3 for one site and one asker.
pub(crate) struct Law<'s> {
    site: &'s Site,
    who: Option<&'s AccountRow>,
    door: Door,
}

impl<'s> Law<'s> {
    /// Law 1.4: "A deactivated account can't log in"; at `/wiki` a customer's session
    /// "counts as nobody, so as Anonymous" (law 1.3).
    pub(crate) fn of(site: &'s Site, asker: Asker) -> Option<Self> {
        let who = match asker.who {
            None => None,
            Some(id) => Some(site.accounts.iter().find(|it| it.id == id && it.active)?),
        };
        let who = who.filter(|it| it.kind != AccountKind::Customer || asker.door == Door::Portal);
        Some(Self {
            site,
            who,
            door: asker.door,
        })
    }

    /// Law 1.1: "When several would apply: Customer > Licensed > Guest > Unlicensed".
    pub(crate) fn tier(&self) -> Tier {
        let Some(who) = self.who else {
            return Tier::Anonymous;
        };
        let gives = |access| self.groups().any(|group| group.confluence == access);
        if who.kind == AccountKind::Customer {
            Tier::Customer
        } else if gives(ConfluenceAccess::User) || gives(ConfluenceAccess::Admin) {
            Tier::Licensed
        } else if gives(ConfluenceAccess::Guest) {
            Tier::Guest
        } else {
            Tier::Unlicensed
        }
    }

    fn id(&self) -> Option<AccountId> {
        self.who.map(|who| who.id)
    }

    fn groups(&self) -> impl Iterator<Item = &'s GroupRow> {
        let memberships = self.site.memberships.iter();
        let mine = memberships.filter(|it| Some(it.account) == self.id());
        mine.flat_map(|it| {
            self.site
                .groups
                .iter()
                .filter(move |group| group.id == it.group)
        })
    }

    fn is_site_admin(&self) -> bool {
        self.who.is_some_and(|who| who.site_admin) && self.tier() != Tier::Customer
    }

    fn space_of(&self, page: &PageRow) -> Option<&'s SpaceRow> {
        self.site.spaces.iter().find(|it| it.id == page.space)
    }

    /// Law 2.10, and law 2.8: "Grants are additive over account, groups and classes".
    fn is(&self, principal: Principal, space: SpaceId) -> bool {
        let licensed = self.tier() == Tier::Licensed;
        match principal {
            Principal::Account(id) => self.id() == Some(id),
            Principal::Group(id) => self.groups().any(|group| group.id == id),
            Principal::Class(AccessClass::AllLicensedUsers) => licensed,
            Principal::Class(AccessClass::AllProductAdmins) => {
                licensed
                    && self
                        .groups()
                        .any(|it| it.confluence == ConfluenceAccess::Admin)
            }
            Principal::Class(AccessClass::JsmProjectAdmins) => {
                licensed
                    && self
                        .site
                        .links
                        .iter()
                        .filter(|link| link.space == space)
                        .any(|link| {
                            self.site.roles.iter().any(|it| {
                                it.project == link.project
                                    && Some(it.account) == self.id()
                                    && it.role == ProjectRole::Administrator
                            })
                        })
            }
            Principal::Class(AccessClass::AuthenticatedUsers | AccessClass::AnonymousUsers) => {
                false
            }
        }
    }

    /// Law 2.9: "A grant counts only for Licensed members, and for a Guest in its assigned space."
    fn granted(&self, space: SpaceId, operation: Operation) -> bool {
        let counts = match self.tier() {
            Tier::Licensed => true,
            Tier::Guest => self.who.is_some_and(|who| who.guest_space == Some(space)),
            _ => false,
        };
        let grants = self.site.grants.iter();
        counts
            && grants
                .filter(|it| it.space == space && it.operation == operation)
                .any(|it| self.is(it.principal, space))
    }

    fn class_has(&self, class: AccessClass, space: SpaceId, operation: Operation) -> bool {
        self.site.grants.iter().any(|it| {
            it.space == space
                && it.principal == Principal::Class(class)
                && it.operation == operation
        })
    }

    fn own(&self, space: SpaceId) -> bool {
        self.granted(space, Operation::Read)
    }

    fn unlic(&self, space: SpaceId, in_portal: bool) -> bool {
        self.site.switches.jsm_access
            && self.class_has(AccessClass::AuthenticatedUsers, space, Operation::Read)
            && match self.tier() {
                Tier::Licensed | Tier::Guest | Tier::Unlicensed => true,
                Tier::Customer => in_portal,
                Tier::Anonymous => false,
            }
    }

    fn anon(&self, space: SpaceId, in_portal: bool) -> bool {
        let switches = &self.site.switches;
        let older_rule = match self.tier() {
            Tier::Licensed | Tier::Guest => true,
            Tier::Unlicensed => switches.jsm_access,
            Tier::Customer => switches.jsm_access && in_portal,
            Tier::Anonymous => false,
        };
        self.class_has(AccessClass::AnonymousUsers, space, Operation::Read)
            && (switches.anonymous_access || !switches.enforce_anonymous && older_rule)
    }

    fn channel(&self, space: SpaceId, in_portal: bool) -> bool {
        self.own(space) || self.unlic(space, in_portal) || self.anon(space, in_portal)
    }

    /// A right that counts: one that is granted together with reading, or the right of anonymous to
    /// comment, "as itself". Customers only read (law 3.3).
    fn right(&self, space: SpaceId, operation: Operation) -> bool {
        let as_anonymous = operation == Operation::CreateComment
            && self.anon(space, false)
            && self.class_has(AccessClass::AnonymousUsers, space, operation)
            && self.tier() != Tier::Customer;
        self.own(space) && self.granted(space, operation) || as_anonymous
    }

    /// Whether the subject administers the space, or is a site administrator, who "administers
    /// every space" (law 1.6).
    fn administers(&self, space: SpaceId) -> bool {
        self.is_site_admin() || self.right(space, Operation::Administer)
    }

    /// Law 2.15: "Any active account or group may be listed"; "anonymous and customers never are".
    fn is_listed(&self, list: &RestrictionRow) -> bool {
        !matches!(self.tier(), Tier::Anonymous | Tier::Customer)
            && list.listed.iter().any(|it| match it {
                Principal::Account(id) => self.id() == Some(*id),
                Principal::Group(id) => self.groups().any(|group| group.id == *id),
                Principal::Class(_) => false,
            })
    }

    fn passes(&self, page: PageId, kind: RestrictionKind) -> bool {
        let lists = self.site.restrictions.iter();
        lists
            .filter(|it| it.page == page && it.kind == kind)
            .all(|it| self.is_listed(it))
    }

    /// Law 2.2: "for every restricted node n in [p .. root]: s in readers(n)"
    fn passes_up_to_the_root(&self, page: &PageRow) -> bool {
        self.passes(page.id, RestrictionKind::View)
            && self
                .site
                .pages
                .iter()
                .find(|it| Some(it.id) == page.parent)
                .is_none_or(|above| self.passes_up_to_the_root(above))
    }

    fn space_is_known(space: &SpaceRow) -> bool {
        matches!(space.state, SpaceState::Live | SpaceState::Archived)
    }

    fn view_at(&self, page: &PageRow, in_portal: bool) -> bool {
        let state = match page.state {
            PageState::Live | PageState::Archived => true,
            PageState::Draft => self.id() == Some(page.author),
            PageState::Trashed => self.administers(page.space),
        };
        self.space_of(page).is_some_and(Self::space_is_known)
            && state
            && self.channel(page.space, in_portal)
            && self.passes_up_to_the_root(page)
    }

    pub(crate) fn view(&self, page: &PageRow) -> bool {
        self.view_at(page, false)
    }

    fn uses_portal(&self, project: &ServiceProjectRow) -> bool {
        let site = self.site;
        match project.portal {
            Portal::LoginFree => true,
            Portal::Open => self.who.is_some(),
            Portal::Restricted => {
                let id = self.id();
                let role = |it: &ProjectRoleRow| it.project == project.id && Some(it.account) == id;
                let mut places = site.project_organizations.iter();
                site.roles.iter().any(role)
                    || places.any(|place| {
                        place.project == project.id
                            && site.organization_members.iter().any(|it| {
                                it.organization == place.organization && Some(it.account) == id
                            })
                    })
            }
        }
    }

    /// Law 2.26: "s may use a portal whose project links the space, and view(s,p), with
    /// Customer counted where law 2.1 says so"; "Blog posts are no articles".
    /// Archived: "absent from [...] the portal" (law 2.22).
    pub(crate) fn portal_view(&self, page: &PageRow) -> bool {
        let links = self.site.links.iter().filter(|it| it.space == page.space);
        let mut projects =
            links.flat_map(|link| self.site.projects.iter().filter(|it| it.id == link.project));
        page.kind == PageKind::Page
            && page.state == PageState::Live
            && self
                .space_of(page)
                .is_some_and(|it| it.state == SpaceState::Live)
            && self.view_at(page, true)
            && projects.any(|project| self.uses_portal(project))
    }

    /// Whether the subject sees the object at all.
    pub(crate) fn sees(&self, object: Object) -> bool {
        match object {
            Object::Space(id) => self
                .site
                .spaces
                .iter()
                .any(|it| it.id == id && Self::space_is_known(it) && self.channel(id, false)),
            Object::Page(id) => self.page(id).is_some_and(|it| self.view(it)),
            Object::Attachment(id) => self.site.attachments.iter().any(|it| {
                it.id == id && self.sees(Object::Page(it.page)) && self.shows(it.state, it.page)
            }),
            Object::Comment(id) => self.site.comments.iter().any(|it| {
                it.id == id && self.sees(Object::Page(it.page)) && self.shows(it.state, it.page)
            }),
            // A space template is seen by people who see the space, and a global one by the
            // licensed.
            Object::Template(id) => self.site.templates.iter().any(|it| {
                it.id == id
                    && match it.space {
                        Some(space) => self.sees(Object::Space(space)),
                        None => self.tier() == Tier::Licensed,
                    }
            }),
        }
    }

    fn page(&self, id: PageId) -> Option<&'s PageRow> {
        self.site.pages.iter().find(|it| it.id == id)
    }

    /// Trashed: "administrators of the space for whom the restrictions pass" (law 2.21).
    fn shows(&self, state: ContentState, page: PageId) -> bool {
        state == ContentState::Live
            || self
                .page(page)
                .is_some_and(|page| self.administers(page.space))
    }

    /// Whether the action is allowed.
    pub(crate) fn allows(&self, action: Action, object: Object) -> bool {
        match object {
            Object::Space(id) => self
                .site
                .spaces
                .iter()
                .any(|it| it.id == id && self.in_space(action, it)),
            Object::Page(id) => self.page(id).is_some_and(|page| self.to_page(action, page)),
            Object::Attachment(id) => self.site.attachments.iter().any(|it| {
                let page = self.page(it.page);
                it.id == id && page.is_some_and(|page| self.to_attachment(action, it, page))
            }),
            Object::Comment(id) => self.site.comments.iter().any(|it| {
                let page = self.page(it.page);
                it.id == id && page.is_some_and(|page| self.to_comment(action, it, page))
            }),
            Object::Template(id) => self
                .site
                .templates
                .iter()
                .any(|it| it.id == id && self.to_template(action, it)),
        }
    }

    /// Templates are edited by administrators of the space, or of the site.
    fn to_template(&self, action: Action, it: &TemplateRow) -> bool {
        let live = |id: SpaceId| {
            let mut spaces = self.site.spaces.iter();
            spaces.any(|space| space.id == id && space.state == SpaceState::Live)
        };
        self.sees(Object::Template(it.id))
            && match action {
                Action::View => true,
                Action::Edit | Action::Delete => match it.space {
                    Some(space) => live(space) && self.administers(space),
                    None => self.is_site_admin(),
                },
                _ => false,
            }
    }

    fn in_space(&self, action: Action, space: &SpaceRow) -> bool {
        // Law 1.6: "It administers every space", without seeing into them. A trashed space is known
        // to site administrators, but has to be restored or purged before anything else is done
        // there.
        if self.is_site_admin() && matches!(action, Action::Administer | Action::ViewPermissions) {
            return matches!(space.state, SpaceState::Live | SpaceState::Archived);
        }
        let id = space.id;
        let live = space.state == SpaceState::Live;
        let licensed = self.tier() == Tier::Licensed;
        self.sees(Object::Space(id))
            && match action {
                Action::View => true,
                Action::ViewPast | Action::LikeOrWatch => self.own(id),
                Action::ViewPermissions => self.own(id) && licensed,
                Action::CreatePage => live && self.right(id, Operation::CreatePage),
                Action::CreateBlogPost => live && self.right(id, Operation::CreateBlogPost),
                Action::Attach => live && self.right(id, Operation::CreateAttachment),
                Action::Restrict => live && self.right(id, Operation::Restrict),
                Action::Export => licensed && self.right(id, Operation::Export),
                Action::Administer => self.right(id, Operation::Administer),
                Action::Trash => self.administers(id),
                _ => false,
            }
    }

    fn to_page(&self, action: Action, page: &PageRow) -> bool {
        if action == Action::ViewInPortal {
            return self.portal_view(page);
        }
        let space = page.space;
        let space_is_live = self
            .space_of(page)
            .is_some_and(|it| it.state == SpaceState::Live);
        let may_edit = self.passes(page.id, RestrictionKind::Edit);
        let (create, delete) = match page.kind {
            PageKind::Page | PageKind::Folder => (Operation::CreatePage, Operation::DeletePage),
            PageKind::BlogPost => (Operation::CreateBlogPost, Operation::DeleteBlogPost),
        };
        let own = self.id() == Some(page.author);
        let any_or_own =
            |any| self.right(space, any) || own && self.right(space, Operation::DeleteOwn);
        self.view(page)
            && match action {
                Action::View => true,
                Action::ViewPast => self.own(space),
                // A folder has no attachments, comments or likes.
                Action::LikeOrWatch | Action::Attach | Action::Comment
                    if page.kind == PageKind::Folder =>
                {
                    false
                }
                Action::LikeOrWatch => self.own(space),
                Action::Export => self.tier() != Tier::Customer,
                Action::CreatePage => {
                    space_is_live
                        && page.kind != PageKind::BlogPost
                        && page.state == PageState::Live
                        && self.right(space, Operation::CreatePage)
                }
                Action::Edit => self.is_written(page) && self.right(space, create) && may_edit,
                Action::Attach => {
                    self.is_written(page)
                        && self.right(space, Operation::CreateAttachment)
                        && may_edit
                }
                Action::Comment => {
                    self.is_written(page) && self.right(space, Operation::CreateComment)
                }
                Action::Restrict => {
                    self.is_written(page) && self.right(space, Operation::Restrict) && may_edit
                }
                Action::Delete => {
                    space_is_live
                        && page.state != PageState::Trashed
                        && any_or_own(delete)
                        && may_edit
                }
                Action::Archive => {
                    space_is_live
                        && page.state != PageState::Trashed
                        && any_or_own(Operation::ArchivePage)
                        && may_edit
                }
                Action::Trash => self.administers(space),
                _ => false,
            }
    }

    /// Archived pages are "read-only" (law 2.22), and so are trashed ones.
    fn is_written(&self, page: &PageRow) -> bool {
        matches!(page.state, PageState::Live | PageState::Draft)
            && self
                .space_of(page)
                .is_some_and(|it| it.state == SpaceState::Live)
    }

    fn to_attachment(&self, action: Action, it: &AttachmentRow, page: &PageRow) -> bool {
        if action == Action::ViewInPortal {
            return self.portal_view(page) && self.shows(it.state, page.id);
        }
        let space = page.space;
        let live = it.state == ContentState::Live;
        let may_edit = self.passes(page.id, RestrictionKind::Edit);
        let own = self.id() == Some(it.author);
        self.sees(Object::Attachment(it.id))
            && match action {
                Action::View => true,
                Action::ViewPast => self.own(space),
                Action::Edit => {
                    live && self.is_written(page)
                        && self.right(space, Operation::CreateAttachment)
                        && may_edit
                }
                Action::Delete => {
                    live && self.is_written(page)
                        && may_edit
                        && (self.right(space, Operation::DeleteAttachment)
                            || own && self.right(space, Operation::DeleteOwn))
                }
                Action::Trash => self.administers(space),
                _ => false,
            }
    }

    fn to_comment(&self, action: Action, it: &CommentRow, page: &PageRow) -> bool {
        let space = page.space;
        let live = it.state == ContentState::Live;
        let own = it.author.is_some() && self.id() == it.author;
        self.sees(Object::Comment(it.id))
            && match action {
                Action::View => true,
                Action::ViewPast => self.own(space),
                Action::LikeOrWatch => live && self.own(space),
                Action::Comment => {
                    live && self.is_written(page) && self.right(space, Operation::CreateComment)
                }
                Action::EditComment => {
                    live && self.is_written(page) && (own || self.administers(space))
                }
                Action::Delete => {
                    live && self.is_written(page)
                        && (self.right(space, Operation::DeleteComment)
                            || own && self.right(space, Operation::DeleteOwn))
                }
                Action::Trash => self.administers(space),
                _ => false,
            }
    }

    /// Returns on whose behalf this decides, for the messages of failures.
    pub(crate) fn told(&self) -> (Tier, Option<AccountId>, Door) {
        (self.tier(), self.id(), self.door)
    }
}
