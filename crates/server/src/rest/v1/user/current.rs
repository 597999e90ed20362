//! `GET /wiki/rest/api/user/current`: the caller's own account; 403 for people who may not use
//! Confluence (law 6.3).

use crate::call::Call;
use crate::failure::Failure;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v1::represent::Expand;
use crate::rest::v1::represent::user::User;
use crate::route::Answer;
use narthex_access::Tier;

pub(super) async fn handle(call: Call) -> Answer {
    let subject = call.view.subject();
    let uses_confluence = matches!(subject.tier(), Tier::Licensed | Tier::Guest);
    let account = subject
        .account()
        .filter(|_| uses_confluence)
        .ok_or_else(|| {
            Failure::Forbidden(
                "this account has no access to Confluence; ask a site administrator".into(),
            )
        })?;
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let user = User::shown(lens, call.view.profile(account)?);
    respond::ok(&user.expanded(lens, &Expand::of(&call.query())).await?)
}
