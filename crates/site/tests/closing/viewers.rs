//! Computes who would see what if everything in the trash were restored to its position.

use narthex_access::decide::decide;
use narthex_access::{
    AccountId, Action, AttachmentId, AttachmentRow, Catalogue, CommentId, CommentRow, ContentState,
    Door, Object, PageId, PageRow, PageState, SpaceId, SpaceRow, SpaceState, Subject,
};
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Somebody who reads: an account, or `None` for an anonymous visitor.
pub(crate) type Reader = Option<AccountId>;

/// The readers who see each object.
pub(crate) type Viewers = BTreeMap<Object, BTreeSet<Reader>>;

/// Returns the viewers of all pages, attachments and comments. Things in the trash count as if they
/// were restored to their positions. So a change of position in the trash shows at once, and
/// restoring must change nothing.
pub(crate) fn viewers(catalogue: &Catalogue) -> Viewers {
    let restored = as_if_restored(catalogue);
    let accounts = restored.accounts().map(|account| Some(account.row().id));
    let readers: Vec<(Reader, Subject)> = accounts
        .chain([None])
        .filter_map(|reader| {
            let subject = match reader {
                Some(account) => restored.subject_of(account, Door::Confluence)?,
                None => Subject::anonymous(),
            };
            Some((reader, subject))
        })
        .collect();
    let pages = restored.pages_from(PageId::from_random(0));
    let pages = pages.map(|page| Object::Page(page.row().id));
    let attachments = restored.attachments_from(AttachmentId::from_random(0));
    let attachments = attachments.map(|row| Object::Attachment(row.id));
    let comments = restored.comments_from(CommentId::from_random(0));
    let comments = comments.map(|row| Object::Comment(row.id));
    pages
        .chain(attachments)
        .chain(comments)
        .map(|object| {
            let see = readers.iter().filter(|(_, subject)| {
                decide(&restored, subject, Action::View, object).is_allowed()
            });
            (object, see.map(|(reader, _)| *reader).collect())
        })
        .collect()
}

fn as_if_restored(catalogue: &Catalogue) -> Catalogue {
    let mut restored = catalogue.clone();
    for space in catalogue.spaces_from(SpaceId::from_random(0)) {
        if space.row().state == SpaceState::Trashed {
            let state = SpaceState::Live;
            let row = space.row().clone();
            restored.apply(SpaceRow { state, ..row }.into());
        }
    }
    for page in catalogue.pages_from(PageId::from_random(0)) {
        if page.row().state == PageState::Trashed {
            let state = PageState::Live;
            let row = page.row().clone();
            restored.apply(PageRow { state, ..row }.into());
        }
    }
    for row in catalogue.attachments_from(AttachmentId::from_random(0)) {
        let state = ContentState::Live;
        let row = row.clone();
        restored.apply(AttachmentRow { state, ..row }.into());
    }
    for row in catalogue.comments_from(CommentId::from_random(0)) {
        let state = ContentState::Live;
        let row = row.clone();
        restored.apply(CommentRow { state, ..row }.into());
    }
    restored
}

/// Returns the objects that readers see who didn't see them before, with these readers. Objects
/// that weren't there before are left out.
pub(crate) fn gained(before: &Viewers, after: &Viewers) -> Viewers {
    before
        .iter()
        .filter_map(|(object, saw)| {
            let see = after.get(object)?;
            let new: BTreeSet<Reader> = see.difference(saw).copied().collect();
            (!new.is_empty()).then_some((*object, new))
        })
        .collect()
}
