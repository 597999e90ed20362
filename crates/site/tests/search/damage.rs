//! An index that is missing, damaged or of another history is rebuilt automatically.

use crate::ground::{ground, node, titles};
use narthex_testdb::TestDatabase;
use std::path::Path;

const ASKED: &str = "text ~ lantern";

/// Returns the files of the index in a folder, except those that begin with a dot.
fn files(home: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(home.join("1")).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| !file.file_name().unwrap().to_string_lossy().starts_with('.'));
    files.sort();
    files
}

narthex_testdb::both_engines! {
    async fn an_index_is_made_anew_when_it_is_damaged(database: TestDatabase) {
        let ground = ground(database).await;
        ground.page("One", "a lantern").await;
        let home = ground.database.folder().join("damaged");
        let node = || node(&ground.database, &ground.clock, "damaged");
        assert_eq!(titles(&node().await, &ground.reader, ASKED).await, ["One"]);

        let count = files(&home).len();
        assert!(count > 3);
        for n in 0..count {
            let file = files(&home).get(n).cloned();
            let Some(file) = file else { break };
            let bytes = std::fs::read(&file).unwrap();
            let mut flipped = bytes.clone();
            if let Some(byte) = flipped.get_mut(bytes.len() / 2) {
                *byte ^= 0x55;
            }
            std::fs::write(&file, flipped).unwrap();
            let found = titles(&node().await, &ground.reader, ASKED).await;
            assert_eq!(found, ["One"], "{} was damaged", file.display());

            let file = files(&home).get(n).cloned();
            let Some(file) = file else { break };
            std::fs::write(&file, &bytes[..bytes.len() / 3]).unwrap();
            let found = titles(&node().await, &ground.reader, ASKED).await;
            assert_eq!(found, ["One"], "{} was cut", file.display());

            if let Some(file) = files(&home).get(n) {
                std::fs::remove_file(file).unwrap();
            }
            assert_eq!(titles(&node().await, &ground.reader, ASKED).await, ["One"]);
        }
        std::fs::remove_dir_all(&home).unwrap();
        assert_eq!(titles(&node().await, &ground.reader, ASKED).await, ["One"]);
    }

    async fn an_index_of_another_history_is_made_anew(database: TestDatabase) {
        let first = ground(database).await;
        first.page("One", "a lantern").await;
        first.page("Two", "a lantern").await;
        assert_eq!(titles(&first.site, &first.reader, ASKED).await.len(), 2);
        let index = first.database.folder().join("index");
        let second = ground(TestDatabase::sqlite()).await;
        second.page("Three", "a lantern").await;
        // The second site finds the folder of the first.
        drop(first.site);
        let home = second.database.folder().join("moved");
        copy(&index, &home);
        let node = node(&second.database, &second.clock, "moved").await;
        assert_eq!(titles(&node, &second.reader, ASKED).await, ["Three"]);
    }

    async fn nodes_that_share_a_folder_have_an_index_each(database: TestDatabase) {
        let ground = ground(database).await;
        let other = node(&ground.database, &ground.clock, "index").await;
        ground.page("One", "a lantern").await;
        for site in [&ground.site, &other] {
            assert_eq!(titles(site, &ground.reader, ASKED).await, ["One"]);
        }
        let home = ground.database.folder().join("index");
        let asked = ground.site.rebuild_index(&home).await.unwrap();
        assert_eq!(asked, narthex_site::search::Rebuilt::Asked(2));
        other.keep_index().await;
        assert_eq!(titles(&other, &ground.reader, ASKED).await, ["One"]);
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
