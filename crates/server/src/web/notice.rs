//! The notice that says what a form did, shown once on the page that the form leads to.
//!
//! That page is reached by a redirect. A handler attaches the notice to its redirect with [`go_on`]
//! or [`go_on_saying`], and [`super::notice_cookie`] carries it to the next page.

use crate::call::Call;
use crate::failure::Failure;
use crate::request::origin::changes_state;
use crate::respond;
use crate::route::Answer;
use crate::web::notice_cookie::{self, Pending};
use crate::web::pages::Text;
use crate::web::pages::chrome::{Notice, NoticeKind};
use narthex_site::SiteError;

macro_rules! done {
    ($($(#[$doc:meta])* $name:ident = $sentence:literal;)*) => {
        /// The results that a notice reports.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Done {
            $($(#[$doc])* $name,)*
        }

        impl Done {
            /// Returns the sentence that people read.
            pub(crate) fn sentence(self) -> &'static str {
                match self { $(Self::$name => $sentence,)* }
            }
        }
    };
}

done! {
    /// A token was revoked.
    TokenRevoked = "The API token is revoked. It no longer works.";
    /// The reader's own password was changed.
    PasswordChanged = "Your password is changed, and your other sessions have ended.";
    /// A password was set by a one-time link.
    PasswordSet = "Your password is set, and you are logged in.";
    /// The first administrator was made.
    SetUp = "The site is set up, and you administer it. Nothing is open to anybody else yet.";
    /// A switch of the site or of a space was turned on.
    TurnedOn = "The setting is on. The page shows its effect.";
    /// A switch of the site or of a space was turned off.
    TurnedOff = "The setting is off. The page shows its effect.";
    /// Permissions of a space were granted.
    Granted = "The permissions are granted. The page shows who can read the space now.";
    /// Permissions of a space were taken.
    GrantRemoved = "The permissions are removed. The page shows who can read the space now.";
    /// The restriction of a page was taken over.
    TakenOver = "You are on the page’s list now. The audit log has recorded it.";
    /// The access of an account was set.
    AccessSet = "The access is set.";
    /// An account was put into a group.
    MemberAdded = "Added to the group.";
    /// An account was taken out of a group.
    MemberRemoved = "Removed from the group.";
    /// Site administration was given.
    SiteAdministrationGiven = "The account administers the site now.";
    /// Site administration was taken.
    SiteAdministrationTaken = "The account doesn’t administer the site any more.";
    /// An account was deactivated.
    Deactivated = "The account is deactivated. Its sessions and API tokens have ended.";
    /// An account was reactivated.
    Reactivated = "The account is active again.";
    /// A group was created.
    GroupCreated = "The group is created.";
    /// A group was deleted.
    GroupDeleted = "The group is deleted.";
    /// A space was created.
    SpaceCreated = "The space is created, and you administer it.";
    /// A space was taken out of the trash.
    SpaceRestored = "The space is restored. The same people as before can view it.";
    /// A page was published.
    Published = "Published.";
    /// A page was saved as a draft.
    DraftKept = "Saved as a draft. Only you can see it. You find it under Drafts, in your menu.";
    /// A draft was discarded.
    DraftDiscarded = "The draft is discarded.";
    /// A page was moved to the trash.
    Trashed = "Moved to the trash. An administrator of the space can restore it from there.";
    /// A page was taken out of the trash.
    Restored = "Restored. The same people as before can read it.";
    /// A page was deleted for good.
    Purged = "Deleted for good.";
    /// The lists of a page were set.
    Restricted = "The restrictions are saved. The page shows who can view it now.";
    /// A comment was written.
    Commented = "Your comment is added.";
}

/// Returns the notice that the last form left. (A form that is refused is shown again with the
/// reason instead.)
pub(crate) fn arrived(call: &Call) -> Option<Notice<'static>> {
    if changes_state(&call.method) {
        return None;
    }
    Some(Notice {
        kind: NoticeKind::Done,
        text: notice_cookie::arrived(call)?.into(),
    })
}

/// Makes a notice that says why nothing was done.
pub(crate) fn refused<'a>(why: impl Into<Text<'a>>) -> Notice<'a> {
    Notice {
        kind: NoticeKind::Refused,
        text: why.into(),
    }
}

/// Makes a 303 to a page that shows what was done.
///
/// # Errors
/// As [`respond::see_other`].
pub(crate) fn go_on(path: impl std::fmt::Display, done: Done) -> Answer {
    go_on_saying(path, done.sentence())
}

/// Makes a 303 to a page that shows a sentence about what was done, for results that depend on the
/// site. The sentence is cut after [`super::notice_cookie::MAX_NOTICE`] bytes.
///
/// # Errors
/// As [`respond::see_other`].
pub(crate) fn go_on_saying(path: impl std::fmt::Display, sentence: impl Into<String>) -> Answer {
    let mut response = respond::see_other(&path.to_string())?;
    response.extensions_mut().insert(Pending(sentence.into()));
    Ok(response)
}

/// Returns why an operation refused what a form requested, for the person who sent it.
///
/// # Errors
/// Returns every other failure as the request's own.
pub(crate) fn told(error: SiteError) -> Result<String, Failure> {
    match error {
        SiteError::Invalid(why) | SiteError::Conflict(why) => Ok(sentence(&why)),
        other => Err(other.into()),
    }
}

/// Makes a sentence of a message: it begins with a capital and ends with a full stop.
pub(crate) fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let mut sentence: String = letters
        .next()
        .map(|first| first.to_uppercase().collect())
        .unwrap_or_default();
    sentence.push_str(letters.as_str());
    if !sentence.ends_with(['.', '?', '!', '…']) {
        sentence.push('.');
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_becomes_a_sentence() {
        assert_eq!(
            sentence("the label is empty; give one"),
            "The label is empty; give one."
        );
        assert_eq!(sentence(""), ".");
    }
}
