//! Pages and spaces that were archived before they went into the trash.

use crate::ground::{Ground, ground};
use narthex_access::{Credential, PageId, PageKind, PageState, SpaceId, SpaceKind, SpaceState};
use narthex_site::page::{NewBody, NewPage, Representation, WhichSpace};
use narthex_site::place::Parent;
use narthex_site::space::{EditSpace, NewSpace};
use narthex_testdb::{TestDatabase, both_engines};

async fn docs(ground: &Ground, by: &Credential) -> SpaceId {
    let space = NewSpace {
        key: Some("DOCS".into()),
        name: "Docs".into(),
        description: String::new(),
        kind: SpaceKind::Global,
        private: false,
    };
    ground.site.create_space(by, space).await.unwrap().id
}

async fn page(ground: &Ground, by: &Credential, kind: PageKind, title: &str) -> PageId {
    let new = NewPage {
        space: WhichSpace::Key("DOCS".into()),
        parent: Parent::Home,
        kind,
        draft: false,
        title: title.into(),
        body: NewBody {
            representation: Representation::Storage,
            text: "<p>x</p>".into(),
        },
        created_at: None,
    };
    ground.site.create_page(by, new).await.unwrap()
}

async fn state(ground: &Ground, page: PageId) -> PageState {
    ground
        .of(|plan| plan.catalogue.page(page).unwrap().row().state)
        .await
}

async fn state_of_space(ground: &Ground, space: SpaceId) -> SpaceState {
    ground
        .of(|plan| plan.catalogue.space(space).unwrap().row().state)
        .await
}

both_engines! {
    async fn an_archived_page_or_blog_post_comes_back_from_the_trash_archived(database: TestDatabase) {
        let ground = ground(database).await;
        let site = &ground.site;
        let by = ground.token(ground.admin).await;
        docs(&ground, &by).await;
        for kind in [PageKind::Page, PageKind::BlogPost] {
            let old = page(&ground, &by, kind, "Old").await;
            site.archive_page(&by, old, true).await.unwrap();
            site.trash_page(&by, old).await.unwrap();
            assert_eq!(state(&ground, old).await, PageState::Trashed);
            // The title can be used meanwhile, since an archived page takes none.
            let new = page(&ground, &by, kind, "Old").await;
            site.restore_page(&by, old, None).await.unwrap();
            assert_eq!(state(&ground, old).await, PageState::Archived);
            let taken = site.archive_page(&by, old, false).await;
            assert!(taken.is_err(), "{taken:?}");

            // It is no longer archived when it is trashed, and so it isn't when it is restored.
            site.trash_page(&by, new).await.unwrap();
            site.archive_page(&by, old, false).await.unwrap();
            site.trash_page(&by, old).await.unwrap();
            site.restore_page(&by, old, None).await.unwrap();
            assert_eq!(state(&ground, old).await, PageState::Live);
        }
    }

    async fn an_archived_page_comes_back_below_the_archived_page_that_it_stood_below(database: TestDatabase) {
        let ground = ground(database).await;
        let site = &ground.site;
        let by = ground.token(ground.admin).await;
        docs(&ground, &by).await;
        let above = page(&ground, &by, PageKind::Page, "Above").await;
        let below = NewPage {
            space: WhichSpace::Key("DOCS".into()),
            parent: Parent::Page(above),
            kind: PageKind::Page,
            draft: false,
            title: "Below".into(),
            body: NewBody {
                representation: Representation::Storage,
                text: "<p>x</p>".into(),
            },
            created_at: None,
        };
        let below = site.create_page(&by, below).await.unwrap();
        site.archive_pages(&by, vec![above, below]).await.unwrap();
        site.trash_page(&by, below).await.unwrap();
        site.restore_page(&by, below, None).await.unwrap();
        let parent = ground.of(|plan| plan.catalogue.page(below).unwrap().row().parent).await;
        assert_eq!(parent, Some(above));
        assert_eq!(state(&ground, below).await, PageState::Archived);
    }

    async fn an_archived_space_comes_back_from_the_trash_archived(database: TestDatabase) {
        let ground = ground(database).await;
        let site = &ground.site;
        let by = ground.token(ground.admin).await;
        let space = docs(&ground, &by).await;
        let key = || "DOCS".to_owned();
        for (archived, state) in [(true, SpaceState::Archived), (false, SpaceState::Live)] {
            let edit = EditSpace {
                archived: Some(archived),
                ..EditSpace::default()
            };
            site.edit_space(&by, key(), edit).await.unwrap();
            site.trash_space(&by, key()).await.unwrap();
            assert_eq!(state_of_space(&ground, space).await, SpaceState::Trashed);
            site.restore_space(&by, key()).await.unwrap();
            assert_eq!(state_of_space(&ground, space).await, state);
        }
    }
}
