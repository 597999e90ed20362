//! Subjects: the account, tier, groups and scopes that a credential stands for during one request.
//!
//! [`Catalogue::identify`] makes one from a credential; the decision asks it which grants and lists
//! apply to it.

use crate::Millis;
use crate::account::{ConfluenceAccess, GroupRow, Tier};
use crate::catalogue::Catalogue;
use crate::credential::{Credential, Door, Refused, Scope, Scopes};
use crate::decide::Denied;
use crate::grant::{AccessClass, Principal};
use crate::id::{AccountId, GroupId, ProjectId, SessionId, SpaceId, TokenId};
use crate::service_project::ProjectRole;
use alloc::sync::Arc;

/// The number of groups up to which all are compared, instead of a binary search.
const FEW: usize = 16;

/// The one subject of a request, in exactly one tier (law 1.1).
///
/// A subject that may see content comes from a credential, checked by [`Catalogue::identify`]. One
/// made by [`Catalogue::subject_of`] serves explanations, and no [`View`](crate::View) accepts it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Subject {
    pub(crate) tier: Tier,
    pub(crate) account: Option<AccountId>,
    pub(crate) groups: Arc<[GroupId]>,
    pub(crate) access: ConfluenceAccess,
    pub(crate) guest_space: Option<SpaceId>,
    pub(crate) site_admin: bool,
    pub(crate) operator: bool,
    pub(crate) scopes: Scopes,
    pub(crate) token: Option<TokenId>,
    pub(crate) session: Option<SessionId>,
}

impl Subject {
    /// Returns the subject of a request without a credential.
    #[must_use]
    pub fn anonymous() -> Self {
        Self::bare(Tier::Anonymous)
    }

    /// Returns a subject of a tier without groups, grants, lists or roles of its own. Exposure is
    /// counted for such subjects.
    pub(crate) fn bare(tier: Tier) -> Self {
        Self {
            tier,
            account: None,
            groups: Arc::default(),
            access: ConfluenceAccess::None,
            guest_space: None,
            site_admin: false,
            operator: false,
            scopes: Scopes::ALL,
            token: None,
            session: None,
        }
    }

    /// Returns a licensed subject that is in one group and no other. Whatever it may do, all
    /// licensed members of the group may do.
    pub(crate) fn of_group(group: &GroupRow) -> Self {
        Self {
            groups: [group.id].into(),
            access: group.confluence,
            ..Self::bare(Tier::Licensed)
        }
    }

    /// Returns the tier.
    #[must_use]
    pub fn tier(&self) -> Tier {
        self.tier
    }

    /// Returns the account, if the subject is logged in.
    #[must_use]
    pub fn account(&self) -> Option<AccountId> {
        self.account
    }

    /// Whether the subject is a site administrator (law 1.6).
    #[must_use]
    pub fn is_site_admin(&self) -> bool {
        self.site_admin
    }

    /// Whether the subject is the operator at the command line.
    #[must_use]
    pub fn is_operator(&self) -> bool {
        self.operator
    }

    /// Returns the uses that the credential is limited to.
    #[must_use]
    pub fn scopes(&self) -> Scopes {
        self.scopes
    }

    /// Requires a credential that may be used for a scope.
    ///
    /// # Errors
    /// Returns [`Denied::Scope`] for an API token without the scope.
    pub fn require_scope(&self, scope: Scope) -> Result<(), Denied> {
        if self.scopes.has(scope) {
            Ok(())
        } else {
            Err(Denied::Scope(scope))
        }
    }

    /// Returns the API token that the request came with, if any.
    #[must_use]
    pub fn token(&self) -> Option<TokenId> {
        self.token
    }

    /// Returns the session that the request came with, if any.
    #[must_use]
    pub fn session(&self) -> Option<SessionId> {
        self.session
    }

    /// Returns the space that a guest is assigned to. `None` for the other tiers.
    #[must_use]
    pub fn guest_space(&self) -> Option<SpaceId> {
        self.guest_space.filter(|_| self.tier == Tier::Guest)
    }

    /// Whether the subject is in a group. Most accounts are in few groups. Then all are compared,
    /// which has no unpredictable branches.
    fn is_member(&self, group: GroupId) -> bool {
        if self.groups.len() <= FEW {
            self.groups.iter().fold(false, |is, it| is | (*it == group))
        } else {
            self.groups.binary_search(&group).is_ok()
        }
    }

    /// Whether a principal is this subject or contains it, independent of any space (law 2.10).
    pub(crate) fn holds_globally(&self, who: Principal) -> bool {
        match who {
            Principal::Account(id) => self.account == Some(id),
            Principal::Group(id) => self.is_member(id),
            Principal::Class(AccessClass::AllLicensedUsers) => self.tier == Tier::Licensed,
            Principal::Class(AccessClass::AllProductAdmins) => {
                self.tier == Tier::Licensed && self.access == ConfluenceAccess::Admin
            }
            // The members of these depend on the space; two of them are the channels `unlic` and
            // `anon`, never a grant.
            Principal::Class(
                AccessClass::JsmProjectAdmins
                | AccessClass::AuthenticatedUsers
                | AccessClass::AnonymousUsers,
            ) => false,
        }
    }

    /// Whether a principal is this subject or contains it, in a space (law 2.10).
    pub(crate) fn is_in(&self, catalogue: &Catalogue, space: SpaceId, who: &Principal) -> bool {
        match who {
            Principal::Class(AccessClass::JsmProjectAdmins) => {
                self.tier == Tier::Licensed
                    && catalogue.projects_linking(space).any(|project| {
                        self.has_role(catalogue, project.id, |role| {
                            role == ProjectRole::Administrator
                        })
                    })
            }
            elsewhere_too => self.holds_globally(*elsewhere_too),
        }
    }

    /// Whether the subject has a role that is `wanted` in a service project.
    pub(crate) fn has_role(
        &self,
        catalogue: &Catalogue,
        project: ProjectId,
        wanted: impl Fn(ProjectRole) -> bool,
    ) -> bool {
        self.account
            .is_some_and(|account| catalogue.project_roles_of(project, account).any(wanted))
    }

    /// Whether a restriction lists this subject or a group of it. Anonymous and customers are never
    /// listed (law 2.15).
    pub(crate) fn is_listed(&self, listed: &[Principal]) -> bool {
        if matches!(self.tier, Tier::Anonymous | Tier::Customer) {
            return false;
        }
        if listed.len() <= FEW {
            return listed.iter().any(|who| match who {
                Principal::Account(id) => self.account == Some(*id),
                Principal::Group(id) => self.is_member(*id),
                Principal::Class(_) => false,
            });
        }
        let among = |who: Principal| listed.binary_search(&who).is_ok();
        self.account.is_some_and(|id| among(Principal::Account(id)))
            || self.groups.iter().any(|id| among(Principal::Group(*id)))
    }
}

impl Catalogue {
    /// Returns the subject of a credential at an entry point and an instant.
    ///
    /// # Errors
    /// Returns [`Refused`] for a credential that is present and wrong: unknown, ended, expired, of
    /// a deactivated account, or with another account's e-mail address.
    pub fn identify(
        &self,
        credential: &Credential,
        door: Door,
        now: Millis,
    ) -> Result<Subject, Refused> {
        match credential {
            Credential::Nobody => Ok(Subject::anonymous()),
            Credential::Operator => Ok(Subject {
                site_admin: true,
                operator: true,
                ..Subject::bare(Tier::Unlicensed)
            }),
            Credential::Token { email, hash } => {
                let token = self.token_by_hash(hash).ok_or(Refused)?;
                let counts = token.ended_at.is_none() && now < token.expires_at;
                let subject = self
                    .subject_of(token.account, Door::Portal)
                    .ok_or(Refused)?;
                let theirs = email.as_deref().is_none_or(|email| {
                    self.account_by_email(email)
                        .is_some_and(|a| a.row.id == token.account)
                });
                // A customer has no API tokens; those of an account that has become a customer have
                // no effect (law 1.3).
                if !counts || !theirs || subject.tier == Tier::Customer {
                    return Err(Refused);
                }
                Ok(Subject {
                    scopes: token.scopes,
                    token: Some(token.id),
                    ..subject
                })
            }
            Credential::Session { hash } => {
                let session = self.session_by_hash(hash).ok_or(Refused)?;
                if session.ended_at.is_some() || now >= session.expires_at {
                    return Err(Refused);
                }
                let subject = self.subject_of(session.account, door).ok_or(Refused)?;
                Ok(Subject {
                    session: Some(session.id),
                    ..subject
                })
            }
        }
    }

    /// Returns the subject that an account is at an entry point, or `None` if it is unknown or
    /// deactivated. At Confluence's entry point a customer counts as nobody (law 1.3).
    #[must_use]
    pub fn subject_of(&self, id: AccountId, door: Door) -> Option<Subject> {
        let account = self.account(id)?;
        let tier = account.tier()?;
        if tier == Tier::Customer && door == Door::Confluence {
            return Some(Subject::anonymous());
        }
        Some(Subject {
            tier,
            account: Some(id),
            groups: account.groups.clone(),
            access: account.access,
            guest_space: account.row.guest_space,
            site_admin: account.row.site_admin && tier != Tier::Customer,
            operator: false,
            scopes: Scopes::ALL,
            token: None,
            session: None,
        })
    }
}
