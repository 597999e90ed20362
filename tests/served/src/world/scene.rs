//! The scene: which spaces and pages there are, and who sees them.
//!
//! The audiences here are a manual reading of the law (law 2), without asking the site's
//! operations. `tests/every_route/audience.rs` compares them with the responses over HTTP.

use super::build::Builder;
use super::content::{Fate, PageSpec, SpaceSpec, body};
use super::who::{ACCOUNTS, Audience, EVERYBODY, LICENSED, NOBODY, SITE_ADMINISTRATORS, Who};
use super::{Aim, Kind};
use crate::must;
use narthex_access::{Credential, Operation, PageKind, Portal, Principal, ProjectRole};
use narthex_site::account::Access;
use narthex_site::place::Beside;
use narthex_site::project::NewProject;
use narthex_site::space::EditSpace;
use narthex_site::switch::{SetSwitches, SpaceSwitch};
use narthex_site::template::NewTemplate;

/// The people who administer DOCS and have a channel of their own there (law 1.7).
const DOCS_ADMINISTRATORS: Audience = Audience::of(&[Who::Ada, Who::Sam, Who::Sid]);
/// The operations of writers, in addition to those of every licensed account.
const WRITING: &[Operation] = &[
    Operation::Read,
    Operation::Restrict,
    Operation::DeleteOwn,
    Operation::DeletePage,
    Operation::DeleteBlogPost,
    Operation::DeleteAttachment,
    Operation::DeleteComment,
    Operation::ArchivePage,
];

impl Builder {
    /// Makes everything.
    pub(super) async fn scene(&mut self) {
        let open = SetSwitches {
            jsm_access: Some(true),
            anonymous_access: Some(true),
            ..SetSwitches::default()
        };
        must(
            self.served
                .site
                .set_switches(&Credential::Operator, open)
                .await,
        );
        self.spaces().await;
        self.docs().await;
        self.docs_hidden().await;
        self.folders().await;
        self.docs_moved().await;
        self.elsewhere().await;
        self.quoting().await;
        self.work_in_docs().await;
        self.draft_over("Install", Who::Olga).await;
        self.draft_over("Team news", Who::Olga).await;
        self.trash_within_docs().await;
        self.templates().await;
        self.hung().await;
        self.desk().await;
        self.end_of_spaces().await;
    }

    async fn spaces(&mut self) {
        let spec = |key, by, private, audience: Audience, past| SpaceSpec {
            key,
            by,
            private,
            personal: false,
            named: audience.and(SITE_ADMINISTRATORS),
            audience,
            past,
        };
        let olga = Audience::of(&[Who::Olga]);
        let guests = Audience::of(&[Who::Ada, Who::Gus]);
        self.space(&spec("DOCS", Who::Ada, false, EVERYBODY, LICENSED))
            .await;
        self.space(&spec("CLOSED", Who::Olga, true, olga, olga))
            .await;
        self.space(&spec("OPEN", Who::Ada, false, ACCOUNTS, LICENSED))
            .await;
        self.space(&spec("TEAM", Who::Ada, false, LICENSED, LICENSED))
            .await;
        self.space(&spec("GUESTS", Who::Ada, true, guests, guests))
            .await;
        self.space(&spec("OLD", Who::Ada, false, ACCOUNTS, LICENSED))
            .await;
        self.space(&spec("GONE", Who::Olga, false, NOBODY, NOBODY))
            .await;
        let lena = Audience::of(&[Who::Lena]);
        let personal = SpaceSpec {
            personal: true,
            ..spec("LENA", Who::Lena, true, lena, lena)
        };
        self.space(&personal).await;

        let gus = self.id_of(Who::Gus);
        let space_key = Some(self.aim("GUESTS").key);
        let guest = Access::Guest { space_key };
        must(
            self.served
                .site
                .set_account_access(&Credential::Operator, gus, guest)
                .await,
        );
        let guest = [
            Operation::Read,
            Operation::CreatePage,
            Operation::CreateComment,
        ];
        self.grant("GUESTS", Who::Gus, &guest).await;
        self.grant("DOCS", Who::Sam, Operation::ALL).await;
        self.grant("DOCS", Who::Olga, WRITING).await;
        // These grants are stored without effect: neither is licensed, nor a guest of this space.
        self.grant("TEAM", Who::Una, &[Operation::Read, Operation::CreatePage])
            .await;
        self.grant("TEAM", Who::Gus, &[Operation::Read]).await;
        for space in ["DOCS", "OPEN", "OLD"] {
            self.switch(space, SpaceSwitch::UnlicensedView).await;
        }
        self.switch("DOCS", SpaceSwitch::AnonymousView).await;
    }

    /// Makes what everybody sees in DOCS.
    async fn docs(&mut self) {
        let page = |name, by| PageSpec::new(name, "DOCS", by, EVERYBODY);
        self.page(PageSpec {
            versions: 3,
            ..page("Guide", Who::Ada)
        })
        .await;
        self.page(PageSpec {
            parent: Some("Guide"),
            ..page("Install", Who::Lena)
        })
        .await;
        self.page(PageSpec {
            parent: Some("Install"),
            ..page("On Linux", Who::Dan)
        })
        .await;
        self.page(PageSpec {
            fate: Fate::Archived,
            ..page("Former guide", Who::Olga)
        })
        .await;
        let news = PageSpec {
            kind: PageKind::BlogPost,
            ..page("News", Who::Ada)
        };
        self.page(PageSpec {
            versions: 2,
            ..news
        })
        .await;
    }

    /// Makes what only some see in DOCS.
    async fn docs_hidden(&mut self) {
        let only = |people: &[Who]| Audience::of(people);
        let page = |name, audience| PageSpec::new(name, "DOCS", Who::Olga, audience);
        let olga = Principal::Account(self.id_of(Who::Olga));
        let uma = Principal::Account(self.id_of(Who::Uma));
        let writers = Principal::Group(self.groups["writers"]);

        let secret = PageSpec {
            readers: Some(vec![olga]),
            ..page("Secret", only(&[Who::Olga]))
        };
        self.page(PageSpec {
            versions: 2,
            ..secret.clone()
        })
        .await;
        let below = page("Below secret", only(&[Who::Olga]));
        self.page(PageSpec {
            parent: Some("Secret"),
            ..below
        })
        .await;
        let inside = PageSpec {
            name: "Secret in guide",
            title: "Secret in guide",
            ..secret.clone()
        };
        self.page(PageSpec {
            parent: Some("Guide"),
            ..inside
        })
        .await;

        let shared = page("Shared with Uma", only(&[Who::Olga, Who::Uma]));
        let readers = Some(vec![olga, uma]);
        self.page(PageSpec {
            readers,
            versions: 2,
            ..shared.clone()
        })
        .await;
        let below = PageSpec {
            name: "Below shared",
            title: "Below shared",
            ..shared
        };
        self.page(PageSpec {
            parent: Some("Shared with Uma"),
            ..below
        })
        .await;

        let writing = page("For writers", only(&[Who::Olga, Who::Lena]));
        self.page(PageSpec {
            readers: Some(vec![writers]),
            ..writing
        })
        .await;

        // It has the same title as a page that everybody sees: a clash with what is hidden from its
        // writer is accepted (law 6.7).
        let sketch = PageSpec {
            fate: Fate::Draft,
            ..page("Sketch", only(&[Who::Olga]))
        };
        self.page(sketch).await;
        let blog = PageSpec {
            kind: PageKind::BlogPost,
            ..secret
        };
        self.page(PageSpec {
            name: "Secret news",
            title: "Secret news",
            ..blog
        })
        .await;
        let sketch = page("Sketch of news", only(&[Who::Olga]));
        let sketch = PageSpec {
            kind: PageKind::BlogPost,
            fate: Fate::Draft,
            ..sketch
        };
        self.page(sketch).await;

        let trashed = PageSpec {
            fate: Fate::Trashed,
            ..page("Thrown away", DOCS_ADMINISTRATORS)
        };
        self.page(trashed).await;
        let readers = Some(vec![olga]);
        let trashed = PageSpec {
            fate: Fate::Trashed,
            readers,
            ..page("Secret thrown away", NOBODY)
        };
        self.page(trashed).await;
        let notes = PageSpec {
            title: "Release notes",
            ..page("Old release notes", DOCS_ADMINISTRATORS)
        };
        self.page(PageSpec {
            fate: Fate::Trashed,
            ..notes
        })
        .await;
        let notes = PageSpec::new("Release notes", "DOCS", Who::Lena, EVERYBODY);
        self.page(notes).await;
    }

    /// Makes the pages that were moved into or out of the space.
    async fn docs_moved(&mut self) {
        let came = PageSpec {
            alone: true,
            ..PageSpec::new("Came over", "TEAM", Who::Olga, EVERYBODY)
        };
        self.grant("TEAM", Who::Olga, WRITING).await;
        // Its first version was written where only licensed accounts read.
        self.page(PageSpec {
            versions: 2,
            ..came
        })
        .await;
        self.moves("Came over", "DOCS").await;
        let olga = Audience::of(&[Who::Olga]);
        let went = PageSpec {
            alone: true,
            ..PageSpec::new("Went away", "DOCS", Who::Olga, olga)
        };
        self.page(went).await;
        self.moves("Went away", "CLOSED").await;
    }

    async fn moves(&mut self, name: &str, space: &str) {
        let (page, space) = (self.aim(name), self.aim(&format!("home of {space}")));
        let moved = self.site(self.secrets.hides(page.audience));
        let target = must(space.page.parse());
        let id = must(page.page.parse());
        must(
            moved
                .move_page(&self.by(Who::Olga), id, Beside::Append, target)
                .await,
        );
        for aim in self.aims.iter_mut().filter(|aim| aim.name == name) {
            (aim.space, aim.key) = (space.space.clone(), space.key.clone());
            aim.past = aim.audience.within(space.past);
        }
    }

    /// Makes the other spaces.
    async fn elsewhere(&mut self) {
        let olga = Audience::of(&[Who::Olga]);
        let guests = Audience::of(&[Who::Ada, Who::Gus]);
        self.page(PageSpec {
            versions: 2,
            ..PageSpec::new("Plan", "TEAM", Who::Lena, LICENSED)
        })
        .await;
        let news = PageSpec::new("Team news", "TEAM", Who::Lena, LICENSED);
        self.page(PageSpec {
            kind: PageKind::BlogPost,
            ..news
        })
        .await;
        let welcome = PageSpec::new("Welcome", "OPEN", Who::Olga, ACCOUNTS);
        self.page(PageSpec {
            versions: 2,
            ..welcome
        })
        .await;
        let guests = PageSpec::new("For guests", "GUESTS", Who::Ada, guests);
        self.page(PageSpec {
            versions: 2,
            ..guests
        })
        .await;
        self.page(PageSpec {
            versions: 2,
            ..PageSpec::new("Vault", "CLOSED", Who::Olga, olga)
        })
        .await;
        let news = PageSpec::new("Vault news", "CLOSED", Who::Olga, olga);
        self.page(PageSpec {
            kind: PageKind::BlogPost,
            ..news
        })
        .await;
        self.page(PageSpec::new("Old page", "OLD", Who::Olga, ACCOUNTS))
            .await;
        self.page(PageSpec::new("Lost page", "GONE", Who::Olga, NOBODY))
            .await;
        let lena = Audience::of(&[Who::Lena]);
        self.page(PageSpec::new("My notes", "LENA", Who::Lena, lena))
            .await;
    }

    /// Makes tasks and inline comments, in pages that everybody sees and in some that few see.
    async fn work_in_docs(&mut self) {
        let olga = Principal::Account(self.id_of(Who::Olga));
        let only_olga = Audience::of(&[Who::Olga]);
        let page = |name, audience| PageSpec::new(name, "DOCS", Who::Olga, audience);
        self.task_page(page("To do", EVERYBODY)).await;
        let secret = PageSpec {
            readers: Some(vec![olga]),
            ..page("Secret to do", only_olga)
        };
        self.task_page(secret).await;
        self.thread("Thread in guide", "Guide", Who::Ada).await;
        self.thread("Thread in news", "News", Who::Ada).await;
        self.thread("Thread in secret", "Secret", Who::Olga).await;
        self.thread("Thread in secret news", "Secret news", Who::Olga)
            .await;
    }

    /// Moves a file and a comment of a page that everybody sees to the trash.
    async fn trash_within_docs(&mut self) {
        let guide = self.aim("Guide");
        let hidden = self.secrets.hides(DOCS_ADMINISTRATORS);
        let more = self.secrets.number(DOCS_ADMINISTRATORS, 3);
        for number in 0..=more {
            let mut file = Aim { ..guide.clone() };
            file.file = format!("{}.txt", self.secrets.word(DOCS_ADMINISTRATORS, "thrown"));
            let id = self.attach(&file, Who::Olga, DOCS_ADMINISTRATORS, 1).await;
            must(
                self.site(hidden)
                    .trash_attachment(&self.by(Who::Olga), id)
                    .await,
            );
            let said = self.comment(&guide, Who::Olga, DOCS_ADMINISTRATORS).await;
            must(
                self.site(hidden)
                    .trash_comment(&self.by(Who::Olga), said)
                    .await,
            );
            if number == more {
                let mut aim = Aim::new("Trashed file", Kind::Attachment, DOCS_ADMINISTRATORS);
                (aim.attachment, aim.file) = (id.to_string(), file.file);
                (aim.page, aim.title) = (guide.page.clone(), guide.title.clone());
                self.aims.push(aim);
                let mut aim = Aim::new("Trashed comment", Kind::Comment, DOCS_ADMINISTRATORS);
                aim.comment = said.to_string();
                (aim.page, aim.title) = (guide.page.clone(), guide.title.clone());
                self.aims.push(aim);
            }
        }
        // The file that everybody sees gets a second version: the first belongs to the past.
        self.attach(&guide, Who::Ada, EVERYBODY, 2).await;
    }

    /// Adds labels, properties and states to spaces, and to some pages more than all pages have.
    async fn hung(&mut self) {
        self.hang_on_space("DOCS", Who::Ada).await;
        self.hang_on_space("CLOSED", Who::Olga).await;
        self.hang_on_space("TEAM", Who::Ada).await;
        self.own_labels(&self.aim("Guide"), Who::Olga).await;
        self.state(&self.aim("Install"), Who::Lena, EVERYBODY).await;
        let olga = Audience::of(&[Who::Olga]);
        self.state(&self.aim("Secret in guide"), Who::Olga, olga)
            .await;
    }

    /// Makes a service project whose portal shows DOCS. It has no pages of its own yet.
    async fn desk(&mut self) {
        let new = NewProject {
            key: self.secrets.word(NOBODY, "D"),
            name: self.secrets.text(NOBODY, "Help desk"),
            portal: Portal::Open,
        };
        let hidden = self.site(true);
        let operator = Credential::Operator;
        let project = must(hidden.create_project(&operator, new).await);
        let carla = self.id_of(Who::Carla);
        must(
            hidden
                .add_project_role(&operator, project, carla, ProjectRole::Customer)
                .await,
        );
        must(
            hidden
                .link_space(&operator, project, self.aim("DOCS").key)
                .await,
        );
    }

    /// Makes the templates of spaces and of the site.
    async fn templates(&mut self) {
        let olga = Audience::of(&[Who::Olga]);
        for (name, space, by, audience) in [
            ("Form of DOCS", Some("DOCS"), Who::Ada, EVERYBODY),
            ("Form of CLOSED", Some("CLOSED"), Who::Olga, olga),
            ("Form of the site", None, Who::Ada, LICENSED),
        ] {
            let mut aim = Aim::new(name, Kind::Template, audience);
            if let Some(space) = space {
                let space = self.aim(space);
                (aim.space, aim.key) = (space.space, space.key);
            }
            let new = NewTemplate {
                kind: PageKind::Page,
                name: self.secrets.text(audience, name),
                description: Some(self.secrets.text(audience, "A form")),
                labels: None,
                body: body(&self.secrets.text(audience, "to fill in")),
            };
            let space = (!aim.space.is_empty()).then(|| must(aim.space.parse()));
            let site = self.site(self.secrets.hides(audience));
            let made = must(site.create_template(&self.by(by), space, new).await);
            aim.template = made.to_string();
            self.aims.push(aim);
        }
    }

    async fn end_of_spaces(&mut self) {
        let archived = EditSpace {
            archived: Some(true),
            ..EditSpace::default()
        };
        let (old, gone) = (self.aim("OLD").key, self.aim("GONE").key);
        let ada = self.by(Who::Ada);
        must(self.served.site.edit_space(&ada, old, archived).await);
        // The person who deletes a space sees the progress, and so do site administrators.
        let told = Audience::of(&[Who::Olga]).and(SITE_ADMINISTRATORS);
        let told_by = self.site(self.secrets.hides(told));
        let task = must(told_by.delete_space(&self.by(Who::Olga), gone).await);
        let mut aim = Aim::new("Deleting GONE", Kind::LongTask, told);
        aim.task = task.to_string();
        self.aims.push(aim);
    }
}
