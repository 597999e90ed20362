//! Rows with defaults for the columns that no decision reads.

use narthex_access::*;
use std::sync::Arc;

/// Makes an account, whose number is its name.
pub(crate) fn account(id: u64) -> AccountRow {
    AccountRow {
        id: AccountId::from_random(id),
        email: format!("{id}@example.com").into(),
        name: format!("Account {id}").into(),
        kind: AccountKind::Site,
        active: true,
        site_admin: false,
        guest_space: None,
        created_at: 0,
    }
}

/// Makes a group.
pub(crate) fn group(id: u64, confluence: ConfluenceAccess) -> GroupRow {
    GroupRow {
        id: GroupId::from_random(id),
        name: format!("group-{id}").into(),
        confluence,
        service_desk: false,
    }
}

/// Makes a membership of an account in a group.
pub(crate) fn membership(id: u64, account: u64, group: u64) -> MembershipRow {
    MembershipRow {
        id: MembershipId::from_random(id),
        group: GroupId::from_random(group),
        account: AccountId::from_random(account),
    }
}

/// Makes a space.
pub(crate) fn space(id: u64, state: SpaceState) -> SpaceRow {
    SpaceRow {
        id: SpaceId::from_random(id),
        key: format!("S{id}").into(),
        name: format!("Space {id}").into(),
        description: Arc::default(),
        kind: SpaceKind::Global,
        state,
        was_archived: false,
        homepage: None,
        creator: AccountId::from_random(1),
        created_at: 0,
    }
}

/// Makes a grant in a space.
pub(crate) fn grant(id: u64, space: u64, principal: Principal, operation: Operation) -> GrantRow {
    GrantRow {
        id: GrantId::from_random(id),
        space: SpaceId::from_random(space),
        principal,
        operation,
        role: None,
    }
}

/// Makes a live page at the root of a space.
pub(crate) fn page(id: u64, space: u64, author: u64) -> PageRow {
    PageRow {
        id: PageId::from_random(id),
        space: SpaceId::from_random(space),
        parent: None,
        kind: PageKind::Page,
        state: PageState::Live,
        was_archived: false,
        title: format!("Page {id}").into(),
        position: 0,
        author: AccountId::from_random(author),
        owner: AccountId::from_random(author),
        created_at: 0,
        body: BodyId::from_random(id),
        version: 1,
        updated_at: 0,
        updated_by: AccountId::from_random(author),
    }
}

/// Makes a restriction of a page to accounts and groups.
pub(crate) fn restriction(
    id: u64,
    page: PageId,
    kind: RestrictionKind,
    listed: impl IntoIterator<Item = Principal>,
) -> RestrictionRow {
    let mut listed: Vec<Principal> = listed.into_iter().collect();
    listed.sort_unstable();
    listed.dedup();
    RestrictionRow {
        id: RestrictionId::from_random(id),
        page,
        kind,
        left_by: None,
        since: 0,
        by: AccountId::from_random(1),
        listed: listed.into(),
    }
}

/// Makes an attachment of a page.
pub(crate) fn attachment(id: u64, page: PageId, author: u64, state: ContentState) -> AttachmentRow {
    AttachmentRow {
        id: AttachmentId::from_random(id),
        page,
        file_name: format!("file-{id}").into(),
        media_type: "text/plain".into(),
        remark: Arc::default(),
        state,
        author: AccountId::from_random(author),
        created_at: 0,
        blob: BlobId::from_random(id),
        size: 1,
        version: 1,
        updated_at: 0,
        updated_by: AccountId::from_random(author),
    }
}

/// Makes a comment on a page. With author 0, nobody was logged in.
pub(crate) fn comment(id: u64, page: PageId, author: u64, state: ContentState) -> CommentRow {
    CommentRow {
        id: CommentId::from_random(id),
        page,
        parent: None,
        place: CommentPlace::Footer,
        state,
        resolution: Resolution::Open,
        resolved_by: None,
        resolved_at: None,
        marker_ref: Arc::default(),
        selection: Arc::default(),
        match_index: 0,
        match_count: 0,
        author: AccountId::new(author),
        created_at: 0,
        body: BodyId::from_random(id),
        version: 1,
        updated_at: 0,
        updated_by: AccountId::new(author),
    }
}

/// Makes a service project.
pub(crate) fn project(id: u64, portal: Portal) -> ServiceProjectRow {
    ServiceProjectRow {
        id: ProjectId::from_random(id),
        key: format!("P{id}").into(),
        name: format!("Project {id}").into(),
        portal,
    }
}

/// Makes a link of a service project to a space.
pub(crate) fn link(id: u64, project: u64, space: u64) -> SpaceLinkRow {
    SpaceLinkRow {
        id: SpaceLinkId::from_random(id),
        project: ProjectId::from_random(project),
        space: SpaceId::from_random(space),
    }
}
