//! The operations that a viewer may do on a thing, in the words of both APIs.

use narthex_access::{Absent, Action, ContentState, Object, PageKind, PageState, View};

/// An operation, which is a verb on a type of target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Permitted {
    /// The verb, such as `create`.
    pub operation: &'static str,
    /// The type of the target, such as `comment`.
    pub target_type: &'static str,
}

const fn permitted(operation: &'static str, target_type: &'static str) -> Permitted {
    Permitted {
        operation,
        target_type,
    }
}

/// Returns the operations that the viewer may do on a thing, in a fixed order; empty if the viewer
/// can't see it.
pub fn operations(view: &View, object: Object) -> Vec<Permitted> {
    let may = |(action, it): (Action, Permitted)| view.may(action, object).then_some(it);
    match object {
        Object::Template(_) => [
            (Action::View, permitted("read", "template")),
            (Action::Edit, permitted("update", "template")),
            (Action::Delete, permitted("delete", "template")),
        ]
        .into_iter()
        .filter_map(may)
        .collect(),
        Object::Space(_) => [
            (Action::View, permitted("read", "space")),
            (Action::CreatePage, permitted("create", "page")),
            (Action::CreateBlogPost, permitted("create", "blogpost")),
            (Action::Export, permitted("export", "space")),
            (Action::Administer, permitted("administer", "space")),
        ]
        .into_iter()
        .filter_map(may)
        .collect(),
        Object::Page(id) => {
            let Ok(page) = view.page(id) else {
                return Vec::new();
            };
            let row = page.row();
            let kind = row.kind.word();
            // Only trashed pages are restored and purged, and only pages are archived. A folder
            // can't be restricted, and has no content to export.
            let trashed = row.state == PageState::Trashed;
            let is_page = row.kind == PageKind::Page;
            let (in_tree, has_text) = (row.kind.is_in_tree(), row.kind.has_text());
            [
                (Action::View, permitted("read", kind), true),
                (Action::Edit, permitted("update", kind), true),
                (Action::Delete, permitted("delete", kind), true),
                (
                    Action::Restrict,
                    permitted("restrict_content", kind),
                    has_text,
                ),
                (Action::Archive, permitted("archive", kind), is_page),
                (Action::Export, permitted("export", kind), has_text),
                (Action::Trash, permitted("restore", kind), trashed),
                (Action::Trash, permitted("purge", kind), trashed),
                (Action::CreatePage, permitted("create", "page"), in_tree),
                (Action::Attach, permitted("create", "attachment"), true),
                (Action::Comment, permitted("create", "comment"), true),
            ]
            .into_iter()
            .filter(|(.., fits)| *fits)
            .filter_map(|(action, it, _)| may((action, it)))
            .collect()
        }
        Object::Attachment(id) => [
            (Action::View, permitted("read", "attachment")),
            (Action::Edit, permitted("update", "attachment")),
            (Action::Delete, permitted("delete", "attachment")),
        ]
        .into_iter()
        .chain(of_trash(
            "attachment",
            view.attachment(id).map(|row| row.state),
        ))
        .filter_map(may)
        .collect(),
        Object::Comment(id) => [
            (Action::View, permitted("read", "comment")),
            (Action::EditComment, permitted("update", "comment")),
            (Action::Delete, permitted("delete", "comment")),
            (Action::Comment, permitted("create", "comment")),
        ]
        .into_iter()
        .chain(of_trash("comment", view.comment(id).map(|row| row.state)))
        .filter_map(may)
        .collect(),
    }
}

/// The operations on a trashed attachment or comment beside the usual ones: only what is in the
/// trash is restored and purged.
fn of_trash(
    target_type: &'static str,
    state: Result<ContentState, Absent>,
) -> impl Iterator<Item = (Action, Permitted)> {
    let verbs: &[&str] = match state {
        Ok(ContentState::Trashed) => &["restore", "purge"],
        _ => &[],
    };
    verbs
        .iter()
        .map(move |verb| (Action::Trash, permitted(verb, target_type)))
}
