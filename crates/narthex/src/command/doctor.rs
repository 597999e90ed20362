//! `narthex doctor`: checks whether the site is in good health, and changes nothing.

use super::{Context, OPERATOR};
use crate::exit::Failure;
use crate::opening;
use crate::output::{Answer, Style};
use crate::settings::FILE_NAME;
use narthex_access::Door;
use narthex_site::Site;
use narthex_site::switch::SpaceSwitches;
use narthex_store::health::{Finding, Level};
use serde::Serialize;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// Checks everything, and prints one line for each check.
///
/// # Errors
/// Returns `Failure::Failed` if a check finds something bad, and the database's error if it can't
/// be read.
pub(super) async fn run(context: &Context) -> Result<(), Failure> {
    let settings = &context.settings;
    let mut lines = vec![folder(&settings.site.data)];
    lines.extend(file(&settings.site.data.join(FILE_NAME)));
    if settings.server.is_in_the_clear() {
        lines.push(Line::new(
            "network",
            Level::Warning,
            "passwords and tokens cross the network unencrypted: put a proxy with TLS before it and set \
             base_url and trusted_proxy, or listen on 127.0.0.1",
        ));
    }
    let site = match opening::existing(&settings.site).await {
        Ok(site) => site,
        Err(failure) => {
            lines.push(Line::new("database", Level::Bad, failure.to_string()));
            context.output.answer(&Health(lines))?;
            return Err(failure);
        }
    };
    let now = jiff::Timestamp::now().as_millisecond();
    lines.extend(site.store().health(now).await?.iter().map(Line::from));
    lines.extend(access(&site).await?);
    let bad = lines
        .iter()
        .filter(|line| line.level == Level::Bad.word())
        .count();
    context.output.answer(&Health(lines))?;
    match bad {
        0 => Ok(()),
        1 => Err(Failure::Failed(
            "one check is bad; its line says what to do".into(),
        )),
        bad => Err(Failure::Failed(format!(
            "{bad} checks are bad; their lines say what to do"
        ))),
    }
}

/// Checks that the data folder belongs to its owner alone.
fn folder(data: &Path) -> Line {
    let shown = data.display();
    match std::fs::metadata(data) {
        Ok(found) if found.permissions().mode() & 0o077 == 0 => Line::new(
            "data folder",
            Level::Good,
            format!("only its owner can open {shown}"),
        ),
        Ok(_) => Line::new(
            "data folder",
            Level::Bad,
            format!("other users of this machine can open {shown}: run chmod 700 {shown}"),
        ),
        Err(error) => Line::new(
            "data folder",
            Level::Bad,
            format!(
                "{shown}: {error}; name the right folder with --data, or make a site with narthex init"
            ),
        ),
    }
}

/// Checks that the configuration file in the data folder, which may contain the database's
/// password, belongs to its owner alone.
fn file(file: &Path) -> Option<Line> {
    let found = std::fs::metadata(file).ok()?;
    let shown = file.display();
    (found.permissions().mode() & 0o077 != 0).then(|| {
        Line::new(
            "configuration",
            Level::Warning,
            format!("other users of this machine can read {shown}: run chmod 600 {shown}"),
        )
    })
}

/// Lists what is open, or would be, and might be forgotten.
async fn access(site: &Site) -> Result<Vec<Line>, Failure> {
    let mut lines = Vec::new();
    let view = site.view(OPERATOR, Door::Confluence).await?;
    let switches = view.switches();
    lines.push(match switches.set_up {
        true => Line::new(
            "set-up",
            Level::Good,
            "done: the set-up URL no longer works",
        ),
        false => Line::new(
            "set-up",
            Level::Warning,
            "open: this site has no administrator; run narthex init",
        ),
    });
    let spaces = site.all_space_switches(OPERATOR).await?;
    let keys = |wanted: fn(&SpaceSwitches) -> bool| {
        let keys: Vec<&str> = spaces
            .iter()
            .filter(|space| wanted(space))
            .map(|space| &*space.space_key)
            .collect();
        keys.join(", ")
    };
    let sleeping = keys(|space| space.unlicensed_view && !space.jsm_access);
    if !sleeping.is_empty() {
        lines.push(Line::new(
            "access",
            Level::Warning,
            format!(
                "JSM access is off, but {sleeping} would open to every account the moment it is turned on; \
                 to close one, run narthex space view KEY --unlicensed off"
            ),
        ));
    }
    let older = keys(|space| space.anonymous_view && space.older_anonymous_rule);
    if !older.is_empty() {
        lines.push(Line::new(
            "access",
            Level::Warning,
            format!(
                "the older rule is in effect: anonymous access is off and not enforced, so {older} is open to every \
                 account; to close it, run narthex global --enforce-anonymous on"
            ),
        ));
    }
    let open = keys(|space| space.anonymous_view && space.anonymous_access);
    if !open.is_empty() {
        lines.push(Line::new(
            "access",
            Level::Good,
            format!("open to anyone on the internet, as set: {open}"),
        ));
    }
    if lines.len() == 1 {
        lines.push(Line::new(
            "access",
            Level::Good,
            "no space has a setting without effect",
        ));
    }
    Ok(lines)
}

/// The results of all checks.
#[derive(Debug, Serialize)]
#[serde(transparent)]
struct Health(Vec<Line>);

#[derive(Debug, Serialize)]
struct Line {
    about: &'static str,
    level: &'static str,
    message: String,
}

impl Line {
    fn new(about: &'static str, level: Level, message: impl Into<String>) -> Self {
        Self {
            about,
            level: level.word(),
            message: message.into(),
        }
    }
}

impl From<&Finding> for Line {
    fn from(finding: &Finding) -> Self {
        Self::new(finding.about, finding.level, finding.message.clone())
    }
}

impl Answer for Health {
    fn text(&self, style: Style) -> String {
        let line = |line: &Line| {
            let word = format!("{:<7}", line.level);
            let word = match line.level {
                "good" => style.good(&word),
                "warning" => style.warn(&word),
                _ => style.bad(&word),
            };
            format!("{word}  {:<12}  {}", line.about, line.message)
        };
        self.0.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}
