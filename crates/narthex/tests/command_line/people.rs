//! Accounts, groups, passwords, tokens.

use crate::shell::{Shell, is_token};

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
fn a_personal_space_is_made_for_somebody_with_a_licence() {
    let shell = Shell::set_up();
    let add = [
        "account",
        "add",
        "--email",
        "lee@example.org",
        "--name",
        "Lee",
        "--access",
        "confluence",
    ];
    shell.run(&add);
    let made = shell.json(&["space", "create-personal", "LEE@example.org"]);
    let key = made[0]["key"].as_str().unwrap();
    assert!(key.len() == 25 && key.starts_with('~'), "{made}");
    assert_eq!(
        (&made[0]["name"], &made[0]["kind"]),
        (&"Lee".into(), &"personal".into())
    );
    let refused = shell.refused(1, &["space", "create-personal", "lee@example.org"]);
    assert!(refused.contains("one personal space"), "{refused}");
}
