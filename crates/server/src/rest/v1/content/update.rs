//! `PUT /wiki/rest/api/content/{id}`: writes a new version of a page, blog post or comment, or the
//! caller's draft; publishes a draft, puts content into the trash, restores it from there.
//!
//! Request: `{"version": {"number", "message", "minorEdit"}, "title", "body", "status",
//! "ancestors": [{"id"}], "metadata": {"labels", "properties"}}`; the number is one more than the
//! current one, and 1 for a draft. The labels that are sent replace the present ones; a blog post
//! is dated `history.createdDate`, if that is sent. `?status=` means the same as the member of that
//! name, and needs no text. `id`, `type` and `space` may be sent unchanged. With the status
//! `draft`, published content stays as readers see it, and the text is stored beside it as the
//! caller's draft.

use super::any::Any;
use super::create::last_ancestor;
use super::get::DEFAULTS_OF_WRITES;
use super::same;
use super::status::{Asked, Wanted};
use super::write_body;
use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::{Document, Node};
use crate::request::query::Parameters;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v1::represent::Expand;
use crate::rest::v1::represent::content::Content;
use crate::rest::{sent_metadata, sent_moment};
use crate::route::Answer;
use narthex_access::view::SeenPage;
use narthex_access::{
    AttachmentId, CommentId, CommentPlace, ContentState, PageId, PageKind, PageState,
};
use narthex_site::comment::EditComment;
use narthex_site::metadata::Metadata;
use narthex_site::page::{EditPage, Save, version_must_be};

struct Update {
    edit: EditPage,
    metadata: Metadata,
    status: Asked,
    resolved: Option<bool>,
}

/// What a request does to the content that it addresses.
enum Means {
    Edit(PageId, Save),
    /// Publishes the caller's draft of a page, as it is.
    PublishKept(PageId),
    Trash(PageId),
    Restore(PageId),
    Comment(CommentId),
    RestoreAttachment(AttachmentId),
    RestoreComment(CommentId),
}

pub(super) async fn handle(mut call: Call) -> Answer {
    call.require_account()?;
    call.query().word("conflictPolicy", &["abort"])?;
    let Update {
        mut edit,
        metadata,
        status,
        resolved,
    } = {
        let document = call.long_json().await?;
        let update = read(&call.query(), &document)?;
        let any = Any::find(&call.view, call.param("id"))?;
        same::check(&call, any, &document.object()?)?;
        update
    };
    let means = match Any::find(&call.view, call.param("id"))? {
        Any::Page(page) => {
            // Only blog posts have a date to set; for a page, a client may send back the one it
            // read.
            if page.row().kind != PageKind::BlogPost {
                edit.created_at = None;
            }
            of_page(&call, page, &edit, status)?
        }
        _ if !matches!(status.wanted, None | Some(Wanted::Current)) => {
            return Err(Failure::bad_request(
                "the status of an attachment or comment can only be \"current\"; move it to the trash with DELETE",
            ));
        }
        Any::Comment(row)
            if row.state == ContentState::Trashed && status.wanted == Some(Wanted::Current) =>
        {
            Means::RestoreComment(row.id)
        }
        Any::Comment(row) if row.place == CommentPlace::Footer && resolved == Some(true) => {
            return Err(Failure::bad_request(
                "only the thread of an inline comment is resolved; leave the member \
                 \"extensions.resolution\" out",
            ));
        }
        Any::Comment(row) => Means::Comment(row.id),
        Any::Attachment(row)
            if row.state == ContentState::Trashed && status.wanted == Some(Wanted::Current) =>
        {
            Means::RestoreAttachment(row.id)
        }
        Any::Attachment(_) => {
            return Err(Failure::bad_request(
                "update an attachment with PUT .../child/attachment/{id}, and its bytes with POST .../data",
            ));
        }
    };
    let site = &call.app.site;
    if let Some(body) = edit.body {
        edit.body = Some(site.with_page_links(body, &call.origin())?);
    }
    match means {
        Means::Edit(id, save) => {
            edit.save = save;
            let beside = matches!(save, Save::Draft { .. });
            if beside && !metadata.is_nothing() {
                return Err(with_metadata());
            }
            site.edit_page_with(&call.credential, id, edit, metadata)
                .await?;
            if beside {
                return kept(&call, id).await;
            }
        }
        Means::PublishKept(_)
        | Means::Trash(_)
        | Means::Restore(_)
        | Means::RestoreAttachment(_)
        | Means::RestoreComment(_)
            if !metadata.is_nothing() =>
        {
            return Err(with_metadata());
        }
        Means::PublishKept(id) => {
            site.publish_page_draft(&call.credential, id, edit).await?;
        }
        Means::Trash(id) => {
            site.trash_page(&call.credential, id).await?;
            return trashed(&call, id).await;
        }
        Means::Restore(id) => {
            let number = Some(edit.version);
            site.restore_page(&call.credential, id, number).await?;
        }
        Means::RestoreAttachment(id) => site.restore_attachment(&call.credential, id).await?,
        Means::RestoreComment(id) => {
            let number = Some(edit.version);
            site.restore_comment(&call.credential, id, number).await?;
        }
        Means::Comment(id) => {
            let edit = EditComment {
                body: edit.body,
                version: edit.version,
                message: edit.message,
                resolved,
            };
            site.edit_comment_with(&call.credential, id, edit, metadata)
                .await?;
        }
    }
    let view = call.view_now().await?;
    let base = call.base();
    let lens = Lens::new(&call, &view, &base);
    let expand = expand(&call);
    let any = Any::find(&view, call.param("id"))?;
    respond::ok(&any.represent(lens, &expand).await?.alone(lens))
}

/// Decides what a request does to a page or blog post.
fn of_page(
    call: &Call,
    page: SeenPage<'_>,
    edit: &EditPage,
    status: Asked,
) -> Result<Means, Failure> {
    let (id, state) = (page.id(), page.row().state);
    if status.of_draft && state != PageState::Draft {
        return Err(Failure::bad_request(
            "status=draft names the draft and the body the status \"current\", but this is published; \
             send one of them",
        ));
    }
    let writes = edit.body.is_some() || edit.title.is_some();
    Ok(match (state, status.wanted) {
        (PageState::Trashed, Some(Wanted::Current)) => Means::Restore(id),
        (PageState::Trashed, _) => Means::Edit(id, Save::InPlace),
        (_, Some(Wanted::Trashed)) => {
            let renamed = edit
                .title
                .as_deref()
                .is_some_and(|title| title != &*page.row().title);
            if edit.body.is_some() || renamed {
                return Err(Failure::bad_request(
                    "content can't be edited while it is moved to the trash; leave \"body\" out and the title unchanged",
                ));
            }
            if state == PageState::Draft {
                return Err(Failure::bad_request(
                    "a draft can't be moved to the trash; discard it with DELETE and status=draft",
                ));
            }
            if edit.version != page.row().version.saturating_add(1) {
                return Err(version_must_be(page.row()).into());
            }
            Means::Trash(id)
        }
        (PageState::Live, Some(Wanted::Draft)) => {
            // The published document says so: a status without a text refers to an existing draft.
            if edit.body.is_none() && call.view.page_draft(id).is_err() {
                return Err(Failure::Absent);
            }
            Means::Edit(id, Save::Draft { begun_on: None })
        }
        (_, Some(Wanted::Draft)) => Means::Edit(id, Save::InPlace),
        (_, Some(Wanted::Current)) if !writes && call.view.page_draft(id).is_ok() => {
            Means::PublishKept(id)
        }
        (_, Some(Wanted::Current) | None) => Means::Edit(id, Save::Published),
    })
}

fn expand(call: &Call) -> Expand {
    Expand::or(&call.query(), &DEFAULTS_OF_WRITES)
}

fn with_metadata() -> Failure {
    Failure::bad_request(
        "the member \"metadata\" can't be sent with a draft of published content, when restoring, or when moving \
         to the trash; send it when you publish a text",
    )
}

/// Responds with the caller's draft of a published page.
async fn kept(call: &Call, id: PageId) -> Answer {
    let view = call.view_now().await?;
    let base = call.base();
    let lens = Lens::new(call, &view, &base);
    let draft = Content::of_draft(lens, view.page_draft(id)?, &expand(call)).await?;
    respond::ok(&draft.alone(lens))
}

/// Responds with a page that the caller has just put into the trash, where the caller may be unable
/// to see it.
async fn trashed(call: &Call, id: PageId) -> Answer {
    let base = call.base();
    let lens = Lens::new(call, &call.view, &base);
    let content = Content::of(lens, call.view.page(id)?, &expand(call)).await?;
    respond::ok(&content.now(PageState::Trashed).alone(lens))
}

/// Whether a comment is to be resolved.
fn resolved(status: &Node<'_>) -> Result<bool, Failure> {
    match status.string()?.as_str() {
        "resolved" => Ok(true),
        // A thread whose passage is gone counts as open too.
        "open" | "reopened" | "dangling" => Ok(false),
        _ => Err(Failure::bad_request(format!(
            "the member \"{}\" must be resolved, open or reopened",
            status.path()
        ))),
    }
}

fn read(query: &Parameters<'_>, document: &Document) -> Result<Update, Failure> {
    let body = document.object()?;
    let version = body.required("version")?.object()?;
    let number = version.required("number")?.version_number()?;
    let text = |node: Option<Node<'_>>| node.map(|node| node.string()).transpose();
    let resolved = match body.optional("extensions")? {
        Some(extensions) => match extensions.object()?.optional("resolution")? {
            Some(resolution) => resolution
                .object()?
                .optional("status")?
                .map(|status| resolved(&status))
                .transpose()?,
            None => None,
        },
        None => None,
    };
    let minor = version
        .optional("minorEdit")?
        .map(|minor| minor.boolean())
        .transpose()?;
    Ok(Update {
        metadata: sent_metadata::read(&body)?,
        edit: EditPage {
            title: text(body.optional("title")?)?,
            body: write_body::read(&body)?,
            version: number,
            message: text(version.optional("message")?)?.unwrap_or_default(),
            minor: minor.unwrap_or_default(),
            save: Save::InPlace,
            parent: last_ancestor(&body)?,
            owner: None,
            created_at: sent_moment::created_date(&body)?,
        },
        status: Asked::of(query, &body)?,
        resolved,
    })
}
