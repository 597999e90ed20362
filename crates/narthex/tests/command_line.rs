//! The commands, as a shell meets them: what is on standard output, what on standard
//! error, and the exit code.
#![cfg(test)]

use narthex_harness::{Program, SiteFiles};
use serde_json::Value;
use std::os::unix::fs::PermissionsExt;
use std::process::Output;

/// A site in a folder of its own, and the program on it.
struct Shell {
    program: Program,
    site: SiteFiles,
}

impl Shell {
    fn new() -> Self {
        Self {
            program: Program::new(env!("CARGO_BIN_EXE_narthex")),
            site: SiteFiles::new(None),
        }
    }

    /// With a site that is set up.
    fn set_up() -> Self {
        let shell = Self::new();
        shell.run(&["init", "--email", "ada@example.org", "--name", "Ada"]);
        shell
    }

    fn try_run(&self, arguments: &[&str]) -> Output {
        self.program.try_run(&self.site, arguments, None)
    }

    /// Runs a command that has to succeed; answers its standard output.
    fn run(&self, arguments: &[&str]) -> String {
        self.program.run(&self.site, arguments)
    }

    /// Runs a command that has to succeed with JSON.
    fn json(&self, arguments: &[&str]) -> Value {
        let text = self.run(&[&["--json"], arguments].concat());
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    /// Runs a command that has to end with a code; answers its standard error. Nothing
    /// is on standard output then.
    fn refused(&self, code: i32, arguments: &[&str]) -> String {
        let output = self.try_run(arguments);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {told}");
        assert!(
            output.stdout.is_empty(),
            "{arguments:?}: {:?}",
            output.stdout
        );
        assert!(!told.trim().is_empty(), "{arguments:?}");
        told
    }
}

fn is_token(text: &str) -> bool {
    text.starts_with("nx_") && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

#[test]
fn init_prints_the_token_alone_and_says_the_rest_beside_it() {
    let shell = Shell::new();
    let output = shell.try_run(&["init", "--email", "ada@example.org", "--name", "Ada"]);
    assert!(output.status.success());
    let token = String::from_utf8(output.stdout).unwrap();
    assert!(
        is_token(token.trim_end()) && token.ends_with('\n') && token.lines().count() == 1,
        "{token}"
    );
    let words = String::from_utf8(output.stderr).unwrap();
    assert!(
        words.contains("/link/") && words.contains("narthex serve"),
        "{words}"
    );
    assert!(!words.contains(token.trim()), "{words}");
}

#[test]
fn init_is_refused_on_a_site_that_is_set_up() {
    let shell = Shell::set_up();
    let told = shell.refused(1, &["init", "--email", "eve@example.org", "--name", "Eve"]);
    assert!(told.contains("narthex account add"), "{told}");
    assert_eq!(
        shell.json(&["account", "list"]).as_array().unwrap().len(),
        1
    );
}

#[test]
fn a_new_site_is_its_owners_alone() {
    let shell = Shell::set_up();
    let mode =
        |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&shell.site.data()), 0o700);
    for entry in std::fs::read_dir(shell.site.data()).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(mode(&path) & 0o077, 0, "{}", path.display());
    }
}

#[test]
fn a_command_on_a_site_that_is_not_set_up_says_init() {
    let shell = Shell::new();
    for command in [
        &["account", "list"][..],
        &["group", "list"],
        &["global"],
        &["space", "list"],
        &["token", "list", "--email", "a@example.org"],
        &["access", "explain", "--anonymous", "1"],
    ] {
        let told = shell.refused(3, command);
        assert!(told.contains("narthex init"), "{told}");
    }
}

#[test]
fn what_is_not_understood_ends_with_two() {
    let shell = Shell::set_up();
    for command in [
        &["frobnicate"][..],
        &["account", "add", "--email", "a@example.org"],
        &[
            "account",
            "add",
            "--email",
            "a@example.org",
            "--name",
            "A",
            "--access",
            "root",
        ],
        &[
            "account",
            "add",
            "--email",
            "a@example.org",
            "--name",
            "A",
            "--access",
            "none",
            "--space",
            "X",
        ],
        &[
            "token",
            "create",
            "--email",
            "ada@example.org",
            "--label",
            "x",
            "--expires",
            "soon",
        ],
        &[
            "token",
            "create",
            "--email",
            "ada@example.org",
            "--label",
            "x",
            "--scope",
            "everything",
        ],
        &["global", "--jsm-access", "maybe"],
        &["global", "--jsm-access", "on", "--dry-run", "--yes"],
        &["access", "explain", "--anonymous", "Home"],
        &["access", "explain", "1"],
    ] {
        shell.refused(2, command);
    }
}

#[test]
fn an_error_is_json_where_json_is_asked() {
    let shell = Shell::new();
    let told = shell.refused(3, &["--json", "global"]);
    let error: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(error["error"]["exitCode"], 3);
    assert!(
        error["error"]["message"]
            .as_str()
            .unwrap()
            .contains("narthex init")
    );
}

#[test]
fn an_account_of_every_tier_is_added_listed_changed_and_stopped() {
    let shell = Shell::set_up();
    shell.run(&["space", "create", "--key", "PIER", "--name", "Pier"]);
    for (name, access) in [
        ("lee", "confluence"),
        ("gus", "guest"),
        ("una", "none"),
        ("cato", "customer"),
    ] {
        let email = format!("{name}@example.org");
        let mut add = vec![
            "account", "add", "--email", &email, "--name", name, "--access", access,
        ];
        if access == "guest" {
            add.extend(["--space", "pier"]);
        }
        let link = shell.run(&add);
        assert!(
            link.starts_with("http://127.0.0.1:8090/link/") && link.lines().count() == 1,
            "{link}"
        );
    }
    let tier = |name: &str| {
        let all = shell.json(&["account", "list"]);
        let email = format!("{name}@example.org");
        let one = all
            .as_array()
            .unwrap()
            .iter()
            .find(|one| one["email"] == email)
            .unwrap()
            .clone();
        (
            one["tier"].as_str().unwrap_or("none").to_owned(),
            one["guestSpace"].as_str().map(str::to_owned),
        )
    };
    assert_eq!(tier("ada"), ("licensed".into(), None));
    assert_eq!(tier("lee"), ("licensed".into(), None));
    assert_eq!(tier("gus"), ("guest".into(), Some("PIER".into())));
    assert_eq!(tier("una"), ("unlicensed".into(), None));
    assert_eq!(tier("cato"), ("customer".into(), None));
    shell.run(&[
        "account",
        "set-access",
        "--email",
        "una@example.org",
        "--access",
        "confluence",
    ]);
    assert_eq!(tier("una").0, "licensed");
    shell.run(&["account", "deactivate", "--email", "UNA@example.org"]);
    assert_eq!(tier("una").0, "none");
    shell.run(&["account", "reactivate", "--email", "una@example.org"]);
    assert_eq!(tier("una").0, "licensed");
    let told = shell.refused(1, &["account", "deactivate", "--email", "ada@example.org"]);
    assert!(told.contains("last site administrator"), "{told}");
    let told = shell.refused(
        1,
        &["account", "deactivate", "--email", "nobody@example.org"],
    );
    assert!(told.contains("narthex account list"), "{told}");
}

#[test]
fn a_password_comes_from_standard_input_and_is_never_shown() {
    let shell = Shell::set_up();
    let add = [
        "account",
        "add",
        "--email",
        "bo@example.org",
        "--name",
        "Bo",
        "--access",
        "none",
        "--password-stdin",
    ];
    let with = |input: &str| shell.program.try_run(&shell.site, &add, Some(input));
    assert_eq!(with("").status.code(), Some(2));
    assert_eq!(with("short\n").status.code(), Some(1));
    let done = with("canary horse battery\nsecond line");
    assert!(done.status.success());
    let told = format!(
        "{}{}",
        String::from_utf8_lossy(&done.stdout),
        String::from_utf8_lossy(&done.stderr)
    );
    assert!(
        !told.contains("canary") && !told.contains("/link/"),
        "{told}"
    );
}

#[test]
fn a_token_is_printed_alone_listed_without_its_secret_and_revoked() {
    let shell = Shell::set_up();
    let create = [
        "token",
        "create",
        "--email",
        "ada@example.org",
        "--label",
        "reader",
        "--scope",
        "read",
        "--expires",
        "12h",
    ];
    let token = shell.run(&create);
    assert!(is_token(&token), "{token}");
    let list = ["token", "list", "--email", "ada@example.org"];
    let tokens = shell.json(&list);
    assert!(!tokens.to_string().contains(&token));
    let reader = tokens
        .as_array()
        .unwrap()
        .iter()
        .find(|token| token["label"] == "reader")
        .unwrap();
    assert_eq!(
        (reader["scopes"].as_str(), reader["state"].as_str()),
        (Some("read"), Some("counts"))
    );
    shell.run(&["token", "revoke", reader["id"].as_str().unwrap()]);
    assert!(shell.run(&list).contains("revoked"));
    shell.refused(1, &["token", "revoke", "1"]);
    shell.refused(
        1,
        &[
            "token",
            "create",
            "--email",
            "ada@example.org",
            "--label",
            "long",
            "--expires",
            "366d",
        ],
    );
    shell.run(&[
        "account",
        "add",
        "--email",
        "cato@example.org",
        "--name",
        "Cato",
        "--access",
        "customer",
    ]);
    let told = shell.refused(
        1,
        &[
            "token",
            "create",
            "--email",
            "cato@example.org",
            "--label",
            "x",
        ],
    );
    assert!(told.contains("customer"), "{told}");
}

#[test]
fn a_group_is_made_filled_emptied_and_deleted() {
    let shell = Shell::set_up();
    shell.run(&["group", "create", "--name", "engineers"]);
    shell.refused(1, &["group", "create", "--name", "Engineers"]);
    let members = || {
        let groups = shell.json(&["group", "list"]);
        let found = groups
            .as_array()
            .unwrap()
            .iter()
            .find(|group| group["name"] == "engineers")
            .cloned();
        found.map(|group| group["members"].as_u64().unwrap())
    };
    assert_eq!(members(), Some(0));
    shell.run(&[
        "group",
        "add",
        "--name",
        "ENGINEERS",
        "--email",
        "ada@example.org",
    ]);
    assert_eq!(members(), Some(1));
    shell.run(&[
        "group",
        "remove",
        "--name",
        "engineers",
        "--email",
        "ada@example.org",
    ]);
    assert_eq!(members(), Some(0));
    shell.run(&["group", "delete", "--name", "engineers"]);
    assert_eq!(members(), None);
    let told = shell.refused(1, &["group", "delete", "--name", "engineers"]);
    assert!(told.contains("narthex group list"), "{told}");
}

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
            .contains("set, but the site switch is off")
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

#[test]
fn doctor_finds_nothing_on_a_new_site_and_names_what_is_bad_with_the_next_step() {
    let shell = Shell::set_up();
    let well = shell.run(&["doctor"]);
    assert!(
        !well.contains("bad") && well.contains("synchronous=FULL"),
        "{well}"
    );
    std::fs::set_permissions(shell.site.data(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let ill = shell.try_run(&["doctor"]);
    assert_eq!(ill.status.code(), Some(1));
    assert!(String::from_utf8(ill.stdout).unwrap().contains("chmod 700"));
}

#[test]
fn a_database_that_is_away_ends_with_four_and_its_password_is_never_shown() {
    let shell = Shell::new();
    let url = "postgres://narthex:canary@127.0.0.1:1/narthex";
    for command in [
        &["account", "list"][..],
        &["init", "--email", "a@example.org", "--name", "A"],
    ] {
        let mut command = shell.program.command(&shell.site, command);
        let output = command.env("NARTHEX_DATABASE", url).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(4), "{told}");
        assert!(!told.contains("canary"), "{told}");
    }
}

#[test]
fn the_help_of_every_command_teaches_and_never_shows_a_password() {
    let shell = Shell::new();
    for command in [
        &[][..],
        &["init"],
        &["serve"],
        &["demo"],
        &["account"],
        &["account", "add"],
        &["account", "list"],
        &["account", "set-access"],
        &["account", "deactivate"],
        &["account", "reactivate"],
        &["account", "link"],
        &["account", "set-password"],
        &["group"],
        &["group", "create"],
        &["group", "list"],
        &["group", "add"],
        &["group", "remove"],
        &["group", "delete"],
        &["token"],
        &["token", "create"],
        &["token", "list"],
        &["token", "revoke"],
        &["global"],
        &["space"],
        &["space", "create"],
        &["space", "list"],
        &["space", "view"],
        &["access"],
        &["access", "explain"],
        &["doctor"],
    ] {
        let mut run = shell
            .program
            .command(&shell.site, &[command, &["--help"]].concat());
        let output = run
            .env("NARTHEX_DATABASE", "postgres://me:canary@host/x")
            .output()
            .unwrap();
        let help = String::from_utf8(output.stdout).unwrap();
        assert!(
            output.status.success() && help.contains("Usage: narthex"),
            "{command:?}: {help}"
        );
        assert!(!help.contains("canary"), "{command:?}: {help}");
    }
}
