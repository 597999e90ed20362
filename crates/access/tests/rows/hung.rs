//! Rows of labels, likes and other things attached to content, with defaults for the columns that
//! no decision reads.

use narthex_access::*;
use std::sync::Arc;

/// Makes a label on something.
pub(crate) fn label(id: u64, on: Object, prefix: LabelPrefix, name: &str, by: u64) -> LabelRow {
    LabelRow {
        id: LabellingId::from_random(id),
        on,
        prefix,
        name: name.into(),
        by: AccountId::from_random(by),
        at: 0,
    }
}

/// Makes a property of something.
pub(crate) fn property(id: u64, on: Object, key: &str) -> PropertyRow {
    PropertyRow {
        id: PropertyId::from_random(id),
        on,
        key: key.into(),
        author: AccountId::from_random(1),
        created_at: 0,
        body: BodyId::from_random(id),
        version: 1,
        message: Arc::default(),
        minor: false,
        updated_at: 0,
        updated_by: AccountId::from_random(1),
    }
}

/// Makes a like of something.
pub(crate) fn like(id: u64, on: Object, by: u64) -> LikeRow {
    LikeRow {
        id: LikeId::from_random(id),
        on,
        by: AccountId::from_random(by),
        at: 0,
    }
}

/// Makes a watch of something.
pub(crate) fn watch(id: u64, account: u64, on: Watched) -> WatchRow {
    WatchRow {
        id: WatchId::from_random(id),
        account: AccountId::from_random(account),
        on,
        since: 0,
    }
}

/// Makes a task in a page.
pub(crate) fn task(id: u64, page: PageId, author: u64) -> TaskRow {
    TaskRow {
        id: TaskId::from_random(id),
        page,
        local_id: format!("{id}").into(),
        status: TaskStatus::Incomplete,
        assignee: None,
        due_at: None,
        blank: false,
        author: AccountId::from_random(author),
        created_at: 0,
        updated_at: 0,
        completed_by: None,
        completed_at: None,
    }
}

/// Makes a template of a space, or with `None` a global one.
pub(crate) fn template(id: u64, space: Option<SpaceId>) -> TemplateRow {
    TemplateRow {
        id: TemplateId::from_random(id),
        space,
        kind: PageKind::Page,
        name: format!("Template {id}").into(),
        description: Arc::default(),
        body: BodyId::from_random(id),
        author: AccountId::from_random(1),
        created_at: 0,
        updated_by: AccountId::from_random(1),
        updated_at: 0,
    }
}
