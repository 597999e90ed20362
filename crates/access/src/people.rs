//! What is shown of people (laws 3.6 to 3.8).

use crate::account::{GroupRow, Tier};
use crate::catalogue::Account;
use crate::credential::{SessionRow, TokenRow};
use crate::decide::Denied;
use crate::grant::GlobalPermission;
use crate::id::{AccountId, GroupId};
use crate::seen::{Absent, Refusal};
use crate::switches::SwitchesRow;
use crate::view::View;

/// How much of a person a subject is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonShown<'view> {
    /// Nothing: "a user".
    Hidden,
    /// Name and avatar.
    Name(&'view Account),
    /// The profile; the e-mail address only where `email` says so.
    Profile {
        /// The account.
        account: &'view Account,
        /// Whether the e-mail address is shown.
        email: bool,
    },
}

/// Whether a tier is shown names and avatars of authors (law 3.7). Logging in never
/// shows less (law 7.1): what anonymous is shown in a login-free portal, customers are.
pub(crate) fn shows_author_names(tier: Tier, switches: &SwitchesRow) -> bool {
    match tier {
        Tier::Licensed | Tier::Guest | Tier::Unlicensed => true,
        Tier::Customer | Tier::Anonymous => switches.author_names,
    }
}

impl<'view> PersonShown<'view> {
    /// The account, unless it is hidden.
    #[must_use]
    pub fn account(self) -> Option<&'view Account> {
        match self {
            Self::Hidden => None,
            Self::Name(account) | Self::Profile { account, .. } => Some(account),
        }
    }
}

impl View {
    /// The subject's own account.
    #[must_use]
    pub fn own_account(&self) -> Option<&Account> {
        self.catalogue.account(self.subject.account?)
    }

    /// Whether the subject is shown the names of all people (law 3.8): then nobody whom a
    /// text names is hidden from it, not even by an id that no account has.
    #[must_use]
    pub fn shows_names(&self) -> bool {
        shows_author_names(self.subject.tier, &self.catalogue.switches)
    }

    /// What the subject is shown of an author of something that it sees.
    #[must_use]
    pub fn author(&self, id: AccountId) -> PersonShown<'_> {
        let Some(account) = self.catalogue.account(id) else {
            return PersonShown::Hidden;
        };
        // *View user profiles* opens the profiles of those whose ids are known; who wrote what is told
        // by the switch of author names alone.
        if !self.shows_names() && self.subject.account != Some(id) {
            return PersonShown::Hidden;
        }
        self.profile(id).unwrap_or(PersonShown::Name(account))
    }

    /// The profile of an account: to the licensed; with *View user profiles* to
    /// anonymous, and so to everybody (law 7.1), but then never with its e-mail
    /// address, and never that of a customer or of a deactivated account; to everybody one's own.
    ///
    /// # Errors
    /// [`Absent`] for an unknown account, to all others, and to a token that doesn't read.
    pub fn profile(&self, id: AccountId) -> Result<PersonShown<'_>, Absent> {
        self.require_reading().map_err(|_| Absent::HERE)?;
        let account = self.catalogue.account(id).ok_or(Absent::HERE)?;
        let own = self.subject.account == Some(id);
        let is_of_the_site = account.tier().is_some_and(|tier| tier != Tier::Customer);
        let email = match self.subject.tier {
            _ if own || self.subject.site_admin => true,
            Tier::Licensed => true,
            _ if self.catalogue.switches.view_user_profiles && is_of_the_site => false,
            Tier::Guest | Tier::Unlicensed | Tier::Customer | Tier::Anonymous => {
                return Err(Absent::HERE);
            }
        };
        Ok(PersonShown::Profile { account, email })
    }

    /// The people whom people search finds, in the order of their ids: active accounts
    /// of the site, to people who are shown everybody's profile (law 3.6); nobody to all others.
    pub fn people(&self) -> impl Iterator<Item = &Account> {
        let shown = self.require_reading().is_ok()
            && (self.catalogue.switches.view_user_profiles || self.require_people().is_ok());
        self.catalogue.accounts().filter(move |account| {
            shown && account.tier().is_some_and(|tier| tier != Tier::Customer)
        })
    }

    /// Groups: to the licensed and to site administration.
    ///
    /// # Errors
    /// Forbidden to all others: groups are a resource that every site has (law 6.3).
    pub fn groups(&self) -> Result<impl Iterator<Item = &GroupRow>, Refusal> {
        self.require_people()?;
        Ok(self.catalogue.groups())
    }

    /// A group by id.
    ///
    /// # Errors
    /// As [`View::groups`]; absent if there is none.
    pub fn group(&self, id: GroupId) -> Result<&GroupRow, Refusal> {
        self.require_people()?;
        Ok(self.catalogue.group(id).ok_or(Absent::HERE)?)
    }

    /// A group by name, without case.
    ///
    /// # Errors
    /// As [`View::group`].
    pub fn group_by_name(&self, name: &str) -> Result<&GroupRow, Refusal> {
        self.require_people()?;
        Ok(self.catalogue.group_by_name(name).ok_or(Absent::HERE)?)
    }

    /// The members of a group, in the order of their ids.
    ///
    /// # Errors
    /// As [`View::group`].
    pub fn members(&self, id: GroupId) -> Result<impl Iterator<Item = &Account>, Refusal> {
        self.group(id)?;
        Ok(self
            .catalogue
            .members_of(id)
            .filter_map(|id| self.catalogue.account(id)))
    }

    /// The groups that an account is in, in the order of their ids.
    ///
    /// # Errors
    /// As [`View::groups`]; absent for an unknown account.
    pub fn groups_of(&self, id: AccountId) -> Result<impl Iterator<Item = &GroupRow>, Refusal> {
        self.require_people()?;
        let account = self.catalogue.account(id).ok_or(Absent::HERE)?;
        let groups = account.groups().iter();
        Ok(groups.filter_map(|id| self.catalogue.group(*id)))
    }

    /// The name of a group that stands on a list which the subject is shown.
    #[must_use]
    pub fn listed_group(&self, id: GroupId) -> Option<&GroupRow> {
        self.catalogue.group(id)
    }

    /// All accounts: to site administration.
    ///
    /// # Errors
    /// Forbidden to all others.
    pub fn accounts(&self) -> Result<impl Iterator<Item = &Account>, Refusal> {
        self.require_site_admin()?;
        Ok(self.catalogue.accounts())
    }

    /// Whether an e-mail address is that of an account that may use Confluence: to
    /// site administration (law 7.4).
    ///
    /// # Errors
    /// Forbidden to all others.
    pub fn has_access(&self, email: &str) -> Result<bool, Refusal> {
        self.require_site_admin()?;
        let tier = self.catalogue.account_by_email(email).map(Account::tier);
        Ok(matches!(tier, Some(Some(Tier::Licensed | Tier::Guest))))
    }

    /// An account by id, with all that administration shows of it.
    ///
    /// # Errors
    /// Forbidden to all but site administration; absent if there is none.
    pub fn administered_account(&self, id: AccountId) -> Result<&Account, Refusal> {
        self.require_site_admin()?;
        Ok(self.catalogue.account(id).ok_or(Absent::HERE)?)
    }

    /// The tokens of one's own account, ended ones too.
    pub fn own_tokens(&self) -> impl Iterator<Item = &TokenRow> {
        self.subject
            .account
            .into_iter()
            .flat_map(|id| self.catalogue.tokens_of(id))
    }

    /// The sessions of one's own account, ended ones too.
    pub fn own_sessions(&self) -> impl Iterator<Item = &SessionRow> {
        self.subject
            .account
            .into_iter()
            .flat_map(|id| self.catalogue.sessions_of(id))
    }

    /// Whether the subject has a global permission: by grant to the licensed (law 2a.15);
    /// those to administer and to create spaces also by site administration,
    /// which is a role beside the tier (law 1.6).
    #[must_use]
    pub fn has_global(&self, permission: GlobalPermission) -> bool {
        let by_role = match permission {
            GlobalPermission::Administer | GlobalPermission::CreateSpace => self.subject.site_admin,
            GlobalPermission::Use | GlobalPermission::PersonalSpace => false,
        };
        let granted = || {
            let mut grants = self.catalogue.global_grants();
            grants.any(|grant| {
                grant.permission == permission && self.subject.holds_globally(grant.principal)
            })
        };
        by_role || self.subject.tier == Tier::Licensed && granted()
    }

    fn require_people(&self) -> Result<(), Refusal> {
        self.require_reading()?;
        if self.subject.site_admin || self.subject.tier == Tier::Licensed {
            Ok(())
        } else {
            Err(Refusal::Forbidden(Denied::NotOwn))
        }
    }
}
