//! The people of the demo: at least one of each tier.

use narthex_site::account::Access;

/// A person of the demo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Person {
    Mira,
    Jonas,
    Ada,
    Pia,
    Gus,
    Una,
    Cato,
    Dan,
}

/// The description of a person.
#[derive(Debug)]
pub(crate) struct Portrait {
    pub(crate) person: Person,
    /// The word that stands for the account in content: `{{mira}}`.
    pub(crate) word: &'static str,
    pub(crate) name: &'static str,
    pub(crate) email: &'static str,
    /// The demo's words about the person.
    pub(crate) about: &'static str,
    pub(crate) access: Is,
    /// The groups in addition to the one that gives the access.
    pub(crate) groups: &'static [&'static str],
}

/// The access of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Is {
    SiteAdministrator,
    Licensed,
    GuestOf(&'static str),
    Unlicensed,
    Customer,
    Deactivated,
}

impl Is {
    /// Returns the access that the account is made with.
    pub(crate) fn access(self) -> Access {
        match self {
            Self::SiteAdministrator | Self::Licensed => Access::Confluence,
            Self::GuestOf(key) => Access::Guest {
                space_key: Some(key.into()),
            },
            Self::Unlicensed | Self::Deactivated => Access::None,
            Self::Customer => Access::Customer,
        }
    }

    /// Returns whether the person can have an API token.
    pub(crate) fn has_token(self) -> bool {
        !matches!(self, Self::Customer | Self::Deactivated)
    }
}

/// The groups that the demo makes.
pub(crate) const GROUPS: [&str; 3] = [ENGINEERS, HELP_DESK, OFFICE];
pub(crate) const ENGINEERS: &str = "engineers";
pub(crate) const HELP_DESK: &str = "help-desk";
pub(crate) const OFFICE: &str = "office";

/// The group of the service desk's agents, which set-up makes.
const AGENTS: &str = "jira-servicemanagement-users";

/// All people of the demo.
pub(crate) const PEOPLE: [Portrait; 8] = [
    Portrait {
        person: Person::Mira,
        word: "mira",
        name: "Mira Holt",
        email: "mira@ternisland.example",
        about: "licensed, site administrator",
        access: Is::SiteAdministrator,
        groups: &[HELP_DESK, OFFICE],
    },
    Portrait {
        person: Person::Jonas,
        word: "jonas",
        name: "Jonas Berg",
        email: "jonas@ternisland.example",
        about: "licensed, administers CREW",
        access: Is::Licensed,
        groups: &[],
    },
    Portrait {
        person: Person::Ada,
        word: "ada",
        name: "Ada Lind",
        email: "ada@ternisland.example",
        about: "licensed, engineer",
        access: Is::Licensed,
        groups: &[ENGINEERS],
    },
    Portrait {
        person: Person::Gus,
        word: "gus",
        name: "Gus Petrov",
        email: "gus@northpier-catering.example",
        about: "guest of PIER",
        access: Is::GuestOf("PIER"),
        groups: &[],
    },
    Portrait {
        person: Person::Una,
        word: "una",
        name: "Una Day",
        email: "una@ternisland.example",
        about: "unlicensed",
        access: Is::Unlicensed,
        groups: &[],
    },
    Portrait {
        person: Person::Pia,
        word: "pia",
        name: "Pia Sund",
        email: "pia@ternisland.example",
        about: "unlicensed, agent of the service desk",
        access: Is::Unlicensed,
        groups: &[AGENTS, HELP_DESK],
    },
    Portrait {
        person: Person::Cato,
        word: "cato",
        name: "Cato Vik",
        email: "cato@gullholm-school.example",
        about: "customer: can't log in yet, because there is no help centre yet",
        access: Is::Customer,
        groups: &[],
    },
    Portrait {
        person: Person::Dan,
        word: "dan",
        name: "Dan Rask",
        email: "dan@ternisland.example",
        about: "deactivated: can't log in",
        access: Is::Deactivated,
        groups: &[],
    },
];
