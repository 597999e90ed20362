//! Spaces: creating, editing, archiving and trashing them.

use crate::error::SiteError;
use crate::grant::event;
use crate::long_task::{self, Kind};
use crate::missing;
use crate::name::{misleads, shows_something};
use crate::page::{MAX_TITLE_LENGTH, NewBody, Representation};
use crate::plan::Plan;
use crate::site::Site;
use crate::switch::administered;
use narthex_access::{
    AccessClass, AccountId, Action, BodyId, Credential, GlobalPermission, GrantId, GrantRow,
    LongTaskId, Object, Operation, PageId, PageKind, PageRow, PageState, Principal, Rights,
    RowChange, Scope, SpaceId, SpaceKind, SpaceRow, SpaceState, Tier, personal_key, system_role_of,
};
use narthex_store::change::{Beside, Change, Event, VersionRow, Versioned};

/// A space to create.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSpace {
    /// The key: letters and digits. For a personal space it is `~` and its owner's account id, or
    /// `None` for the caller's own.
    pub key: Option<String>,
    /// The name that people are shown.
    pub name: String,
    /// A description in one line.
    pub description: String,
    /// Whether it is a global or a personal space.
    pub kind: SpaceKind,
    /// Whether only its creator sees it at first.
    pub private: bool,
}

/// A space that was created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeSpace {
    /// The id of the space.
    pub id: SpaceId,
    /// The key as it is stored.
    pub key: String,
    /// The id of its home page.
    pub homepage: PageId,
}

/// Changes of a space; a field that is `None` stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EditSpace {
    /// The new name.
    pub name: Option<String>,
    /// The new description.
    pub description: Option<String>,
    /// The new home page.
    pub homepage: Option<PageId>,
    /// Whether the space is archived from now on.
    pub archived: Option<bool>,
}

/// Returns the kind of space that a key is for: keys of personal spaces begin with `~`.
pub fn kind_of_key(key: &str) -> SpaceKind {
    match key.starts_with('~') {
        true => SpaceKind::Personal,
        false => SpaceKind::Global,
    }
}

impl Site {
    /// Creates a space with a home page. Its creator administers it; unless it is private, all
    /// licensed users may view it, create in it and comment. No switch is on (law 4.11).
    ///
    /// # Errors
    /// Forbidden without the global permission; invalid for a bad key or one that is taken.
    pub async fn create_space(
        &self,
        credential: &Credential,
        new: NewSpace,
    ) -> Result<MadeSpace, SiteError> {
        self.commit(credential, move |plan| plan_create(plan, &new))
            .await
    }

    /// Changes a space.
    ///
    /// # Errors
    /// Absent and forbidden as for administering it; invalid for an empty name, and for a home page
    /// that isn't a live page at the root of the space.
    pub async fn edit_space(
        &self,
        credential: &Credential,
        key: String,
        edit: EditSpace,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| plan_edit(plan, &key, &edit))
            .await
    }

    /// Moves a space to the trash. From now on only site administration knows of it.
    ///
    /// # Errors
    /// Absent and forbidden as for administering it.
    pub async fn trash_space(&self, credential: &Credential, key: String) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            let space = administered(plan, &key)?;
            set_state(plan, space, SpaceState::Trashed, "space.trashed")
        })
        .await
    }

    /// Moves a space to the trash as [`Site::trash_space`] does, and returns the id of a finished
    /// long task.
    ///
    /// # Errors
    /// As [`Site::trash_space`]; absent for a space that is in the trash.
    pub async fn delete_space(
        &self,
        credential: &Credential,
        key: String,
    ) -> Result<LongTaskId, SiteError> {
        self.commit(credential, move |plan| {
            let space = administered(plan, &key)?;
            let change = set_state(plan, space, SpaceState::Trashed, "space.trashed")?;
            if change.is_nothing() {
                return Err(missing::absent());
            }
            Ok(long_task::with(plan, Kind::DeleteSpace, 0, change))
        })
        .await
    }

    /// Restores a space from the trash, with the grants and restrictions that it had. If it was
    /// archived, it is archived again.
    ///
    /// # Errors
    /// Forbidden to all but site administration; absent if it isn't in the trash.
    pub async fn restore_space(
        &self,
        credential: &Credential,
        key: String,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| plan_restore(plan, &key))
            .await
    }
}

pub(crate) fn plan_restore(plan: &Plan<'_>, key: &str) -> Result<Change<()>, SiteError> {
    let space = plan.view.trashed_space(key)?;
    let state = match space.row().was_archived {
        true => SpaceState::Archived,
        false => SpaceState::Live,
    };
    set_state(plan, space.id(), state, "space.restored")
}

fn set_state(
    plan: &Plan<'_>,
    space: SpaceId,
    state: SpaceState,
    kind: &'static str,
) -> Result<Change<()>, SiteError> {
    let Some(row) = plan.catalogue.space(space).map(|space| space.row()) else {
        return Ok(Change::nothing(()));
    };
    if row.state == state {
        return Ok(Change::nothing(()));
    }
    Ok(Change {
        rows: vec![
            SpaceRow {
                state,
                was_archived: state == SpaceState::Trashed && row.state == SpaceState::Archived,
                ..row.clone()
            }
            .into(),
        ],
        beside: Vec::new(),
        events: vec![Event {
            before: Some(row.state.to_string()),
            after: Some(state.to_string()),
            ..event(kind, plan.catalogue, space)
        }],
        answer: (),
    })
}

pub(crate) fn plan_create(plan: &Plan<'_>, new: &NewSpace) -> Result<Change<MadeSpace>, SiteError> {
    let permission = match new.kind {
        SpaceKind::Global => GlobalPermission::CreateSpace,
        SpaceKind::Personal => GlobalPermission::PersonalSpace,
    };
    let by_command = plan.view.subject().is_operator();
    if !by_command && !plan.view.has_global(permission) {
        return Err(SiteError::Forbidden(narthex_access::Denied::NotOwn));
    }
    plan.require_scope(Scope::Administer)?;
    let (creator, key) = match (&new.key, new.kind) {
        (Some(key), SpaceKind::Global) => (creator(plan)?, key.clone()),
        (key, SpaceKind::Personal) => {
            let owner = owner(plan, key.as_deref())?;
            (owner, personal_key(owner))
        }
        (None, SpaceKind::Global) => return Err(SiteError::invalid("key is missing")),
    };
    if new.kind == SpaceKind::Global {
        check_key(&key)?;
    }
    if plan.catalogue.space_by_key(&key).is_some() {
        let next = match new.kind {
            SpaceKind::Global => "choose another key",
            SpaceKind::Personal => "an account has one personal space",
        };
        return Err(SiteError::invalid(format!(
            "A space already exists with key {key}; {next}"
        )));
    }
    check_name(&new.name)?;

    let id = plan.new_id(SpaceId::from_random);
    let homepage = plan.new_id(PageId::from_random);
    let body = plan.new_id(BodyId::from_random);
    let name = new.name.trim();
    let space = SpaceRow {
        id,
        key: key.as_str().into(),
        name: name.into(),
        description: new.description.trim().into(),
        kind: new.kind,
        state: SpaceState::Live,
        was_archived: false,
        homepage: Some(homepage),
        creator,
        created_at: plan.now,
    };
    let home = PageRow {
        id: homepage,
        space: id,
        parent: None,
        kind: PageKind::Page,
        state: PageState::Live,
        was_archived: false,
        title: name.into(),
        position: 0,
        author: creator,
        owner: creator,
        created_at: plan.now,
        body,
        version: 1,
        updated_at: plan.now,
        updated_by: creator,
    };
    let text = NewBody {
        representation: Representation::Storage,
        text: "<p />".into(),
    };
    let mut rows: Vec<RowChange> = vec![space.into(), home.into()];
    rows.extend(grants(plan, id, creator, new).into_iter().map(Into::into));
    Ok(Change {
        rows,
        beside: vec![
            Beside::Body {
                id: body,
                representation: text.representation.word().into(),
                text: text.text,
            },
            Beside::Version(VersionRow {
                of: Versioned::Page(homepage),
                number: 1,
                title: name.into(),
                body,
                by: Some(creator),
                at: plan.now,
                message: String::new(),
                minor: false,
            }),
        ],
        events: vec![Event {
            object: key.clone(),
            ..event("space.created", plan.catalogue, id)
        }],
        answer: MadeSpace { id, key, homepage },
    })
}

/// Returns the creator of a new space: the caller or, for the command line, the site administrator
/// with the oldest account.
fn creator(plan: &Plan<'_>) -> Result<AccountId, SiteError> {
    if !plan.view.subject().is_operator() {
        return plan.author();
    }
    let admins = plan.catalogue.accounts().map(|account| account.row());
    admins
        .filter(|row| row.site_admin && row.active)
        .min_by_key(|row| (row.created_at, row.id))
        .map(|row| row.id)
        .ok_or_else(|| SiteError::invalid("the site has no administrator yet; run narthex init"))
}

/// Returns the owner of a new personal space: the caller. For the command line it is the account
/// that the key names, which has to be licensed, because the grants count only for licensed people.
fn owner(plan: &Plan<'_>, key: Option<&str>) -> Result<AccountId, SiteError> {
    let named = key.map(|key| key.trim_start_matches('~').parse::<AccountId>());
    if !plan.view.subject().is_operator() {
        let own = plan.author()?;
        return match named.is_none_or(|named| named == Ok(own)) {
            true => Ok(own),
            false => Err(SiteError::invalid(format!(
                "the key of a personal space is ~ and the account id of the person who makes it; \
                 yours is {}",
                personal_key(own)
            ))),
        };
    }
    let owner = match named {
        Some(Ok(owner)) => plan.catalogue.account(owner),
        Some(Err(_)) => None,
        None => return Err(SiteError::invalid("the owner of the space is missing")),
    };
    let Some(owner) = owner else {
        return Err(SiteError::invalid("there is no account with this id"));
    };
    match owner.tier() {
        Some(Tier::Licensed) => Ok(owner.row().id),
        _ => Err(SiteError::invalid(
            "the owner has no licence for Confluence; give the account access first",
        )),
    }
}

fn grants(plan: &Plan<'_>, space: SpaceId, creator: AccountId, new: &NewSpace) -> Vec<GrantRow> {
    let everything = Operation::ALL
        .iter()
        .map(|op| (Principal::Account(creator), *op));
    let licensed = Principal::Class(AccessClass::AllLicensedUsers);
    let open: &[Operation] = match (new.private, new.kind) {
        (true, _) => &[],
        (false, SpaceKind::Personal) => &[Operation::Read, Operation::CreateComment],
        (false, SpaceKind::Global) => &[
            Operation::Read,
            Operation::CreatePage,
            Operation::CreateBlogPost,
            Operation::CreateAttachment,
            Operation::CreateComment,
        ],
    };
    // Both sets of grants are roles: Admin, and Collaborator or Viewer.
    let role_of = |operations: &[Operation]| {
        let rights = operations.iter().map(|operation| Rights::of(*operation));
        system_role_of(rights.fold(Rights::NONE, Rights::and)).map(|role| role.id)
    };
    let (admin, reader) = (role_of(Operation::ALL), role_of(open));
    everything
        .map(|(principal, operation)| (principal, operation, admin))
        .chain(open.iter().map(|op| (licensed, *op, reader)))
        .map(|(principal, operation, role)| GrantRow {
            id: plan.new_id(GrantId::from_random),
            space,
            principal,
            operation,
            role,
        })
        .collect()
}

fn plan_edit(plan: &Plan<'_>, key: &str, edit: &EditSpace) -> Result<Change<()>, SiteError> {
    let id = administered(plan, key)?;
    let Some(row) = plan.catalogue.space(id).map(|space| space.row()) else {
        return Ok(Change::nothing(()));
    };
    let mut now = row.clone();
    if let Some(name) = &edit.name {
        check_name(name)?;
        now.name = name.trim().into();
    }
    if let Some(description) = &edit.description {
        now.description = description.trim().into();
    }
    if let Some(home) = edit.homepage {
        plan.view.require(Action::View, Object::Page(home))?;
        let page = plan.view.page(home)?.row();
        let fits = page.space == id
            && page.state == PageState::Live
            && page.kind == PageKind::Page
            && page.parent.is_none();
        if !fits {
            return Err(SiteError::invalid(
                "the home page must be a published page at the root of this space",
            ));
        }
        now.homepage = Some(home);
    }
    match edit.archived {
        Some(true) if row.state == SpaceState::Live => now.state = SpaceState::Archived,
        Some(false) if row.state == SpaceState::Archived => now.state = SpaceState::Live,
        _ => {}
    }
    if now == *row {
        return Ok(Change::nothing(()));
    }
    let kind = match (row.state, now.state) {
        (SpaceState::Live, SpaceState::Archived) => "space.archived",
        (SpaceState::Archived, SpaceState::Live) => "space.unarchived",
        _ => "space.edited",
    };
    let renamed = row.name != now.name;
    Ok(Change {
        events: vec![Event {
            before: renamed.then(|| row.name.to_string()),
            after: renamed.then(|| now.name.to_string()),
            ..event(kind, plan.catalogue, id)
        }],
        rows: vec![now.into()],
        beside: Vec::new(),
        answer: (),
    })
}

fn check_key(key: &str) -> Result<(), SiteError> {
    let fits =
        !key.is_empty() && key.len() <= 255 && key.chars().all(|c| c.is_ascii_alphanumeric());
    if fits {
        Ok(())
    } else {
        Err(SiteError::invalid(
            "key must be 1 to 255 letters and digits without accents or blanks",
        ))
    }
}

/// Checks the name of a space, a space role or a template.
///
/// # Errors
/// Invalid for a bad name; the message says what a name is.
pub fn check_name(name: &str) -> Result<(), SiteError> {
    let name = name.trim();
    let fits = shows_something(name)
        && name.chars().count() <= MAX_TITLE_LENGTH
        && !name.chars().any(misleads);
    if fits {
        Ok(())
    } else {
        Err(SiteError::invalid(format!(
            "name must be 1 to {MAX_TITLE_LENGTH} characters, none of them a control character"
        )))
    }
}
