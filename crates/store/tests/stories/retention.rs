//! Stories about retention: old entries of the audit log are removed below a floor, and no node
//! reads past it.

use crate::support::{Dice, open, write};
use narthex_access::Table;
use narthex_store::Entropy;
use narthex_store::audit::JournalQuery;
use narthex_store::health::Level;
use narthex_testdb::{TestDatabase, both_engines};

both_engines! {
    async fn old_entries_go_and_a_node_that_knew_them_loads_anew(database: TestDatabase) {
        let dice = Dice(Entropy::seeded(5));
        let (writer, lazy) = (open(&database, 1).await, open(&database, 2).await);
        lazy.catalogue().await.unwrap();
        for _ in 0..30 {
            write(&writer, vec![dice.row(Table::Page).into()]).await;
        }
        let all = JournalQuery { limit: 1_000, ..JournalQuery::default() };
        let before = writer.journal(&all).await.unwrap();
        let newest = before.first().unwrap().place.0;
        // With an instant at which all of them are old, the newest stays.
        writer.remove_events(i64::MAX).await.unwrap();
        let after = writer.journal(&all).await.unwrap();
        assert!(after.iter().all(|entry| entry.place.0 == newest) && !after.is_empty());
        let (followed, _) = lazy.catalogue().await.unwrap();
        let (loaded, _) = open(&database, 3).await.catalogue().await.unwrap();
        assert!(followed == loaded);
        write(&writer, vec![dice.row(Table::Page).into()]).await;
        write(&lazy, vec![dice.row(Table::Page).into()]).await;
        assert_eq!(writer.catalogue().await.unwrap().0.revision, newest + 2);
        // Nothing is older than the beginning, and nothing is missing above the floor.
        writer.remove_events(0).await.unwrap();
        let kept = writer.journal(&all).await.unwrap();
        assert!(kept.len() > after.len());
        let findings = writer.health(0).await.unwrap();
        let journal = findings.iter().find(|finding| finding.about == "journal").unwrap();
        assert_eq!(journal.level, Level::Good, "{journal:?}");
    }
}
