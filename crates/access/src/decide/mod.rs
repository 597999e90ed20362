//! The decision: may this subject do this to that? (laws 2 and 2a)
//!
//! One function decides for every API and page. It allocates nothing and returns the rule that
//! decided, so that an explanation never has to decide a second time.

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

/// The outcome of a decision, with its reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// The action is allowed.
    Allow(Allowed),
    /// The action is denied.
    Deny(Denied),
}

/// The reason for allowing an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowed {
    /// The channel through which the subject sees the object. `None` if a right alone decided, as
    /// in the administration of a space by a site administrator.
    pub channel: Option<Channel>,
    /// The principal with the right to do more than see. `None` if no such right was needed.
    pub by: Option<Principal>,
}

/// The reason for denying an action. For those reasons for which [`Denied::is_unseen`] holds,
/// callers get only [`Absent`](crate::Absent).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denied {
    /// There is no such object.
    NotThere,
    /// The space is trashed or being imported.
    SpaceState(SpaceState),
    /// No channel to the space is open (law 2.1).
    NoChannel(SpaceId),
    /// A restricted page, at the object or above it, doesn't list the subject.
    Restricted {
        /// The page that is restricted.
        page: PageId,
        /// The list that the subject isn't on.
        list: RestrictionId,
    },
    /// The page is a draft by somebody else, or trashed.
    State(PageState),
    /// The attachment or comment is trashed.
    Trashed,
    /// The object isn't an article: a blog post, a comment, or something that isn't live in a live
    /// space.
    NotAnArticle,
    /// No portal that the subject may use links the space.
    NoPortal,
    /// The subject sees the object, but it is archived and so read-only.
    ReadOnly,
    /// The subject sees the object, but hasn't been granted this right.
    Missing(Operation),
    /// The subject sees the object, but this may only be done through `own`, and by guests not even
    /// so (the permissions of a space, law 3.4).
    NotOwn,
    /// The subject sees the page, but isn't on its edit list.
    NotOnEditList {
        /// The page that has the edit list.
        page: PageId,
        /// The list that the subject isn't on.
        list: RestrictionId,
    },
    /// The subject sees the comment, but somebody else wrote it.
    NotTheAuthor,
    /// The subject sees the object, but its API token lacks this scope.
    Scope(Scope),
    /// The subject sees the object, but it is a folder, which has no attachments, comments or
    /// likes.
    OfFolder,
    /// There is no such action on such an object.
    NoSuchAction,
}

impl Denied {
    /// Whether the subject can't see the object at all, so that for this subject it doesn't exist
    /// (law 6.1).
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
    /// Whether the action is allowed.
    #[must_use]
    pub const fn is_allowed(self) -> bool {
        matches!(self, Self::Allow(_))
    }
}

/// Decides whether a subject may do an action to an object.
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

/// Decides as [`decide`] does, with a result that `?` works on.
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

/// Allows only viewing, restoring and purging for things in the trash.
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

/// Whether a space's anonymous grants count for people who are logged in although anonymous access
/// is off, which is the older rule (law 2.6). Every page that shows the switches mentions it if
/// this holds.
#[must_use]
pub fn older_anonymous_rule(switches: &SwitchesRow) -> bool {
    !switches.anonymous_access && !switches.enforce_anonymous
}
