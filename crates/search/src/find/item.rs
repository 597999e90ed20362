//! A thing that the reader sees and that may be a hit.

use super::Asked;
use crate::cql::{Kind, Thing};
use crate::index::{stamp_of_attachment, stamp_of_comment, stamp_of_page};
use narthex_access::view::{SeenPage, SeenSpace};
use narthex_access::{
    AccountId, AttachmentId, AttachmentRow, CommentId, CommentRow, ContentState, LabelPrefix,
    LabelRow, Millis, Object, PageId, PageKind, PageState, SpaceId, SpaceState, View,
};

/// A thing that the reader sees.
#[derive(Debug, Clone, Copy)]
pub enum Item<'v> {
    /// A page, blog post or folder.
    Page(SeenPage<'v>),
    /// A comment, with its page.
    Comment(&'v CommentRow, SeenPage<'v>),
    /// An attachment, with its page.
    Attachment(&'v AttachmentRow, SeenPage<'v>),
    /// A space.
    Space(SeenSpace<'v>),
}

impl<'v> Item<'v> {
    /// Looks a thing up, whatever its state; `None` if the reader doesn't see it.
    #[must_use]
    pub fn of(view: &'v View, thing: Thing) -> Option<Self> {
        match thing {
            Thing::Page(id) => view.page(id).ok().map(Self::Page),
            Thing::Comment(id) => Self::comment(view, id),
            Thing::Attachment(id) => Self::attachment(view, id),
            Thing::Space(id) => view.space(id).ok().map(Self::Space),
        }
    }

    fn comment(view: &'v View, id: CommentId) -> Option<Self> {
        let row = view.comment(id).ok()?;
        Some(Self::Comment(row, view.page(row.page).ok()?))
    }

    fn attachment(view: &'v View, id: AttachmentId) -> Option<Self> {
        let row = view.attachment(id).ok()?;
        Some(Self::Attachment(row, view.page(row.page).ok()?))
    }

    /// Returns the thing's reference.
    #[must_use]
    pub fn thing(&self) -> Thing {
        match self {
            Self::Page(page) => Thing::Page(page.id()),
            Self::Comment(row, _) => Thing::Comment(row.id),
            Self::Attachment(row, _) => Thing::Attachment(row.id),
            Self::Space(space) => Thing::Space(space.id()),
        }
    }

    /// Returns the number of its id.
    pub(super) fn number(&self) -> u64 {
        match self {
            Self::Page(page) => page.id().get(),
            Self::Comment(row, _) => row.id.get(),
            Self::Attachment(row, _) => row.id.get(),
            Self::Space(space) => space.id().get(),
        }
    }

    /// Returns its type.
    pub(super) fn kind(&self) -> Kind {
        match self {
            Self::Page(page) => match page.row().kind {
                PageKind::Page => Kind::Page,
                PageKind::BlogPost => Kind::BlogPost,
                PageKind::Folder => Kind::Folder,
            },
            Self::Comment(..) => Kind::Comment,
            Self::Attachment(..) => Kind::Attachment,
            Self::Space(_) => Kind::Space,
        }
    }

    /// Returns the page whose visibility decides about it; spaces have none.
    #[must_use]
    pub fn page(&self) -> Option<SeenPage<'v>> {
        match self {
            Self::Page(page) | Self::Comment(_, page) | Self::Attachment(_, page) => Some(*page),
            Self::Space(_) => None,
        }
    }

    /// Returns the page that it is a comment on or an attachment of.
    pub(super) fn container(&self) -> Option<PageId> {
        match self {
            Self::Comment(_, page) | Self::Attachment(_, page) => Some(page.id()),
            Self::Page(_) | Self::Space(_) => None,
        }
    }

    /// Returns the space that it is in.
    pub(super) fn space(&self) -> SpaceId {
        match self {
            Self::Page(page) | Self::Comment(_, page) | Self::Attachment(_, page) => {
                page.row().space
            }
            Self::Space(space) => space.id(),
        }
    }

    /// Returns the key of the space that it is in.
    pub(super) fn space_key(&self, view: &'v View) -> &'v str {
        let key = match self {
            Self::Space(space) => Ok(*space),
            _ => view.space(self.space()),
        };
        key.map_or("", |space| &space.row().key)
    }

    /// Returns its title, or `None` for a comment.
    pub(super) fn title(&self) -> Option<&'v str> {
        match self {
            Self::Page(page) => Some(&page.row().title),
            Self::Comment(..) => None,
            Self::Attachment(row, _) => Some(&row.file_name),
            Self::Space(space) => Some(&space.row().name),
        }
    }

    pub(super) fn creator(&self) -> Option<AccountId> {
        match self {
            Self::Page(page) => Some(page.row().author),
            Self::Comment(row, _) => row.author,
            Self::Attachment(row, _) => Some(row.author),
            Self::Space(space) => Some(space.row().creator),
        }
    }

    pub(super) fn created(&self) -> Millis {
        match self {
            Self::Page(page) => page.row().created_at,
            Self::Comment(row, _) => row.created_at,
            Self::Attachment(row, _) => row.created_at,
            Self::Space(space) => space.row().created_at,
        }
    }

    /// Returns when its current version was created.
    #[must_use]
    pub fn modified(&self) -> Millis {
        match self {
            Self::Page(page) => page.row().updated_at,
            Self::Comment(row, _) => row.updated_at,
            Self::Attachment(row, _) => row.updated_at,
            Self::Space(space) => space.row().created_at,
        }
    }

    fn object(&self) -> Object {
        match self {
            Self::Page(page) => Object::Page(page.id()),
            Self::Comment(row, _) => Object::Comment(row.id),
            Self::Attachment(row, _) => Object::Attachment(row.id),
            Self::Space(space) => Object::Space(space.id()),
        }
    }

    /// Returns the labels of it that the reader sees.
    pub(super) fn labels(&self, view: &'v View) -> Vec<&'v LabelRow> {
        view.labels(self.object()).unwrap_or_default()
    }

    /// Returns the stamp of the state that the reader sees: if the index has another state, its
    /// knowledge doesn't apply to this one.
    pub(super) fn stamp(&self, view: &'v View) -> u64 {
        let labels = self.labels(view);
        let labels = labels
            .iter()
            .filter(|row| is_everybodys(row))
            .map(|row| &*row.name);
        match self {
            Self::Page(page) => stamp_of_page(page.row(), labels),
            Self::Comment(row, _) => stamp_of_comment(row),
            Self::Attachment(row, _) => stamp_of_attachment(row, labels),
            Self::Space(_) => 0,
        }
    }

    /// Returns whether its state can be found: live, or archived if the search includes that; never
    /// a draft, never in the trash (laws 2.20 to 2.22).
    pub(super) fn is_found(&self, view: &View, asked: &Asked) -> bool {
        let live = match self {
            Self::Comment(row, _) => row.state == ContentState::Live,
            Self::Attachment(row, _) => row.state == ContentState::Live,
            Self::Page(_) | Self::Space(_) => true,
        };
        let page = self.page().is_none_or(|page| match page.row().state {
            PageState::Live => true,
            PageState::Archived => asked.archived_pages,
            PageState::Draft | PageState::Trashed => false,
        });
        live && page && {
            let space = match self {
                Self::Space(space) => Ok(*space),
                _ => view.space(self.space()),
            };
            space.is_ok_and(|space| match space.row().state {
                SpaceState::Live => !asked.only_archived_spaces,
                SpaceState::Archived => asked.archived_spaces || asked.only_archived_spaces,
                SpaceState::Trashed | SpaceState::Importing => false,
            })
        }
    }
}

/// Returns whether a label is in the index; one that only its owner sees isn't.
#[must_use]
pub fn is_everybodys(row: &LabelRow) -> bool {
    row.prefix != LabelPrefix::My
}
