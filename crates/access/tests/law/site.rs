//! Generated sites: plain vectors of rows, small enough that everything in them is related to
//! everything else.

use crate::{hung_rows, rows};
use narthex_access::*;
use proptest::prelude::*;
use proptest::sample::select;

/// A site as rows and nothing else.
#[derive(Debug, Clone, Default)]
pub(crate) struct Site {
    pub(crate) switches: SwitchesRow,
    pub(crate) groups: Vec<GroupRow>,
    pub(crate) accounts: Vec<AccountRow>,
    pub(crate) memberships: Vec<MembershipRow>,
    pub(crate) spaces: Vec<SpaceRow>,
    pub(crate) grants: Vec<GrantRow>,
    pub(crate) pages: Vec<PageRow>,
    pub(crate) restrictions: Vec<RestrictionRow>,
    pub(crate) attachments: Vec<AttachmentRow>,
    pub(crate) comments: Vec<CommentRow>,
    pub(crate) projects: Vec<ServiceProjectRow>,
    pub(crate) roles: Vec<ProjectRoleRow>,
    pub(crate) organizations: Vec<OrganizationRow>,
    pub(crate) organization_members: Vec<OrganizationMemberRow>,
    pub(crate) project_organizations: Vec<ProjectOrganizationRow>,
    pub(crate) links: Vec<SpaceLinkRow>,
    pub(crate) labels: Vec<LabelRow>,
    pub(crate) properties: Vec<PropertyRow>,
    pub(crate) likes: Vec<LikeRow>,
    pub(crate) watches: Vec<WatchRow>,
    pub(crate) tasks: Vec<TaskRow>,
    pub(crate) templates: Vec<TemplateRow>,
}

impl Site {
    /// Returns all rows, in the order of their tables.
    pub(crate) fn rows(&self) -> Vec<Row> {
        fn each<R: Clone + Into<Row>>(rows: &[R]) -> impl Iterator<Item = Row> + '_ {
            rows.iter().cloned().map(Into::into)
        }
        let mut all = vec![Row::from(self.switches)];
        all.extend(each(&self.groups));
        all.extend(each(&self.accounts));
        all.extend(each(&self.memberships));
        all.extend(each(&self.spaces));
        all.extend(each(&self.grants));
        all.extend(each(&self.pages));
        all.extend(each(&self.restrictions));
        all.extend(each(&self.attachments));
        all.extend(each(&self.comments));
        all.extend(each(&self.projects));
        all.extend(each(&self.roles));
        all.extend(each(&self.organizations));
        all.extend(each(&self.organization_members));
        all.extend(each(&self.project_organizations));
        all.extend(each(&self.links));
        all.extend(each(&self.labels));
        all.extend(each(&self.properties));
        all.extend(each(&self.likes));
        all.extend(each(&self.watches));
        all.extend(each(&self.tasks));
        all.extend(each(&self.templates));
        all
    }

    pub(crate) fn catalogue(&self) -> Catalogue {
        self.rows().into_iter().collect()
    }

    /// Returns all possible askers at each entry point: the accounts that can log in, and nobody.
    pub(crate) fn askers(&self) -> Vec<Asker> {
        let who = self
            .accounts
            .iter()
            .filter(|it| it.active)
            .map(|it| Some(it.id));
        who.chain([None])
            .flat_map(|who| [Door::Confluence, Door::Portal].map(|door| Asker { who, door }))
            .collect()
    }

    /// Returns every object in every state.
    pub(crate) fn objects(&self) -> Vec<Object> {
        let spaces = self.spaces.iter().map(|it| Object::Space(it.id));
        let pages = self.pages.iter().map(|it| Object::Page(it.id));
        let attachments = self.attachments.iter().map(|it| Object::Attachment(it.id));
        let comments = self.comments.iter().map(|it| Object::Comment(it.id));
        let templates = self.templates.iter().map(|it| Object::Template(it.id));
        spaces
            .chain(pages)
            .chain(attachments)
            .chain(comments)
            .chain(templates)
            .collect()
    }
}

/// An account, or nobody, at an entry point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Asker {
    pub(crate) who: Option<AccountId>,
    pub(crate) door: Door,
}

impl Asker {
    /// Returns the asker's subject, or `None` if its account can't log in.
    pub(crate) fn subject(self, catalogue: &Catalogue) -> Option<Subject> {
        match self.who {
            None => Some(Subject::anonymous()),
            Some(id) => catalogue.subject_of(id, self.door),
        }
    }
}

/// A number that chooses one of as many things as there are.
type Pick = prop::sample::Index;

fn pick() -> impl Strategy<Value = Pick> {
    any::<Pick>()
}

fn one_of<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    select(all)
}

/// The choice of a principal: an account, a group, or a class.
type Who = (u8, Pick, AccessClass);

fn who() -> impl Strategy<Value = Who> {
    (0..7u8, pick(), one_of(AccessClass::ALL))
}

fn several<S: Strategy>(of: S, at_most: usize) -> impl Strategy<Value = Vec<S::Value>> {
    prop::collection::vec(of, 0..=at_most)
}

/// The choices that a site is made from; [`build`] makes rows of them.
#[derive(Debug, Clone)]
struct Plan {
    switches: [bool; 5],
    people: People,
    spaces: Vec<(SpaceState, [bool; 4])>,
    grants: Vec<(Pick, Who, Operation)>,
    pages: Vec<(Pick, Option<Pick>, PageKind, PageState, Pick)>,
    /// Whether parents have higher numbers than their children. Two plans that differ in this have
    /// trees that are upside down.
    upside_down: bool,
    restrictions: Vec<(Pick, RestrictionKind, bool, Vec<Who>)>,
    attachments: Vec<(Pick, Pick, ContentState)>,
    comments: Vec<(Pick, Option<Pick>, ContentState)>,
    desk: Desk,
    hung: Hung,
    /// How far names are passed on from one row to the next.
    shift: usize,
}

/// The choices of things that are attached to objects.
#[derive(Debug, Clone)]
struct Hung {
    labels: Vec<(Pick, LabelPrefix, bool, Pick)>,
    properties: Vec<(Pick, bool)>,
    likes: Vec<(Pick, Pick)>,
    watches: Vec<(u8, Pick, Pick)>,
    tasks: Vec<(Pick, Pick)>,
    templates: Vec<Option<Pick>>,
}

#[derive(Debug, Clone)]
struct People {
    accounts: Vec<(u8, Option<Pick>)>,
    groups: Vec<ConfluenceAccess>,
    memberships: Vec<(Pick, Pick)>,
}

#[derive(Debug, Clone)]
struct Desk {
    projects: Vec<Portal>,
    roles: Vec<(Pick, Pick, ProjectRole)>,
    organizations: usize,
    members: Vec<(Pick, Pick)>,
    places: Vec<(Pick, Pick)>,
    links: Vec<(Pick, Pick)>,
}

fn people() -> impl Strategy<Value = People> {
    let accounts = prop::collection::vec((any::<u8>(), prop::option::of(pick())), 2..7);
    let groups = prop::collection::vec(one_of(ConfluenceAccess::ALL), 1..5);
    let memberships = several((pick(), pick()), 10);
    (accounts, groups, memberships).prop_map(|(accounts, groups, memberships)| People {
        accounts,
        groups,
        memberships,
    })
}

fn desk() -> impl Strategy<Value = Desk> {
    (
        several(one_of(Portal::ALL), 2),
        several((pick(), pick(), one_of(ProjectRole::ALL)), 4),
        0..3usize,
        several((pick(), pick()), 3),
        several((pick(), pick()), 3),
        several((pick(), pick()), 4),
    )
        .prop_map(
            |(projects, roles, organizations, members, places, links)| Desk {
                projects,
                roles,
                organizations,
                members,
                places,
                links,
            },
        )
}

fn hung() -> impl Strategy<Value = Hung> {
    (
        several((pick(), one_of(LabelPrefix::ALL), any::<bool>(), pick()), 8),
        several((pick(), any::<bool>()), 4),
        several((pick(), pick()), 4),
        several((0..3u8, pick(), pick()), 5),
        several((pick(), pick()), 3),
        several(prop::option::weighted(0.7, pick()), 3),
    )
        .prop_map(
            |(labels, properties, likes, watches, tasks, templates)| Hung {
                labels,
                properties,
                likes,
                watches,
                tasks,
                templates,
            },
        )
}

fn plan() -> impl Strategy<Value = Plan> {
    let space_state = prop_oneof![
        8 => Just(SpaceState::Live),
        1 => one_of(SpaceState::ALL),
    ];
    let operation = prop_oneof![
        3 => Just(Operation::Read),
        1 => Just(Operation::Administer),
        2 => one_of(Operation::ALL),
    ];
    let page_state = prop_oneof![
        4 => Just(PageState::Live),
        2 => one_of(PageState::ALL),
    ];
    let kind = prop_oneof![
        3 => Just(PageKind::Page),
        1 => Just(PageKind::BlogPost),
        1 => Just(PageKind::Folder),
    ];
    let page = (
        pick(),
        prop::option::weighted(0.7, pick()),
        kind,
        page_state,
        pick(),
    );
    let content = || prop_oneof![3 => Just(ContentState::Live), 1 => Just(ContentState::Trashed)];
    let first = (
        any::<[bool; 5]>(),
        people(),
        prop::collection::vec((space_state, any::<[bool; 4]>()), 1..4),
        several((pick(), who(), operation), 14),
    );
    let second = (
        prop::collection::vec(page, 1..10),
        any::<bool>(),
        several(
            (
                pick(),
                one_of(RestrictionKind::ALL),
                any::<bool>(),
                several(who(), 3),
            ),
            6,
        ),
        several((pick(), pick(), content()), 4),
        several((pick(), prop::option::of(pick()), content()), 4),
    );
    (first, second, desk(), hung(), 0..3usize).prop_map(|(first, second, desk, hung, shift)| {
        let (switches, people, spaces, grants) = first;
        let (pages, upside_down, restrictions, attachments, comments) = second;
        Plan {
            switches,
            people,
            spaces,
            grants,
            pages,
            upside_down,
            restrictions,
            attachments,
            comments,
            desk,
            hung,
            shift,
        }
    })
}

/// Generates a site with everything that the law is about.
pub(crate) fn site() -> impl Strategy<Value = Site> {
    plan().prop_map(|plan| build(&plan))
}

fn build(plan: &Plan) -> Site {
    let [
        jsm_access,
        anonymous_access,
        enforce_anonymous,
        view_user_profiles,
        author_names,
    ] = plan.switches;
    let mut site = Site {
        switches: SwitchesRow {
            jsm_access,
            anonymous_access,
            enforce_anonymous,
            view_user_profiles,
            author_names,
            ..SwitchesRow::default()
        },
        ..Site::default()
    };
    for (n, (state, _)) in plan.spaces.iter().enumerate() {
        let mut row = rows::space(id(n), *state);
        row.key = format!("S{}", (n + plan.shift) % plan.spaces.len()).into();
        site.spaces.push(row);
    }
    build_people(plan, &mut site);
    build_grants(plan, &mut site);
    build_pages(plan, &mut site);
    build_desk(plan, &mut site);
    build_hung(&plan.hung, &mut site);
    site
}

fn id(n: usize) -> u64 {
    n as u64 + 1
}

fn build_people(plan: &Plan, site: &mut Site) {
    let people = &plan.people;
    for (n, access) in people.groups.iter().enumerate() {
        let mut row = rows::group(id(n), *access);
        row.name = format!("group-{}", (n + plan.shift) % people.groups.len()).into();
        site.groups.push(row);
    }
    for (n, (what, guest_space)) in people.accounts.iter().enumerate() {
        let mut row = rows::account(id(n));
        row.email = format!("{}@example.com", (n + plan.shift) % people.accounts.len()).into();
        row.kind = if what % 5 == 0 {
            AccountKind::Customer
        } else {
            AccountKind::Site
        };
        row.active = what % 11 != 1;
        row.site_admin = what % 7 == 2;
        row.guest_space = guest_space.map(|space| space.get(&site.spaces).id);
        site.accounts.push(row);
    }
    for (n, (account, group)) in people.memberships.iter().enumerate() {
        let row = rows::membership(
            id(n),
            account.get(&site.accounts).id.get(),
            group.get(&site.groups).id.get(),
        );
        let same = |it: &MembershipRow| (it.account, it.group) == (row.account, row.group);
        if !site.memberships.iter().any(same) {
            site.memberships.push(row);
        }
    }
}

fn principal(site: &Site, (what, which, class): &Who) -> Principal {
    match what {
        0..=2 => Principal::Account(which.get(&site.accounts).id),
        3..=4 => Principal::Group(which.get(&site.groups).id),
        _ => Principal::Class(*class),
    }
}

fn build_grants(plan: &Plan, site: &mut Site) {
    let mut all: Vec<(SpaceId, Principal, Operation)> = Vec::new();
    for (space, (_, [unlicensed, anonymous, comment, licensed])) in
        site.spaces.iter().zip(&plan.spaces)
    {
        let class = |class, operation| (space.id, Principal::Class(class), operation);
        all.extend(
            [
                (
                    *unlicensed,
                    class(AccessClass::AuthenticatedUsers, Operation::Read),
                ),
                (
                    *anonymous,
                    class(AccessClass::AnonymousUsers, Operation::Read),
                ),
                (
                    *comment,
                    class(AccessClass::AnonymousUsers, Operation::CreateComment),
                ),
                (
                    *licensed,
                    class(AccessClass::AllLicensedUsers, Operation::Read),
                ),
            ]
            .into_iter()
            .filter_map(|(set, grant)| set.then_some(grant)),
        );
    }
    for (space, who, operation) in &plan.grants {
        all.push((space.get(&site.spaces).id, principal(site, who), *operation));
    }
    for (n, (space, principal, operation)) in all.into_iter().enumerate() {
        site.grants
            .push(rows::grant(id(n), space.get(), principal, operation));
    }
}

fn build_pages(plan: &Plan, site: &mut Site) {
    for (n, (space, _, kind, state, author)) in plan.pages.iter().enumerate() {
        let space = space.get(&site.spaces).id.get();
        let mut row = rows::page(id(n), space, author.get(&site.accounts).id.get());
        row.kind = *kind;
        row.state = *state;
        row.title = format!("Page {}", (n + plan.shift) % 3).into();
        row.position = (n % 2) as i64;
        site.pages.push(row);
    }
    for (n, (_, parent, kind, ..)) in plan.pages.iter().enumerate() {
        let (before, rest) = site.pages.split_at(n);
        let after = rest.get(1..).unwrap_or_default();
        let Some(row) = rest.first() else { continue };
        let possible: Vec<PageId> = if plan.upside_down { after } else { before }
            .iter()
            .filter(|it| it.space == row.space && it.kind != PageKind::BlogPost)
            .map(|it| it.id)
            .collect();
        let parent = parent.filter(|_| *kind != PageKind::BlogPost && !possible.is_empty());
        let parent = parent.map(|parent| *parent.get(&possible));
        if let Some(row) = site.pages.get_mut(n) {
            row.parent = parent;
        }
    }
    for (n, (page, kind, left, listed)) in plan.restrictions.iter().enumerate() {
        let listed = listed.iter().map(|who| principal(site, who));
        let listed = listed.filter(|it| !matches!(it, Principal::Class(_)));
        let mut row = rows::restriction(id(n), page.get(&site.pages).id, *kind, listed);
        row.left_by = left.then(|| PageId::from_random(999));
        site.restrictions.push(row);
    }
    for (n, (page, author, state)) in plan.attachments.iter().enumerate() {
        let author = author.get(&site.accounts).id.get();
        site.attachments.push(rows::attachment(
            id(n),
            page.get(&site.pages).id,
            author,
            *state,
        ));
    }
    for (n, (page, author, state)) in plan.comments.iter().enumerate() {
        let author = author.map_or(0, |author| author.get(&site.accounts).id.get());
        site.comments.push(rows::comment(
            id(n),
            page.get(&site.pages).id,
            author,
            *state,
        ));
    }
}

fn build_desk(plan: &Plan, site: &mut Site) {
    let desk = &plan.desk;
    for (n, portal) in desk.projects.iter().enumerate() {
        site.projects.push(rows::project(id(n), *portal));
    }
    for n in 0..desk.organizations {
        let name = format!("Organization {n}").into();
        site.organizations.push(OrganizationRow {
            id: OrganizationId::from_random(id(n)),
            name,
        });
    }
    let accounts = &site.accounts;
    if !site.projects.is_empty() {
        for (n, (project, account, role)) in desk.roles.iter().enumerate() {
            let project = project.get(&site.projects).id.get();
            site.roles.push(ProjectRoleRow {
                id: ProjectRoleId::from_random(id(n)),
                project: ProjectId::from_random(project),
                account: account.get(accounts).id,
                role: *role,
            });
        }
        for (n, (project, space)) in desk.links.iter().enumerate() {
            let project = project.get(&site.projects).id.get();
            site.links
                .push(rows::link(id(n), project, space.get(&site.spaces).id.get()));
        }
    }
    if !site.organizations.is_empty() {
        for (n, (organization, account)) in desk.members.iter().enumerate() {
            site.organization_members.push(OrganizationMemberRow {
                id: OrganizationMemberId::from_random(id(n)),
                organization: organization.get(&site.organizations).id,
                account: account.get(accounts).id,
            });
        }
        for (n, (project, organization)) in desk.places.iter().enumerate() {
            if !site.projects.is_empty() {
                site.project_organizations.push(ProjectOrganizationRow {
                    id: ProjectOrganizationId::from_random(id(n)),
                    project: project.get(&site.projects).id,
                    organization: organization.get(&site.organizations).id,
                });
            }
        }
    }
}

fn build_hung(hung: &Hung, site: &mut Site) {
    for (n, space) in hung.templates.iter().enumerate() {
        let space = space.map(|space| space.get(&site.spaces).id);
        site.templates.push(hung_rows::template(id(n), space));
    }
    let objects = site.objects();
    for (n, (on, prefix, first, by)) in hung.labels.iter().enumerate() {
        let by = by.get(&site.accounts).id.get();
        let name = if *first { "alpha" } else { "beta" };
        site.labels.push(hung_rows::label(
            id(n),
            *on.get(&objects),
            *prefix,
            name,
            by,
        ));
    }
    for (n, (on, first)) in hung.properties.iter().enumerate() {
        let key = if *first { "first" } else { "second" };
        site.properties
            .push(hung_rows::property(id(n), *on.get(&objects), key));
    }
    for (n, (on, by)) in hung.likes.iter().enumerate() {
        let by = by.get(&site.accounts).id.get();
        site.likes
            .push(hung_rows::like(id(n), *on.get(&objects), by));
    }
    for (n, (what, which, who)) in hung.watches.iter().enumerate() {
        let on = match what {
            0 => Watched::Page(which.get(&site.pages).id),
            1 => Watched::Space(which.get(&site.spaces).id),
            _ => Watched::Label(label_id(
                LabelPrefix::Global,
                "alpha",
                AccountId::from_random(1),
            )),
        };
        let who = who.get(&site.accounts).id.get();
        site.watches.push(hung_rows::watch(id(n), who, on));
    }
    for (n, (page, by)) in hung.tasks.iter().enumerate() {
        let by = by.get(&site.accounts).id.get();
        site.tasks
            .push(hung_rows::task(id(n), page.get(&site.pages).id, by));
    }
}
