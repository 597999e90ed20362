//! `GET /wiki/api/v2/space-roles`: all roles, those of every site first.
//!
//! `space-id` names a space whose roles are requested, which are those of the site;
//! `principal-type` with `principal-id` asks for the roles that this principal can be given;
//! `role-type`, `cursor`, `limit`.

use crate::call::Call;
use crate::rest::keyset::{Anchor, cut_anchored};
use crate::rest::paging::{After, answer_v2};
use crate::rest::v2::represent::space_role::{Role, asked_kind, asked_principal, kind};
use crate::route::Answer;
use narthex_access::SpaceId;

pub(super) async fn handle(call: Call) -> Answer {
    let query = call.query();
    let after = After::<Anchor>::of(&query, 25)?;
    let (principal, wanted) = (asked_principal(&query)?, asked_kind(&query)?);
    let space: Option<SpaceId> = query.parsed("space-id", "the id of a space")?;
    if let Some(space) = space {
        call.view.space(space)?;
    }
    let mut roles = call.view.space_roles()?;
    roles.retain(|role| {
        wanted.is_none_or(|wanted| wanted == kind(*role))
            && principal.is_none_or(|who| role.may_be_given_to(who))
    });
    let all = || roles.iter().copied();
    let (page, next) = cut_anchored(all, |role| role.id().get(), &after);
    answer_v2(&call, page.into_iter().map(Role::of).collect(), next)
}
