//! API tokens: created by their owner, shown once, and revoked by their owner or by site
//! administration.

use crate::account::site_admin;
use crate::entry::entry;
use crate::error::SiteError;
use crate::missing::absent;
use crate::name::name;
use crate::plan::Plan;
use crate::secret::Secret;
use crate::session;
use crate::site::Site;
use narthex_access::{
    AccountId, AccountKind, Credential, Millis, RowChange, Scopes, Table, TokenId, TokenRow,
};
use narthex_store::change::Change;

/// The longest lifetime of a token: a year, as in Cloud.
pub const LONGEST_TOKEN_LIFE: Millis = 365 * DAY;

/// The largest number of valid tokens of an account.
pub const MOST_TOKENS: usize = 100;

/// How long a token that is no longer valid stays in its owner's list.
const LISTED_AFTER_END: Millis = 90 * DAY;

const DAY: Millis = 24 * 60 * 60 * 1_000;

/// A token to create.
#[derive(Debug, Clone)]
pub struct NewToken {
    /// The name that its owner gives it.
    pub label: String,
    /// The lifetime, in milliseconds; at most [`LONGEST_TOKEN_LIFE`].
    pub life: Millis,
    /// The scopes that limit what the token may be used for.
    pub scopes: Scopes,
}

/// A token that was created.
#[derive(Debug, Clone)]
pub struct CreatedToken {
    /// The id of the token.
    pub id: TokenId,
    /// The secret of the token, which is shown only here.
    pub secret: Secret,
    /// The instant from which the token is no longer valid.
    pub expires_at: Millis,
}

/// A token as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenInfo {
    /// The token itself.
    pub row: TokenRow,
    /// The moment when it was last used; `None` if it never was.
    pub last_used: Option<Millis>,
}

impl Site {
    /// Creates an API token for the caller's own account. A token can't create tokens, because a
    /// leaked one could outlive its own revocation.
    ///
    /// # Errors
    /// Unauthorized if nobody is logged in; [`SiteError::PasswordNeeded`] for a token as
    /// credential, and for a session whose password wasn't given lately; invalid for a bad label or
    /// lifetime, and for too many tokens.
    pub async fn create_token(
        &self,
        credential: &Credential,
        new: NewToken,
    ) -> Result<CreatedToken, SiteError> {
        let secret = Secret::token(&self.entropy);
        self.commit(credential, move |plan| {
            let account = plan.author()?;
            session::require_password(plan)?;
            plan_create(plan, account, &new, &secret)
        })
        .await
    }

    /// Creates an API token for an account, for the command line.
    ///
    /// # Errors
    /// Forbidden to all but the operator, because site administration can't act as somebody else.
    /// Absent for an unknown account, invalid as for [`Site::create_token`] and for an account that
    /// can't have tokens.
    pub async fn create_token_for(
        &self,
        credential: &Credential,
        account: AccountId,
        new: NewToken,
    ) -> Result<CreatedToken, SiteError> {
        let secret = Secret::token(&self.entropy);
        self.commit(credential, move |plan| {
            if !plan.view.subject().is_operator() {
                return Err(SiteError::Forbidden(narthex_access::Denied::NotOwn));
            }
            plan_create(plan, account, &new, &secret)
        })
        .await
    }

    /// Revokes a token: the caller's own, or any token by site administration. A token may always
    /// revoke itself.
    ///
    /// # Errors
    /// Absent for a token of somebody else; forbidden to a token without the scope to administer.
    pub async fn revoke_token(
        &self,
        credential: &Credential,
        token: TokenId,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| plan_revoke(plan, token))
            .await
    }

    /// Returns the tokens of an account, including ended ones, newest first, without their secrets.
    /// Only the account itself and site administration may list them.
    ///
    /// # Errors
    /// Forbidden to all others.
    pub async fn tokens(
        &self,
        credential: &Credential,
        account: AccountId,
    ) -> Result<Vec<TokenInfo>, SiteError> {
        let list = |plan: &Plan<'_>| {
            if plan.view.subject().account() != Some(account) {
                site_admin::require(plan)?;
            }
            Ok(plan.catalogue.tokens_of(account).cloned().collect())
        };
        let mut rows: Vec<TokenRow> = self.rehearse(credential, list).await?;
        rows.sort_by_key(|row| (std::cmp::Reverse(row.created_at), row.id));
        let ids: Vec<TokenId> = rows.iter().map(|row| row.id).collect();
        let used = self.store().token_uses(&ids).await?;
        let info = |row: TokenRow| TokenInfo {
            last_used: used.get(&row.id).copied(),
            row,
        };
        Ok(rows.into_iter().map(info).collect())
    }
}

fn plan_create(
    plan: &Plan<'_>,
    account: AccountId,
    new: &NewToken,
    secret: &Secret,
) -> Result<Change<CreatedToken>, SiteError> {
    let owner = plan.catalogue.account(account).ok_or_else(absent)?.row();
    if owner.kind == AccountKind::Customer {
        return Err(SiteError::invalid(
            "a customer has no API tokens; give the account access as unlicensed, guest or \
             Confluence user first",
        ));
    }
    if !owner.active {
        return Err(SiteError::invalid(
            "the account is deactivated; reactivate it first",
        ));
    }
    let label = name("token's label", &new.label)?;
    if !(1..=LONGEST_TOKEN_LIFE).contains(&new.life) {
        return Err(SiteError::invalid(
            "a token lasts at most 365 days; choose a shorter time",
        ));
    }
    let Scopes {
        read,
        write,
        administer,
    } = new.scopes;
    if !(read || write || administer) {
        return Err(SiteError::invalid(
            "a token without scopes has no use; choose read, write or administer",
        ));
    }
    let ends = |row: &TokenRow| row.ended_at.unwrap_or(row.expires_at).min(row.expires_at);
    let counting = plan
        .catalogue
        .tokens_of(account)
        .filter(|row| ends(row) > plan.now)
        .count();
    if counting >= MOST_TOKENS {
        return Err(SiteError::invalid(format!(
            "the account has {MOST_TOKENS} tokens; revoke one that isn't used first"
        )));
    }
    let row = TokenRow {
        id: plan.new_id(TokenId::from_random),
        account,
        label,
        hash: secret.hash(),
        ends_in: secret.ending().into(),
        scopes: new.scopes,
        created_at: plan.now,
        expires_at: plan.now.saturating_add(new.life),
        ended_at: None,
    };
    let mut change = Change::nothing(CreatedToken {
        id: row.id,
        secret: secret.clone(),
        expires_at: row.expires_at,
    });
    let mut created = entry("token.created", &*owner.email);
    created.after = Some(format!("{} ({})", row.label, row.scopes));
    change.events.push(created);
    change.rows.push(row.into());
    let forgotten = plan
        .catalogue
        .tokens_of(account)
        .filter(|row| ends(row).saturating_add(LISTED_AFTER_END) <= plan.now);
    change
        .rows
        .extend(forgotten.map(|row| RowChange::Remove(Table::Token, row.id.get())));
    Ok(change)
}

fn plan_revoke(plan: &Plan<'_>, token: TokenId) -> Result<Change<()>, SiteError> {
    let subject = plan.view.subject();
    let row = plan.catalogue.token(token).ok_or_else(absent)?;
    let own = subject.account() == Some(row.account);
    if !own && !subject.is_site_admin() {
        return Err(absent());
    }
    if subject.token() != Some(token) {
        if own {
            session::own_account(plan).map(drop)?
        } else {
            site_admin::require(plan)?
        }
    }
    let mut change = Change::nothing(());
    end(plan, row, &mut change);
    Ok(change)
}

/// Plans the end of all tokens of an account, with a journal entry for each that had not ended.
pub(crate) fn end_all<T>(plan: &Plan<'_>, account: AccountId, change: &mut Change<T>) {
    for row in plan.catalogue.tokens_of(account) {
        end(plan, row, change);
    }
}

fn end<T>(plan: &Plan<'_>, row: &TokenRow, change: &mut Change<T>) {
    if row.ended_at.is_some() {
        return;
    }
    change.rows.push(
        TokenRow {
            ended_at: Some(plan.now),
            ..row.clone()
        }
        .into(),
    );
    let owner = plan.catalogue.account(row.account);
    let email = owner.map_or_else(String::new, |owner| owner.row().email.to_string());
    let mut revoked = entry("token.revoked", email);
    revoked.before = Some(row.label.to_string());
    change.events.push(revoked);
}
