//! The statements for the parts of a change that aren't in the catalogue: bodies, versions,
//! passwords, and the removal of what a purged page leaves. [`commit`](crate::commit) runs them in
//! its transaction.

use crate::blob::sweep;
use crate::change::{AttachmentVersionRow, Beside, VersionRow, Versioned};
use crate::db::{Statement, Value};
use crate::{long_task, retention, user_property};
use narthex_access::{AttachmentId, Millis, PageId};

crate::statements! {
    PUT_BODY = "INSERT INTO body (id, representation, content) VALUES (:id, :representation, :content)";
    REPLACE_PAGE_BODY = "DELETE FROM body WHERE id IN (SELECT body FROM page_version WHERE page = :page AND number = :number) AND id <> :body";
    PUT_PAGE_VERSION = "INSERT INTO page_version (page, number, title, body, made_by, made_at, message, minor) \
                        VALUES (:page, :number, :title, :body, :made_by, :made_at, :message, :minor) \
                        ON CONFLICT (page, number) DO UPDATE SET title = excluded.title, body = excluded.body, \
                        made_by = excluded.made_by, made_at = excluded.made_at, message = excluded.message, minor = excluded.minor";
    REMOVE_FORMER_BODY = "DELETE FROM body WHERE id IN (SELECT body FROM page_version WHERE page = :page AND number = :number) \
                          AND id NOT IN (SELECT body FROM page_version WHERE page = :page AND number <> :number)";
    REMOVE_PAGE_VERSION = "DELETE FROM page_version WHERE page = :page AND number = :number";
    LIFT_LATER_VERSIONS = "UPDATE page_version SET number = -number WHERE page = :page AND number > :number";
    LAY_LATER_VERSIONS = "UPDATE page_version SET number = -number - 1 WHERE page = :page AND number < 0";
    PUT_COMMENT_VERSION = "INSERT INTO comment_version (comment, number, body, made_by, made_at, message) \
                           VALUES (:comment, :number, :body, :made_by, :made_at, :message)";
    PUT_ATTACHMENT_VERSION = "INSERT INTO attachment_version \
                              (attachment, number, blob, size, sha256, media_type, made_by, made_at, remark) \
                              VALUES (:attachment, :number, :blob, :size, :sha256, :media_type, :made_by, :made_at, :remark)";
    COPY_ATTACHMENT_VERSION = "INSERT INTO attachment_version \
                               (attachment, number, blob, size, sha256, media_type, made_by, made_at, remark) \
                               SELECT CAST(:to AS BIGINT), CAST(:number AS BIGINT), blob, size, sha256, media_type, \
                               CAST(:made_by AS BIGINT), CAST(:made_at AS BIGINT), remark FROM attachment_version \
                               WHERE attachment = :from AND blob = :blob AND number = \
                               (SELECT MAX(number) FROM attachment_version WHERE attachment = :from AND blob = :blob)";
    NOTE_ATTACHMENT_VERSION = "UPDATE attachment_version SET media_type = :media_type, remark = :remark \
                               WHERE attachment = :attachment AND number = :number";
    CONDEMN_VERSION = "INSERT INTO blob_removal (blob, since) SELECT blob, CAST(:since AS BIGINT) FROM attachment_version \
                       WHERE attachment = :attachment AND number = :number ON CONFLICT (blob) DO NOTHING";
    REMOVE_ATTACHMENT_VERSION = "DELETE FROM attachment_version WHERE attachment = :attachment AND number = :number";
    LIFT_ATTACHMENT_VERSIONS = "UPDATE attachment_version SET number = -number WHERE attachment = :attachment AND number > :number";
    LAY_ATTACHMENT_VERSIONS = "UPDATE attachment_version SET number = -number - 1 WHERE attachment = :attachment AND number < 0";
    SET_PASSWORD = "INSERT INTO password (account, hash) VALUES (:account, :hash) \
                    ON CONFLICT (account) DO UPDATE SET hash = excluded.hash";
    REMOVE_PASSWORD = "DELETE FROM password WHERE account = :account";
    RETIRE_BODY = "INSERT INTO body_removal (body, since) VALUES (:body, :since) ON CONFLICT (body) DO NOTHING";
    REMOVE_BODIES = "DELETE FROM body WHERE id IN (SELECT body FROM body_removal WHERE since < :before) \
                     AND NOT EXISTS (SELECT 1 FROM page_version WHERE page_version.body = body.id)";
    FORGET_REMOVED = "DELETE FROM body_removal WHERE since < :before";
    PURGE_PAGE_BODIES = "DELETE FROM body WHERE id IN (SELECT body FROM page_version WHERE page IN (:pages[]))";
    PURGE_PAGE_VERSIONS = "DELETE FROM page_version WHERE page IN (:pages[])";
    PURGE_COMMENT_BODIES = "DELETE FROM body WHERE id IN (SELECT body FROM comment_version WHERE comment IN (:comments[]))";
    PURGE_COMMENT_VERSIONS = "DELETE FROM comment_version WHERE comment IN (:comments[])";
    PURGE_BLOBS = "INSERT INTO blob_removal (blob, since) \
                   SELECT DISTINCT blob, CAST(:since AS BIGINT) FROM attachment_version WHERE attachment IN (:attachments[]) \
                   ON CONFLICT (blob) DO NOTHING";
    PURGE_ATTACHMENT_VERSIONS = "DELETE FROM attachment_version WHERE attachment IN (:attachments[])";
}

/// How long a replaced body is still stored for requests that are reading it, in milliseconds.
const RETIRED: Millis = 60_000;

/// Returns the statements that write one item beside the catalogue.
pub(crate) fn statements(beside: Beside, now: Millis) -> Vec<Statement> {
    match beside {
        Beside::Body {
            id,
            representation,
            text,
        } => vec![Statement::put(
            PUT_BODY,
            id.get(),
            vec![
                ("id", id.get().into()),
                ("representation", representation.into()),
                ("content", text.into()),
            ],
        )],
        Beside::Version(row) => version(row),
        Beside::AttachmentVersion(row) => vec![attachment_version(row)],
        Beside::RetireBodies(bodies) => {
            let retired = bodies.iter().map(|body| {
                let row = vec![("body", body.get().into()), ("since", now.into())];
                Statement::put(RETIRE_BODY, body.get(), row)
            });
            let before = vec![("before", now.saturating_sub(RETIRED).into())];
            let removed = [REMOVE_BODIES, FORGET_REMOVED]
                .map(|statement| Statement::new(statement, before.clone()));
            retired.chain(removed).collect()
        }
        Beside::CopyAttachmentVersion {
            from,
            blob,
            to,
            number,
            by,
            at,
        } => vec![Statement::new(
            COPY_ATTACHMENT_VERSION,
            vec![
                ("from", from.get().into()),
                ("blob", blob.get().into()),
                ("to", to.get().into()),
                ("number", number.into()),
                ("made_by", by.get().into()),
                ("made_at", at.into()),
            ],
        )],
        Beside::AttachmentNote {
            attachment,
            number,
            media_type,
            remark,
        } => vec![Statement::new(
            NOTE_ATTACHMENT_VERSION,
            vec![
                ("attachment", attachment.get().into()),
                ("number", number.into()),
                ("media_type", media_type.into()),
                ("remark", remark.into()),
            ],
        )],
        Beside::NewBlob(blob) => vec![sweep::named(blob)],
        Beside::Password { account, hash } => {
            let account = ("account", account.get().into());
            vec![match hash {
                Some(hash) => Statement::new(SET_PASSWORD, vec![account, ("hash", hash.into())]),
                None => Statement::new(REMOVE_PASSWORD, vec![account]),
            }]
        }
        Beside::Purge {
            pages,
            comments,
            attachments,
        } => {
            let pages = ("pages", list(pages.iter().map(|id| id.get())));
            let comments = ("comments", list(comments.iter().map(|id| id.get())));
            let attachments = ("attachments", list(attachments.iter().map(|id| id.get())));
            vec![
                Statement::new(PURGE_PAGE_BODIES, vec![pages.clone()]),
                Statement::new(PURGE_PAGE_VERSIONS, vec![pages]),
                Statement::new(PURGE_COMMENT_BODIES, vec![comments.clone()]),
                Statement::new(PURGE_COMMENT_VERSIONS, vec![comments]),
                Statement::new(
                    PURGE_BLOBS,
                    vec![attachments.clone(), ("since", now.into())],
                ),
                Statement::new(PURGE_ATTACHMENT_VERSIONS, vec![attachments]),
            ]
        }
        Beside::RemoveVersion { page, number } => remove_version(page, number),
        Beside::RemoveAttachmentVersion { attachment, number } => {
            remove_attachment_version(attachment, number, now)
        }
        Beside::Retention(kept) => vec![retention::statement(kept)],
        Beside::LongTask(row) => vec![long_task::statement(row)],
        Beside::LongTaskPages(task, pages) => long_task::of_pages(task, pages),
        Beside::UserProperty(account, change) => {
            vec![user_property::statement(account, change, now)]
        }
    }
}

fn list(ids: impl Iterator<Item = u64>) -> Value {
    Value::List(ids.map(u64::cast_signed).collect())
}

fn version(row: VersionRow) -> Vec<Statement> {
    let number = ("number", row.number.into());
    let body = ("body", row.body.get().into());
    let made_by = ("made_by", row.by.map(|by| by.get()).into());
    let made_at = ("made_at", row.at.into());
    match row.of {
        // A draft has the same number when it is saved again, and its previous text is removed.
        Versioned::Page(page) => {
            let page = ("page", page.get().into());
            let replaced = Statement::new(
                REPLACE_PAGE_BODY,
                vec![page.clone(), number.clone(), body.clone()],
            );
            let version = vec![
                page,
                number,
                body,
                made_by,
                made_at,
                ("title", row.title.into()),
                ("message", row.message.into()),
                ("minor", row.minor.into()),
            ];
            vec![replaced, Statement::new(PUT_PAGE_VERSION, version)]
        }
        Versioned::Comment(comment) => {
            let comment = ("comment", comment.get().into());
            let message = ("message", row.message.into());
            let version = vec![comment, number, body, made_by, made_at, message];
            vec![Statement::new(PUT_COMMENT_VERSION, version)]
        }
    }
}

/// Removes a version and renumbers the later ones. Two versions never have the same number, not
/// even for a moment: the numbers of later ones are negative meanwhile.
fn remove_version(page: PageId, number: u32) -> Vec<Statement> {
    let page = ("page", page.get().into());
    let both = vec![page.clone(), ("number", number.into())];
    vec![
        Statement::new(REMOVE_FORMER_BODY, both.clone()),
        Statement::new(REMOVE_PAGE_VERSION, both.clone()),
        Statement::new(LIFT_LATER_VERSIONS, both),
        Statement::new(LAY_LATER_VERSIONS, vec![page]),
    ]
}

/// Works as [`remove_version`] does. The bytes are removed later, if nothing else names them.
fn remove_attachment_version(attachment: AttachmentId, number: u32, now: Millis) -> Vec<Statement> {
    let attachment = ("attachment", attachment.get().into());
    let both = vec![attachment.clone(), ("number", number.into())];
    let mut condemned = both.clone();
    condemned.push(("since", now.into()));
    vec![
        Statement::new(CONDEMN_VERSION, condemned),
        Statement::new(REMOVE_ATTACHMENT_VERSION, both.clone()),
        Statement::new(LIFT_ATTACHMENT_VERSIONS, both),
        Statement::new(LAY_ATTACHMENT_VERSIONS, vec![attachment]),
    ]
}

fn attachment_version(row: AttachmentVersionRow) -> Statement {
    Statement::new(
        PUT_ATTACHMENT_VERSION,
        vec![
            ("attachment", row.attachment.get().into()),
            ("number", row.number.into()),
            ("blob", row.blob.get().into()),
            ("size", row.size.into()),
            ("sha256", row.sha256.into()),
            ("media_type", row.media_type.into()),
            ("made_by", row.by.get().into()),
            ("made_at", row.at.into()),
            ("remark", row.remark.into()),
        ],
    )
}
