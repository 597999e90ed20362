//! Whom a text names: an account by its e-mail address, a group by its name.

use crate::error::SiteError;
use crate::site::Site;
use narthex_access::people::PersonShown;
use narthex_access::{Credential, Principal};

impl Site {
    /// The active account or the group that a text names, of those that the asker
    /// is shown: accounts to who is shown their e-mail addresses, groups to the
    /// licensed and to site administration (law 3.6). None for all others, as for
    /// what isn't there.
    ///
    /// # Errors
    /// Unauthorized, storage.
    pub async fn named(
        &self,
        credential: &Credential,
        text: &str,
    ) -> Result<Option<Principal>, SiteError> {
        self.rehearse(credential, |plan| {
            let text = text.trim();
            let account = plan
                .catalogue
                .account_by_email(text)
                .map(|account| account.row())
                .filter(|row| row.active)
                .filter(|row| {
                    let shown = plan.view.profile(row.id);
                    matches!(shown, Ok(PersonShown::Profile { email: true, .. }))
                })
                .map(|row| Principal::Account(row.id));
            let group = || {
                let group = plan.view.group_by_name(text).ok()?;
                Some(Principal::Group(group.id))
            };
            Ok(account.or_else(group))
        })
        .await
    }
}
