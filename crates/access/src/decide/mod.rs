//! The decision: may this subject do this to that? (laws 2 and 2a)
//!
//! One function answers for every door. It allocates nothing and names the rule
//! that decided, so that an explanation is never a second opinion.

mod channel;
mod doing;
mod seeing;
mod template;

use crate::action::{Action, Object};
use crate::catalogue::Catalogue;
use crate::credential::Scope;
use crate::grant::{Operation, Principal};
use crate::id::{AttachmentId, CommentId, PageId, RestrictionId, SpaceId};
use crate::page::{ContentState, PageState};
use crate::space::SpaceState;
use crate::subject::Subject;
use crate::switches::SwitchesRow;

pub use channel::{Channel, Channels};
pub use seeing::channels_of;
pub(crate) use seeing::has_channel;

/// The answer, with its reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Yes.
    Allow(Allowed),
    /// No.
    Deny(Denied),
}

/// Why it is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowed {
    /// Through which channel the subject sees the object; none where the right
    /// alone decided (administration of a space by site administration).
    pub channel: Option<Channel>,
    /// Who the right to do more than see was given to, where one was needed.
    pub by: Option<Principal>,
}

/// Why it is denied. Whoever answers a caller says [`Absent`](crate::Absent) for
/// those reasons for which [`Denied::is_unseen`] holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denied {
    /// There is no such object.
    NotThere,
    /// The space is trashed or being imported.
    SpaceState(SpaceState),
    /// No channel to the space is open (law 2.1).
    NoChannel(SpaceId),
    /// A restricted node on the way to the root doesn't list the subject.
    Restricted {
        /// The restricted page.
        page: PageId,
        /// The list.
        list: RestrictionId,
    },
    /// A draft of somebody else, or something trashed.
    State(PageState),
    /// A trashed attachment or comment.
    Trashed,
    /// Blog posts, comments, and what isn't live in a live space, are no articles.
    NotAnArticle,
    /// No portal that the subject may use links the space.
    NoPortal,
    /// It is seen, but what is archived is read-only.
    ReadOnly,
    /// It is seen, but this right isn't given.
    Missing(Operation),
    /// It is seen, but only through `own` may this be done, or for guests not even
    /// so (the permissions of a space, law 3.4).
    NotOwn,
    /// It is seen, but the page's edit list doesn't list the subject.
    NotOnEditList {
        /// The page.
        page: PageId,
        /// The list.
        list: RestrictionId,
    },
    /// It is seen, but the comment is somebody else's.
    NotTheAuthor,
    /// It is seen, but the API token lacks this scope.
    Scope(Scope),
    /// It is seen, and is a folder, on which nothing hangs.
    OfFolder,
    /// The action isn't one on such an object.
    NoSuchAction,
}

impl Denied {
    /// Whether the subject doesn't see the object at all: then it doesn't exist
    /// for it (law 6.1).
    #[must_use]
    pub const fn is_unseen(self) -> bool {
        matches!(
            self,
            Self::NotThere
                | Self::SpaceState(_)
                | Self::NoChannel(_)
                | Self::Restricted { .. }
                | Self::State(_)
                | Self::Trashed
                | Self::NotAnArticle
                | Self::NoPortal
        )
    }
}

impl Decision {
    /// Whether it is allowed.
    #[must_use]
    pub const fn is_allowed(self) -> bool {
        matches!(self, Self::Allow(_))
    }
}

/// Decides.
#[must_use]
pub fn decide(
    catalogue: &Catalogue,
    subject: &Subject,
    action: Action,
    object: Object,
) -> Decision {
    match decided(catalogue, subject, action, object) {
        Ok(allowed) => Decision::Allow(allowed),
        Err(denied) => Decision::Deny(denied),
    }
}

/// [`decide`], as what `?` works on.
pub(crate) fn decided(
    catalogue: &Catalogue,
    subject: &Subject,
    action: Action,
    object: Object,
) -> Result<Allowed, Denied> {
    let allowed = match object {
        Object::Space(id) => doing::in_space(catalogue, subject, action, id),
        Object::Page(id) => doing::to_page(catalogue, subject, action, id),
        Object::Attachment(id) => to_attachment(catalogue, subject, action, id),
        Object::Comment(id) => to_comment(catalogue, subject, action, id),
        Object::Template(id) => template::decided(catalogue, subject, action, id),
    }?;
    subject.require_scope(doing::scope_of(action))?;
    Ok(allowed)
}

fn to_attachment(
    catalogue: &Catalogue,
    subject: &Subject,
    action: Action,
    id: AttachmentId,
) -> Result<Allowed, Denied> {
    let row = catalogue.attachment(id).ok_or(Denied::NotThere)?;
    let seen = match action {
        Action::ViewInPortal => seeing::page_in_portal(catalogue, subject, row.page)?,
        _ => seeing::page(catalogue, subject, row.page)?,
    };
    if row.state == ContentState::Trashed {
        doing::administers(catalogue, subject, seen.space).map_err(|_| Denied::Trashed)?;
    }
    in_trash(row.state, action)?;
    match action {
        Action::View | Action::ViewInPortal => Ok(seen.allowed()),
        Action::ViewPast => seen.past(),
        Action::Edit => doing::attach(catalogue, subject, &seen),
        Action::Delete => {
            let own = subject.account == Some(row.author);
            doing::delete_attachment(catalogue, subject, &seen, own)
        }
        Action::Trash => doing::administer_content(catalogue, subject, &seen),
        _ => Err(Denied::NoSuchAction),
    }
}

fn to_comment(
    catalogue: &Catalogue,
    subject: &Subject,
    action: Action,
    id: CommentId,
) -> Result<Allowed, Denied> {
    let row = catalogue.comment(id).ok_or(Denied::NotThere)?;
    // Articles are shown without comments (law 3.1).
    if action == Action::ViewInPortal {
        return Err(Denied::NotAnArticle);
    }
    let seen = seeing::page(catalogue, subject, row.page)?;
    if row.state == ContentState::Trashed {
        doing::administers(catalogue, subject, seen.space).map_err(|_| Denied::Trashed)?;
    }
    in_trash(row.state, action)?;
    let own = subject.account.is_some() && subject.account == row.author;
    match action {
        Action::View => Ok(seen.allowed()),
        Action::ViewPast => seen.past(),
        Action::Comment => doing::comment(catalogue, subject, &seen),
        Action::EditComment => doing::edit_comment(catalogue, subject, &seen, own),
        Action::Delete => doing::delete_comment(catalogue, subject, &seen, own),
        Action::LikeOrWatch => doing::like_or_watch(&seen),
        Action::Trash => doing::administer_content(catalogue, subject, &seen),
        _ => Err(Denied::NoSuchAction),
    }
}

/// What is in the trash is looked at, restored and purged; all else is refused.
fn in_trash(state: ContentState, action: Action) -> Result<(), Denied> {
    let fits = matches!(
        action,
        Action::View | Action::ViewInPortal | Action::ViewPast | Action::Trash
    );
    if state == ContentState::Live || fits {
        Ok(())
    } else {
        Err(Denied::ReadOnly)
    }
}

/// Whether a space's anonymous grants count for those who are signed in although
/// anonymous access is off: the older rule (law 2.6). Every page that shows the
/// switches says so where this holds.
#[must_use]
pub fn older_anonymous_rule(switches: &SwitchesRow) -> bool {
    !switches.anonymous_access && !switches.enforce_anonymous
}
