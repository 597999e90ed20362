//! Log-in sessions. A session begins with a password; it ends by log-out, by a new password or by
//! deactivation of the account.

use crate::account::site_admin;
use crate::entry::entry;
use crate::error::SiteError;
use crate::missing::absent;
use crate::password::{Password, Passwords};
use crate::plan::Plan;
use crate::secret::Secret;
use crate::site::Site;
use narthex_access::credential::SecretHash;
use narthex_access::{
    AccountId, Credential, Millis, Refused, RowChange, Scope, SessionId, SessionRow, Table,
};
use narthex_store::Entropy;
use narthex_store::change::Change;

/// How long a session lasts from log-in, used or not, in milliseconds: two weeks.
pub const SESSION_LIFETIME: Millis = 14 * 24 * 60 * 60 * 1_000;
/// How long after the log-in a session may make credentials, in milliseconds.
pub const PASSWORD_COUNTS_FOR: Millis = 10 * 60 * 1_000;

/// The largest number of sessions that an account has at once. The next one ends the oldest, so
/// that what every node holds is bounded.
pub const MOST_SESSIONS: usize = 50;

/// A request to log in.
#[derive(Debug, Clone)]
pub struct LogIn {
    /// The e-mail address, in upper or lower case.
    pub email: String,
    /// The password that was typed.
    pub password: Password,
    /// The session cookie that came with the request. That session ends, so that nobody can be
    /// logged in under an id that somebody else has chosen (A45).
    pub replaces: Option<SecretHash>,
}

/// A session that has begun.
#[derive(Debug, Clone)]
pub struct LoggedIn {
    /// The account that logged in.
    pub account: AccountId,
    /// The value of the cookie, which is shown only here.
    pub secret: Secret,
    /// The instant from which the session is no longer valid.
    pub expires_at: Millis,
}

impl Site {
    /// Logs in with an e-mail address and a password. Customers log in the same way; for
    /// Confluence's API and pages their session counts as anonymous (law 1.3).
    ///
    /// # Errors
    /// Unauthorized, with the same message and after the same work for an unknown address, an
    /// account without a password, a deactivated one and a wrong password (A28).
    pub async fn log_in(
        &self,
        passwords: &Passwords,
        attempt: LogIn,
    ) -> Result<LoggedIn, SiteError> {
        let (catalogue, _) = self.store().catalogue().await?;
        let known = catalogue
            .account_by_email(attempt.email.trim())
            .map(|found| found.row().id);
        // For an unknown address the hash is read too, and the result is ignored.
        let asked = known.unwrap_or(AccountId::from_random(0));
        let kept = self
            .store()
            .password_hash(asked)
            .await?
            .filter(|_| known.is_some());
        let right = passwords
            .matches(&attempt.password, kept.as_deref())
            .await?;
        let account = known.filter(|_| right).ok_or(Refused)?;

        let start = Start::new(account, &self.entropy);
        let replaces = attempt.replaces;
        let begun = self
            .commit(&Credential::Nobody, move |plan| {
                plan_log_in(plan, &start, replaces)
            })
            .await?;
        // If the password was changed between its check and the beginning of the session, the
        // change ended all sessions of the time, but not this one. Nobody has its secret yet.
        if self.store().password_hash(account).await? != kept {
            let session = Credential::Session {
                hash: begun.secret.hash(),
            };
            match self.log_out(&session).await {
                Ok(()) | Err(SiteError::Unauthorized(_)) => return Err(Refused.into()),
                Err(other) => return Err(other),
            }
        }
        Ok(begun)
    }

    /// Ends the session of the credential.
    ///
    /// # Errors
    /// Unauthorized without a session.
    pub async fn log_out(&self, credential: &Credential) -> Result<(), SiteError> {
        self.commit(credential, |plan| {
            let account = account_of(plan)?;
            let session = plan.view.subject().session().ok_or(Refused)?;
            let mut change = Change::nothing(());
            let row = plan.catalogue.session(session).ok_or(Refused)?;
            change.rows.push(ended(row, plan.now));
            change
                .events
                .push(entry("session.ended", email_of(plan, account)));
            Ok(change)
        })
        .await
    }

    /// Ends all sessions of the caller's own account: *log out everywhere*.
    ///
    /// # Errors
    /// Unauthorized without a session.
    pub async fn log_out_everywhere(&self, credential: &Credential) -> Result<(), SiteError> {
        self.commit(credential, |plan| {
            let account = account_of(plan)?;
            let mut change = Change::nothing(());
            end_all(plan, account, &mut change);
            Ok(change)
        })
        .await
    }

    /// Ends all sessions of an account.
    ///
    /// # Errors
    /// Forbidden to all but site administration; absent for an unknown account.
    pub async fn end_sessions(
        &self,
        credential: &Credential,
        account: AccountId,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            site_admin::require(plan)?;
            plan.catalogue.account(account).ok_or_else(absent)?;
            let mut change = Change::nothing(());
            end_all(plan, account, &mut change);
            Ok(change)
        })
        .await
    }
}

/// A session that is about to begin.
#[derive(Debug, Clone)]
pub(crate) struct Start {
    account: AccountId,
    secret: Secret,
}

impl Start {
    /// Makes a new secret, which no request can have sent.
    pub(crate) fn new(account: AccountId, entropy: &Entropy) -> Self {
        Self {
            account,
            secret: Secret::random(entropy),
        }
    }

    /// Adds the session to a change.
    pub(crate) fn plan(
        &self,
        plan: &Plan<'_>,
        change: Change<()>,
    ) -> Result<Change<LoggedIn>, SiteError> {
        let found = plan
            .catalogue
            .account(self.account)
            .filter(|found| found.row().active);
        let row = found.ok_or(Refused)?.row();
        let session = SessionRow {
            id: plan.new_id(SessionId::from_random),
            account: self.account,
            hash: self.secret.hash(),
            created_at: plan.now,
            expires_at: plan.now.saturating_add(SESSION_LIFETIME),
            ended_at: None,
        };
        let answer = LoggedIn {
            account: self.account,
            secret: self.secret.clone(),
            expires_at: session.expires_at,
        };
        let Change {
            mut rows,
            beside,
            mut events,
            ..
        } = change;
        rows.push(session.into());
        events.push(entry("session.started", &*row.email));
        Ok(Change {
            rows,
            beside,
            events,
            answer,
        })
    }
}

fn plan_log_in(
    plan: &Plan<'_>,
    start: &Start,
    replaces: Option<SecretHash>,
) -> Result<Change<LoggedIn>, SiteError> {
    let mut change = Change::nothing(());
    let replaced = replaces
        .and_then(|hash| plan.catalogue.session_by_hash(&hash))
        .filter(|row| row.ended_at.is_none());
    if let Some(row) = replaced {
        change.rows.push(ended(row, plan.now));
        change
            .events
            .push(entry("session.ended", email_of(plan, row.account)));
    }
    let replaced = replaced.map(|row| row.id);

    let of_account = || {
        plan.catalogue
            .sessions_of(start.account)
            .filter(move |row| Some(row.id) != replaced)
    };
    let over = |row: &SessionRow| row.ended_at.is_some() || plan.now >= row.expires_at;
    // Sessions that have ended are removed at the next log-in; the journal still has them.
    let gone = of_account().filter(|row| over(row));
    change
        .rows
        .extend(gone.map(|row| RowChange::Remove(Table::Session, row.id.get())));
    let mut lasting: Vec<&SessionRow> = of_account().filter(|row| !over(row)).collect();
    lasting.sort_by_key(|row| (row.created_at, row.id));
    let too_many = lasting.len().saturating_sub(MOST_SESSIONS - 1);
    change.rows.extend(
        lasting
            .iter()
            .take(too_many)
            .map(|row| ended(row, plan.now)),
    );
    start.plan(plan, change)
}

/// Returns the account whose session the credential is, including that of a customer, whose session
/// counts as anonymous for everything else in Confluence.
///
/// # Errors
/// Unauthorized for every other credential.
pub(crate) fn account_of(plan: &Plan<'_>) -> Result<AccountId, SiteError> {
    let session = plan.view.subject().session().ok_or(Refused)?;
    Ok(plan.catalogue.session(session).ok_or(Refused)?.account)
}

/// Requires the command line, or a session whose password was given lately. Every operation that
/// makes a credential calls it, so that neither an API token nor a browser left open becomes a
/// log-in that outlives it (A47).
///
/// # Errors
/// [`SiteError::PasswordNeeded`] to all others.
pub(crate) fn require_password(plan: &Plan<'_>) -> Result<(), SiteError> {
    let subject = plan.view.subject();
    let session = subject.session().and_then(|id| plan.catalogue.session(id));
    let lately = session.is_some_and(|row| counts_as_given(row, plan.now));
    if subject.is_operator() || lately {
        Ok(())
    } else {
        Err(SiteError::PasswordNeeded)
    }
}

/// Whether the password with which a session began was given lately.
#[must_use]
pub fn counts_as_given(session: &SessionRow, now: Millis) -> bool {
    now.saturating_sub(session.created_at) <= PASSWORD_COUNTS_FOR
}

/// Requires a session, or a token that may administer. It guards what concerns the caller's own
/// account beyond content.
pub(crate) fn own_account(plan: &Plan<'_>) -> Result<AccountId, SiteError> {
    plan.require_scope(Scope::Administer)?;
    plan.author()
}

/// Plans the end of all sessions of an account, with one journal entry if there were any.
pub(crate) fn end_all<T>(plan: &Plan<'_>, account: AccountId, change: &mut Change<T>) {
    let before = change.rows.len();
    let lasting = plan
        .catalogue
        .sessions_of(account)
        .filter(|row| row.ended_at.is_none());
    change.rows.extend(lasting.map(|row| ended(row, plan.now)));
    if change.rows.len() > before {
        change
            .events
            .push(entry("session.all_ended", email_of(plan, account)));
    }
}

fn ended(row: &SessionRow, now: Millis) -> RowChange {
    SessionRow {
        ended_at: Some(now),
        ..row.clone()
    }
    .into()
}

fn email_of(plan: &Plan<'_>, account: AccountId) -> String {
    plan.catalogue
        .account(account)
        .map_or_else(String::new, |found| found.row().email.to_string())
}
