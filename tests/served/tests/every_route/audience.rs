//! Compares who sees what over HTTP with the manual reading of the law that the scene was written
//! by (law 2).

use narthex_served::world::LICENSED;
use narthex_served::{Aim, Kind, Who, World};
use std::fmt::Write as _;
use std::time::Duration;

/// Returns the address at which a thing is read.
fn address(aim: &Aim) -> String {
    match aim.kind {
        Kind::Space => format!("/wiki/rest/api/space/{}", aim.key),
        Kind::Page | Kind::BlogPost | Kind::Folder => {
            format!("/wiki/rest/api/content/{}?status=any", aim.page)
        }
        Kind::Attachment => format!("/wiki/rest/api/content/att{}?status=any", aim.attachment),
        Kind::Comment => format!("/wiki/rest/api/content/{}?status=any", aim.comment),
        Kind::Account => format!("/wiki/rest/api/user?accountId={}", aim.account),
        Kind::Group => format!("/wiki/rest/api/group/by-id?id={}", aim.group),
        Kind::LongTask => format!("/wiki/rest/api/longtask/{}", aim.task),
        Kind::Template => format!("/wiki/rest/api/template/{}", aim.template),
    }
}

/// Returns all addresses at which a thing and everything that belongs to it is read: each has the
/// same viewers (law 7.3).
fn addresses(aim: &Aim) -> Vec<String> {
    let mut all = vec![address(aim)];
    if matches!(aim.kind, Kind::Page | Kind::BlogPost) {
        if !aim.attachment.is_empty() {
            all.push(format!(
                "/wiki/rest/api/content/att{}?status=any",
                aim.attachment
            ));
            all.push(format!(
                "/wiki/download/attachments/{}/{}",
                aim.page, aim.file
            ));
            all.push(format!(
                "/wiki/rest/api/content/{}/child/attachment/att{}/download",
                aim.page, aim.attachment
            ));
        }
        if !aim.comment.is_empty() {
            all.push(format!("/wiki/rest/api/content/{}?status=any", aim.comment));
        }
        for below in [
            "child",
            "child/comment",
            "child/attachment",
            "descendant",
            "descendant/comment",
            "history",
            "restriction/byOperation",
        ] {
            all.push(format!("/wiki/rest/api/content/{}/{below}", aim.page));
        }
    }
    if matches!(aim.kind, Kind::Page | Kind::Folder) {
        for below in [
            "child/page",
            "child/folder",
            "descendant/page",
            "descendant/folder",
        ] {
            all.push(format!("/wiki/rest/api/content/{}/{below}", aim.page));
        }
    }
    all
}

#[tokio::test]
async fn everybody_sees_what_the_law_gives_them_and_nothing_else() {
    let world = World::new(1).await;
    let mut wrong = String::new();
    for aim in &world.aims {
        for who in Who::active() {
            for path in addresses(aim) {
                let told = world.served.get(&world.actor(who), &path).await;
                let refused = match aim.kind {
                    // Every site has groups, so people who may not see them get a refusal that says
                    // so.
                    Kind::Group => matches!(told.status, 401 | 403),
                    // Anonymous callers are asked to log in, whatever the task.
                    Kind::LongTask => matches!(told.status, 401 | 404),
                    _ => told.status == 404,
                };
                let right = if aim.seen_by(who) {
                    told.status == 200
                } else {
                    refused
                };
                if !right {
                    let seen = if aim.seen_by(who) {
                        "sees"
                    } else {
                        "doesn't see"
                    };
                    let (name, of) = (who.name(), &aim.name);
                    let _ = writeln!(
                        wrong,
                        "{name} {seen} {of}, but {path} answers {}",
                        told.status
                    );
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[tokio::test]
async fn a_deactivated_account_is_refused_everywhere() {
    let world = World::new(2).await;
    for aim in &world.aims {
        for path in addresses(aim) {
            // The limit on wrong credentials is tested elsewhere.
            world.served.ticks.advance(Duration::from_secs(60));
            let told = world.served.get(&world.actor(Who::Dan), &path).await;
            assert_eq!(told.status, 401, "{path}");
        }
    }
}

/// Writes the audiences as a table that people can read and review.
#[tokio::test]
async fn the_scene_is_the_one_that_was_reviewed() {
    let world = World::new(3).await;
    let mut table = format!("{:<22}", "");
    for who in Who::active() {
        let _ = write!(table, "{:>7}", who.name());
    }
    table.push('\n');
    for aim in &world.aims {
        let _ = write!(table, "{:<22}", aim.name);
        for who in Who::active() {
            let path = address(aim);
            let told = world.served.get(&world.actor(who), &path).await;
            let _ = write!(table, "{:>7}", told.status);
        }
        table.push('\n');
    }
    insta::assert_snapshot!(table);
}

#[tokio::test]
async fn opening_a_page_never_opens_its_past() {
    let world = World::new(4).await;
    for name in ["Guide", "News", "Came over", "Welcome"] {
        let aim = world.aim(name);
        for who in Who::active().filter(|who| aim.seen_by(*who)) {
            let path = format!(
                "/wiki/rest/api/content/{}?expand=version,history,history.contributors",
                aim.page
            );
            let told = world.served.get(&world.actor(who), &path).await;
            let shown = told.text().contains("what changed");
            assert_eq!(
                shown,
                LICENSED.has(who),
                "{name} to {}: {}",
                who.name(),
                told.text()
            );
            for past in [
                "?version=1&expand=body.storage",
                "/version",
                "/version/1?expand=content.body.view",
            ] {
                let path = format!("/wiki/rest/api/content/{}{past}", aim.page);
                let told = world.served.get(&world.actor(who), &path).await;
                let status = if LICENSED.has(who) { 200 } else { 403 };
                assert_eq!(
                    told.status,
                    status,
                    "{path} to {}: {}",
                    who.name(),
                    told.text()
                );
            }
            let path = format!(
                "/wiki/rest/api/content/{}/history?expand=lastUpdated,previousVersion,contributors",
                aim.page
            );
            let told = world.served.get(&world.actor(who), &path).await;
            assert_eq!(told.status, 200, "{path}");
            assert_eq!(
                told.text().contains("what changed"),
                LICENSED.has(who),
                "{path}"
            );
        }
    }
}
