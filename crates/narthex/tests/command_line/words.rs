//! The output of the commands: the words, the stream and the exit code.

use crate::shell::{Shell, is_token};
use serde_json::Value;
use std::os::unix::fs::PermissionsExt;

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
        &["space", "trash"],
        &["space", "restore"],
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
