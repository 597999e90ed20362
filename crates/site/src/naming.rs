//! Resolving the names of principals: an account by its e-mail address, a group by its name.

use crate::error::SiteError;
use crate::site::Site;
use narthex_access::people::PersonShown;
use narthex_access::{Credential, Principal};

impl Site {
    /// Returns the active account or the group that a text names, if the caller is shown it:
    /// accounts if their e-mail addresses are shown to the caller, groups if the caller is licensed
    /// or a site administrator (law 3.6). `None` for all others, exactly as for a name that doesn't
    /// exist.
    ///
    /// # Errors
    /// Unauthorized for a wrong credential; storage.
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
