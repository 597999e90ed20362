//! A search finds everything written before it, on every node, and nothing that was closed.

use crate::ground::{body, ground, node, search, titles};
use narthex_access::{Credential, Door, Object, Principal, RestrictionKind, SpaceKind};
use narthex_site::comment::NewComment;
use narthex_site::label::NewLabel;
use narthex_site::place::Beside;
use narthex_site::restriction::Restrict;
use narthex_site::search::cql;
use narthex_site::search::find::Asked;
use narthex_site::space::NewSpace;
use narthex_testdb::TestDatabase;

narthex_testdb::both_engines! {
    async fn a_search_sees_what_was_written_before_it_on_every_node(database: TestDatabase) {
        let ground = ground(database).await;
        let other = node(&ground.database, &ground.clock, "index-of-another").await;
        for n in 0..12 {
            let page = ground.page(&format!("Page {n}"), &format!("the wort{n} grows here")).await;
            for site in [&other, &ground.site] {
                let found = titles(site, &ground.reader, &format!("text ~ wort{n}")).await;
                assert_eq!(found, [format!("Page {n}")]);
            }
            ground.edit(page, Some(&format!("Renamed {n}")), Some("it is gone")).await;
            assert!(titles(&other, &ground.reader, &format!("text ~ wort{n}")).await.is_empty());
            assert!(titles(&ground.site, &ground.reader, &format!("title ~ 'page {n}'")).await.is_empty());
        }
    }

    async fn what_is_found_is_what_the_asker_sees(database: TestDatabase) {
        let ground = ground(database).await;
        let open = ground.page("Open", "red lantern by the quay").await;
        let closed = ground.page("Closed", "red red red lantern lantern").await;
        assert_eq!(titles(&ground.site, &ground.reader, "text ~ 'red lantern'").await, ["Closed", "Open"]);
        let alone = format!("text ~ lantern and id = {open}");
        let (_, before) = search(&ground.site, &ground.reader, &alone).await;

        let restrict = Restrict::Set(vec![(
            RestrictionKind::View,
            vec![Principal::Account(ground.admin_id)],
        )]);
        ground.site.restrict_page(&ground.admin, closed, restrict).await.unwrap();
        assert_eq!(titles(&ground.site, &ground.admin, "text ~ lantern").await, ["Closed", "Open"]);
        let (_, found) = search(&ground.site, &ground.reader, "text ~ lantern").await;
        // The hidden page isn't counted, and makes no difference to the score of the other.
        assert_eq!((found.total, &found.hits), (1, &before.hits));

        ground.open(false).await;
        assert!(titles(&ground.site, &ground.reader, "text ~ lantern").await.is_empty());
        assert!(titles(&ground.site, &ground.reader, "type = page").await.is_empty());
    }

    async fn what_moves_into_another_space_is_found_there_with_what_hangs_on_it(database: TestDatabase) {
        let ground = ground(database).await;
        let page = ground.page("Moved", "red lantern by the quay").await;
        let said = NewComment { page, parent: None, body: body("a lantern, too") };
        ground.site.create_comment(&ground.admin, said).await.unwrap();
        let found = async || {
            let mut found = titles(&ground.site, &ground.reader, "text ~ lantern").await;
            found.sort();
            found
        };
        assert_eq!(found().await, ["Moved", "Re: Moved"]);

        let new = NewSpace {
            key: Some("CLOSED".into()),
            name: "Closed".into(),
            description: String::new(),
            kind: SpaceKind::Global,
            private: false,
        };
        let closed = ground.site.create_space(&ground.admin, new).await.unwrap().homepage;
        ground.site.move_page(&ground.admin, page, Beside::Append, closed).await.unwrap();
        assert!(found().await.is_empty());
        assert_eq!(titles(&ground.site, &ground.admin, "text ~ lantern").await.len(), 2);

        let open = ground.page("Open", "the way back").await;
        ground.site.move_page(&ground.admin, page, Beside::Append, open).await.unwrap();
        assert_eq!(found().await, ["Moved", "Re: Moved"]);
    }

    async fn what_was_decided_for_one_search_serves_no_other_asker_and_no_other_state(database: TestDatabase) {
        let ground = ground(database).await;
        ground.page("Open", "red lantern by the quay").await;
        let closed = ground.page("Closed", "red lantern under the bridge").await;
        let old = ground.page("Old", "red lantern in the cellar").await;
        let restrict = Restrict::Set(vec![(
            RestrictionKind::View,
            vec![Principal::Account(ground.admin_id)],
        )]);
        ground.site.restrict_page(&ground.admin, closed, restrict).await.unwrap();
        ground.site.archive_page(&ground.admin, old, true).await.unwrap();
        // Nothing changes from here on, so all searches use one index at one revision.
        let query = cql::parse("text ~ lantern").unwrap();
        let found = async |who: &Credential, archived_pages: bool| {
            let asked = Asked { archived_pages, limit: 9, ..Asked::default() };
            let view = ground.site.view(who, Door::Confluence).await.unwrap();
            ground.site.search(who, &view, &query, &asked).await.unwrap().found.total
        };
        for _ in 0..3 {
            for (who, without, with) in [
                (&ground.reader, 1, 2),
                (&Credential::Nobody, 0, 0),
                (&ground.admin, 2, 3),
            ] {
                assert_eq!(found(who, false).await, without);
                assert_eq!(found(who, true).await, with);
            }
        }
    }

    async fn words_of_hidden_pages_alone_stay_unfound_and_are_found_when_the_page_opens(database: TestDatabase) {
        let ground = ground(database).await;
        ground.page("Open", "under the red lantern").await;
        let page = ground.page("Closed", "under the bridge").await;
        let listed = Restrict::Set(vec![(
            RestrictionKind::View,
            vec![Principal::Account(ground.admin_id)],
        )]);
        ground.site.restrict_page(&ground.admin, page, listed).await.unwrap();
        let queries = ["text ~ bridge", "text ~ 'bri*'", "text ~ '\"the bridge\"'", "title ~ closed"];
        // That a page is hidden is remembered for the one reader from whom it is, and only as long
        // as it is.
        for _ in 0..3 {
            for query in queries {
                assert!(titles(&ground.site, &ground.reader, query).await.is_empty(), "{query}");
                assert_eq!(titles(&ground.site, &ground.admin, query).await, ["Closed"], "{query}");
            }
        }
        ground.site.restrict_page(&ground.admin, page, Restrict::Lift).await.unwrap();
        for query in queries {
            assert_eq!(titles(&ground.site, &ground.reader, query).await, ["Closed"], "{query}");
        }
    }

    async fn comments_labels_macros_and_mentions_are_found(database: TestDatabase) {
        let ground = ground(database).await;
        let mention = format!(
            "<ac:structured-macro ac:name=\"info\"><ac:rich-text-body><p>Ask \
             <ac:link><ri:user ri:account-id=\"{}\"/></ac:link></p></ac:rich-text-body></ac:structured-macro>",
            ground.admin_id
        );
        let page = ground.page("Tides", &mention).await;
        let said = NewComment {
            page,
            parent: None,
            body: body("the barnacle question"),
        };
        ground.site.create_comment(&ground.admin, said).await.unwrap();
        let label = || NewLabel::written("spring-tide").unwrap();
        ground.site.add_labels(&ground.admin, Object::Page(page), vec![label()]).await.unwrap();
        let all = [
            ("text ~ barnacle", "Re: Tides"),
            ("type = comment and container = PAGE", "Re: Tides"),
            ("label = spring-tide", "Tides"),
            ("text ~ 'spring tide'", "Tides"),
            ("macro = info", "Tides"),
            ("type = page and contributor = currentUser() and title = tides", "Tides"),
        ];
        for (query, title) in all {
            let query = query.replace("PAGE", &page.to_string());
            assert_eq!(titles(&ground.site, &ground.admin, &query).await, [title], "{query}");
        }
        let mentioned = format!("mention = {}", ground.admin_id);
        assert_eq!(titles(&ground.site, &ground.reader, &mentioned).await, ["Tides"]);
        // The authors of former versions belong to the history, which `unlic` doesn't open
        // (law 2.24).
        let contributed = format!("contributor = {}", ground.admin_id);
        assert!(titles(&ground.site, &ground.reader, &contributed).await.is_empty());
        ground.site.remove_label(&ground.admin, Object::Page(page), label()).await.unwrap();
        assert!(titles(&ground.site, &ground.admin, "text ~ 'spring tide'").await.is_empty());
        assert_eq!(titles(&ground.site, &ground.admin, "title ~ tide").await, ["Tides"]);
    }

    async fn a_revoke_holds_while_others_search(database: TestDatabase) {
        let ground = ground(database).await;
        let other = node(&ground.database, &ground.clock, "index-of-another").await;
        ground.page("Wreck", "the wreck of the hesperus").await;
        for round in 0..20 {
            ground.open(true).await;
            let many: Vec<_> = (0..4)
                .map(|_| {
                    let (site, reader) = (other.clone(), ground.reader.clone());
                    tokio::spawn(async move { titles(&site, &reader, "text ~ hesperus").await })
                })
                .collect();
            ground.open(false).await;
            for site in [&ground.site, &other] {
                let found = titles(site, &ground.reader, "text ~ hesperus").await;
                assert!(found.is_empty(), "round {round}: {found:?}");
            }
            for one in many {
                one.await.unwrap();
            }
        }
    }
}
