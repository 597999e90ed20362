//! `/wiki/spaces/KEY/trash`: the pages, attachments and comments of a space that are in the trash.

use crate::call::Call;
use crate::failure::Failure;
use crate::request::query::Parameters;
use crate::route::{Answer, Flavour, Route};
use crate::web::frame::{chrome, moment, page_with};
use crate::web::notice::{self, Done, told};
use crate::web::pages::chrome::Notice;
use crate::web::pages::moment::Count;
use crate::web::pages::trash::{MAX_TRASH_LINES, Trash, TrashKind, TrashLine};
use crate::web::paths;
use http::{Method, StatusCode};
use narthex_access::view::{SeenPage, SeenSpace};
use narthex_access::{
    Action, AttachmentId, AttachmentRow, CommentId, CommentRow, ContentState, Millis, Object,
    PageId, PageKind, PageState, View,
};
use narthex_site::SiteError;
use narthex_site::address;

/// The most characters of a comment that its line shows.
const MAX_EXCERPT: usize = 120;

pub(super) fn routes() -> Vec<Route> {
    const TRASH: &str = "/wiki/spaces/{key}/trash";
    vec![
        Route::new(Method::GET, TRASH, Flavour::Html, show),
        Route::new(Method::POST, TRASH, Flavour::Html, change),
    ]
}

async fn show(call: Call) -> Answer {
    draw(&call, StatusCode::OK, None).await
}

/// Restores something, or deletes it for good, by the fields `do` and `page`, `attachment` or
/// `comment`.
async fn change(mut call: Call) -> Answer {
    let (here, key) = {
        let space = space(&call)?;
        (space.id(), space.row().key.to_string())
    };
    let form = call.form().await?;
    let fields = form.fields();
    let thing = Thing::of(&fields).ok_or(Failure::Absent)?;
    let Some(page) = thing.page_of_trashed(&call.view)? else {
        let why = "This is not in the trash any more.".into();
        return refuse(&call, why).await;
    };
    // A thing of another space isn't on this space's page.
    if page.row().space != here {
        return Err(Failure::Absent);
    }
    let page = page.id();
    let done = match fields.get("do") {
        Some("restore") => thing.restore(&call).await,
        Some("purge") => thing.purge(&call).await,
        _ => {
            return Err(Failure::bad_request(
                "there is no such form on this page; load the page again",
            ));
        }
    };
    match (done, fields.get("do")) {
        (Err(error), _) => refuse(&call, told(error)?).await,
        (Ok(()), Some("restore")) => {
            let view = call.view_now().await?;
            let restored = view.page(page)?;
            notice::go_on(address::page(&key, restored.row()), Done::Restored)
        }
        (Ok(()), _) => notice::go_on(paths::trash(&key), Done::Purged),
    }
}

/// The thing that a form names.
#[derive(Clone, Copy)]
enum Thing {
    Page(PageId),
    Attachment(AttachmentId),
    Comment(CommentId),
}

impl Thing {
    fn of(fields: &Parameters<'_>) -> Option<Self> {
        let page = fields.get("page").map(|id| id.parse().map(Self::Page));
        let attachment = fields.get("attachment");
        let attachment = attachment.map(|id| id.parse().map(Self::Attachment));
        let comment = fields.get("comment");
        let comment = comment.map(|id| id.parse().map(Self::Comment));
        page.or(attachment).or(comment)?.ok()
    }

    /// Returns the page that it is or is attached to, or `None` if it isn't in the trash.
    fn page_of_trashed(self, view: &View) -> Result<Option<SeenPage<'_>>, Failure> {
        let (page, trashed) = match self {
            Self::Page(id) => (id, view.page(id)?.row().state == PageState::Trashed),
            Self::Attachment(id) => {
                let row = view.attachment(id)?;
                (row.page, row.state == ContentState::Trashed)
            }
            Self::Comment(id) => {
                let row = view.comment(id)?;
                (row.page, row.state == ContentState::Trashed)
            }
        };
        let page = view.page(page)?;
        Ok(trashed.then_some(page))
    }

    async fn restore(self, call: &Call) -> Result<(), SiteError> {
        let site = &call.app.site;
        match self {
            Self::Page(id) => site.restore_page(&call.credential, id, None).await,
            Self::Attachment(id) => site.restore_attachment(&call.credential, id).await,
            Self::Comment(id) => site.restore_comment(&call.credential, id, None).await,
        }
    }

    async fn purge(self, call: &Call) -> Result<(), SiteError> {
        let site = &call.app.site;
        match self {
            Self::Page(id) => site.purge_page(&call.credential, id).await,
            Self::Attachment(id) => site.purge_attachment(&call.credential, id).await,
            Self::Comment(id) => site.purge_comment(&call.credential, id).await,
        }
    }
}

/// Returns the space, for people who administer it.
fn space(call: &Call) -> Result<SeenSpace<'_>, Failure> {
    let space = call.view.space_by_key(call.param("key"))?;
    call.require_account()?;
    call.view
        .require(Action::Trash, Object::Space(space.id()))?;
    Ok(space)
}

async fn refuse(call: &Call, why: String) -> Answer {
    draw(call, StatusCode::BAD_REQUEST, Some(notice::refused(why))).await
}

/// Something in the trash that may be listed, with its page.
#[derive(Clone, Copy)]
enum Trashed<'v> {
    Page(SeenPage<'v>),
    Attachment(SeenPage<'v>, &'v AttachmentRow),
    Comment(SeenPage<'v>, &'v CommentRow),
}

impl<'v> Trashed<'v> {
    /// Returns everything in a space's trash: by title, and below each page the things that were
    /// deleted from it.
    fn all(view: &'v View, space: SeenSpace<'_>) -> Vec<Self> {
        let mut pages: Vec<_> = view.pages_in(space.id(), PageId::from_random(0)).collect();
        pages.sort_by_cached_key(|page| (page.row().title.to_lowercase(), page.id()));
        let of_page = |page: SeenPage<'v>| {
            let itself = (page.row().state == PageState::Trashed).then_some(Self::Page(page));
            let attachments = view.attachments_on(page.id());
            let attachments = attachments.filter(|row| row.state == ContentState::Trashed);
            let comments = view.comments_on(page.id());
            let comments = comments.filter(|row| row.state == ContentState::Trashed);
            itself
                .into_iter()
                .chain(attachments.map(move |row| Self::Attachment(page, row)))
                .chain(comments.map(move |row| Self::Comment(page, row)))
        };
        pages.into_iter().flat_map(of_page).collect()
    }

    /// Returns the page that it is or is attached to.
    fn page(self) -> SeenPage<'v> {
        match self {
            Self::Page(page) | Self::Attachment(page, _) | Self::Comment(page, _) => page,
        }
    }

    fn updated_at(self) -> Millis {
        match self {
            Self::Page(page) => page.row().updated_at,
            Self::Attachment(_, row) => row.updated_at,
            Self::Comment(_, row) => row.updated_at,
        }
    }

    async fn line(self, call: &'v Call, space_key: &str) -> Result<TrashLine<'v>, Failure> {
        let page = self.page().row();
        let (kind, id, name) = match self {
            Self::Page(page) => {
                let kind = match page.row().kind {
                    PageKind::Page => TrashKind::Page,
                    PageKind::BlogPost => TrashKind::BlogPost,
                    PageKind::Folder => TrashKind::Folder,
                };
                (kind, page.id().get(), (*page.row().title).into())
            }
            Self::Attachment(_, row) => {
                let name = (*row.file_name).into();
                (TrashKind::Attachment, row.id.get(), name)
            }
            Self::Comment(_, row) => {
                let site = &call.app.site;
                let text = call.excerpt(|| site.comment_excerpt(&call.view, row.id, MAX_EXCERPT));
                let text = text.await?.unwrap_or_default();
                (TrashKind::Comment, row.id.get(), text.into())
            }
        };
        Ok(TrashLine {
            id,
            address: address::page(space_key, page),
            name,
            page: (*page.title).into(),
            kind,
            updated: moment(self.updated_at()),
        })
    }
}

async fn draw(call: &Call, status: StatusCode, notice: Option<Notice<'_>>) -> Answer {
    let space = space(call)?;
    let view = &call.view;
    let all = Trashed::all(view, space);
    let mut lines = Vec::new();
    for trashed in all.iter().take(MAX_TRASH_LINES) {
        lines.push(trashed.line(call, &space.row().key).await?);
    }
    page_with(
        status,
        &Trash {
            chrome: chrome(call, format!("Trash of {}", space.row().name), notice),
            space: super::space::head(view, space),
            lines,
            all: Count(all.len() as u64),
        },
    )
}
