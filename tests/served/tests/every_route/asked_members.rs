//! Every query parameter and every member of a body in the published documents is used or refused,
//! or it is listed with the reason why not: nothing that a caller sends is dropped in silence.
//!
//! The list of the documents is in `operations/asked.txt`. Whatever requests can prove is proved by
//! sending them (`probe`); the rest is in `operations/asked-reviewed.txt`, for people.

mod asked;
mod furnished;
mod probe;
mod reviewed;

use asked::Asked;
use narthex_served::table::table;
use probe::Prober;
use reviewed::{Reviewed, Section};
use std::collections::BTreeSet;

#[tokio::test]
async fn every_member_of_the_published_requests_is_used_or_refused_or_listed_with_its_reason() {
    let all = Asked::all();
    let mut entries = table();
    // Operations that only read are tried first, before anything has been changed.
    entries.sort_by_key(|entry| entry.method != "GET");
    let mut prober = Prober::new().await;
    let (mut unproved, mut proved) = (BTreeSet::new(), BTreeSet::new());
    for entry in &entries {
        let name = asked::key(entry.method, entry.template);
        for asked in all.iter().filter(|asked| asked.key() == name) {
            let lines = prober.unproved(entry, asked).await;
            if !lines.contains(&asked.line()) {
                proved.extend(asked.lines().filter(|line| !lines.contains(line)));
            }
            unproved.extend(lines);
        }
    }
    println!("{} proved, {} not", proved.len(), unproved.len());
    assert!(proved.len() > 700, "the probes must reach what they try");

    let reviewed = Reviewed::all();
    let listed = |line: &String| reviewed.iter().any(|it| it.fits(line));
    let missing = unproved.iter().filter(|line| !listed(line));
    let mut wrong: Vec<String> = missing
        .map(|line| format!("{line}: it is neither used nor refused, and not listed"))
        .collect();
    for it in &reviewed {
        let fits = |lines: &BTreeSet<String>| lines.iter().find(|line| it.fits(line)).cloned();
        let (open, done) = (fits(&unproved), fits(&proved));
        match (it.section, open, done) {
            (Section::WithoutEffect, None, None) => {
                wrong.push(format!(
                    "{}: no such parameter or member is read",
                    it.pattern
                ));
            }
            (Section::Unread | Section::Tested, None, _) => {
                wrong.push(format!("{}: nothing is left for it to explain", it.pattern));
            }
            (Section::Unread | Section::Tested, Some(_), Some(done)) => {
                wrong.push(format!("{}: {done} is proved, and is listed", it.pattern));
            }
            _ => {}
        }
    }
    assert!(
        wrong.is_empty(),
        "operations/asked-reviewed.txt is to be reviewed:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn the_reviewed_list_has_a_reason_or_an_existing_test_for_each_group() {
    Reviewed::check();
}
