//! API tokens: made by their owner, shown once, revoked by their owner or by
//! site administration.

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

/// The longest life of a token: a year, as in Cloud.
pub const LONGEST_TOKEN_LIFE: Millis = 365 * DAY;

/// The most tokens of an account that count at once.
pub const MOST_TOKENS: usize = 100;

/// How long a token that counts no more stays in its owner's list.
const LISTED_AFTER_END: Millis = 90 * DAY;

const DAY: Millis = 24 * 60 * 60 * 1_000;

/// A token to be made.
#[derive(Debug, Clone)]
pub struct NewToken {
    /// What its owner calls it.
    pub label: String,
    /// How long it counts, in milliseconds; at most [`LONGEST_TOKEN_LIFE`].
    pub life: Millis,
    /// What it may be used for.
    pub scopes: Scopes,
}

/// A token that was made.
#[derive(Debug, Clone)]
pub struct CreatedToken {
    /// Its id.
    pub id: TokenId,
    /// Its secret, shown this once.
    pub secret: Secret,
    /// From when on it counts no more.
    pub expires_at: Millis,
}

/// A token, as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenInfo {
    /// The token.
    pub row: TokenRow,
    /// When it was last used; none for never.
    pub last_used: Option<Millis>,
}

impl Site {
    /// Makes an API token for one's own account. A token can't make tokens: what
    /// leaked could outlive its own revocation.
    ///
    /// # Errors
    /// Unauthorized for nobody; [`SiteError::PasswordNeeded`] for a token as credential, and
    /// for a session whose password wasn't given lately; invalid for a bad label or life, and
    /// for too many tokens.
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

    /// Makes an API token for an account: for the command line.
    ///
    /// # Errors
    /// Forbidden to all but the operator: site administration can't act as
    /// somebody else. Absent for an unknown account, invalid as
    /// [`Site::create_token`] and for an account that can't have tokens.
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

    /// Revokes a token: one's own, or anybody's by site administration. A token
    /// may always revoke itself.
    ///
    /// # Errors
    /// Absent for a token of somebody else; forbidden to a token without the
    /// scope to administer.
    pub async fn revoke_token(
        &self,
        credential: &Credential,
        token: TokenId,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| plan_revoke(plan, token))
            .await
    }

    /// The tokens of an account, ended ones too, newest first: to itself and to
    /// site administration. Secrets aren't in it.
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
            "a token lasts at most 365 days; name a shorter time",
        ));
    }
    let Scopes {
        read,
        write,
        administer,
    } = new.scopes;
    if !(read || write || administer) {
        return Err(SiteError::invalid(
            "a token without scopes opens nothing; name read, write or administer",
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

/// Plans the end of all tokens of an account; an entry for each that counted.
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
