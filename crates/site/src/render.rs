//! Pages as people read them: a body's template, filled through the viewer's eyes.
//!
//! A template is the same for everybody and kept per body. Its holes are filled
//! anew for each request from the request's view: every link, mention, list and
//! included page is decided there.

use crate::address;
use crate::error::SiteError;
use crate::site::Site;
use narthex_access::view::SeenPage;
use narthex_access::{AccountId, BodyId, CommentId, PageId, PageKind, SpaceId, View};
use narthex_content::hole::{
    AttachmentList, AttachmentRef, Children, ContentRef, Hole, Link, Order, PageTree, PersonRef,
    RecentlyUpdated, Target,
};
use narthex_content::slot::{AttachmentRow, List, Slot};
use narthex_content::template::{Html, Template};
use narthex_content::view::{Renderer, ViewKind};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How deep pages include pages.
const DEEPEST_INCLUDE: usize = 8;
/// How many pages one page includes, at any depth.
const MOST_INCLUDES: usize = 100;
/// How many pages a list of pages names.
const LONGEST_LIST: usize = 500;

/// What of a page is included: all of it, or one of its excerpts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Whole,
    Excerpt(Option<String>),
}

/// Templates of what a page includes; none for an excerpt that isn't there.
type Included = BTreeMap<(PageId, Part), Option<Arc<Template>>>;

impl Site {
    /// The HTML of a page for whoever looks at it.
    ///
    /// # Errors
    /// Absent if its body has been purged since; storage.
    pub async fn page_html(&self, view: &View, page: SeenPage<'_>) -> Result<Html, SiteError> {
        let template = self.template(page).await?;
        self.filled(view, page, template).await
    }

    /// The HTML of a page as it was in a version, for whoever looks at it now: what
    /// it includes is what that is now. None if there is no such version.
    ///
    /// # Errors
    /// Absent where the viewer doesn't see the page, forbidden where it doesn't see
    /// its past (law 2); storage.
    pub async fn past_html(
        &self,
        view: &View,
        page: SeenPage<'_>,
        number: u32,
    ) -> Result<Option<Html>, SiteError> {
        let Some(text) = self.past_body(view, page.id(), number).await? else {
            return Ok(None);
        };
        let template = Arc::new(Renderer::default().render(&text.document()?, ViewKind::View));
        self.filled(view, page, template).await.map(Some)
    }

    /// The HTML of a comment for whoever looks at it.
    ///
    /// # Errors
    /// Absent where the viewer doesn't see it or it has been purged; storage.
    pub async fn comment_html(&self, view: &View, id: CommentId) -> Result<Html, SiteError> {
        let page = view.page(view.comment(id)?.page)?;
        let document = self.comment_body(view, id).await?.document()?;
        let template = Arc::new(Renderer::default().render(&document, ViewKind::View));
        self.filled(view, page, template).await
    }

    /// A template with its holes filled for whoever looks at it.
    async fn filled(
        &self,
        view: &View,
        page: SeenPage<'_>,
        template: Arc<Template>,
    ) -> Result<Html, SiteError> {
        let mut included = Included::new();
        if has_includes(&template) {
            self.collect(view, page, template.clone(), &mut included)
                .await?;
        }
        Ok(Filling {
            view,
            included: &included,
            path: vec![page.id()],
        }
        .fill(&template, page))
    }

    /// The template of a page's current body, made once a body.
    async fn template(&self, page: SeenPage<'_>) -> Result<Arc<Template>, SiteError> {
        let id: BodyId = page.row().body;
        if let Some(template) = self.templates.get(&id) {
            return Ok(template);
        }
        let body = self.page_body(page).await?;
        let document = body.document()?;
        let template = Arc::new(Renderer::default().render(&document, ViewKind::View));
        self.templates.insert(id, template.clone());
        Ok(template)
    }

    /// The template of an excerpt of a page, if the page has it.
    async fn excerpt(
        &self,
        page: SeenPage<'_>,
        name: Option<&str>,
    ) -> Result<Option<Arc<Template>>, SiteError> {
        let document = self.page_body(page).await?.document()?;
        Ok(Renderer::default()
            .excerpt(&document, name, ViewKind::View)
            .map(Arc::new))
    }

    /// Fetches the templates of all that a page includes and the viewer sees, to
    /// any depth within the limits, each once.
    async fn collect(
        &self,
        view: &View,
        page: SeenPage<'_>,
        template: Arc<Template>,
        included: &mut Included,
    ) -> Result<(), SiteError> {
        let mut wanted = vec![(page, template)];
        for _ in 0..DEEPEST_INCLUDE {
            let mut next = Vec::new();
            for (from, template) in wanted {
                for (content, part) in template.holes().filter_map(included_content) {
                    let Some(target) = resolve(view, from, content) else {
                        continue;
                    };
                    let key = (target.id(), part);
                    if included.contains_key(&key) || included.len() >= MOST_INCLUDES {
                        continue;
                    }
                    let template = match &key.1 {
                        Part::Whole => Some(self.template(target).await?),
                        Part::Excerpt(name) => self.excerpt(target, name.as_deref()).await?,
                    };
                    next.extend(template.clone().map(|template| (target, template)));
                    included.insert(key, template);
                }
            }
            if next.is_empty() {
                break;
            }
            wanted = next;
        }
        Ok(())
    }
}

fn has_includes(template: &Template) -> bool {
    template
        .holes()
        .any(|hole| included_content(hole).is_some())
}

fn included_content(hole: &Hole) -> Option<(&ContentRef, Part)> {
    match hole {
        Hole::Include(content) => Some((content, Part::Whole)),
        Hole::ExcerptInclude { content, name } => Some((content, Part::Excerpt(name.clone()))),
        _ => None,
    }
}

/// What a reference means on a page, if the viewer sees it: a look-up by title
/// goes among the pages that the viewer sees (law 6).
fn resolve<'v>(view: &'v View, on: SeenPage<'v>, content: &ContentRef) -> Option<SeenPage<'v>> {
    let space = |key: &Option<String>| -> Option<SpaceId> {
        match key {
            None => Some(on.row().space),
            Some(key) => view.space_by_key(key).ok().map(|space| space.id()),
        }
    };
    match content {
        ContentRef::Itself => Some(on),
        ContentRef::Parent => on.parent(),
        ContentRef::Id(id) => view.page(PageId::new(*id)?).ok(),
        ContentRef::Page { space: key, title } => {
            view.page_titled(space(key)?, PageKind::Page, title)
        }
        ContentRef::BlogPost {
            space: key, title, ..
        } => view.page_titled(space(key)?, PageKind::BlogPost, title),
        ContentRef::Home { space: key } => view.space(space(key)?).ok()?.homepage(),
        _ => None,
    }
}

/// One rendering under way.
struct Filling<'a> {
    view: &'a View,
    included: &'a Included,
    /// The page and those that include it: what may not be included again.
    path: Vec<PageId>,
}

impl<'a> Filling<'a> {
    fn fill(&mut self, template: &Template, page: SeenPage<'a>) -> Html {
        template.fill(&mut |hole, slot| self.answer(hole, slot, page))
    }

    fn answer(&mut self, hole: &Hole, slot: &mut Slot<'_>, page: SeenPage<'a>) {
        match hole {
            Hole::Link(link) | Hole::File(link) => self.link(link, slot, page),
            Hole::Image(image) => match self.attachment(&image.attachment, page) {
                Some(row) => slot.image(&address::download(row)),
                None => slot.absent_image(),
            },
            Hole::Person { person, .. } => self.person(person, slot),
            Hole::Include(_) | Hole::ExcerptInclude { .. } => self.include(hole, slot, page),
            Hole::Children(children) => self.children(children, slot, page),
            Hole::PageTree(tree) => self.page_tree(tree, slot, page),
            Hole::RecentlyUpdated(recent) => self.recently_updated(recent, slot, page),
            Hole::Attachments(list) => {
                self.attachments(list, page, |rows| slot.attachments(rows));
            }
            Hole::Gallery(list) => self.attachments(list, page, |rows| slot.gallery(rows)),
            // Labels come with the rest of REST; until then nothing has one.
            Hole::ContentByLabel(_) => slot.list(|_| {}),
            Hole::DetailsSummary { columns, .. } => {
                let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
                slot.details(&columns, &[]);
            }
            _ => {}
        }
    }

    fn key(&self, space: SpaceId) -> Arc<str> {
        self.view
            .space(space)
            .map_or_else(|_| "".into(), |space| space.row().key.clone())
    }

    fn href(&self, page: SeenPage<'_>) -> String {
        address::page(&self.key(page.row().space), page.row())
    }

    fn link(&self, link: &Link, slot: &mut Slot<'_>, page: SeenPage<'a>) {
        match &link.target {
            Target::Content { content, anchor } => match resolve(self.view, page, content) {
                Some(target) => {
                    let mut href = self.href(target);
                    if let Some(anchor) = anchor {
                        href.push('#');
                        href.push_str(anchor);
                    }
                    slot.link(&href, &target.row().title);
                }
                None => slot.absent_link(),
            },
            Target::Attachment(attachment) => match self.attachment(attachment, page) {
                Some(row) => slot.link(&address::download(row), &row.file_name),
                None => slot.absent_link(),
            },
            Target::Space(key) => match self.view.space_by_key(key) {
                Ok(space) => slot.link(&address::space(&space.row().key), &space.row().name),
                Err(_) => slot.absent_link(),
            },
            _ => slot.absent_link(),
        }
    }

    fn attachment(
        &self,
        attachment: &AttachmentRef,
        page: SeenPage<'a>,
    ) -> Option<&'a narthex_access::AttachmentRow> {
        let of = resolve(self.view, page, &attachment.of)?;
        let rows = self.view.attachments(of.id());
        rows.into_iter()
            .find(|row| *row.file_name == *attachment.file)
    }

    fn person(&self, person: &PersonRef, slot: &mut Slot<'_>) {
        let id = match person {
            PersonRef::Account(id) => id.parse::<AccountId>().ok(),
            _ => None,
        };
        match id.and_then(|id| self.view.author(id).account()) {
            Some(account) => slot.person(&account.row().name, None),
            None => slot.hidden_person(),
        }
    }

    fn include(&mut self, hole: &Hole, slot: &mut Slot<'_>, page: SeenPage<'a>) {
        let Some((content, part)) = included_content(hole) else {
            return;
        };
        let target =
            resolve(self.view, page, content).filter(|target| !self.path.contains(&target.id()));
        let included = target.and_then(|target| {
            let template = self.included.get(&(target.id(), part))?.as_ref()?;
            Some((target, template))
        });
        let Some((target, template)) = included else {
            return slot.absent();
        };
        self.path.push(target.id());
        let html = self.fill(template, target);
        self.path.pop();
        slot.embed(&html);
    }

    fn children(&self, children: &Children, slot: &mut Slot<'_>, page: SeenPage<'a>) {
        let Some(of) = resolve(self.view, page, &children.of) else {
            return slot.absent();
        };
        let mut left = LONGEST_LIST;
        let first = children.first.map_or(LONGEST_LIST, |first| first as usize);
        let depth = children.depth.unwrap_or(u32::MAX);
        slot.list(|list| {
            self.branch(
                list,
                of,
                children.order,
                children.reverse,
                depth,
                first,
                &mut left,
            );
        });
    }

    fn page_tree(&self, tree: &PageTree, slot: &mut Slot<'_>, page: SeenPage<'a>) {
        let Some(root) = resolve(self.view, page, &tree.root) else {
            return slot.absent();
        };
        let mut left = LONGEST_LIST;
        slot.list(|list| {
            self.branch(
                list,
                root,
                tree.order,
                tree.reverse,
                u32::MAX,
                LONGEST_LIST,
                &mut left,
            );
        });
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "one level of a list has this many settings"
    )]
    fn branch(
        &self,
        list: &mut List<'_>,
        of: SeenPage<'a>,
        order: Order,
        reverse: bool,
        depth: u32,
        first: usize,
        left: &mut usize,
    ) {
        let mut below: Vec<SeenPage<'_>> =
            self.view.children(of.row().space, Some(of.id())).collect();
        sort(&mut below, order);
        if reverse {
            below.reverse();
        }
        for child in below.into_iter().take(first) {
            if *left == 0 {
                return;
            }
            *left -= 1;
            let (href, title) = (self.href(child), &child.row().title);
            if depth > 1 {
                list.item_with(&href, title, "", |nested| {
                    self.branch(nested, child, order, reverse, depth - 1, LONGEST_LIST, left);
                });
            } else {
                list.item(&href, title);
            }
        }
    }

    fn recently_updated(&self, recent: &RecentlyUpdated, slot: &mut Slot<'_>, on: SeenPage<'a>) {
        let spaces: Vec<SpaceId> = if recent.spaces.is_empty() {
            vec![on.row().space]
        } else {
            let known = recent
                .spaces
                .iter()
                .filter_map(|key| self.view.space_by_key(key).ok());
            known.map(|space| space.id()).collect()
        };
        let mut pages: Vec<SeenPage<'_>> = spaces
            .iter()
            .flat_map(|space| self.view.pages_in(*space, PageId::from_random(0)))
            .filter(|page| page.row().state == narthex_access::PageState::Live)
            .filter(|page| {
                recent.types.is_empty() || recent.types.iter().any(|t| t == page.row().kind.word())
            })
            .collect();
        pages.sort_by_key(|page| (std::cmp::Reverse(page.row().updated_at), page.id()));
        slot.list(|list| {
            for page in pages.iter().take((recent.max as usize).min(LONGEST_LIST)) {
                list.item(&self.href(*page), &page.row().title);
            }
        });
    }

    fn attachments(
        &self,
        list: &AttachmentList,
        page: SeenPage<'a>,
        write: impl FnOnce(&[AttachmentRow<'_>]),
    ) {
        let of = resolve(self.view, page, &list.of);
        let rows = of
            .map(|of| self.view.attachments(of.id()))
            .unwrap_or_default();
        let hrefs: Vec<String> = rows.iter().map(|row| address::download(row)).collect();
        let rows: Vec<AttachmentRow<'_>> = rows
            .iter()
            .zip(&hrefs)
            .map(|(row, href)| AttachmentRow {
                file: &row.file_name,
                href,
                src: href,
                bytes: row.size,
                note: "",
            })
            .collect();
        write(&rows);
    }
}

fn sort(pages: &mut [SeenPage<'_>], order: Order) {
    match order {
        Order::Title => pages.sort_by_key(|page| (page.row().title.to_lowercase(), page.id())),
        Order::Created => pages.sort_by_key(|page| (page.row().created_at, page.id())),
        Order::Modified => pages.sort_by_key(|page| (page.row().updated_at, page.id())),
        _ => {}
    }
}
