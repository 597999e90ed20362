//! Makes the spaces, the pages and the things attached to them, from the specifications of the
//! scene.

use super::build::Builder;
use super::who::{Audience, SITE_ADMINISTRATORS, Who};
use super::{Aim, Kind};
use crate::must;
use crate::served::MINUTE;
use bytes::Bytes;
use narthex_access::{
    AttachmentId, CommentId, Credential, Object, Operation, PageId, PageKind, Principal,
    RestrictionKind, SpaceKind,
};
use narthex_site::attachment::NewAttachment;
use narthex_site::comment::NewComment;
use narthex_site::page::{EditPage, NewBody, NewPage, Representation, WhichSpace};
use narthex_site::place::Parent;
use narthex_site::restriction::Restrict;
use narthex_site::space::NewSpace;
use narthex_site::switch::{SetSpaceSwitch, SpaceSwitch};
use std::convert::Infallible;

/// The specification of a space.
pub(super) struct SpaceSpec {
    pub(super) key: &'static str,
    pub(super) by: Who,
    pub(super) private: bool,
    pub(super) personal: bool,
    /// The people who know its key and name.
    pub(super) named: Audience,
    /// The people who see it.
    pub(super) audience: Audience,
    /// The people who see the former versions of its content.
    pub(super) past: Audience,
}

/// The final state of a page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Live,
    Draft,
    Archived,
    Trashed,
}

/// The specification of a page, blog post or folder.
#[derive(Clone)]
pub(super) struct PageSpec {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) kind: PageKind,
    /// The name of its space.
    pub(super) space: &'static str,
    /// The name of its parent; the home page if `None`.
    pub(super) parent: Option<&'static str>,
    pub(super) by: Who,
    /// The people who see it.
    pub(super) audience: Audience,
    /// The principals that viewing is restricted to; `None` if it isn't.
    pub(super) readers: Option<Vec<Principal>>,
    pub(super) fate: Fate,
    /// The number of versions that it gets.
    pub(super) versions: u32,
    /// Whether it gets a file and a comment.
    pub(super) laden: bool,
    /// Whether it never gets hidden siblings, because a later change to it wouldn't affect them.
    pub(super) alone: bool,
    /// Whether other content names its title, so that the title is no secret.
    pub(super) known_title: bool,
    /// The markup below its words, in storage format.
    pub(super) markup: String,
    /// Its text in the Atlassian document format, if it was sent in that.
    pub(super) adf: Option<String>,
}

impl PageSpec {
    /// Specifies a live page below the home page of a space.
    pub(super) fn new(
        name: &'static str,
        space: &'static str,
        by: Who,
        audience: Audience,
    ) -> Self {
        Self {
            name,
            title: name,
            kind: PageKind::Page,
            space,
            parent: None,
            by,
            audience,
            readers: None,
            fate: Fate::Live,
            versions: 1,
            laden: true,
            alone: false,
            known_title: false,
            markup: String::new(),
            adf: None,
        }
    }
}

/// Makes a body in storage format with this text.
pub(super) fn body(text: &str) -> NewBody {
    NewBody {
        representation: Representation::Storage,
        text: format!("<p>{text}</p>"),
    }
}

impl Builder {
    /// Returns a thing by its name in the scene.
    pub(super) fn aim(&self, name: &str) -> Aim {
        match self.aims.iter().find(|aim| aim.name == name) {
            Some(aim) => aim.clone(),
            None => panic!("there is no {name} yet"),
        }
    }

    /// Makes a space and, if it is hidden, a random number of others beside it.
    pub(super) async fn space(&mut self, spec: &SpaceSpec) {
        let hidden = self.secrets.hides(spec.named);
        if hidden && !spec.personal {
            for _ in 0..self.secrets.number(spec.named, 3) {
                let key = format!("X{}", self.secrets.mark());
                let site = self.site(true);
                // Whatever happens to the space that they are beside, these stay closed.
                let new = NewSpace {
                    private: true,
                    ..new_space(&key, &key, spec)
                };
                must(site.create_space(&self.by(spec.by), new).await);
            }
        }
        let key = self.secrets.word(spec.named, spec.key);
        let name = self
            .secrets
            .text(spec.named, &format!("Space {}", spec.key));
        let new = new_space(&key, &name, spec);
        let made = self.site(hidden);
        let made = must(made.create_space(&self.by(spec.by), new).await);
        self.served.pass(if hidden { 0 } else { MINUTE });
        let mut aim = Aim::new(spec.key, Kind::Space, spec.audience);
        aim.past = spec.past;
        aim.space = made.id.to_string();
        aim.key.clone_from(&made.key);
        self.aims.push(aim.clone());
        aim.name = format!("home of {}", spec.key);
        aim.kind = Kind::Page;
        aim.page = made.homepage.to_string();
        aim.title = name;
        self.aims.push(aim);
    }

    /// Sets a switch of a space.
    pub(super) async fn switch(&self, space: &str, switch: SpaceSwitch) {
        let wanted = SetSpaceSwitch {
            space_key: self.aim(space).key,
            switch,
            on: true,
        };
        let set = self
            .served
            .site
            .set_space_switches(&Credential::Operator, vec![wanted]);
        must(set.await);
    }

    /// Grants a person operations in a space.
    pub(super) async fn grant(&self, space: &str, to: Who, operations: &[Operation]) {
        let aim = self.aim(space);
        // Lists of permissions are read by people with a grant and by site administrators.
        let hidden = self.secrets.hides(aim.past.and(SITE_ADMINISTRATORS));
        for operation in operations {
            let to = Principal::Account(self.id_of(to));
            let site = self.site(hidden);
            let granted = site.grant(&Credential::Operator, aim.key.clone(), to, *operation);
            must(granted.await);
        }
    }

    /// Makes a page and, if it is hidden, a random number of others before and after it.
    pub(super) async fn page(&mut self, spec: PageSpec) {
        let hidden = self.secrets.hides(spec.audience);
        let most = if spec.alone { 1 } else { 3 };
        for _ in 0..self.secrets.number(spec.audience, most) {
            let title = self.secrets.mark();
            self.make(&spec, &title, hidden).await;
        }
        let title = match spec.known_title {
            true => spec.title.to_owned(),
            false => self.secrets.text(spec.audience, spec.title),
        };
        let aim = self.make(&spec, &title, hidden).await;
        self.aims.push(aim);
        for _ in 0..self.secrets.number(spec.audience, most) {
            let title = self.secrets.mark();
            self.make(&spec, &title, hidden).await;
        }
    }

    pub(super) async fn make(&mut self, spec: &PageSpec, title: &str, hidden: bool) -> Aim {
        let space = self.aim(spec.space);
        let mut aim = Aim::new(spec.name, kind(spec.kind), spec.audience);
        aim.past = spec.audience.within(space.past);
        (aim.space, aim.key) = (space.space.clone(), space.key.clone());
        title.clone_into(&mut aim.title);
        let site = self.site(hidden);
        let by = self.by(spec.by);
        let parent = match spec.parent {
            Some(name) => Parent::Page(must(self.aim(name).page.parse())),
            None => Parent::Home,
        };
        let first = if spec.versions > 1 {
            aim.past
        } else {
            spec.audience
        };
        let new = NewPage {
            space: WhichSpace::Key(space.key.clone()),
            parent: if spec.kind == PageKind::BlogPost {
                Parent::Home
            } else {
                parent
            },
            kind: spec.kind,
            draft: spec.fate == Fate::Draft,
            title: match spec.known_title {
                true => title.to_owned(),
                false => self.secrets.text(first, title),
            },
            body: self.body_of(spec, first),
            created_at: None,
        };
        let id = must(site.create_page(&by, new).await);
        aim.page = id.to_string();
        self.versions(spec, &aim, id, hidden).await;
        if let Some(readers) = &spec.readers {
            let list = vec![(RestrictionKind::View, readers.clone())];
            must(site.restrict_page(&by, id, Restrict::Set(list)).await);
            aim.restricted = spec.fate == Fate::Live;
        }
        if spec.kind == PageKind::Folder {
            self.note(Object::Page(id), spec, &mut aim).await;
        }
        if spec.laden && spec.fate != Fate::Draft {
            let name = spec.name.to_lowercase().replace(' ', "-");
            let file = self.secrets.word(spec.audience, &name);
            aim.file = format!("{file}.txt");
            let file = self.attach(&aim, spec.by, spec.audience, 1).await;
            aim.attachment = file.to_string();
            let comment = self.comment(&aim, spec.by, spec.audience).await;
            aim.comment = comment.to_string();
            self.hang(&mut aim, spec).await;
        }
        match spec.fate {
            Fate::Live | Fate::Draft => {}
            Fate::Trashed => must(site.trash_page(&by, id).await),
            Fate::Archived => must(site.archive_page(&by, id, true).await),
        }
        if !hidden {
            self.served.pass(MINUTE);
        }
        aim
    }

    /// Returns the body of a page's first version, for the people who read that.
    fn body_of(&self, spec: &PageSpec, audience: Audience) -> NewBody {
        if spec.kind == PageKind::Folder {
            return NewBody {
                representation: Representation::Storage,
                text: String::new(),
            };
        }
        if let Some(adf) = &spec.adf {
            return NewBody {
                representation: Representation::AtlasDocFormat,
                text: adf.clone(),
            };
        }
        let mut body = body(&self.secrets.text(audience, "first words"));
        body.text.push_str(&spec.markup);
        body
    }

    /// Writes the later versions: everybody who sees the page sees the last one; the versions
    /// before belong to the past.
    async fn versions(&mut self, spec: &PageSpec, aim: &Aim, id: PageId, hidden: bool) {
        for number in 2..=spec.versions {
            let last = number == spec.versions;
            let audience = if last { spec.audience } else { aim.past };
            let edit = EditPage {
                title: Some(if last {
                    aim.title.clone()
                } else {
                    self.secrets.text(audience, spec.title)
                }),
                body: Some(body(
                    &self.secrets.text(audience, &format!("words {number}")),
                )),
                version: number,
                message: self.secrets.text(aim.past, "what changed"),
                ..EditPage::default()
            };
            let site = self.site(hidden || self.secrets.hides(aim.past));
            must(site.edit_page(&self.by(spec.by), id, edit).await);
            if !hidden {
                self.served.pass(MINUTE);
            }
        }
    }

    /// Attaches a file, in so many versions.
    pub(super) async fn attach(
        &self,
        aim: &Aim,
        by: Who,
        audience: Audience,
        versions: u32,
    ) -> AttachmentId {
        let hidden = self.secrets.hides(audience);
        let page = must(aim.page.parse());
        let mut attached = None;
        for version in 1..=versions {
            let reads = if version == versions {
                audience
            } else {
                aim.past
            };
            let site = self.site(hidden || self.secrets.hides(reads));
            let text = self.secrets.text(reads, "what the file says");
            let bytes = futures_util::stream::iter([Ok::<_, Infallible>(Bytes::from(text))]);
            let blob = must(site.store().put_blob(bytes, 1 << 20).await);
            let new = NewAttachment {
                page,
                file_name: aim.file.clone(),
                media_type: "text/plain".into(),
                remark: self.secrets.text(reads, "a remark"),
                blob,
                new_version: true,
            };
            attached = Some(must(site.attach(&self.by(by), new).await));
        }
        match attached {
            Some(id) => id,
            None => panic!("a file has a version"),
        }
    }

    /// Comments on a page.
    pub(super) async fn comment(&self, aim: &Aim, by: Who, audience: Audience) -> CommentId {
        let new = NewComment {
            page: must(aim.page.parse()),
            parent: None,
            body: body(&self.secrets.text(audience, "a comment")),
        };
        let site = self.site(self.secrets.hides(audience));
        must(site.create_comment(&self.by(by), new).await)
    }
}

fn kind(of: PageKind) -> Kind {
    match of {
        PageKind::Page => Kind::Page,
        PageKind::BlogPost => Kind::BlogPost,
        PageKind::Folder => Kind::Folder,
    }
}

fn new_space(key: &str, name: &str, spec: &SpaceSpec) -> NewSpace {
    NewSpace {
        key: (!spec.personal).then(|| key.to_owned()),
        name: name.to_owned(),
        description: name.to_owned(),
        kind: if spec.personal {
            SpaceKind::Personal
        } else {
            SpaceKind::Global
        },
        private: spec.private,
    }
}
