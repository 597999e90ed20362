//! The view of people and groups: names, profiles and memberships, as far as the subject may see
//! them (laws 3.6 to 3.8).

use crate::account::{GroupRow, Tier};
use crate::catalogue::Account;
use crate::credential::{SessionRow, TokenRow};
use crate::decide::Denied;
use crate::grant::GlobalPermission;
use crate::id::{AccountId, GroupId};
use crate::seen::{Absent, Refusal};
use crate::switches::SwitchesRow;
use crate::view::View;

/// How much of a person a subject may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonShown<'view> {
    /// Nothing. The person appears as "a user".
    Hidden,
    /// The name and the avatar.
    Name(&'view Account),
    /// The profile.
    Profile {
        /// The account of the profile.
        account: &'view Account,
        /// Whether the e-mail address is shown too.
        email: bool,
    },
}

/// Whether a tier sees names and avatars of authors (law 3.7). Logging in never shows less (law
/// 7.1): customers see the names that anonymous sees in a login-free portal.
pub(crate) fn shows_author_names(tier: Tier, switches: &SwitchesRow) -> bool {
    match tier {
        Tier::Licensed | Tier::Guest | Tier::Unlicensed => true,
        Tier::Customer | Tier::Anonymous => switches.author_names,
    }
}

impl<'view> PersonShown<'view> {
    /// Returns the account, or `None` if the person is hidden.
    #[must_use]
    pub fn account(self) -> Option<&'view Account> {
        match self {
            Self::Hidden => None,
            Self::Name(account) | Self::Profile { account, .. } => Some(account),
        }
    }
}

impl View {
    /// Returns the subject's own account, or `None` for subjects without one.
    #[must_use]
    pub fn own_account(&self) -> Option<&Account> {
        self.catalogue.account(self.subject.account?)
    }

    /// Whether the subject sees the names of all people (law 3.8). If so, nobody who is mentioned
    /// in a text is hidden, not even behind an id that no account has.
    #[must_use]
    pub fn shows_names(&self) -> bool {
        shows_author_names(self.subject.tier, &self.catalogue.switches)
    }

    /// Returns how much the subject sees of the author of something that it sees.
    #[must_use]
    pub fn author(&self, id: AccountId) -> PersonShown<'_> {
        let Some(account) = self.catalogue.account(id) else {
            return PersonShown::Hidden;
        };
        // *View user profiles* opens the profiles of people whose ids are known. Who wrote
        // something is shown by the switch of author names alone.
        if !self.shows_names() && self.subject.account != Some(id) {
            return PersonShown::Hidden;
        }
        self.profile(id).unwrap_or(PersonShown::Name(account))
    }

    /// Returns the profile of an account. Licensed people see every profile, and everybody sees
    /// their own. With *View user profiles*, anonymous and so everybody (law 7.1) sees profiles
    /// too, but then without the e-mail address, and not those of customers and of deactivated
    /// accounts.
    ///
    /// # Errors
    /// Returns [`Absent`] for an unknown account, to all other subjects, and to a token without the
    /// scope to read.
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

    /// Returns the accounts that people search finds, in the order of their ids: the active
    /// accounts of the site, if the subject may see everybody's profile (law 3.6), or else none.
    pub fn people(&self) -> impl Iterator<Item = &Account> {
        let shown = self.require_reading().is_ok()
            && (self.catalogue.switches.view_user_profiles || self.require_people().is_ok());
        self.catalogue.accounts().filter(move |account| {
            shown && account.tier().is_some_and(|tier| tier != Tier::Customer)
        })
    }

    /// Returns all groups, to licensed people and site administrators.
    ///
    /// # Errors
    /// Forbidden to everybody else: groups are a resource that every site has (law 6.3).
    pub fn groups(&self) -> Result<impl Iterator<Item = &GroupRow>, Refusal> {
        self.require_people()?;
        Ok(self.catalogue.groups())
    }

    /// Returns a group by id.
    ///
    /// # Errors
    /// As [`View::groups`]; absent if there is no such group.
    pub fn group(&self, id: GroupId) -> Result<&GroupRow, Refusal> {
        self.require_people()?;
        Ok(self.catalogue.group(id).ok_or(Absent::HERE)?)
    }

    /// Returns a group by name, compared without case.
    ///
    /// # Errors
    /// As [`View::group`].
    pub fn group_by_name(&self, name: &str) -> Result<&GroupRow, Refusal> {
        self.require_people()?;
        Ok(self.catalogue.group_by_name(name).ok_or(Absent::HERE)?)
    }

    /// Returns the members of a group, in the order of their ids.
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

    /// Returns the groups that an account is in, in the order of their ids.
    ///
    /// # Errors
    /// As [`View::groups`]; absent for an unknown account.
    pub fn groups_of(&self, id: AccountId) -> Result<impl Iterator<Item = &GroupRow>, Refusal> {
        self.require_people()?;
        let account = self.catalogue.account(id).ok_or(Absent::HERE)?;
        let groups = account.groups().iter();
        Ok(groups.filter_map(|id| self.catalogue.group(*id)))
    }

    /// Returns a group that is on a list which the subject may see, so that it can be named there.
    #[must_use]
    pub fn listed_group(&self, id: GroupId) -> Option<&GroupRow> {
        self.catalogue.group(id)
    }

    /// Returns all accounts, to site administrators.
    ///
    /// # Errors
    /// Forbidden to everybody else.
    pub fn accounts(&self) -> Result<impl Iterator<Item = &Account>, Refusal> {
        self.require_site_admin()?;
        Ok(self.catalogue.accounts())
    }

    /// Whether an e-mail address belongs to an account that may use Confluence. Only site
    /// administrators can find this out (law 7.4).
    ///
    /// # Errors
    /// Forbidden to everybody else.
    pub fn has_access(&self, email: &str) -> Result<bool, Refusal> {
        self.require_site_admin()?;
        let tier = self.catalogue.account_by_email(email).map(Account::tier);
        Ok(matches!(tier, Some(Some(Tier::Licensed | Tier::Guest))))
    }

    /// Returns an account with everything that administration shows of it.
    ///
    /// # Errors
    /// Forbidden to everybody but site administrators; absent if there is no such account.
    pub fn administered_account(&self, id: AccountId) -> Result<&Account, Refusal> {
        self.require_site_admin()?;
        Ok(self.catalogue.account(id).ok_or(Absent::HERE)?)
    }

    /// Returns the tokens of the subject's own account, including those that ended.
    pub fn own_tokens(&self) -> impl Iterator<Item = &TokenRow> {
        self.subject
            .account
            .into_iter()
            .flat_map(|id| self.catalogue.tokens_of(id))
    }

    /// Returns the sessions of the subject's own account, including those that ended.
    pub fn own_sessions(&self) -> impl Iterator<Item = &SessionRow> {
        self.subject
            .account
            .into_iter()
            .flat_map(|id| self.catalogue.sessions_of(id))
    }

    /// Whether the subject has a global permission. Licensed people have it by a grant (law 2a.15).
    /// Site administrators, whose role is beside the tier, may always administer and create spaces
    /// (law 1.6).
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
