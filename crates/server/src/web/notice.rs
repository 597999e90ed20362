//! What a form did, told once on the page that it leads to.
//!
//! The page is reached by a redirect, so the notice travels in its address: as one
//! of these words, never as text that somebody could write into a link.

use crate::call::Ask;
use crate::failure::Failure;
use crate::request::origin::changes_state;
use crate::respond;
use crate::route::Answer;
use crate::web::pages::Text;
use crate::web::pages::chrome::{Notice, NoticeKind};
use narthex_site::SiteError;

macro_rules! done {
    ($($(#[$doc:meta])* $name:ident = $word:literal, $sentence:literal;)*) => {
        /// What has been done.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Done {
            $($(#[$doc])* $name,)*
        }

        impl Done {
            /// All of them.
            const ALL: &[Self] = &[$(Self::$name),*];

            /// As addresses have it.
            fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// As people read it.
            fn sentence(self) -> &'static str {
                match self { $(Self::$name => $sentence,)* }
            }
        }
    };
}

done! {
    /// A token was revoked.
    TokenRevoked = "token-revoked", "The API token is revoked. It opens nothing any more.";
    /// One's own password was changed.
    PasswordChanged = "password-changed", "Your password is changed, and your other sessions have ended.";
    /// A password was set by a one-time link.
    PasswordSet = "password-set", "Your password is set, and you are logged in.";
    /// The first administrator was made.
    SetUp = "set-up", "The site is set up, and you administer it. Nothing is open to anybody else yet.";
    /// A switch of the site or of a space was turned on.
    TurnedOn = "turned-on", "The setting is on. What holds now stands below.";
    /// A switch of the site or of a space was turned off.
    TurnedOff = "turned-off", "The setting is off. What holds now stands below.";
    /// Permissions of a space were granted.
    Granted = "granted", "The permissions are granted. Who can read the space now stands below.";
    /// Permissions of a space were taken.
    GrantRemoved = "grant-removed", "The permissions are removed. Who can read the space now stands below.";
    /// The restriction of a page was taken over.
    TakenOver = "taken-over", "You are on the page’s list now. The audit log says so.";
    /// The access of an account was set.
    AccessSet = "access-set", "The access is set.";
    /// An account was put into a group.
    MemberAdded = "member-added", "Added to the group.";
    /// An account was taken out of a group.
    MemberRemoved = "member-removed", "Removed from the group.";
    /// Site administration was given.
    SiteAdministrationGiven = "site-administration-given", "The account administers the site now.";
    /// Site administration was taken.
    SiteAdministrationTaken = "site-administration-taken", "The account doesn’t administer the site any more.";
    /// An account was deactivated.
    Deactivated = "deactivated", "The account is deactivated. Its sessions and tokens have stopped.";
    /// An account was reactivated.
    Reactivated = "reactivated", "The account is active again.";
    /// A group was created.
    GroupCreated = "group-created", "The group is created.";
    /// A group was deleted.
    GroupDeleted = "group-deleted", "The group is deleted.";
    /// A space was created.
    SpaceCreated = "space-created", "The space is created, and you administer it.";
    /// A page was published.
    Published = "published", "Published.";
    /// A page was kept as a draft.
    DraftKept = "draft-kept", "Kept as a draft. Nobody but you sees it.";
    /// A page was moved to the trash.
    Trashed = "trashed", "Moved to the trash. An administrator of the space can restore it.";
    /// The lists of a page were set.
    Restricted = "restricted", "The restrictions are saved. Who can view the page now stands below.";
    /// A comment was written.
    Commented = "commented", "Your comment is there.";
}

/// The notice that the address of a page asks for. A form that is refused comes
/// back under the same address; then what was done before is no news.
pub(crate) fn of(ask: &Ask) -> Option<Notice<'static>> {
    if changes_state(&ask.method) {
        return None;
    }
    let query = ask.query();
    let word = query.get("notice")?;
    let done = Done::ALL.iter().find(|done| done.word() == word)?;
    Some(Notice {
        kind: NoticeKind::Done,
        text: done.sentence().into(),
    })
}

/// Why nothing was done.
pub(crate) fn refused<'a>(why: impl Into<Text<'a>>) -> Notice<'a> {
    Notice {
        kind: NoticeKind::Refused,
        text: why.into(),
    }
}

/// The address of a page that says what was done.
pub(crate) fn saying(path: impl std::fmt::Display, done: Done) -> String {
    let mut path = path.to_string();
    path.push(if path.contains('?') { '&' } else { '?' });
    path.push_str("notice=");
    path.push_str(done.word());
    path
}

/// 303 to a page that says what was done.
///
/// # Errors
/// As [`respond::see_other`].
pub(crate) fn go_on(path: impl std::fmt::Display, done: Done) -> Answer {
    respond::see_other(&saying(path, done))
}

/// Why an operation refused what a form asked for, for the person who sent it.
///
/// # Errors
/// Every other failure is the request's own.
pub(crate) fn told(error: SiteError) -> Result<String, Failure> {
    match error {
        SiteError::Invalid(why) | SiteError::Conflict(why) => Ok(sentence(&why)),
        other => Err(other.into()),
    }
}

/// A message as a sentence: it begins with a capital and ends with a full stop.
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
    fn every_notice_has_a_word_of_its_own_that_needs_no_escaping() {
        let mut words: Vec<&str> = Done::ALL.iter().map(|done| done.word()).collect();
        assert!(
            words
                .iter()
                .all(|word| word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'))
        );
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), Done::ALL.len());
    }

    #[test]
    fn a_message_becomes_a_sentence() {
        assert_eq!(
            sentence("the label is empty; give one"),
            "The label is empty; give one."
        );
        assert_eq!(sentence(""), ".");
    }
}
