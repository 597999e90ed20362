//! What programs keep about people, under keys: a person's own, and site
//! administration's.

use super::View;
use crate::account::Tier;
use crate::credential::Scope;
use crate::id::AccountId;
use crate::seen::Refusal;

impl View {
    /// Goes on only for who may read the properties of an account, or change them: who
    /// uses Confluence its own, site administration everybody's. Cloud lets everybody
    /// read and change those of all others.
    ///
    /// # Errors
    /// [`Refusal`]: absent where the account's profile isn't shown (law 3.6), forbidden
    /// where it is.
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
