//! The right to user properties, which are values that programs store about people under keys. An
//! account's properties are for itself and for site administrators.

use super::View;
use crate::account::Tier;
use crate::credential::Scope;
use crate::id::AccountId;
use crate::seen::Refusal;

impl View {
    /// Requires that the subject may read the properties of an account, or change them. People who
    /// use Confluence may do it with their own, and site administrators with everybody's. In Cloud,
    /// everybody may read and change those of all others.
    ///
    /// # Errors
    /// Absent if the subject can't see the account's profile (law 3.6); forbidden if it can.
    pub fn require_user_properties(&self, of: AccountId, writing: bool) -> Result<(), Refusal> {
        self.profile(of)?;
        let uses_confluence = matches!(self.subject.tier, Tier::Licensed | Tier::Guest);
        if self.subject.account != Some(of) || !uses_confluence {
            return self.require_site_admin();
        }
        let scope = if writing { Scope::Write } else { Scope::Read };
        let in_scope = self.subject.require_scope(scope);
        in_scope.map_err(Refusal::Forbidden)
    }
}
