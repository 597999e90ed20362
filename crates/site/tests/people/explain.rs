//! Explanations: the rule that decided, and the event that caused it.

use crate::ground::{Ground, ground};
use narthex_access::{
    AccessClass, AccountId, Credential, Denied, Operation, PageId, Principal, SwitchesRow,
};
use narthex_site::account::Access;
use narthex_site::error::SiteError;
use narthex_site::explain::{Told, ToldStep};
use narthex_site::switch::{SetSpaceSwitch, SetSwitches, SpaceSwitch};
use narthex_testdb::{TestDatabase, both_engines};

const OPERATOR: Credential = Credential::Operator;

async fn told(
    ground: &Ground,
    credential: &Credential,
    about: Option<AccountId>,
    page: PageId,
) -> Told {
    ground.site.explain(credential, about, page).await.unwrap()
}

fn step<'t>(told: &'t Told, rule: &str) -> &'t ToldStep {
    told.steps.iter().find(|step| step.rule == rule).unwrap()
}

both_engines! {
    async fn an_unlicensed_reader_is_told_which_switch_opened_the_page_and_who_set_it(
        database: TestDatabase
    ) {
        let ground = ground(database).await;
        let docs = ground.space("DOCS").await;
        let page = ground.page(docs).await;
        let root = ground.token(ground.admin).await;
        let jsm = SetSwitches { jsm_access: Some(true), ..SetSwitches::default() };
        ground.site.set_switches(&root, jsm).await.unwrap();
        let set = SetSpaceSwitch {
            space_key: "DOCS".into(),
            switch: SpaceSwitch::UnlicensedView,
            on: true,
        };
        ground.site.set_space_switches(&root, vec![set]).await.unwrap();
        let ada = ground.add("ada@example.com", Access::None).await;
        let token = ground.token(ada).await;

        let told = told(&ground, &token, Some(ada), page).await;
        assert_eq!(told.allowed, Some(true));
        assert_eq!(told.sentence, "You see this page: any active user can view the space.");
        let opened = step(&told, "unlicensed");
        assert!(opened.holds);
        let cause = opened.cause.as_ref().unwrap();
        assert_eq!(cause.kind, "space.unlicensed_view.set");
        assert_eq!(cause.by.as_deref(), Some("Root"));
        assert!(!step(&told, "own").holds);
        assert_eq!(step(&told, "tier").cause.as_ref().unwrap().kind, "account.added");

        let json = serde_json::to_value(&told).unwrap();
        assert_eq!(json["allowed"], true);
        let at = json["steps"][0]["cause"]["at"].as_str().unwrap();
        assert!(at.starts_with("1972-") && at.ends_with('Z'), "{at}");
    }

    async fn an_explanation_never_disagrees_with_the_decision(database: TestDatabase) {
        let ground = ground(database).await;
        let mut pages = Vec::new();
        let mut people = vec![(None, Credential::Nobody)];
        for (email, access) in [
            ("user@example.com", Access::Confluence),
            ("guest@example.com", Access::Guest { space_key: None }),
            ("none@example.com", Access::None),
        ] {
            let account = ground.add(email, access).await;
            people.push((Some(account), ground.token(account).await));
        }
        let listed = Principal::Account(people[1].0.unwrap());
        for (number, class) in [
            AccessClass::AllLicensedUsers,
            AccessClass::AuthenticatedUsers,
            AccessClass::AnonymousUsers,
        ].into_iter().enumerate() {
            let space = ground.space(&format!("S{number}")).await;
            ground.give(space, Principal::Class(class), Operation::Read).await;
            let restricted = ground.page(space).await;
            ground.restrict(restricted, &[listed]).await;
            pages.extend([ground.page(space).await, restricted]);
        }
        for (jsm_access, anonymous_access, enforce_anonymous) in
            [(false, false, true), (true, true, true), (true, false, false)]
        {
            ground.switches(SwitchesRow {
                jsm_access,
                anonymous_access,
                enforce_anonymous,
                ..SwitchesRow::default()
            }).await;
            for (about, credential) in &people {
                for page in &pages {
                    let seen = ground.sees(credential, *page).await;
                    let told = told(&ground, &OPERATOR, *about, *page).await;
                    assert_eq!(told.allowed, Some(seen), "{about:?}: {}", told.sentence);
                    let open = ["own", "unlicensed", "anonymous"]
                        .iter()
                        .any(|rule| step(&told, rule).holds);
                    let listed = told.steps.iter().all(|s| s.rule != "restriction" || s.holds);
                    assert_eq!(open && listed, seen, "{told:?}");
                }
            }
        }
    }

    async fn about_others_only_administrators_ask_and_only_for_pages_that_they_see(
        database: TestDatabase
    ) {
        let ground = ground(database).await;
        let docs = ground.space("DOCS").await;
        let class = Principal::Class(AccessClass::AllLicensedUsers);
        ground.give(docs, class, Operation::Read).await;
        let (open, closed) = (ground.page(docs).await, ground.page(docs).await);
        let ada = ground.add("ada@example.com", Access::Confluence).await;
        ground.restrict(closed, &[Principal::Account(ada)]).await;
        let (as_ada, root) = (ground.token(ada).await, ground.token(ground.admin).await);

        let refused = ground.site.explain(&as_ada, Some(ground.admin), open).await;
        assert!(matches!(refused, Err(SiteError::Forbidden(Denied::Missing(_)))), "{refused:?}");
        let refused = ground.site.explain(&Credential::Nobody, None, open).await;
        assert!(matches!(refused, Err(SiteError::Absent(_))), "{refused:?}");
        let about_ada = told(&ground, &root, Some(ada), open).await;
        assert_eq!(
            about_ada.sentence,
            "ada@example.com sees this page: a permission in the space allows it."
        );
        let withheld = told(&ground, &root, Some(ada), closed).await;
        assert_eq!((withheld.allowed, withheld.steps.len()), (None, 0));
        assert_eq!(withheld.sentence, "Restricted; you are not listed.");
        let own = told(&ground, &as_ada, Some(ada), closed).await;
        assert!(step(&own, "restriction").sentence.ends_with("is restricted; you are on its list."));
    }

    async fn a_step_names_its_own_event_and_not_the_last_one_of_the_space(database: TestDatabase) {
        let ground = ground(database).await;
        let docs = ground.space("DOCS").await;
        let page = ground.page(docs).await;
        let root = ground.token(ground.admin).await;
        let on = SetSwitches {
            jsm_access: Some(true),
            anonymous_access: Some(true),
            ..SetSwitches::default()
        };
        ground.site.set_switches(&root, on).await.unwrap();
        let turn = async |switch, on| {
            let set = SetSpaceSwitch { space_key: "DOCS".into(), switch, on };
            ground.site.set_space_switches(&root, vec![set]).await.unwrap();
        };
        turn(SpaceSwitch::UnlicensedView, true).await;
        turn(SpaceSwitch::UnlicensedView, false).await;
        turn(SpaceSwitch::AnonymousView, true).await;
        turn(SpaceSwitch::AnonymousView, false).await;
        let ada = ground.add("ada@example.com", Access::Confluence).await;

        let told = told(&ground, &OPERATOR, Some(ada), page).await;
        let kind = |rule: &str| step(&told, rule).cause.as_ref().map(|cause| cause.kind.clone());
        assert_eq!(kind("unlicensed").as_deref(), Some("space.unlicensed_view.set"));
        assert_eq!(kind("anonymous").as_deref(), Some("space.anonymous_view.set"));
        assert_ne!(kind("own").as_deref(), Some("space.anonymous_view.set"));
        let what = &step(&told, "unlicensed").cause.as_ref().unwrap().what;
        assert_eq!(what, "Unlicensed view of a space");
    }

    async fn who_lost_a_group_is_told_of_the_event_that_closed_the_page(database: TestDatabase) {
        let ground = ground(database).await;
        let docs = ground.space("DOCS").await;
        let page = ground.page(docs).await;
        let class = Principal::Class(AccessClass::AllLicensedUsers);
        ground.give(docs, class, Operation::Read).await;
        let ada = ground.add("ada@example.com", Access::Confluence).await;
        ground.site.set_account_access(&OPERATOR, ada, Access::None).await.unwrap();
        let root = ground.token(ground.admin).await;
        let told = told(&ground, &root, Some(ada), page).await;
        assert_eq!(told.allowed, Some(false));
        assert_eq!(
            told.sentence,
            "ada@example.com doesn't see this page: no permission in the space counts, and the \
             space is not open to all."
        );
        let tier = step(&told, "tier");
        assert!(tier.sentence.contains("without a Confluence licence"));
        assert_eq!(tier.cause.as_ref().unwrap().kind, "account.access.set");
    }
}
