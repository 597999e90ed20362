//! Decisions about templates: a space template is decided as its space, a global one by the tier.

use super::{Allowed, Denied, doing, seeing};
use crate::account::Tier;
use crate::action::Action;
use crate::catalogue::Catalogue;
use crate::credential::Scope;
use crate::grant::Operation;
use crate::id::TemplateId;
use crate::space::SpaceState;
use crate::subject::Subject;

pub(super) fn decided(
    catalogue: &Catalogue,
    subject: &Subject,
    action: Action,
    id: TemplateId,
) -> Result<Allowed, Denied> {
    let row = catalogue.template(id).ok_or(Denied::NotThere)?;
    if action == Action::ViewInPortal {
        return Err(Denied::NotAnArticle);
    }
    // Administering a space is one scope, whatever part of the space is administered.
    let in_scope = action == Action::View || subject.scopes.administer;
    match row.space {
        Some(space) => {
            let seen = seeing::space(catalogue, subject, space)?;
            match action {
                Action::View => Ok(seen.allowed()),
                Action::Edit | Action::Delete if !in_scope => Err(Denied::Scope(Scope::Administer)),
                Action::Edit | Action::Delete if seen.space.state == SpaceState::Archived => {
                    Err(Denied::ReadOnly)
                }
                Action::Edit | Action::Delete => {
                    doing::administer_content(catalogue, subject, &seen)
                }
                _ => Err(Denied::NoSuchAction),
            }
        }
        None if subject.tier != Tier::Licensed => Err(Denied::NotThere),
        None => match action {
            Action::View => Ok(BY_TIER),
            Action::Edit | Action::Delete if !in_scope => Err(Denied::Scope(Scope::Administer)),
            Action::Edit | Action::Delete if subject.site_admin => Ok(BY_TIER),
            Action::Edit | Action::Delete => Err(Denied::Missing(Operation::Administer)),
            _ => Err(Denied::NoSuchAction),
        },
    }
}

/// An allowance without channel and grant, because the tier alone decided.
const BY_TIER: Allowed = Allowed {
    channel: None,
    by: None,
};
