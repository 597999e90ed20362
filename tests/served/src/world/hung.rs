//! Labels, properties, likes, watches and states on the pages of the scene.

use super::Aim;
use super::build::Builder;
use super::content::PageSpec;
use super::who::{Audience, Who};
use crate::must;
use narthex_access::{
    AccountId, AttachmentId, CommentId, LabelPrefix, Object, PageId, PropertyId, SpaceId,
    StatusChoiceId, Watched, label_id,
};
use narthex_site::content_status::NewStatus;
use narthex_site::label::NewLabel;
use narthex_site::property::{EditProperty, NewProperty};

impl Builder {
    /// Attaches everything possible to a page, its file and its comment: a label that nothing else
    /// has and one that many have, a property in two versions, a like, a watch and a state.
    pub(super) async fn hang(&self, aim: &mut Aim, spec: &PageSpec) {
        let site = self.site(self.secrets.hides(spec.audience));
        let by = self.by(spec.by);
        let page: PageId = must(aim.page.parse());
        let file: AttachmentId = must(aim.attachment.parse());
        let said: CommentId = must(aim.comment.parse());

        let name = format!("about-{}", spec.name.to_lowercase().replace(' ', "-"));
        aim.label = self.secrets.word(spec.audience, &name);
        let nobody = AccountId::from_random(0);
        aim.label_id = label_id(LabelPrefix::Global, &aim.label, nobody).to_string();
        for on in [Object::Page(page), Object::Attachment(file)] {
            let labels = [&*aim.label, "shared"].map(|name| must(NewLabel::written(name)));
            must(site.add_labels(&by, on, labels.to_vec()).await);
        }
        for on in [
            Object::Attachment(file),
            Object::Comment(said),
            Object::Page(page),
        ] {
            self.note(on, spec, aim).await;
        }
        for on in [Object::Page(page), Object::Comment(said)] {
            must(site.set_like(&by, on, true).await);
        }
        let own = self.id_of(spec.by);
        must(site.set_watch(&by, own, Watched::Page(page), true).await);
    }

    /// Adds a property in two versions to a thing.
    pub(super) async fn note(&self, on: Object, spec: &PageSpec, aim: &mut Aim) {
        let (id, value) = self.property(on, spec, aim).await;
        aim.property = id.to_string();
        let edit = EditProperty {
            value,
            version: 2,
            message: self.secrets.text(aim.past, "a message"),
            minor: false,
        };
        let site = self.site(self.secrets.hides(spec.audience.within(aim.past)));
        must(site.edit_property(&self.by(spec.by), id, edit).await);
    }

    async fn property(&self, on: Object, spec: &PageSpec, aim: &Aim) -> (PropertyId, String) {
        let told = |audience: Audience, text: &str| {
            let text = self.secrets.text(audience, text);
            serde_json::json!({ "text": text }).to_string()
        };
        let first = self.site(self.secrets.hides(spec.audience));
        let new = NewProperty {
            on,
            key: "notes".into(),
            value: told(aim.past, "what a program noted first"),
        };
        let id = must(first.create_property(&self.by(spec.by), new).await);
        (id, told(spec.audience, "what a program notes"))
    }

    /// Gives a page the state *Ready for review*, which makes a version of it.
    pub(super) async fn state(&self, page: &Aim, by: Who, audience: Audience) {
        let site = self.site(self.secrets.hides(audience));
        let ready = NewStatus::Choice(StatusChoiceId::from_random(3));
        let page: PageId = must(page.page.parse());
        must(
            site.set_content_status(&self.by(by), page, false, ready)
                .await,
        );
    }

    /// Adds a random number of labels that only their owner sees to a page that everybody sees.
    pub(super) async fn own_labels(&self, page: &Aim, owner: Who) {
        let audience = Audience::of(&[owner]);
        let site = self.site(self.secrets.hides(audience));
        let on = Object::Page(must(page.page.parse::<PageId>()));
        for n in 0..=self.secrets.number(audience, 3) {
            let name = self.secrets.word(audience, &format!("mine-{n}"));
            let label = must(NewLabel::new(LabelPrefix::My, &name));
            must(site.add_labels(&self.by(owner), on, vec![label]).await);
        }
    }

    /// Adds a label and a property to a space.
    pub(super) async fn hang_on_space(&mut self, name: &str, by: Who) {
        let aim = self.aim(name);
        let site = self.site(self.secrets.hides(aim.audience));
        let on = Object::Space(must(aim.space.parse::<SpaceId>()));
        let label = self.secrets.word(aim.audience, "category");
        let labels = vec![must(NewLabel::new(LabelPrefix::Team, &label))];
        must(site.add_labels(&self.by(by), on, labels).await);
        let text = self.secrets.text(aim.audience, "settings of a program");
        let new = NewProperty {
            on,
            key: "notes".into(),
            value: serde_json::json!({ "text": text }).to_string(),
        };
        let id = must(site.create_property(&self.by(by), new).await);
        for aim in self.aims.iter_mut().filter(|aim| aim.name == name) {
            aim.property = id.to_string();
        }
    }
}
