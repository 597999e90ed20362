//! Random histories of restricting, moving, trashing, restoring, purging, copying and archiving. No
//! step adds a viewer to anything that was there before, except steps that open, which name what
//! they open.

use crate::stage::{SPACE, Stage, text};
use crate::viewers::{gained, viewers};
use narthex_access::{
    Catalogue, ContentState, Credential, Object, PageId, PageState, Principal, RestrictionKind,
};
use narthex_site::comment::NewComment;
use narthex_site::copy::{CopyPage, Destination, Parts};
use narthex_site::copy_tree::{CopyTree, Titles};
use narthex_site::error::SiteError;
use narthex_site::place::Beside;
use narthex_site::restriction::Restrict;
use narthex_site::space::EditSpace;
use narthex_testdb::TestDatabase;
use std::collections::{BTreeMap, BTreeSet};

/// The operations of a history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Create,
    Draft,
    Restrict,
    Relist,
    Lift,
    Move,
    Trash,
    TrashTree,
    Restore,
    Purge,
    Copy,
    CopyInto,
    CopyTree,
    Archive,
    Unarchive,
    Comment,
    TrashComment,
    RestoreComment,
    TrashAttachment,
    RestoreAttachment,
    TrashSpace,
    ArchiveSpace,
}

/// All steps, the more important ones several times, so that they are chosen more often.
const STEPS: &[Step] = &[
    Step::Create,
    Step::Create,
    Step::Create,
    Step::Draft,
    Step::Restrict,
    Step::Restrict,
    Step::Relist,
    Step::Lift,
    Step::Move,
    Step::Trash,
    Step::Trash,
    Step::TrashTree,
    Step::TrashTree,
    Step::Restore,
    Step::Restore,
    Step::Restore,
    Step::Restore,
    Step::Purge,
    Step::Copy,
    Step::CopyInto,
    Step::CopyTree,
    Step::Archive,
    Step::Unarchive,
    Step::Comment,
    Step::Comment,
    Step::TrashComment,
    Step::TrashComment,
    Step::RestoreComment,
    Step::RestoreComment,
    Step::RestoreComment,
    Step::TrashAttachment,
    Step::RestoreAttachment,
    Step::RestoreAttachment,
    Step::TrashSpace,
    Step::ArchiveSpace,
];

/// Counts what happened in all histories, since a test in which nothing happens proves nothing.
#[derive(Debug, Default)]
struct Happened {
    /// How often each step was made and not refused.
    done: BTreeMap<Step, usize>,
    /// How many of the steps that may open something did.
    opened: usize,
    /// How many pages were restored to another parent than the restricted one below which they were
    /// trashed.
    moved_out: usize,
}

/// Picks one of several values; `None` if there are none.
fn some<T: Copy>(stage: &Stage, of: &[T]) -> Option<T> {
    let count = u64::try_from(of.len()).ok().filter(|count| *count > 0)?;
    of.get(usize::try_from(stage.number() % count).unwrap())
        .copied()
}

/// Returns the pages in one of these states, in the order of their ids.
fn pages(catalogue: &Catalogue, states: &[PageState]) -> Vec<PageId> {
    catalogue
        .pages_from(PageId::from_random(0))
        .filter(|page| states.contains(&page.row().state))
        .map(|page| page.row().id)
        .collect()
}

/// Whether a page or one above it has a view restriction.
fn is_closed(catalogue: &Catalogue, page: PageId) -> bool {
    catalogue
        .ancestors_and_self(page)
        .filter_map(|node| catalogue.lists(node.row().id))
        .any(|lists| !lists.view().is_empty())
}

/// Returns a page and all pages below it, in every state, with their attachments and comments.
fn subtree(catalogue: &Catalogue, page: PageId) -> BTreeSet<Object> {
    let pages = catalogue.pages_from(PageId::from_random(0));
    let within = pages.map(|it| it.row().id).filter(|it| {
        catalogue
            .ancestors_and_self(*it)
            .any(|node| node.row().id == page)
    });
    within
        .flat_map(|page| {
            let attachments = catalogue.attachments_of(page);
            let comments = catalogue.comments_of(page);
            [Object::Page(page)]
                .into_iter()
                .chain(attachments.map(|row| Object::Attachment(row.id)))
                .chain(comments.map(|row| Object::Comment(row.id)))
        })
        .collect()
}

/// A step that was tried, with the page that it was about and its result.
#[derive(Debug)]
struct Made {
    step: Step,
    about: Option<PageId>,
    result: Result<(), SiteError>,
    /// The things that the step may open, because opening is its purpose.
    opens: BTreeSet<Object>,
}

async fn make(stage: &Stage, before: &Catalogue, step: Step) -> Made {
    use PageState::{Archived, Draft, Live, Trashed};
    let site = &stage.site;
    let (actor, who) = match stage.number() % 3 {
        0 => &stage.editor,
        _ => &stage.root,
    };
    let states: &[PageState] = match step {
        Step::Restore | Step::Purge => &[Trashed],
        Step::Unarchive => &[Archived],
        Step::Restrict | Step::Relist | Step::Lift => &[Live, Draft],
        Step::Trash => &[Live, Archived, Draft],
        _ => &[Live],
    };
    let has = |page: &PageId| match step {
        Step::TrashComment => before.comments_of(*page).next().is_some(),
        Step::RestoreComment => before
            .comments_of(*page)
            .any(|row| row.state == ContentState::Trashed),
        Step::RestoreAttachment => before
            .attachments_of(*page)
            .any(|row| row.state == ContentState::Trashed),
        _ => true,
    };
    let fit: Vec<PageId> = pages(before, states).into_iter().filter(has).collect();
    let page = some(stage, &fit);
    let other = some(stage, &pages(before, &[Live])).unwrap_or(stage.home);
    let mut opens = BTreeSet::new();
    let result = match (step, page) {
        (_, None) => Err(SiteError::invalid("there is no such page")),
        (Step::Create, Some(page)) => stage.page(page).await,
        (Step::Draft, Some(page)) => {
            let draft = stage.new_page(page, true);
            site.create_page(who, draft).await.map(|_| ())
        }
        (Step::Restrict | Step::Relist, Some(page)) => {
            if step == Step::Relist {
                opens = subtree(before, page);
            } else if before.lists(page).is_some() {
                return Made {
                    step,
                    about: Some(page),
                    result: Err(SiteError::invalid("it is restricted already")),
                    opens,
                };
            }
            let mut listed = vec![Principal::Account(*actor)];
            let others = [stage.reader, stage.root.0, stage.editor.0];
            listed.extend(some(stage, &others).map(Principal::Account));
            let how = Restrict::Set(vec![(RestrictionKind::View, listed)]);
            site.restrict_page(who, page, how).await
        }
        (Step::Lift, Some(page)) => {
            opens = subtree(before, page);
            site.restrict_page(who, page, Restrict::Lift).await
        }
        (Step::Move, Some(page)) => {
            opens = subtree(before, page);
            let beside = [Beside::Append, Beside::Above, Beside::Below];
            let beside = some(stage, &beside).unwrap_or(Beside::Append);
            site.move_page(who, page, beside, other).await
        }
        (Step::Trash, Some(page)) => site.trash_page(who, page).await,
        (Step::TrashTree, Some(page)) => site.trash_tree(who, page).await.map(|_| ()),
        (Step::Restore, Some(page)) => site.restore_page(who, page, None).await,
        (Step::Purge, Some(page)) => site.purge_page(who, page).await,
        (Step::Copy | Step::CopyInto, Some(page)) => {
            let into = step == Step::CopyInto;
            let to = if into {
                Destination::Into(other)
            } else {
                Destination::Below(other)
            };
            let copy = CopyPage {
                to,
                parts: Parts {
                    attachments: true,
                    restrictions: !into && stage.number().is_multiple_of(2),
                    ..Parts::default()
                },
                title: Some(format!("Page {}", stage.number())),
                body: None,
            };
            site.copy_page(who, page, copy).await.map(|_| ())
        }
        (Step::CopyTree, Some(page)) => {
            let copy = CopyTree {
                below: other,
                parts: Parts {
                    attachments: true,
                    ..Parts::default()
                },
                descendants: true,
                titles: Titles {
                    prefix: format!("{} ", stage.number()),
                    ..Titles::default()
                },
            };
            site.copy_tree(who, page, copy).await.map(|_| ())
        }
        (Step::Archive, Some(page)) => site.archive_page(who, page, true).await,
        (Step::Unarchive, Some(page)) => site.archive_page(who, page, false).await,
        (Step::Comment, Some(page)) => {
            let new = NewComment {
                page,
                parent: None,
                body: text("a remark"),
            };
            site.create_comment(who, new).await.map(|_| ())
        }
        (Step::TrashComment, Some(page)) => {
            let comments: Vec<_> = before.comments_of(page).map(|row| row.id).collect();
            match some(stage, &comments) {
                Some(comment) => site.trash_comment(who, comment).await,
                None => Err(SiteError::invalid("there is no comment")),
            }
        }
        (Step::RestoreComment, Some(page)) => {
            let rows = before.comments_of(page);
            let trashed = rows.filter(|row| row.state == ContentState::Trashed);
            let comments: Vec<_> = trashed.map(|row| row.id).collect();
            match some(stage, &comments) {
                Some(comment) => site.restore_comment(who, comment, None).await,
                None => Err(SiteError::invalid("there is no comment in the trash")),
            }
        }
        (Step::TrashAttachment | Step::RestoreAttachment, Some(page)) => {
            let state = match step {
                Step::TrashAttachment => ContentState::Live,
                _ => ContentState::Trashed,
            };
            let rows = before.attachments_of(page);
            let rows = rows.filter(|row| row.state == state);
            let attachments: Vec<_> = rows.map(|row| row.id).collect();
            match (some(stage, &attachments), state) {
                (Some(id), ContentState::Live) => site.trash_attachment(who, id).await,
                (Some(id), ContentState::Trashed) => site.restore_attachment(who, id).await,
                (None, _) => Err(SiteError::invalid("there is no attachment")),
            }
        }
        (Step::TrashSpace, Some(_)) => match site.trash_space(who, SPACE.into()).await {
            Ok(()) => {
                let operator = &Credential::Operator;
                site.restore_space(operator, SPACE.into()).await
            }
            Err(error) => Err(error),
        },
        (Step::ArchiveSpace, Some(_)) => {
            let archived = |archived| EditSpace {
                archived: Some(archived),
                ..EditSpace::default()
            };
            match site.edit_space(who, SPACE.into(), archived(true)).await {
                Ok(()) => site.edit_space(who, SPACE.into(), archived(false)).await,
                Err(error) => Err(error),
            }
        }
    };
    Made {
        step,
        about: page,
        result,
        opens,
    }
}

async fn history(seed: u64, steps: usize, happened: &mut Happened) {
    let stage = Stage::new(TestDatabase::sqlite(), seed).await;
    let mut told: Vec<String> = Vec::new();
    let mut before = stage.catalogue().await;
    let mut saw = viewers(&before);
    for _ in 0..steps {
        let step = some(&stage, STEPS).unwrap();
        let made = make(&stage, &before, step).await;
        let after = stage.catalogue().await;
        let see = viewers(&after);
        told.push(format!("{step:?} {:?}: {:?}", made.about, made.result));
        let mut new = gained(&saw, &see);
        if made.result.is_ok() {
            *happened.done.entry(made.step).or_default() += 1;
            happened.opened += usize::from(!new.is_empty());
            let parent = |catalogue: &Catalogue| {
                let page = catalogue.page(made.about?)?;
                page.row().parent
            };
            let left = made.step == Step::Restore && parent(&before) != parent(&after);
            let was_closed = parent(&before).is_some_and(|parent| is_closed(&before, parent));
            happened.moved_out += usize::from(left && was_closed);
        }
        new.retain(|object, _| !made.opens.contains(object));
        assert!(
            new.is_empty(),
            "seed {seed}: came to be seen: {new:?}\n{}",
            told.join("\n")
        );
        (before, saw) = (after, see);
    }
}

#[tokio::test]
async fn no_history_of_trashing_and_restoring_adds_a_viewer_that_nobody_let_in() {
    let (histories, steps) = match std::env::var_os("NARTHEX_LONG") {
        Some(_) => (200, 120),
        None => (16, 110),
    };
    let mut happened = Happened::default();
    for seed in 0..histories {
        history(seed * 10, steps, &mut happened).await;
    }
    for step in STEPS {
        let done = happened.done.get(step).copied().unwrap_or_default();
        assert!(done >= 5, "{step:?} was hardly ever made: {happened:?}");
    }
    assert!(happened.opened >= 5, "{happened:?}");
    assert!(happened.moved_out >= 3, "{happened:?}");
}
