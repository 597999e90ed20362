//! The settings: flags win over variables, and variables over the file; unknown ones are refused.
#![cfg(test)]

use narthex_harness::{Program, SiteFiles};
use std::process::Output;

struct Site {
    program: Program,
    files: SiteFiles,
}

impl Site {
    fn new() -> Self {
        let site = Self {
            program: Program::new(env!("CARGO_BIN_EXE_narthex")),
            files: SiteFiles::new(None),
        };
        site.program.run(
            &site.files,
            &["init", "--email", "ada@example.org", "--name", "Ada"],
        );
        site
    }

    fn configure(&self, text: &str) {
        std::fs::write(self.files.data().join("narthex.toml"), text).unwrap();
    }

    fn run(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
        let mut command = self.program.command(&self.files, arguments);
        command.envs(variables.iter().copied()).output().unwrap()
    }

    /// Returns the origin of a one-time link that is shown.
    fn origin(&self, arguments: &[&str], variables: &[(&str, &str)]) -> String {
        let link = ["account", "link", "--email", "ada@example.org"];
        let output = self.run(&[&link, arguments].concat(), variables);
        let told = String::from_utf8(output.stdout).unwrap();
        told.split("/link/").next().unwrap().to_owned()
    }
}

#[test]
fn a_flag_wins_over_a_variable_and_a_variable_over_the_file_and_the_file_over_the_default() {
    let site = Site::new();
    assert_eq!(site.origin(&[], &[]), "http://127.0.0.1:8090");
    site.configure("base_url = 'https://file.example'");
    assert_eq!(site.origin(&[], &[]), "https://file.example");
    let variable = [("NARTHEX_BASE_URL", "https://variable.example")];
    assert_eq!(site.origin(&[], &variable), "https://variable.example");
    assert_eq!(
        site.origin(&["--base-url", "https://flag.example/"], &variable),
        "https://flag.example"
    );
}

#[test]
fn an_unknown_key_is_refused_with_its_name_and_the_known_ones() {
    let site = Site::new();
    site.configure("listen = '127.0.0.1:0'\nbase-url = 'https://wiki.example.org'\n");
    let output = site.run(&["global"], &[]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{told}");
    for part in [
        "narthex.toml",
        "line 2",
        "base-url",
        "base_url",
        "trusted_proxy",
    ] {
        assert!(told.contains(part), "{told}");
    }
}

#[test]
fn a_value_that_is_not_understood_is_refused_wherever_it_comes_from() {
    let site = Site::new();
    let serve = |arguments: &[&str], variables: &[(&str, &str)]| {
        let output = site.run(&[&["serve"], arguments].concat(), variables);
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(serve(&["--listen", "here"], &[]).contains("HOST:PORT"));
    assert!(serve(&[], &[("NARTHEX_LISTEN", "here")]).contains("HOST:PORT"));
    assert!(serve(&["--trusted-proxy", "10.0.0.0/8,nowhere"], &[]).contains("nowhere"));
    assert!(serve(&["--rate-limit", "everybody=1"], &[]).contains("anonymous=N"));
    site.configure("workers = 0");
    assert!(serve(&[], &[]).contains("workers"));
}

#[test]
fn a_file_that_is_named_must_be_there_and_may_name_the_site() {
    let site = Site::new();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("site.toml");
    let named = ["--config", file.to_str().unwrap(), "global"];
    assert_eq!(site.run(&named, &[]).status.code(), Some(2));
    std::fs::write(&file, format!("data = '{}'", site.files.data().display())).unwrap();
    let mut command = site.program.command(&site.files, &named);
    let output = command.env_remove("NARTHEX_DATA").output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let mut command = site.program.command(&site.files, &["global"]);
    let output = command.env_remove("NARTHEX_DATA").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("NARTHEX_DATA")
    );
}
