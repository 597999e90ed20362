//! Pages, a blog post and a comment that everybody sees, and that quote, list and link hidden
//! things. They name them by their titles, so these titles are no secret; but what a hidden page
//! contains, and whether there is one with such a title, must stay one (A07).

use super::build::Builder;
use super::content::PageSpec;
use super::people::KNOW_NAMES;
use super::who::{Audience, EVERYBODY, Who};
use super::{Aim, Kind};
use crate::must;
use narthex_access::{Object, PageKind, Principal};
use narthex_site::comment::NewComment;
use narthex_site::label::NewLabel;
use narthex_site::page::{NewBody, Representation};
use std::fmt::Write as _;

const OLGA: Audience = Audience::of(&[Who::Olga]);

impl Builder {
    /// Makes all of them.
    pub(super) async fn quoting(&mut self) {
        self.quoted().await;
        let plans = quotes("ri:page", "Known plans");
        let sometimes = quotes("ri:page", "Sometimes plans");
        let news = quotes("ri:blog-post", "Known news");
        let people = self.mentions();
        let page = |name, markup: String| PageSpec {
            markup,
            ..PageSpec::new(name, "DOCS", Who::Ada, EVERYBODY)
        };
        // The two pages include each other: no reader may be caught in a loop.
        let hub = format!("{plans}{}{people}", includes("ri:page", "Overview"));
        self.page(page("Hub", hub)).await;
        self.label_known(&["Hub"]).await;
        let hub = includes("ri:page", "Hub");
        let overview = format!("{hub}{plans}{sometimes}{news}{people}{}", lists());
        self.page(page("Overview", overview.clone())).await;
        let digest = page("Digest", format!("{news}{hub}{plans}{people}"));
        self.page(PageSpec {
            kind: PageKind::BlogPost,
            ..digest
        })
        .await;
        self.quoting_comment(overview).await;
        self.sent_in_adf().await;
    }

    /// Makes the hidden pages with known titles.
    async fn quoted(&mut self) {
        let readers = Some(vec![Principal::Account(self.id_of(Who::Olga))]);
        let page = |name| PageSpec {
            readers: readers.clone(),
            known_title: true,
            alone: true,
            ..PageSpec::new(name, "DOCS", Who::Olga, OLGA)
        };
        let secret = self.secrets.text(OLGA, "hidden words");
        let markup = format!(
            "<ac:structured-macro ac:name=\"excerpt\"><ac:rich-text-body><p>{secret}</p></ac:rich-text-body></ac:structured-macro>\
             <ac:structured-macro ac:name=\"details\"><ac:rich-text-body><table><tbody><tr><th>Owner</th><td>{secret}</td></tr></tbody></table></ac:rich-text-body></ac:structured-macro>"
        );
        self.page(PageSpec {
            markup: markup.clone(),
            ..page("Known plans")
        })
        .await;
        let below = PageSpec::new("Below known plans", "DOCS", Who::Olga, OLGA);
        self.page(PageSpec {
            parent: Some("Known plans"),
            ..below
        })
        .await;
        let news = page("Known news");
        self.page(PageSpec {
            kind: PageKind::BlogPost,
            markup: markup.clone(),
            ..news
        })
        .await;
        self.label_known(&["Known plans", "Known news"]).await;
        if self.secrets.number(OLGA, 2) == 1 {
            let sometimes = page("Sometimes plans");
            self.make(&sometimes, "Sometimes plans", true).await;
        }
    }

    /// Adds the label to pages by which the overview lists them.
    async fn label_known(&self, names: &[&str]) {
        for name in names {
            let aim = self.aim(name);
            let page = Object::Page(must(aim.page.parse()));
            let site = self.site(self.secrets.hides(aim.audience));
            let label = must(NewLabel::written("known"));
            must(
                site.add_labels(&self.by(Who::Olga), page, vec![label])
                    .await,
            );
        }
    }

    /// Makes a comment that quotes in the same way.
    async fn quoting_comment(&mut self, markup: String) {
        let overview = self.aim("Overview");
        let new = NewComment {
            page: must(overview.page.parse()),
            parent: None,
            body: NewBody {
                representation: Representation::Storage,
                text: format!("<p>well said</p>{markup}"),
            },
        };
        let site = self.site(false);
        let said = must(site.create_comment(&self.by(Who::Ada), new).await);
        let mut aim = Aim::new("Quoting comment", Kind::Comment, EVERYBODY);
        aim.comment = said.to_string();
        (aim.page, aim.title) = (overview.page, overview.title);
        self.aims.push(aim);
    }

    /// Makes a page that was sent in the Atlassian document format, with mentions.
    async fn sent_in_adf(&mut self) {
        let (id, name) = (self.id_of(Who::Lena), self.name_of_lena());
        let people = format!(
            r#"{{"type":"mention","attrs":{{"id":"{id}","text":"@{name}"}}}},{{"type":"text","text":"{name}","marks":[{{"type":"link","attrs":{{"href":"/wiki/people/{id}"}}}}]}},{{"type":"inlineCard","attrs":{{"url":"/wiki/people/{id}"}}}}"#
        );
        let include = r#"{"type":"extension","attrs":{"extensionType":"com.atlassian.confluence.macro.core","extensionKey":"include","parameters":{"macroParams":{"":{"value":"Known plans"}}}}}"#;
        let adf = format!(
            r#"{{"type":"doc","version":1,"content":[{{"type":"paragraph","content":[{people}]}},{include}]}}"#
        );
        self.page(PageSpec {
            adf: Some(adf),
            ..PageSpec::new("In ADF", "DOCS", Who::Ada, EVERYBODY)
        })
        .await;
    }

    /// Mentions a person in each way that the storage format has. Her name is secret from people
    /// who aren't shown names (law 3.8).
    fn mentions(&self) -> String {
        let (id, name) = (self.id_of(Who::Lena), self.name_of_lena());
        format!(
            "<p><ac:link><ri:user ri:account-id=\"{id}\" /></ac:link> \
             <ac:link><ri:user ri:account-id=\"{id}\" /><ac:link-body>{name}</ac:link-body></ac:link> \
             <a href=\"/wiki/people/{id}\">{name}</a></p>\
             <ac:structured-macro ac:name=\"profile\"><ac:parameter ac:name=\"user\"><ri:user ri:account-id=\"{id}\" /></ac:parameter></ac:structured-macro>"
        )
    }

    fn name_of_lena(&self) -> String {
        self.secrets.text(KNOW_NAMES.and(&[Who::Lena]), "Lena")
    }
}

/// Returns a page or blog post by its title, as links and macros name it.
fn resource(element: &str, title: &str) -> String {
    format!("<{element} ri:content-title=\"{title}\" />")
}

fn macro_(name: &str, parameters: &[(&str, &str)]) -> String {
    let mut markup = format!("<ac:structured-macro ac:name=\"{name}\">");
    for (name, value) in parameters {
        let _ = write!(
            markup,
            "<ac:parameter ac:name=\"{name}\">{value}</ac:parameter>"
        );
    }
    markup + "</ac:structured-macro>"
}

fn includes(element: &str, title: &str) -> String {
    let link = format!("<ac:link>{}</ac:link>", resource(element, title));
    macro_("include", &[("", &link)])
}

/// Returns all ways to show the content of another page, or what is attached to it.
fn quotes(element: &str, title: &str) -> String {
    let there = resource(element, title);
    let link = format!("<ac:link>{there}</ac:link>");
    let file = format!("<ri:attachment ri:filename=\"known-plans.txt\">{there}</ri:attachment>");
    [
        format!("<p>{link}<ac:link ac:anchor=\"here\">{there}<ac:link-body>said</ac:link-body></ac:link></p>"),
        format!("<p><ac:link>{file}</ac:link><ac:image>{file}</ac:image></p>"),
        includes(element, title),
        macro_("excerpt-include", &[("", &link)]),
        macro_("view-file", &[("name", &file)]),
        macro_("children", &[("page", &link), ("all", "true"), ("excerptType", "simple")]),
        macro_("pagetree", &[("root", &link)]),
        macro_("attachments", &[("page", &link)]),
        macro_("gallery", &[("page", &link)]),
    ]
    .concat()
}

/// Returns the lists of a whole space.
fn lists() -> String {
    [
        macro_("pagetree", &[]),
        macro_("children", &[("all", "true"), ("excerptType", "simple")]),
        macro_(
            "recently-updated",
            &[
                ("max", "500"),
                ("types", "page, blogpost, comment, attachment"),
            ],
        ),
        macro_(
            "contentbylabel",
            &[("labels", "known"), ("excerptType", "simple")],
        ),
        macro_("detailssummary", &[("label", "known")]),
    ]
    .concat()
}
