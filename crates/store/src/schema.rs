//! The catalogue's tables: which column stores which field of which row.
//!
//! One list names them all. From it come the statements that read all rows, read some by id, put
//! and remove one. Loading, following and writing use only these, so that they agree about what a
//! row is.

mod field;

use crate::db::{self, DbError, Statement, Value};
use field::Field;
use narthex_access::*;
use std::collections::BTreeMap;

/// One table of the catalogue.
pub(crate) struct Mapping {
    /// Reads all rows.
    pub(crate) all: &'static str,
    /// Reads the rows with the ids `:ids[]`.
    pub(crate) some: &'static str,
    /// Inserts or replaces one row.
    put: &'static str,
    /// Removes the row with the id `:id`.
    remove: &'static str,
    /// Finds the revision that wrote the row `:id` last.
    pub(crate) cause: &'static str,
    /// Makes a row of the catalogue from a row that `all` or `some` returned.
    pub(crate) read: fn(&db::Row<'_>) -> Result<Row, DbError>,
}

macro_rules! column {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $column:literal) => {
        $column
    };
}

macro_rules! tables {
    ($($table:ident($row:ident) in $name:literal [$($id:ident)?] { $($field:ident $(in $column:literal)?),* $(,)? })*) => {
        /// The mapping of a table.
        pub(crate) fn mapping(table: Table) -> &'static Mapping {
            match table {$(
                Table::$table => &Mapping {
                    all: concat!("SELECT ", $(column!($field $($column)?), ", ",)* "id FROM ", $name),
                    some: concat!("SELECT ", $(column!($field $($column)?), ", ",)* "id FROM ", $name, " WHERE id IN (:ids[])"),
                    put: concat!(
                        "INSERT INTO ", $name, " (", $(column!($field $($column)?), ", ",)* "id, revision) VALUES (",
                        $(":", column!($field $($column)?), ", ",)* ":id, :revision) ON CONFLICT (id) DO UPDATE SET ",
                        $(column!($field $($column)?), " = excluded.", column!($field $($column)?), ", ",)*
                        "revision = excluded.revision"
                    ),
                    remove: concat!("DELETE FROM ", $name, " WHERE id = :id"),
                    cause: concat!("SELECT revision FROM ", $name, " WHERE id = :id"),
                    read: |row| {
                        let mut index = 0..;
                        Ok(Row::$table($row {
                            $($field: Field::read(row, index.next().unwrap_or_default())?,)*
                            $($id: Field::read(row, index.next().unwrap_or_default())?,)?
                        }))
                    },
                },
            )*}
        }

        /// The fields of a row by column, without its id.
        fn fields(row: &Row) -> Vec<(&'static str, Value)> {
            match row {$(
                Row::$table(row) => vec![$((column!($field $($column)?), Field::value(&row.$field))),*],
            )*}
        }
    };
}

tables! {
    Switches(SwitchesRow) in "switches" [] {
        jsm_access, anonymous_access, enforce_anonymous, view_user_profiles, author_names, indexing, set_up,
    }
    Group(GroupRow) in "account_group" [id] { name, confluence, service_desk }
    Account(AccountRow) in "account" [id] {
        email, name, kind, active, site_admin, guest_space, created_at,
    }
    Membership(MembershipRow) in "membership" [id] { group in "group_id", account }
    GlobalGrant(GlobalGrantRow) in "global_grant" [id] { principal, permission }
    Space(SpaceRow) in "space" [id] {
        key, name, description, kind, state, was_archived, homepage, creator, created_at,
    }
    Grant(GrantRow) in "space_grant" [id] { space, principal, operation, role }
    Page(PageRow) in "page" [id] {
        space, parent, kind, state, was_archived, title, position, author, owner, created_at, body, version, updated_at, updated_by,
    }
    Restriction(RestrictionRow) in "restriction" [id] { page, kind, left_by, since, by in "made_by", listed }
    Attachment(AttachmentRow) in "attachment" [id] {
        page, file_name, media_type, remark, state, author, created_at, blob, size, version, updated_at, updated_by,
    }
    Comment(CommentRow) in "comment" [id] {
        page, parent, place, state, resolution, resolved_by, resolved_at, marker_ref, selection, match_index, match_count,
        author, created_at, body, version, updated_at, updated_by,
    }
    ServiceProject(ServiceProjectRow) in "service_project" [id] { key, name, portal }
    ProjectRole(ProjectRoleRow) in "project_role" [id] { project, account, role }
    Organization(OrganizationRow) in "organization" [id] { name }
    OrganizationMember(OrganizationMemberRow) in "organization_member" [id] { organization, account }
    ProjectOrganization(ProjectOrganizationRow) in "project_organization" [id] { project, organization }
    SpaceLink(SpaceLinkRow) in "space_link" [id] { project, space }
    Token(TokenRow) in "api_token" [id] { account, label, hash, ends_in, scopes, created_at, expires_at, ended_at }
    Session(SessionRow) in "session" [id] { account, hash, created_at, expires_at, ended_at }
    OneTimeLink(OneTimeLinkRow) in "one_time_link" [id] { account, hash, expires_at, ended_at }
    Label(LabelRow) in "label" [id] { on in "labelled", prefix, name, by in "made_by", at in "made_at" }
    Property(PropertyRow) in "property" [id] {
        on in "owner", key in "name", author, created_at, body, version, message, minor, updated_at, updated_by,
    }
    Like(LikeRow) in "like_of" [id] { on in "liked", by in "made_by", at in "made_at" }
    Watch(WatchRow) in "watch" [id] { account, on in "watched", since }
    ContentStatus(ContentStatusRow) in "content_status" [id] {
        page, draft, choice, name, colour, by in "made_by", at in "made_at",
    }
    CustomStatus(CustomStatusRow) in "custom_status" [id] { account, name, colour, used_at }
    Task(TaskRow) in "task" [id] {
        page, local_id, status, assignee, due_at, blank, author, created_at, updated_at, completed_by, completed_at,
    }
    Template(TemplateRow) in "template" [id] {
        space, kind, name, description, body, author, created_at, updated_by, updated_at,
    }
    SpaceRole(SpaceRoleRow) in "space_role" [id] { name, description, rights }
    PageDraft(PageDraftRow) in "page_draft" [id] { page, author, base, title, message, body, created_at, updated_at }
}

/// Returns the statement that makes a change of a row, in a revision.
pub(crate) fn statement(change: &RowChange, revision: u64) -> Statement {
    match change {
        RowChange::Put(row) => {
            let mut params = fields(row);
            params.push(("id", row.id().into()));
            params.push(("revision", revision.into()));
            Statement::put(mapping(row.table()).put, row.id(), params)
        }
        RowChange::Remove(table, id) => {
            Statement::new(mapping(*table).remove, vec![("id", (*id).into())])
        }
    }
}

crate::statements! {
    TO_SPACE = "UPDATE page SET space = :space, revision = :revision WHERE id IN (:ids[])";
}

/// Returns the statements that make the changes of rows, in a revision, compared with `before`.
/// Pages whose space alone changes, like everything below a moved page, are updated together:
/// otherwise a large subtree would make other writers wait.
pub(crate) fn changes(changes: &[RowChange], before: &Catalogue, revision: u64) -> Vec<Statement> {
    let mut times: BTreeMap<PageId, u32> = BTreeMap::new();
    for change in changes {
        if let RowChange::Put(Row::Page(page)) = change {
            *times.entry(page.id).or_default() += 1;
        }
    }
    let mut to_space: BTreeMap<SpaceId, Vec<i64>> = BTreeMap::new();
    let mut statements = Vec::with_capacity(changes.len());
    for change in changes {
        match change {
            RowChange::Put(Row::Page(page))
                if times.get(&page.id) == Some(&1) && only_to_space(before, page) =>
            {
                let ids = to_space.entry(page.space).or_default();
                ids.push(page.id.get().cast_signed());
            }
            change => statements.push(statement(change, revision)),
        }
    }
    statements.extend(to_space.into_iter().map(|(space, ids)| {
        let params = vec![
            ("space", space.get().into()),
            ("revision", revision.into()),
            ("ids", Value::List(ids)),
        ];
        Statement::new(TO_SPACE, params)
    }));
    statements
}

fn only_to_space(before: &Catalogue, page: &PageRow) -> bool {
    before.page(page.id).is_some_and(|was| {
        let moved = PageRow {
            space: page.space,
            ..was.row().clone()
        };
        moved == *page && was.row().space != page.space
    })
}

#[cfg(test)]
pub(crate) fn statements() -> Vec<&'static str> {
    let tables = Table::ALL
        .iter()
        .map(|table| mapping(*table))
        .flat_map(|table| [table.all, table.some, table.put, table.remove, table.cause]);
    tables.chain(STATEMENTS.iter().copied()).collect()
}
