//! Service projects, and the spaces linked to them.

use crate::ground::ground;
use narthex_access::{Credential, Door, Portal, ProjectRole, SwitchesRow};
use narthex_site::account::Access;
use narthex_site::error::SiteError;
use narthex_site::project::NewProject;
use narthex_testdb::{TestDatabase, both_engines};

const OPERATOR: Credential = Credential::Operator;

fn support() -> NewProject {
    NewProject {
        key: "SUPPORT".into(),
        name: "Support".into(),
        portal: Portal::Open,
    }
}

both_engines! {
    async fn linking_a_space_opens_nothing_by_itself(database: TestDatabase) {
        let ground = ground(database).await;
        let space = ground.space("DOCS").await;
        let page = ground.page(space).await;
        ground.switches(SwitchesRow {
            jsm_access: true,
            anonymous_access: true,
            ..SwitchesRow::default()
        }).await;
        let none = ground.add("none@example.com", Access::None).await;
        let none = ground.token(none).await;
        let project = ground.site.create_project(&OPERATOR, support()).await.unwrap();
        ground.site.link_space(&OPERATOR, project, "docs".into()).await.unwrap();
        ground.site.link_space(&OPERATOR, project, "DOCS".into()).await.unwrap();
        let links = ground.of(|plan| plan.catalogue.links_in(space).count());
        assert_eq!(links.await, 1);
        for credential in [&Credential::Nobody, &none] {
            for door in [Door::Confluence, Door::Portal] {
                let view = ground.site.view(credential, door).await.unwrap();
                assert!(view.page(page).is_err());
            }
        }
    }

    async fn a_link_takes_administration_of_the_project_and_of_the_space(database: TestDatabase) {
        let ground = ground(database).await;
        ground.space("DOCS").await;
        let site = &ground.site;
        let project = site.create_project(&OPERATOR, support()).await.unwrap();
        let ada = ground.add("ada@example.com", Access::Confluence).await;
        let token = ground.token(ada).await;
        let refused = site.link_space(&token, project, "DOCS".into()).await;
        assert!(matches!(refused, Err(SiteError::Absent(_))), "{refused:?}");
        site.add_project_role(&OPERATOR, project, ada, ProjectRole::Administrator).await.unwrap();
        let refused = site.link_space(&token, project, "DOCS".into()).await;
        assert!(matches!(refused, Err(SiteError::Absent(_))), "the space is hidden: {refused:?}");
        let admin = ground.token(ground.admin).await;
        site.link_space(&admin, project, "DOCS".into()).await.unwrap();
    }

    async fn a_portal_only_account_is_only_a_customer_of_a_project(database: TestDatabase) {
        let ground = ground(database).await;
        let site = &ground.site;
        let project = site.create_project(&OPERATOR, support()).await.unwrap();
        let taken = site.create_project(&OPERATOR, NewProject { key: "Support".into(), ..support() });
        assert!(matches!(taken.await, Err(SiteError::Conflict(_))));
        let bad = site.create_project(&OPERATOR, NewProject { key: "1 a".into(), ..support() });
        assert!(matches!(bad.await, Err(SiteError::Invalid(_))));
        let customer = ground.add("c@example.com", Access::Customer).await;
        let add = async |role| site.add_project_role(&OPERATOR, project, customer, role).await;
        assert!(add(ProjectRole::Agent).await.is_err());
        add(ProjectRole::Customer).await.unwrap();
        let firm = site.create_organization(&OPERATOR, "Firm".into()).await.unwrap();
        site.add_to_organization(&OPERATOR, firm, customer).await.unwrap();
        site.add_organization_to_project(&OPERATOR, project, firm).await.unwrap();
        let inside = ground.of(|plan| plan.catalogue.in_organization_of(project, customer));
        assert!(inside.await);
    }
}
