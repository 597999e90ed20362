//! The text that the demo prints: its address, the people who can log in, the API calls, and what
//! to try.

use super::load::Loaded;
use super::manifest::HELP;
use super::people::Person;
use crate::exit::Failure;
use crate::output::table::table;
use crate::output::{Answer, Style};
use narthex_access::PageId;
use serde::Serialize;

/// The text with the values that it needs.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Announcement {
    url: String,
    space: String,
    people: Vec<ToldPerson>,
    call: Calls,
    explain: Option<String>,
    folder: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ToldPerson {
    name: &'static str,
    about: &'static str,
    email: &'static str,
    password: String,
    token: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Calls {
    unlicensed_view: OpenAndClose,
    anonymous_view: OpenAndClose,
}

/// The command lines that open a space and close it again.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct OpenAndClose {
    open: String,
    close: String,
}

impl Announcement {
    /// Makes the announcement of a site that is served at an origin.
    ///
    /// # Errors
    /// Fails if no account can make the call, which is a fault of the demo.
    pub(crate) fn new(
        origin: &str,
        loaded: &Loaded,
        folder: &std::path::Path,
    ) -> Result<Self, Failure> {
        let caller = loaded
            .people
            .iter()
            .find(|person| person.portrait.person == Person::Mira);
        let token = caller.and_then(|caller| Some((caller.portrait.email, caller.token.as_ref()?)));
        let (email, token) =
            token.ok_or_else(|| Failure::Failed("the demo has no caller".into()))?;
        let calls = |segment: &str| OpenAndClose {
            open: curl(origin, email, token.reveal(), segment, true),
            close: curl(origin, email, token.reveal(), segment, false),
        };
        let people = loaded.people.iter().map(|person| ToldPerson {
            name: person.portrait.name,
            about: person.portrait.about,
            email: person.portrait.email,
            password: person.password.clone(),
            token: person.token.as_ref().map(|token| token.reveal().to_owned()),
        });
        Ok(Self {
            url: format!("{origin}/wiki"),
            space: format!("{origin}/wiki/spaces/{HELP}"),
            people: people.collect(),
            call: Calls {
                unlicensed_view: calls("unlicensedview"),
                anonymous_view: calls("anonymousView"),
            },
            explain: loaded.restricted.map(|page| explain(folder, page)),
            folder: folder.display().to_string(),
        })
    }
}

fn curl(origin: &str, email: &str, token: &str, segment: &str, enable: bool) -> String {
    format!(
        "curl -sS -u '{email}:{token}' \\\n  \
         -H 'Content-Type: application/json' \\\n  \
         -d '{{\"enablePermission\": {enable}, \"spaceKey\": \"{HELP}\"}}' \\\n  \
         {origin}/wiki/rest/knowledge-base/1.0/permissions/space/{segment}"
    )
}

fn explain(folder: &std::path::Path, page: PageId) -> String {
    let program = std::env::args().next().unwrap_or_else(|| "narthex".into());
    format!(
        "{program} access explain --data {} --email una@ternisland.example {page}",
        folder.display()
    )
}

impl Answer for Announcement {
    fn text(&self, style: Style) -> String {
        let rows = self.people.iter().map(|person| {
            [
                person.name.to_owned(),
                person.about.to_owned(),
                person.email.to_owned(),
                person.password.clone(),
            ]
        });
        let people = table(style, &["who", "is", "e-mail", "password"], rows);
        let tokens: Vec<String> = self
            .people
            .iter()
            .filter_map(|person| Some(format!("  {:<30} {}", person.email, person.token.as_ref()?)))
            .collect();
        let call = |what: &str, calls: &OpenAndClose| {
            format!(
                "{}\n{}\n\n{}\n{}",
                style.bold(&format!("Open the space to {what}:")),
                calls.open,
                style.bold("Close it again:"),
                calls.close
            )
        };
        let mut text = format!(
            "\n{}  {}\n\n{people}\n\nAPI tokens, for Basic authentication (e-mail:token) or as Bearer (customers have none):\n{}\n\n{}\n\n{}\n\n",
            style.bold("Narthex demo:"),
            style.good(&self.url),
            tokens.join("\n"),
            call("every active account", &self.call.unlicensed_view),
            call("everybody", &self.call.anonymous_view),
        );
        text.push_str(&format!(
            "{}\n\
             \x20 1. Log in as Una, who has no licence, and open {}: it isn't there for her.\n\
             \x20 2. Send the first call printed above, and open it again: she sees the space, without \"Goodwill limits\", which is restricted.\n\
             \x20 3. Send the second call, which closes the space: from the next request on, it isn't there again.\n\
             \x20 4. Log out, send the third call, and open it again: anyone on the internet can view it now. The fourth call closes it.\n\
             \x20 5. Log in as Mira: the space's permissions page has the same settings, and the audit log shows each change.\n",
            style.bold("What to try"),
            self.space
        ));
        if let Some(explain) = &self.explain {
            text.push_str(&format!(
                "  6. Why doesn't Una see the restricted page?\n     {explain}\n"
            ));
        }
        text.push_str(&format!(
            "\nAll passwords and tokens are random and new each time. Everything is in {}\nand is removed when you stop the demo with Ctrl-C.\n",
            self.folder
        ));
        text
    }
}
