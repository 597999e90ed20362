use narthex_server::web::pages::access::{Audience, ConfluenceAccess};
use narthex_server::web::pages::chrome::{Chrome, NoticeKind};
use narthex_server::web::pages::confirm::{
    ConfirmAccess, ConfirmChange, Exposure, Extent, Fact, TierExposure, TypedName,
};
use narthex_server::web::pages::global::{
    AnonymousTab, GroupAccess, GuestLine, GuestsTab, JsmTab, UserGroupsTab,
};
use narthex_server::web::pages::moment::Count;
use narthex_server::web::pages::page::PageLink;
use narthex_server::web::pages::restrictions::{Listed, PageRestrictions, RestrictionList};
use narthex_server::web::pages::space::SpaceHead;
use narthex_server::web::pages::space_permissions::{
    Channel, ChannelState, ClassChoice, GrantForm, GrantLine, OpeningCall, PermissionChoice,
    Principal, RestrictedPage, SpacePermissions,
};
use narthex_server::web::pages::trash::{Trash, TrashKind, TrashLine};
use narthex_server::web::paths;

use super::{Sample, Samples, sample};

impl<'a> Samples<'a> {
    pub(super) fn groups(&self) -> Vec<GroupAccess<'a>> {
        [
            ("confluence-admins", ConfluenceAccess::User, true, 3),
            ("confluence-guests", ConfluenceAccess::Guest, false, 12),
            ("confluence-users", ConfluenceAccess::User, false, 1_204),
            ("harbour-pilots", ConfluenceAccess::None, false, 18),
        ]
        .map(|(name, access, administers, members)| GroupAccess {
            id: self.text("3c9f12aa-77e0-4b1d"),
            name: self.text(name),
            access,
            administers,
            members: Count(members),
        })
        .to_vec()
    }

    fn trash_lines(&self) -> Vec<TrashLine<'a>> {
        [
            (TrashKind::Page, "Radio procedure"),
            (TrashKind::Attachment, "channel-plan.png"),
            (
                TrashKind::Comment,
                "The plan is of last year: channel 12 is the pilots’ now",
            ),
        ]
        .map(|(kind, name)| TrashLine {
            id: 4_711,
            address: "/wiki/spaces/HAND/pages/4711".to_owned(),
            name: self.text(name),
            page: self.text("Radio procedure"),
            kind,
            updated: self.hours_ago(30),
        })
        .to_vec()
    }

    fn channel(&self, set: bool, state: ChannelState, effect: &str) -> Channel<'a> {
        Channel {
            set,
            effect: self.text(effect),
            state,
            change: Ok(()),
        }
    }

    fn grant(
        &self,
        kind: Principal,
        name: &str,
        permissions: &[&str],
        rests: Option<&str>,
    ) -> GrantLine<'a> {
        GrantLine {
            kind,
            id: self.text("5b10a2844c20165700ede21g"),
            name: self.text(name),
            permissions: permissions.iter().map(|label| self.text(label)).collect(),
            rests: rests.map(|why| self.text(why)),
        }
    }

    fn space_permissions(&self) -> SpacePermissions<'a> {
        let choices = [
            ("read/space", "View"),
            ("create/page", "Create pages"),
            ("create/blogpost", "Create blog posts"),
            ("create/comment", "Comment"),
            ("create/attachment", "Attach files"),
            ("delete/page", "Delete pages"),
            ("delete/space", "Delete own"),
            ("restrict_content/space", "Restrict pages"),
            ("export/space", "Export the space"),
            ("administer/space", "Administer"),
        ];
        SpacePermissions {
            chrome: self.administrator("Permissions"),
            space: self.space_head(),
            now: Some(self.text("All 4,120 active accounts can read 1,284 pages of this space.")),
            unlicensed: self.channel(
                true,
                ChannelState::InEffect,
                "Every active account on this site can view this space, with or without Confluence access.",
            ),
            anonymous: Channel {
                change: Err(self.text("Anonymous access is off for this site and enforced, so no space can be opened to anyone. A site administrator can turn it on under Global permissions.")),
                ..self.channel(false, ChannelState::NotSet, "This lets nobody in.")
            },
            grants: vec![
                self.grant(Principal::Class, "People with Confluence access", &["View", "Create pages", "Create blog posts", "Comment", "Attach files"], None),
                self.grant(Principal::Group, "harbour-pilots", &["View", "Comment"], None),
                self.grant(Principal::Account, "Jonas Reyes", &["View", "Create pages", "Delete pages", "Restrict pages", "Administer"], None),
                self.grant(Principal::Account, "Tomas Varga", &["View", "Comment"], Some("Rests: no Confluence access")),
            ],
            call: Some(OpeningCall {
                email: self.text("mara@harbour.example"),
                base_url: self.text("https://wiki.harbour.example"),
            }),
            add: Some(GrantForm {
                to: "group".into(),
 classes: vec![ClassChoice { value: self.text("class:all-licensed-users"), label: self.text("People with Confluence access") }],
 principal: self.text("harbor-masters"),
                principal_error: self.wrong("There is no group with this name."),
                choices: choices
                    .into_iter()
                    .map(|(value, label)| PermissionChoice {
                        value: self.text(value),
                        label: self.text(label),
                        chosen: value == "read/space",
                    })
                    .collect(),
                permission_error: self.wrong("Choose at least one."),
            }),
            restricted: vec![
                RestrictedPage { id: 7_719_004_112, seen: None, since: self.hours_ago(800), by: self.text("Jonas Reyes"), may_take_over: true },
                RestrictedPage { id: 5_002_661_847, seen: Some((self.text("Rates for tugs"), paths::page("HAND", 5_002_661_847, "Rates for tugs"))), since: self.hours_ago(6), by: self.text("Mara Lindqvist"), may_take_over: false },
            ],
        }
    }

    fn anonymous_tab(&self) -> AnonymousTab<'a> {
        AnonymousTab {
            chrome: self.administrator("Anonymous access"),
            now: self.text("The internet sees nothing here, and no space can be opened to it."),
            anonymous_access: false,
            enforce_anonymous: true,
            jsm_access: true,
            user_profiles: false,
            author_names: false,
            indexing: false,
            open_spaces: Count(0),
        }
    }

    fn confirm(&self) -> ConfirmChange<'a> {
        let extent = |pages, blog_posts, attachments, comments| Extent {
            pages: Count(pages),
            blog_posts: Count(blog_posts),
            attachments: Count(attachments),
            comments: Count(comments),
        };
        let tier = |audience, gained, lost| TierExposure {
            audience,
            gained,
            lost,
        };
        ConfirmChange {
            chrome: self.administrator("Confirm"),
            question: self.text("Let any active user view “Harbour Handbook”?"),
            meaning: self.text("Every active account on this site, with or without Confluence access, will be able to view the current content of this space."),
            caution: Some(self.text("“Use Confluence” in JSM access is off for this site. The setting is saved, but has no effect until a site administrator turns that on.")),
            change: Fact::UnlicensedView,
            on: true,
            exposure: Exposure {
                tiers: vec![
                    tier(Audience::Licensed, extent(0, 0, 0, 0), extent(0, 0, 0, 0)),
                    tier(Audience::Guests, extent(1_284, 16, 3_310, 942), extent(0, 0, 0, 0)),
                    tier(Audience::Unlicensed, extent(1_284, 16, 3_310, 942), extent(0, 0, 0, 0)),
                    tier(Audience::Customers, extent(212, 0, 96, 0), extent(4, 0, 0, 0)),
                ],
                restricted_stay_closed: Count(37),
                author_names: Count(58),
                examples: ["Radio procedure", "Your first three weeks"].map(|title| self.text(title)).to_vec(),
            },
            both: None,
            action: self.text("Open the space"),
            cancel: self.text("/wiki/spaces/HAND/permissions"),
        }
    }

    fn restrictions(&self) -> PageRestrictions<'a> {
        let listed = |kind, name: &str| Listed {
            kind,
            id: self.text("5b10a2844c20165700ede21g"),
            name: self.text(name),
        };
        PageRestrictions {
            chrome: self.reader("Restrictions"),
            space_key: self.text("HAND"),
            page_address: paths::page("HAND", 731, "Your first three weeks"),
            page_id: 731,
            page_title: self.text("Your first three weeks"),
            now: Some(
                self.text("Only Jonas Reyes and the group harbour-pilots can view this page."),
            ),
            inherited: vec![PageLink {
                id: 700,
                title: self.text("Welcome to the harbour"),
            }],
            view: RestrictionList {
                restricted: true,
                listed: vec![
                    listed(Principal::Account, "Jonas Reyes"),
                    listed(Principal::Group, "harbour-pilots"),
                ],
                adding: self.text("nobody@harbour.example"),
                adding_error: self
                    .wrong("No active account has the address nobody@harbour.example."),
            },
            edit: RestrictionList {
                restricted: false,
                listed: Vec::new(),
                adding: self.text(""),
                adding_error: None,
            },
            may_change: true,
        }
    }

    pub(super) fn permissions(&self) -> Vec<Sample> {
        vec![
            sample(
                "global-user-groups",
                &UserGroupsTab { chrome: self.administrator("User groups"), groups: self.groups() },
            ),
            sample(
                "global-guests",
                &GuestsTab {
                    chrome: self.administrator("Guests"),
                    guests: vec![
                        GuestLine { id: self.text("5b10"), name: self.text("Tomas Varga"), email: self.text("tomas@tugs.example"), space: Some((self.text("HELP"), self.text("Help for skippers"))) },
                        GuestLine { id: self.text("5b11"), name: self.text("Aiko Brandt"), email: self.text("aiko@pilots.example"), space: None },
                    ],
                },
            ),
            sample(
                "global-guests-none",
                &GuestsTab { chrome: self.administrator("Guests"), guests: Vec::new() },
            ),
            sample(
                "global-jsm",
                &JsmTab {
                    chrome: self.administrator("JSM access"),
                    now: self.text("This lets nobody in: the setting is off. 4 spaces are set to open to any active user, and will open when it is turned on."),
                    jsm_access: false,
                    open_spaces: Count(4),
                    spaces: vec![(self.text("HAND"), self.text("Harbour Handbook"))],
                },
            ),
            sample(
                "global-jsm-on",
                &JsmTab {
                    chrome: self.administrator("JSM access"),
                    now: self.text("Every active account can view 1 space: 2,311 in all, 1 of them without Confluence access."),
                    jsm_access: true,
                    open_spaces: Count(1),
                    spaces: vec![(self.text("HELP"), self.text("Help for skippers"))],
                },
            ),
            sample("global-anonymous", &self.anonymous_tab()),
            sample(
                "global-anonymous-older-rule",
                &AnonymousTab { enforce_anonymous: false, open_spaces: Count(3), ..self.anonymous_tab() },
            ),
            sample(
                "global-anonymous-on",
                &AnonymousTab { anonymous_access: true, open_spaces: Count(2), author_names: true, indexing: true, ..self.anonymous_tab() },
            ),
            sample("space-permissions", &self.space_permissions()),
            sample(
                "space-permissions-older-rule",
                &SpacePermissions {
                    unlicensed: Channel {
                        change: Err(self.text("You see this because you administer the linked service project; changing it takes an administrator of the space.")),
                        ..self.channel(true, ChannelState::NoEffect, "This lets nobody in now: “Use Confluence” in JSM access is off for this site.")
                    },
                    anonymous: self.channel(true, ChannelState::OlderRule, "By the older rule, everyone with Confluence access, and guests. Not the internet: anonymous access is off for this site, and not enforced."),
                    grants: Vec::new(),
                    add: None,
                    restricted: Vec::new(),
                    ..self.space_permissions()
                },
            ),
            sample("confirm", &self.confirm()),
            sample(
                "space-trash",
                &Trash {
                    chrome: self.administrator("Trash of Harbour Handbook"),
                    space: SpaceHead {
                        key: self.text("HAND"),
                        name: self.text("Harbour Handbook"),
                        personal: false,
                        archived: false,
                        may_view: true,
                        may_see_permissions: true,
                        may_see_trash: true,
                        drafts: Count(0),
                    },
                    lines: self.trash_lines(),
                    all: Count(3),
                },
            ),
            sample(
                "confirm-access",
                &ConfirmAccess {
                    chrome: self.administrator("Confirm"),
                    question: self.text("Delete the group “help-desk”?"),
                    meaning: self.text("Its members lose what the group gives them."),
                    people: vec![self.text("Ines Okafor loses the licence.")],
                    exposure: self.confirm().exposure,
                    fields: vec![(self.text("do"), self.text("delete"))],
                    typed: Some(TypedName {
                        name: self.text("help-desk"),
                        problem: self.wrong("Type the name of the group to delete it."),
                    }),
                    action: self.text("Delete group"),
                    danger: true,
                    cancel: self.text("/wiki/admin/groups"),
                },
            ),
            sample(
                "confirm-nothing",
                &ConfirmChange {
                    question: self.text("Turn enforcement on?"),
                    meaning: self.text("Anonymous grants of spaces will count only while anonymous access is on."),
                    caution: None,
                    change: Fact::EnforceAnonymous,
                    exposure: Exposure::default(),
                    action: self.text("Turn enforcement on"),
                    ..self.confirm()
                },
            ),
            sample(
                "restrictions",
                &PageRestrictions {
                    chrome: Chrome { notice: self.notice(NoticeKind::Refused, "Nothing was saved: see below."), ..self.reader("Restrictions") },
                    ..self.restrictions()
                },
            ),
            sample(
                "restrictions-nobody",
                &PageRestrictions {
                    inherited: Vec::new(),
                    view: RestrictionList { listed: Vec::new(), ..self.restrictions().view },
                    may_change: false,
                    ..self.restrictions()
                },
            ),
        ]
    }
}
