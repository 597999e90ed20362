//! Space roles give grants: the same facts by every route (law 4.1).

use narthex_access::{
    AccessClass, Credential, Operation, Principal, SYSTEM_ROLES, SpaceId, SpaceRoleId, VIEWER,
};
use narthex_served::Stage;
use narthex_served::stage::Caller;
use narthex_site::SiteError;
use narthex_site::account::Access;
use narthex_site::space_role::{NewSpaceRole, RoleAssignment};
use narthex_site::switch::SetSwitches;
use narthex_site::template::NewTemplate;

fn give(principal: Principal, role: Option<SpaceRoleId>) -> RoleAssignment {
    RoleAssignment { principal, role }
}

fn class(class: AccessClass) -> Principal {
    Principal::Class(class)
}

async fn assigned(stage: &Stage, who: &Caller, space: SpaceId) -> Vec<(Principal, String)> {
    let view = stage.view(who).await;
    let seen = view.space(space).unwrap();
    let roles = seen.role_assignments().unwrap();
    let roles = roles.into_iter();
    roles
        .map(|(who, role)| (who, role.name().to_owned()))
        .collect()
}

#[tokio::test]
async fn a_new_space_is_made_of_roles_and_an_assignment_sets_exactly_the_grants() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    let lena = stage.person("lena", Access::Confluence).await;
    let space = stage.space(&root, "DOCS").await;
    let space: SpaceId = space["id"].as_u64().and_then(SpaceId::new).unwrap();
    let creator = Principal::Account(root.account.parse().unwrap());
    let licensed = class(AccessClass::AllLicensedUsers);
    assert_eq!(
        assigned(&stage, &root, space).await,
        [
            (creator, "Admin".to_owned()),
            (licensed, "Collaborator".to_owned())
        ]
    );

    let [viewer, _, manager, admin] = SYSTEM_ROLES.map(|role| role.id);
    let lena_s = Principal::Account(lena.account.parse().unwrap());
    let site = &stage.site;
    let by = root.credential();
    let hand_over = vec![
        give(lena_s, Some(admin)),
        give(licensed, Some(viewer)),
        give(creator, Some(manager)),
    ];
    site.assign_space_roles(&by, space, hand_over)
        .await
        .unwrap();
    let told = assigned(&stage, &lena, space).await;
    assert!(told.contains(&(lena_s, "Admin".to_owned())), "{told:?}");
    assert!(told.contains(&(licensed, "Viewer".to_owned())), "{told:?}");

    // Grants that are given one by one are no role, even if they equal those of a role.
    let site_key = || "DOCS".to_owned();
    let by = lena.credential();
    site.grant(&by, site_key(), licensed, Operation::CreatePage)
        .await
        .unwrap();
    let told = assigned(&stage, &lena, space).await;
    assert!(told.iter().all(|(who, _)| *who != licensed), "{told:?}");
    for operation in [Operation::CreateBlogPost, Operation::CreateAttachment] {
        site.grant(&by, site_key(), licensed, operation)
            .await
            .unwrap();
    }
    let told = assigned(&stage, &lena, space).await;
    assert!(told.iter().all(|(who, _)| *who != licensed), "{told:?}");
    let collaborator = SYSTEM_ROLES.map(|role| role.id)[1];
    site.assign_space_roles(&by, space, vec![give(licensed, Some(collaborator))])
        .await
        .unwrap();
    let told = assigned(&stage, &lena, space).await;
    assert!(
        told.contains(&(licensed, "Collaborator".to_owned())),
        "{told:?}"
    );

    site.assign_space_roles(&by, space, vec![give(licensed, None)])
        .await
        .unwrap();
    let view = stage.view(&lena).await;
    let left = view
        .space(space)
        .unwrap()
        .grants()
        .unwrap()
        .filter(|it| it.principal == licensed);
    assert_eq!(left.count(), 0);

    // The last administrator stays, whatever the role is called.
    let last = site
        .assign_space_roles(&by, space, vec![give(lena_s, Some(viewer))])
        .await;
    assert!(matches!(last, Err(SiteError::Invalid(_))), "{last:?}");
    let twice = vec![give(creator, None), give(creator, Some(viewer))];
    assert!(site.assign_space_roles(&by, space, twice).await.is_err());
    let unknown = give(creator, SpaceRoleId::new(99));
    assert!(
        site.assign_space_roles(&by, space, vec![unknown])
            .await
            .is_err()
    );
    let refused = site
        .assign_space_roles(
            &stage.person("una", Access::None).await.credential(),
            space,
            vec![],
        )
        .await;
    assert!(matches!(refused, Err(SiteError::Absent(_))), "{refused:?}");
}

#[tokio::test]
async fn the_classes_of_open_access_take_viewer_and_nothing_else_by_the_same_switch() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    let space = stage.space(&root, "DOCS").await;
    let space: SpaceId = space["id"].as_u64().and_then(SpaceId::new).unwrap();
    let site = &stage.site;
    let by = root.credential();
    let open = class(AccessClass::AuthenticatedUsers);
    let anonymous = class(AccessClass::AnonymousUsers);
    let facts = async || {
        let switches = site
            .space_switches(&Credential::Operator, "DOCS")
            .await
            .unwrap();
        (switches.unlicensed_view, switches.anonymous_view)
    };
    for role in SYSTEM_ROLES.iter().filter(|role| role.id != VIEWER.id) {
        for principal in [open, anonymous] {
            let more = vec![give(principal, Some(role.id))];
            let refused = site.assign_space_roles(&by, space, more).await;
            assert!(matches!(refused, Err(SiteError::Invalid(_))), "{refused:?}");
        }
    }
    site.assign_space_roles(&by, space, vec![give(open, Some(VIEWER.id))])
        .await
        .unwrap();
    assert_eq!(facts().await, (true, false));
    // While enforcement is on and anonymous access off, it is refused, as by every other route.
    let closed = site
        .assign_space_roles(&by, space, vec![give(anonymous, Some(VIEWER.id))])
        .await;
    assert!(matches!(closed, Err(SiteError::Conflict(_))), "{closed:?}");
    let switches = SetSwitches {
        anonymous_access: Some(true),
        ..SetSwitches::default()
    };
    site.set_switches(&Credential::Operator, switches)
        .await
        .unwrap();
    site.assign_space_roles(&by, space, vec![give(anonymous, Some(VIEWER.id))])
        .await
        .unwrap();
    assert_eq!(facts().await, (true, true));
    let comment = Operation::CreateComment;
    site.grant(&by, "DOCS".into(), anonymous, comment)
        .await
        .unwrap();
    let told = assigned(&stage, &root, space).await;
    assert!(told.contains(&(anonymous, "Viewer".to_owned())), "{told:?}");
    // Set again, it is cut to reading; removed, everything that depends on it goes.
    site.assign_space_roles(&by, space, vec![give(anonymous, Some(VIEWER.id))])
        .await
        .unwrap();
    let view = stage.view(&root).await;
    let given = view.space(space).unwrap();
    let given = given
        .grants()
        .unwrap()
        .filter(|it| it.principal == anonymous);
    assert_eq!(given.count(), 1);
    let gone = vec![give(anonymous, None), give(open, None)];
    site.assign_space_roles(&by, space, gone).await.unwrap();
    assert_eq!(facts().await, (false, false));
}

#[tokio::test]
async fn a_role_of_the_sites_own_changes_its_members_and_takes_theirs_with_it() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    let lena = stage.person("lena", Access::Confluence).await;
    let space = stage.space(&root, "DOCS").await;
    let space: SpaceId = space["id"].as_u64().and_then(SpaceId::new).unwrap();
    let site = &stage.site;
    let by = root.credential();
    let role = |name: &str, operations: &[Operation]| NewSpaceRole {
        name: name.into(),
        description: "For tests".into(),
        operations: operations.to_vec(),
    };
    let refused = site
        .create_space_role(&lena.credential(), role("Critic", &[]))
        .await;
    assert!(
        matches!(refused, Err(SiteError::Forbidden(_))),
        "{refused:?}"
    );
    let same = role("Another viewer", &[Operation::CreateComment]);
    assert!(
        site.create_space_role(&by, same).await.is_err(),
        "Viewer is exactly that"
    );
    let critic = site
        .create_space_role(&by, role("Reader", &[]))
        .await
        .unwrap();
    assert!(
        site.create_space_role(&by, role("reader", &[Operation::Export]))
            .await
            .is_err()
    );

    let lena_s = Principal::Account(lena.account.parse().unwrap());
    site.assign_space_roles(&by, space, vec![give(lena_s, Some(critic))])
        .await
        .unwrap();
    let more = role("Exporter", &[Operation::Export]);
    site.edit_space_role(&by, critic, more).await.unwrap();
    let told = assigned(&stage, &root, space).await;
    assert!(told.contains(&(lena_s, "Exporter".to_owned())), "{told:?}");
    assert!(
        site.edit_space_role(&by, VIEWER.id, role("Mine", &[]))
            .await
            .is_err()
    );
    site.remove_space_role(&by, critic).await.unwrap();
    let view = stage.view(&root).await;
    let given = view.space(space).unwrap();
    let given = given.grants().unwrap().filter(|it| it.principal == lena_s);
    assert_eq!(given.count(), 0, "what the role gave went with it");
    assert!(stage.view(&root).await.space_role(critic).is_err());
}

/// Attack classes A69 and A70.
#[tokio::test]
async fn a_role_has_those_it_was_assigned_to_and_nobody_who_has_the_same_grants() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    let lena = stage.person("lena", Access::Confluence).await;
    let gus = stage.person("gus", Access::Confluence).await;
    let mut spaces = Vec::new();
    let site = &stage.site;
    let by = root.credential();
    let licensed = class(AccessClass::AllLicensedUsers);
    for key in ["DOCS", "HELP"] {
        let space = stage.space(&root, key).await;
        let space: SpaceId = space["id"].as_u64().and_then(SpaceId::new).unwrap();
        site.revoke_all(&by, key.into(), licensed).await.unwrap();
        site.grant(&by, key.into(), licensed, Operation::Read)
            .await
            .unwrap();
        spaces.push(space);
    }
    let [docs, help] = spaces[..] else {
        panic!("two spaces")
    };
    let gus_s = Principal::Account(gus.account.parse().unwrap());
    site.grant(&by, "DOCS".into(), gus_s, Operation::Read)
        .await
        .unwrap();
    let role = |name: &str, operations: &[Operation]| NewSpaceRole {
        name: name.into(),
        description: "For tests".into(),
        operations: operations.to_vec(),
    };
    let reader = site
        .create_space_role(&by, role("Reader", &[]))
        .await
        .unwrap();
    for space in [docs, help] {
        let told = assigned(&stage, &root, space).await;
        assert!(told.iter().all(|(_, name)| name != "Reader"), "{told:?}");
    }
    let lena_s = Principal::Account(lena.account.parse().unwrap());
    site.assign_space_roles(&by, docs, vec![give(lena_s, Some(reader))])
        .await
        .unwrap();

    let all = role("Reader", &[Operation::Administer]);
    site.edit_space_role(&by, reader, all).await.unwrap();
    let administers = async |who: &Caller| -> Vec<SpaceId> {
        let view = stage.view(who).await;
        let spaces = view.administered_spaces();
        spaces.map(|space| space.id()).collect()
    };
    assert_eq!(administers(&lena).await, [docs]);
    assert!(administers(&gus).await.is_empty());
    // Assigning the role to an account with exactly these grants is recorded all the same.
    let viewer = vec![give(gus_s, Some(reader))];
    site.assign_space_roles(&by, docs, viewer).await.unwrap();
    assert_eq!(administers(&gus).await, [docs]);

    // A single permission ends the assignment, even if it is removed again.
    let key = || "DOCS".to_owned();
    let export = site
        .grant(&by, key(), gus_s, Operation::Export)
        .await
        .unwrap();
    site.revoke(&by, key(), export).await.unwrap();
    let told = assigned(&stage, &root, docs).await;
    assert!(told.iter().all(|(who, _)| *who != gus_s), "{told:?}");
    assert!(told.contains(&(lena_s, "Reader".to_owned())), "{told:?}");
    site.remove_space_role(&by, reader).await.unwrap();
    assert!(administers(&lena).await.is_empty());
    assert_eq!(administers(&gus).await, [docs]);
    let seen = stage.view(&lena).await;
    assert!(seen.space(docs).is_ok(), "she is licensed as before");
}

#[tokio::test]
async fn no_role_is_deleted_or_changed_from_under_the_last_administrator() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    let space = stage.space(&root, "DOCS").await;
    let space: SpaceId = space["id"].as_u64().and_then(SpaceId::new).unwrap();
    let site = &stage.site;
    let by = root.credential();
    let role = |operations: &[Operation]| NewSpaceRole {
        name: "Head".into(),
        description: "For tests".into(),
        operations: operations.to_vec(),
    };
    let head = site
        .create_space_role(&by, role(&[Operation::Administer]))
        .await
        .unwrap();
    let root_s = Principal::Account(root.account.parse().unwrap());
    site.assign_space_roles(&by, space, vec![give(root_s, Some(head))])
        .await
        .unwrap();
    let refused = site.remove_space_role(&by, head).await;
    assert!(matches!(refused, Err(SiteError::Invalid(_))), "{refused:?}");
    let refused = site.edit_space_role(&by, head, role(&[])).await;
    assert!(matches!(refused, Err(SiteError::Invalid(_))), "{refused:?}");
    let told = assigned(&stage, &root, space).await;
    assert!(told.contains(&(root_s, "Head".to_owned())), "{told:?}");
}

#[tokio::test]
async fn a_template_is_seen_with_its_space_and_changed_by_its_administrators() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    let lena = stage.person("lena", Access::Confluence).await;
    let una = stage.person("una", Access::None).await;
    let space = stage.space(&root, "DOCS").await;
    let space: SpaceId = space["id"].as_u64().and_then(SpaceId::new).unwrap();
    let new = |text: &str| NewTemplate {
        kind: narthex_access::PageKind::Page,
        name: "Minutes".into(),
        description: Some("Of a meeting".into()),
        labels: Some(vec![
            narthex_site::label::NewLabel::written("meeting").unwrap(),
        ]),
        body: narthex_site::page::NewBody {
            representation: narthex_site::page::Representation::Storage,
            text: format!("<p>{text}</p>"),
        },
    };
    let site = &stage.site;
    for of in [Some(space), None] {
        let refused = site.create_template(&lena.credential(), of, new("x")).await;
        assert!(
            matches!(refused, Err(SiteError::Forbidden(_))),
            "{refused:?}"
        );
        let id = site
            .create_template(&root.credential(), of, new("first"))
            .await
            .unwrap();
        site.edit_template(&root.credential(), id, new("second"))
            .await
            .unwrap();
        let view = stage.view(&lena).await;
        assert_eq!(view.templates(of).len(), 1);
        let text = site.template_body(&view, id).await.unwrap();
        assert_eq!(text.text(), "<p>second</p>");
        let labels = view.labels(narthex_access::Object::Template(id)).unwrap();
        assert_eq!(labels.len(), 1);
        let closed = stage.view(&una).await;
        assert!(closed.template(id).is_err() && closed.templates(of).is_empty());
        assert!(site.remove_template(&lena.credential(), id).await.is_err());
        site.remove_template(&root.credential(), id).await.unwrap();
        assert!(stage.view(&root).await.template(id).is_err());
    }
}
