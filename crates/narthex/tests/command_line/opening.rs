//! The switches of spaces and of the site, and what they open.

use crate::shell::Shell;

#[test]
fn a_widening_that_nobody_confirms_changes_nothing() {
    let shell = Shell::set_up();
    shell.run(&["space", "create", "--key", "HELP", "--name", "Help"]);
    for widening in [
        &["global", "--jsm-access", "on"][..],
        &["global", "--anonymous", "on"],
        &["global", "--enforce-anonymous", "off"],
        &["space", "view", "HELP", "--unlicensed", "on"],
    ] {
        let told = shell.refused(5, widening);
        assert!(
            told.contains("--yes") && told.contains("--dry-run"),
            "{told}"
        );
    }
    let switches = shell.json(&["global"]);
    assert_eq!(switches["jsmAccess"], false);
    assert_eq!(switches["anonymousAccess"], false);
    assert_eq!(switches["enforceAnonymous"], true);
    assert_eq!(
        shell.json(&["space", "view", "help"])[0]["unlicensedView"],
        false
    );
}

#[test]
fn a_dry_run_shows_who_would_gain_what_and_changes_nothing() {
    let shell = Shell::set_up();
    shell.run(&["space", "create", "--key", "HELP", "--name", "Help"]);
    shell.run(&["global", "--jsm-access", "on", "--yes"]);
    let exposure = shell.json(&["space", "view", "HELP", "--unlicensed", "on", "--dry-run"]);
    let gained = |tier: &str| {
        let tiers = exposure["tiers"].as_array().unwrap();
        tiers.iter().find(|one| one["tier"] == tier).unwrap()["gained"]["pages"]
            .as_u64()
            .unwrap()
    };
    assert_eq!(
        (
            gained("unlicensed"),
            gained("anonymous"),
            gained("licensed")
        ),
        (1, 0, 0)
    );
    assert_eq!(
        shell.json(&["space", "view", "HELP"])[0]["unlicensedView"],
        false
    );
}

#[test]
fn a_space_is_open_where_both_its_own_flag_and_the_switch_of_the_site_are_on() {
    let shell = Shell::set_up();
    shell.run(&["space", "create", "--key", "HELP", "--name", "Help"]);
    let help = || shell.json(&["space", "view", "help"])[0].clone();
    shell.run(&["space", "view", "help", "--unlicensed", "on", "--yes"]);
    assert_eq!(
        (&help()["unlicensedView"], &help()["unlicensedViewInEffect"]),
        (&true.into(), &false.into())
    );
    assert!(
        shell
            .run(&["space", "list"])
            .contains("set, but off for the site")
    );
    assert!(shell.run(&["doctor"]).contains("HELP would open"));
    shell.run(&["global", "--jsm-access", "on", "--yes"]);
    assert_eq!(help()["unlicensedViewInEffect"], true);
    shell.run(&["space", "view", "help", "--unlicensed", "off"]);
    assert_eq!(help()["unlicensedView"], false);
    let told = shell.refused(1, &["space", "view", "help", "--anonymous", "on", "--yes"]);
    assert!(told.contains("Anonymous access tab"), "{told}");
    shell.refused(1, &["space", "view", "NONE"]);
    shell.refused(1, &["space", "create", "--key", "help", "--name", "Again"]);
}

#[test]
fn the_older_rule_is_said_wherever_it_holds() {
    let shell = Shell::set_up();
    shell.run(&["space", "create", "--key", "OLD", "--name", "Old"]);
    shell.run(&["global", "--enforce-anonymous", "off", "--yes"]);
    shell.run(&["space", "view", "OLD", "--anonymous", "on", "--yes"]);
    assert!(shell.run(&["global"]).contains("older rule"));
    assert!(shell.run(&["space", "view", "OLD"]).contains("older rule"));
    assert!(shell.run(&["doctor"]).contains("--enforce-anonymous on"));
    shell.run(&["global", "--enforce-anonymous", "on"]);
    assert_eq!(
        shell.json(&["space", "view", "OLD"])[0]["anonymousView"],
        false
    );
}

#[test]
fn a_page_that_is_not_there_is_not_explained() {
    let shell = Shell::set_up();
    shell.run(&[
        "account",
        "add",
        "--email",
        "una@example.org",
        "--name",
        "Una",
        "--access",
        "none",
    ]);
    let told = shell.refused(
        1,
        &["access", "explain", "--email", "una@example.org", "77"],
    );
    assert!(told.contains("77"), "{told}");
}
