use narthex_server::web::pages::access::{ConfluenceAccess, ServiceDeskAccess};
use narthex_server::web::pages::account::{
    Account, OwnToken, PasswordForm, PersonalSpace, Preset, Scope, TokenForm, TokenLine, TryIt,
};
use narthex_server::web::pages::accounts::{
    AccountDetail, AccountFilter, AccountLine, Accounts, AddAccount, GroupRef, GuestSpace,
    MadeLink, OneTimeLinkMade,
};
use narthex_server::web::pages::audit::{AuditEntry, AuditLog};
use narthex_server::web::pages::entry::PasswordAgain;
use narthex_server::web::pages::groups::{GroupDetail, Groups};
use narthex_server::web::pages::moment::Count;
use narthex_server::web::pages::profile::{Profile, SpaceLink};
use narthex_server::web::pages::spaces::{SpaceLine, Spaces, TrashedSpace};

use super::{Sample, Samples, sample};

impl<'a> Samples<'a> {
    fn account_line(
        &self,
        name: &str,
        confluence: ConfluenceAccess,
        service_desk: ServiceDeskAccess,
    ) -> AccountLine<'a> {
        let first = name.split(' ').next().unwrap_or(name).to_lowercase();
        AccountLine {
            id: self.text("5b10a2844c20165700ede21g"),
            name: self.text(name),
            email: self.text(&format!("{first}@harbour.example")),
            confluence,
            service_desk,
            administers_site: first == "mara",
            active: first != "olaf",
        }
    }

    fn account_lines(&self) -> Vec<AccountLine<'a>> {
        use ConfluenceAccess as C;
        use ServiceDeskAccess as D;
        [
            ("Mara Lindqvist", C::User, D::Agent),
            ("Jonas Reyes", C::User, D::None),
            ("Tomas Varga", C::Guest, D::None),
            ("Ines Okafor", C::None, D::Agent),
            ("Wen Castellanos-Achterberg", C::None, D::Customer),
            ("Olaf Brandt", C::None, D::None),
        ]
        .map(|(name, confluence, service_desk)| self.account_line(name, confluence, service_desk))
        .to_vec()
    }

    fn group_refs(&self, names: &[&str]) -> Vec<GroupRef<'a>> {
        names
            .iter()
            .map(|name| GroupRef {
                id: self.text("3c9f12aa-77e0"),
                name: self.text(name),
            })
            .collect()
    }

    fn own_account(&self) -> Account<'a> {
        let token = |label: &str, scopes: &[Scope], created, expires, last_used| TokenLine {
            id: self.text("t-41"),
            label: self.text(label),
            ends_in: self.text("jGa1"),
            scopes: scopes.to_vec(),
            created: self.hours_ago(created),
            expires: self.hours_ago(expires),
            expired: expires > 0,
            last_used,
        };
        Account {
            chrome: self.administrator("Account"),
            name: self.text("Mara Lindqvist"),
            email: self.text("mara@harbour.example"),
            access: [
                "Confluence: user",
                "Service desk: agent",
                "Site administrator",
            ]
            .map(|access| self.text(access))
            .to_vec(),
            tokens: vec![
                token(
                    "Publishing from CI",
                    &[Scope::Read, Scope::Write],
                    720,
                    -1_400,
                    Some(self.hours_ago(2)),
                ),
                token("Opening spaces", &Scope::ALL, 100, -2_000, None),
                token(
                    "Old laptop",
                    &[Scope::Read],
                    4_000,
                    300,
                    Some(self.hours_ago(1_000)),
                ),
            ],
            new_token: TokenForm {
                label: self.text(""),
                label_error: self.wrong("Give the token a label."),
                expires_days: 90,
                expires_error: None,
                preset: Preset::Chosen,
                scopes: vec![Scope::Read],
                scope_error: None,
            },
            sessions: Count(3),
            password: PasswordForm {
                current_error: self.wrong("This isn’t your current password."),
                ..PasswordForm::default()
            },
            personal_space: PersonalSpace::MayCreate,
        }
    }

    fn guest_spaces(&self) -> Vec<GuestSpace<'a>> {
        [("HAND", "Harbour Handbook"), ("HELP", "Help for skippers")]
            .map(|(key, name)| GuestSpace {
                key: self.text(key),
                name: self.text(name),
            })
            .to_vec()
    }

    fn account_detail(&self) -> AccountDetail<'a> {
        AccountDetail {
            chrome: self.administrator("Tomas Varga"),
            account: self.account_line(
                "Tomas Varga",
                ConfluenceAccess::Guest,
                ServiceDeskAccess::None,
            ),
            created: self.hours_ago(2_000),
            has_password: true,
            tokens: Count(1),
            chosen: ConfluenceAccess::Guest,
            spaces: self.guest_spaces(),
            guest_space: self.text("HLP"),
            guest_space_error: self.wrong("There is no space with this key."),
            groups: self.group_refs(&["confluence-guests", "harbour-pilots"]),
            other_groups: self.group_refs(&["confluence-users", "confluence-admins"]),
        }
    }

    fn audit_log(&self) -> AuditLog<'a> {
        let entries = [
            (
                1,
                Some("Mara Lindqvist"),
                "Unlicensed view of space",
                "HAND",
                "off",
                "on",
            ),
            (
                2,
                Some("Mara Lindqvist"),
                "Use Confluence, JSM access",
                "site",
                "off",
                "on",
            ),
            (26, None, "Token expired", "Old laptop", "active", "expired"),
            (
                40,
                Some("Jonas Reyes"),
                "Page restricted",
                "page 7719004112",
                "",
                "view: Jonas Reyes, harbour-pilots",
            ),
            (
                90,
                Some("Mara Lindqvist"),
                "Group member removed",
                "confluence-users",
                "Ines Okafor",
                "",
            ),
            (
                91,
                Some("Mara Lindqvist"),
                "Grant given in space",
                "HAND",
                "read",
                "read, create page, comment",
            ),
        ];
        AuditLog {
            chrome: self.administrator("Audit log"),
            entries: entries
                .map(|(hours, actor, what, object, before, after)| AuditEntry {
                    at: self.hours_ago(hours),
                    actor: actor.map(|name| self.text(name)),
                    what: self.text(what),
                    object: self.text(object),
                    before: self.text(before),
                    after: self.text(after),
                })
                .to_vec(),
            newer: None,
            older: Some(self.text("/wiki/admin/audit?before=1")),
        }
    }

    fn space_line(
        &self,
        key: &str,
        name: &str,
        unlicensed_view: bool,
        anonymous_view: bool,
    ) -> SpaceLine<'a> {
        SpaceLine {
            key: self.text(key),
            name: self.text(name),
            personal: key.starts_with('~'),
            archived: key == "OLD",
            unlicensed_view,
            anonymous_view,
        }
    }

    pub(super) fn administration(&self) -> Vec<Sample> {
        vec![
            sample("account", &self.own_account()),
            sample(
                "profile",
                &Profile {
                    chrome: self.reader("Mara Lindqvist"),
                    name: self.text("Mara Lindqvist"),
                    email: Some(self.text("mara@harbour.example")),
                    deactivated: false,
                    guest: false,
                    customer: false,
                    personal_space: Some(SpaceLink {
                        key: self.text("~mara"),
                        name: self.text("Mara’s notes"),
                    }),
                },
            ),
            sample(
                "password-again",
                &PasswordAgain {
                    chrome: self.administrator("Enter your password"),
                    here: self.text("/account"),
                    fields: vec![(self.text("do"), self.text("create-token"))],
                    password: "password_again_to_go_on",
                    problem: None,
                },
            ),
            sample(
                "account-new-token",
                &OwnToken {
                    chrome: self.administrator("New API token"),
                    id: self.text("4711"),
                    label: self.text("Opening spaces"),
                    email: self.text("mara@harbour.example"),
                    secret: Some(self.text("nthx_7Qm2vXc9TtBq4LrWz8KdYp3sHf6NjGa1")),
                    ends_in: self.text("jGa1"),
                    try_it: TryIt::OpenSpace(self.text("HAND")),
                    expires: self.hours_ago(-2_160),
                    base_url: self.text("https://wiki.harbour.example"),
                },
            ),
            sample(
                "admin-accounts",
                &Accounts {
                    chrome: self.administrator("Accounts"),
                    accounts: self.account_lines(),
                    total: Count(3_533),
                    filter: AccountFilter::default(),
                    spaces: self.guest_spaces(),
                    add: AddAccount::default(),
                    next: Some(self.text("/wiki/admin/accounts?after=6")),
                },
            ),
            sample(
                "admin-accounts-add",
                &Accounts {
                    chrome: self.administrator("Accounts"),
                    accounts: Vec::new(),
                    total: Count(0),
                    filter: AccountFilter {
                        q: self.text("okafor"),
                        access: "guest".into(),
                        state: "active".into(),
                    },
                    spaces: self.guest_spaces(),
                    add: AddAccount {
                        open: true,
                        name: self.text("Aiko Brandt"),
                        email: self.text("aiko@pilots.example"),
                        email_error: self.wrong("An account has this e-mail address already."),
                        access: "guest".into(),
                        space_error: self.wrong("A guest needs a space."),
                        ..AddAccount::default()
                    },
                    next: None,
                },
            ),
            sample("admin-account", &self.account_detail()),
            sample(
                "admin-account-deactivated",
                &AccountDetail {
                    account: self.account_line(
                        "Olaf Brandt",
                        ConfluenceAccess::None,
                        ServiceDeskAccess::None,
                    ),
                    guest_space: self.text(""),
                    guest_space_error: None,
                    groups: Vec::new(),
                    ..self.account_detail()
                },
            ),
            sample(
                "admin-one-time-link",
                &OneTimeLinkMade {
                    chrome: self.administrator("One-time link"),
                    account_id: self.text("5b10"),
                    name: self.text("Tomas Varga"),
                    active: true,
                    made: Some(MadeLink {
                        address: self.text(
                            "https://wiki.harbour.example/link/q7Tt2vXc9Bq4LrWz8KdYp3sHf6NjGa1m",
                        ),
                        expires: self.hours_ago(-72),
                    }),
                },
            ),
            sample(
                "admin-groups",
                &Groups {
                    chrome: self.administrator("Groups"),
                    groups: self.groups(),
                    name: self.text("harbour-pilots"),
                    name_error: self.wrong("A group has this name already."),
                },
            ),
            sample(
                "admin-group",
                &GroupDetail {
                    chrome: self.administrator("confluence-users"),
                    group: self.groups().swap_remove(2),
                    members: self.account_lines(),
                    adding: self.text("aiko@pilots.example"),
                    adding_error: self.wrong("No account has this e-mail address."),
                    next: Some(self.text("/wiki/admin/groups/3?after=6")),
                },
            ),
            sample("admin-audit", &self.audit_log()),
            sample(
                "admin-spaces",
                &Spaces {
                    chrome: self.administrator("Spaces"),
                    spaces: vec![
                        self.space_line("HAND", "Harbour Handbook", true, false),
                        self.space_line("HELP", "Help for skippers", true, true),
                        self.space_line("~jonas", "Jonas Reyes", false, false),
                        self.space_line("OLD", "The old port, until 2019", false, false),
                    ],
                    total: Count(4),
                    jsm_access: true,
                    anonymous_access: false,
                    next: None,
                    trash: vec![TrashedSpace {
                        key: self.text("PIER"),
                        name: self.text("The pier that burned"),
                    }],
                },
            ),
        ]
    }
}
