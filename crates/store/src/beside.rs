//! What a change writes beside the catalogue: bodies, versions, passwords, and the removal of what a purge leaves.

use crate::change::{AttachmentVersionRow, Beside, VersionRow, Versioned};
use crate::db::{Statement, Value};
use narthex_access::Millis;

crate::statements! {
    PUT_BODY = "INSERT INTO body (id, representation, content) VALUES (:id, :representation, :content)";
    REPLACE_PAGE_BODY = "DELETE FROM body WHERE id IN (SELECT body FROM page_version WHERE page = :page AND number = :number) AND id <> :body";
    PUT_PAGE_VERSION = "INSERT INTO page_version (page, number, title, body, made_by, made_at, message, minor) \
                        VALUES (:page, :number, :title, :body, :made_by, :made_at, :message, :minor) \
                        ON CONFLICT (page, number) DO UPDATE SET title = excluded.title, body = excluded.body, \
                        made_by = excluded.made_by, made_at = excluded.made_at, message = excluded.message, minor = excluded.minor";
    PUT_COMMENT_VERSION = "INSERT INTO comment_version (comment, number, body, made_by, made_at) \
                           VALUES (:comment, :number, :body, :made_by, :made_at)";
    PUT_ATTACHMENT_VERSION = "INSERT INTO attachment_version \
                              (attachment, number, blob, size, sha256, media_type, made_by, made_at, remark) \
                              VALUES (:attachment, :number, :blob, :size, :sha256, :media_type, :made_by, :made_at, :remark)";
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

/// How long a body that was replaced is kept for who is reading it, in milliseconds.
const RETIRED: Millis = 60_000;

/// The statements of one row beside the catalogue.
pub(crate) fn statements(beside: Beside, now: Millis) -> Vec<Statement> {
    match beside {
        Beside::Body {
            id,
            representation,
            text,
        } => vec![Statement::new(
            PUT_BODY,
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
                Statement::new(RETIRE_BODY, row)
            });
            let before = vec![("before", now.saturating_sub(RETIRED).into())];
            let removed = [REMOVE_BODIES, FORGET_REMOVED]
                .map(|statement| Statement::new(statement, before.clone()));
            retired.chain(removed).collect()
        }
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
        // A draft keeps its number when it is saved again: what it said before is gone.
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
            let version = vec![comment, number, body, made_by, made_at];
            vec![Statement::new(PUT_COMMENT_VERSION, version)]
        }
    }
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
