//! Fills a space with pages, many in one revision.

use narthex_access::{
    AccountId, BodyId, Credential, PageId, PageKind, PageRow, PageState, Principal, RestrictionId,
    RestrictionKind, RestrictionRow, RowChange, SpaceId,
};
use narthex_site::{Plan, Site, SiteError};
use narthex_store::change::{Beside, Change, Event, VersionRow, Versioned};

/// The number of pages that one revision makes.
const BATCH: usize = 5_000;
/// The number of children of a page.
const BRANCH: usize = 12;
/// One page in so many is restricted.
const RESTRICTED: usize = 10;
/// The word in the restricted pages, which no other page has.
const RESTRICTED_WORD: &str = "twolocks";

/// A space that is being filled.
pub(crate) struct Filling<'a> {
    site: &'a Site,
    author: AccountId,
    space: SpaceId,
    home: PageId,
    word: &'static str,
}

impl<'a> Filling<'a> {
    pub(crate) fn of(site: &'a Site, author: AccountId, (space, home): (SpaceId, PageId)) -> Self {
        Self {
            site,
            author,
            space,
            home,
            word: "",
        }
    }

    /// Puts a word into the title and the text of each page that is made.
    pub(crate) fn with_word(self, word: &'static str) -> Self {
        Self { word, ..self }
    }

    /// Makes `count` pages below the home page in a tree of even branches. Returns the first, which
    /// is 6 KB long and not restricted.
    pub(crate) async fn fill(&self, count: usize) -> Result<Option<PageId>, SiteError> {
        let ids: Vec<PageId> = (0..count)
            .map(|_| PageId::from_random(self.site.entropy().number()))
            .collect();
        for from in (0..count).step_by(BATCH) {
            let to = (from + BATCH).min(count);
            let of = Batch {
                author: self.author,
                space: self.space,
                home: self.home,
                word: self.word,
            };
            let ids = ids.clone();
            self.site
                .commit(&Credential::Operator, move |plan| {
                    Ok(of.pages(plan, &ids, from..to))
                })
                .await?;
        }
        Ok(ids.first().copied())
    }
}

/// The values that all pages of one revision share.
struct Batch {
    author: AccountId,
    space: SpaceId,
    home: PageId,
    word: &'static str,
}

impl Batch {
    fn pages(&self, plan: &Plan<'_>, ids: &[PageId], range: std::ops::Range<usize>) -> Change<()> {
        let &Self {
            author,
            space,
            home,
            ..
        } = self;
        let mut change = Change::nothing(());
        for n in range {
            let Some(id) = ids.get(n).copied() else {
                continue;
            };
            let above = n
                .checked_sub(1)
                .and_then(|n| ids.get(n / BRANCH))
                .filter(|_| n > BRANCH);
            let row = PageRow {
                id,
                space,
                parent: Some(above.copied().unwrap_or(home)),
                kind: PageKind::Page,
                state: PageState::Live,
                was_archived: false,
                title: format!("Page {n} of the tree{}", self.own_words(n)).into(),
                position: i64::try_from(n).unwrap_or_default() << 20,
                author,
                owner: author,
                created_at: plan.now,
                body: plan.new_id(BodyId::from_random),
                version: 1,
                updated_at: plan.now,
                updated_by: author,
            };
            change.beside.push(Beside::Body {
                id: row.body,
                representation: "storage".into(),
                text: text(n, &self.own_words(n)),
            });
            change.beside.push(Beside::Version(VersionRow {
                of: Versioned::Page(id),
                number: 1,
                title: row.title.to_string(),
                body: row.body,
                by: Some(author),
                at: plan.now,
                message: String::new(),
                minor: false,
            }));
            if is_restricted(n) {
                change.rows.push(RowChange::from(RestrictionRow {
                    id: plan.new_id(RestrictionId::from_random),
                    page: id,
                    kind: RestrictionKind::View,
                    left_by: None,
                    since: plan.now,
                    by: author,
                    listed: [Principal::Account(author)].into(),
                }));
            }
            change.rows.push(row.into());
        }
        change.events.push(Event {
            kind: "space.filled",
            space: Some(space),
            page: None,
            object: String::new(),
            before: None,
            after: None,
        });
        change
    }

    /// Returns the words by which a search can tell the page's space, and whether the page is
    /// restricted.
    fn own_words(&self, n: usize) -> String {
        let words = [
            self.word,
            if is_restricted(n) {
                RESTRICTED_WORD
            } else {
                ""
            },
        ];
        let words = words.iter().filter(|word| !word.is_empty());
        words.map(|word| format!(" {word}")).collect()
    }
}

fn is_restricted(n: usize) -> bool {
    n % RESTRICTED == RESTRICTED - 1
}

/// Makes the text of a page. The first page's text is such that the whole HTML page is about 6 KB;
/// the others are short, so that a million of them fit on a disk.
fn text(n: usize, own_words: &str) -> String {
    let paragraph = "<p>When the printer on the second floor shows a red light, open the front \
                     door, take the paper out and close it again. If the light stays, write to \
                     the service desk and name the printer.</p>";
    if n == 0 {
        return format!("<h2>What to do</h2>{}", paragraph.repeat(18));
    }
    format!(
        "<h2>What to do</h2>{paragraph}<p>{}{own_words}</p>",
        words(n)
    )
}

/// The size of the vocabulary of the search benchmark, in words.
const VOCABULARY: f64 = 2_000.0;

/// Returns some words that differ from page to page: the n-th word of the vocabulary is on a page
/// about as often as in a language, in proportion to 1/n.
fn words(n: usize) -> String {
    let mut dice = n as u64;
    let mut words = String::new();
    for _ in 0..30 {
        // SplitMix64: nothing here needs to be hard to guess.
        dice = dice.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (dice ^ (dice >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let share = (mixed >> 11) as f64 / (1_u64 << 53) as f64;
        let word = VOCABULARY.powf(share) as usize - 1;
        words.push_str(&format!("word{word:04} "));
    }
    words
}
