//! Stories about following, *follow(R0→R) = load(R)*: the catalogue is the same however a node came
//! to a revision.

use crate::support::{Dice, open, write};
use narthex_access::{RowChange, Table};
use narthex_store::{Entropy, Store};
use narthex_testdb::{TestDatabase, both_engines};

async fn same(followed: &Store, loaded: &Store, what: &str) {
    let (followed, _) = followed.catalogue().await.unwrap();
    let (loaded, _) = loaded.catalogue().await.unwrap();
    assert_eq!(followed.revision, loaded.revision);
    assert!(
        followed == loaded,
        "{what}: the followed catalogue at {} is not the loaded one",
        loaded.revision
    );
}

both_engines! {
    async fn every_row_of_every_table_is_loaded_as_it_was_written(database: TestDatabase) {
        let dice = Dice(Entropy::seeded(7));
        let store = open(&database, 1).await;
        for table in Table::ALL {
            let rows: Vec<RowChange> = (0..20).map(|_| dice.row(*table).into()).collect();
            let (mut expected, _) = store.catalogue().await.map(|(known, now)| ((*known).clone(), now)).unwrap();
            write(&store, rows.clone()).await;
            for row in rows {
                expected.apply(row);
            }
            let (loaded, _) = open(&database, 2).await.catalogue().await.unwrap();
            expected.revision = loaded.revision;
            expected.mark = loaded.mark;
            expected.last_event_at = loaded.last_event_at;
            assert!(expected == *loaded, "{table}");
            same(&store, &open(&database, 3).await, table.word()).await;
        }
    }

    async fn following_any_history_arrives_where_loading_does(database: TestDatabase) {
        for seed in 0..6 {
            let dice = Dice(Entropy::seeded(seed));
            let writer = open(&database, 100 + seed).await;
            let eager = open(&database, 200 + seed).await;
            let lazy = open(&database, 300 + seed).await;
            for round in 0..25 {
                let changes = (0..=dice.below(12)).map(|_| dice.change()).collect();
                write(&writer, changes).await;
                if round % 5 == 0 {
                    same(&eager, &open(&database, 400).await, &format!("seed {seed}, round {round}")).await;
                } else {
                    eager.catalogue().await.unwrap();
                }
            }
            let loaded = open(&database, 500).await;
            same(&eager, &loaded, &format!("seed {seed}, eager")).await;
            same(&lazy, &loaded, &format!("seed {seed}, all at once")).await;
            same(&writer, &loaded, &format!("seed {seed}, writer")).await;
        }
    }

    async fn a_name_that_passes_from_one_row_to_another_is_found(database: TestDatabase) {
        let dice = Dice(Entropy::seeded(3));
        let (writer, follower) = (open(&database, 1).await, open(&database, 2).await);
        let narthex_access::Row::Account(mut one) = dice.row(Table::Account) else { panic!() };
        let mut two = one.clone();
        one.id = narthex_access::AccountId::new(1).unwrap();
        two.id = narthex_access::AccountId::new(2).unwrap();
        one.email = "one@x".into();
        two.email = "two@x".into();
        write(&writer, vec![one.clone().into(), two.clone().into()]).await;
        follower.catalogue().await.unwrap();
        // Two people swap their addresses in one revision.
        std::mem::swap(&mut one.email, &mut two.email);
        write(&writer, vec![one.clone().into(), two.clone().into()]).await;
        let (catalogue, _) = follower.catalogue().await.unwrap();
        for (email, id) in [("one@x", two.id), ("two@x", one.id)] {
            assert_eq!(catalogue.account_by_email(email).unwrap().row().id, id, "{email}");
        }
        same(&follower, &open(&database, 3).await, "swapped").await;
        // One account is removed, and the other takes its address.
        one.email = "one@x".into();
        write(&writer, vec![RowChange::Remove(Table::Account, two.id.get()), one.into()]).await;
        same(&follower, &open(&database, 4).await, "taken over").await;
    }

    async fn a_node_far_behind_loads_anew(database: TestDatabase) {
        let dice = Dice(Entropy::seeded(5));
        let (writer, lazy) = (open(&database, 1).await, open(&database, 2).await);
        for _ in 0..1030 {
            write(&writer, vec![dice.row(Table::Switches).into()]).await;
        }
        same(&lazy, &open(&database, 3).await, "far behind").await;
    }
}
