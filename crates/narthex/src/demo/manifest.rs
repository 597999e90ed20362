//! The content of the demo's spaces. The texts are in files beside this one.

use super::people::{ENGINEERS, HELP_DESK, OFFICE, Person};

/// A space.
#[derive(Debug)]
pub(crate) struct Space {
    /// The key; `None` for the personal space of its owner.
    pub(crate) key: Option<&'static str>,
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    pub(crate) owner: Person,
    /// Whether only its owner can see it at first.
    pub(crate) private: bool,
    /// The text of its home page.
    pub(crate) home: &'static str,
    /// The pages in the order in which they are written: a page after the one above it.
    pub(crate) pages: &'static [Page],
}

/// A page or blog post.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) title: &'static str,
    pub(crate) place: Place,
    pub(crate) author: Person,
    pub(crate) text: &'static str,
    /// The group that alone may view it.
    pub(crate) only: Option<&'static str>,
    pub(crate) files: &'static [File],
    pub(crate) comments: &'static [(Person, &'static str)],
}

/// The position of a page, and the state in which it is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Below the home page.
    Home,
    /// Below the page with this title.
    Below(&'static str),
    /// Below the home page, never published.
    Draft,
    /// Below the home page, archived.
    Archive,
    /// On the blog.
    Blog,
}

/// An attachment.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) name: &'static str,
    pub(crate) media_type: &'static str,
    pub(crate) bytes: &'static [u8],
}

macro_rules! text {
    ($path:literal) => {
        include_str!(concat!("content/", $path, ".xhtml"))
    };
}

macro_rules! file {
    ($name:literal, $media_type:literal) => {
        File {
            name: $name,
            media_type: $media_type,
            bytes: include_bytes!(concat!("files/", $name)),
        }
    };
}

/// Makes a page without anything special.
const fn page(title: &'static str, place: Place, author: Person, text: &'static str) -> Page {
    Page {
        title,
        place,
        author,
        text,
        only: None,
        files: &[],
        comments: &[],
    }
}

impl Page {
    const fn only(self, group: &'static str) -> Self {
        Self {
            only: Some(group),
            ..self
        }
    }

    const fn files(self, files: &'static [File]) -> Self {
        Self { files, ..self }
    }

    const fn comments(self, comments: &'static [(Person, &'static str)]) -> Self {
        Self { comments, ..self }
    }
}

use Person::{Ada, Jonas, Mira};
use Place::{Archive, Below, Blog, Draft, Home};

/// The key of the space that the call of law 5.1 opens.
pub(crate) const HELP: &str = "HELP";

const TICKETS: &str = "Tickets and fares";
const ON_BOARD: &str = "On board";
const DRILLS: &str = "Safety drills";
const DECISIONS: &str = "Decisions";

/// All spaces of the demo.
pub(crate) const SPACES: [Space; 5] = [
    Space {
        key: Some(HELP),
        name: "Passenger help",
        description: "Answers for passengers of Tern Island Ferries",
        owner: Mira,
        private: false,
        home: text!("help/home"),
        pages: &HELP_PAGES,
    },
    Space {
        key: Some("CREW"),
        name: "Crew handbook",
        description: "How we work on board and at the piers",
        owner: Jonas,
        private: false,
        home: text!("crew/home"),
        pages: &CREW_PAGES,
    },
    Space {
        key: Some("ENG"),
        name: "Engineering",
        description: "Runbooks, decisions, what wakes us at night",
        owner: Ada,
        private: false,
        home: text!("engineering/home"),
        pages: &ENGINEERING_PAGES,
    },
    Space {
        key: Some("PIER"),
        name: "Northpier Catering",
        description: "What the caterer and we agree on",
        owner: Jonas,
        private: true,
        home: text!("pier/home"),
        pages: &PIER_PAGES,
    },
    Space {
        key: None,
        name: "Ada Lind",
        description: "Notes",
        owner: Ada,
        private: false,
        home: text!("ada/home"),
        pages: &ADA_PAGES,
    },
];

const HELP_PAGES: [Page; 17] = [
    page(TICKETS, Home, Mira, text!("help/tickets-and-fares")),
    page("Buy a ticket", Below(TICKETS), Mira, text!("help/buy-a-ticket")),
    page("Change or cancel a booking", Below(TICKETS), Mira, text!("help/change-or-cancel")).comments(&[
        (Jonas, "<p>Passengers ask at the ramp whether the cheaper crossing is paid back at once. It isn't: <em>Refund times</em> says it better than we do.</p>"),
        (Mira, "<p>Included it on this page, thank you.</p>"),
    ]),
    page("Refund times", Below(TICKETS), Mira, text!("help/refund-times")),
    page("Discounts and passes", Below(TICKETS), Mira, text!("help/discounts-and-passes")),
    page(ON_BOARD, Home, Jonas, text!("help/on-board"))
        .files(&[file!("sterna-decks.svg", "image/svg+xml")]),
    page("Luggage and bicycles", Below(ON_BOARD), Jonas, text!("help/luggage-and-bicycles")),
    page("Dogs and other animals", Below(ON_BOARD), Jonas, text!("help/animals")),
    page("Accessibility on board", Below(ON_BOARD), Mira, text!("help/accessibility")),
    page("When a crossing is cancelled", Home, Mira, text!("help/cancelled")),
    page("Summer timetable 2026", Home, Jonas, text!("help/summer-timetable"))
        .files(&[file!("summer-2026.csv", "text/csv")]),
    page("Lost property", Home, Mira, text!("help/lost-property")),
    page("Winter timetable 2025", Archive, Mira, text!("help/winter-timetable")),
    page("Goodwill limits", Home, Mira, text!("help/goodwill")).only(HELP_DESK),
    page("Group bookings", Draft, Mira, text!("help/group-bookings")),
    page("How we answer you in a storm", Blog, Mira, text!("help/blog-storm")),
    page("The new landing in Saltby opens", Blog, Mira, text!("help/blog-landing")).comments(&[
        (Ada, "<p>The tide sensor moved with it; the boards show Saltby again.</p>"),
    ]),
];

const CREW_PAGES: [Page; 8] = [
    page("First week on board", Home, Jonas, text!("crew/first-week")),
    page(
        "Watch and rest hours",
        Home,
        Jonas,
        text!("crew/watch-and-rest"),
    ),
    page(DRILLS, Home, Jonas, text!("crew/safety-drills")),
    page(
        "Person overboard",
        Below(DRILLS),
        Jonas,
        text!("crew/overboard"),
    ),
    page(
        "Fire on the car deck",
        Below(DRILLS),
        Jonas,
        text!("crew/fire"),
    )
    .comments(&[
        (
            Mira,
            "<p>Twenty-two seconds too slow last time. Is it the locker or the stairs?</p>",
        ),
        (Jonas, "<p>The locker. A second hook is on its way.</p>"),
    ]),
    page("Uniform and laundry", Home, Jonas, text!("crew/uniform")),
    page("Pay bands 2026", Home, Jonas, text!("crew/pay-bands")).only(OFFICE),
    page("Who does what", Home, Jonas, text!("crew/who-does-what")),
];

const ENGINEERING_PAGES: [Page; 10] = [
    page("How booking works", Home, Ada, text!("engineering/booking"))
        .files(&[file!("booking.svg", "image/svg+xml")]),
    page("Runbook: ticket machines offline", Home, Ada, text!("engineering/runbook-machines")).comments(&[
        (Jonas, "<p>Saltby 2 again this morning. Pulled the plug as it says here; up after four minutes.</p>"),
    ]),
    page("Runbook: tide sensors", Home, Ada, text!("engineering/runbook-tide")),
    page("Deploy a release", Home, Ada, text!("engineering/release")),
    page(DECISIONS, Home, Ada, text!("engineering/decisions")),
    page("Queue in the database", Below(DECISIONS), Ada, text!("engineering/decision-queue")),
    page("Hand-helds without a network", Below(DECISIONS), Ada, text!("engineering/decision-hand-held")),
    page("Incident of 9 February", Home, Ada, text!("engineering/incident")).only(ENGINEERS),
    page("On call", Home, Ada, text!("engineering/on-call")),
    page("Release 4.2", Blog, Ada, text!("engineering/blog-release")),
];

const PIER_PAGES: [Page; 2] = [
    page("Deliveries", Home, Jonas, text!("pier/deliveries")),
    page("Order sheet", Home, Jonas, text!("pier/order-sheet"))
        .files(&[file!("order-sheet.txt", "text/plain")]),
];

const ADA_PAGES: [Page; 1] = [page(
    "Tide tables, measured",
    Home,
    Ada,
    text!("ada/tide-tables"),
)];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::people::PEOPLE;
    use std::collections::BTreeSet;

    fn texts() -> impl Iterator<Item = (&'static str, &'static str)> {
        SPACES.iter().flat_map(|space| {
            let pages = space.pages.iter().map(|page| (page.title, page.text));
            pages.chain([(space.name, space.home)])
        })
    }

    #[test]
    fn every_text_names_only_people_who_are_there() {
        for (title, text) in texts() {
            for part in text.split("{{").skip(1) {
                let word = part.split("}}").next().unwrap();
                assert!(
                    PEOPLE.iter().any(|person| person.word == word),
                    "{title}: {word}"
                );
            }
        }
    }

    #[test]
    fn every_page_stands_below_one_that_was_written_before_it_and_titles_differ() {
        for space in &SPACES {
            let mut written = BTreeSet::from([space.name]);
            for page in space.pages {
                if let Place::Below(parent) = page.place {
                    assert!(written.contains(parent), "{}", page.title);
                }
                assert!(written.insert(page.title), "{}", page.title);
            }
        }
    }

    #[test]
    fn every_link_to_a_title_leads_somewhere() {
        for space in &SPACES {
            let titles: BTreeSet<_> = space.pages.iter().map(|page| page.title).collect();
            for text in space.pages.iter().map(|page| page.text).chain([space.home]) {
                for part in text.split("ri:content-title=\"").skip(1) {
                    let title = part.split('"').next().unwrap();
                    assert!(titles.contains(title), "{}: {title}", space.name);
                }
            }
        }
    }

    #[test]
    fn every_named_file_is_attached_to_the_page_that_names_it() {
        for page in SPACES.iter().flat_map(|space| space.pages) {
            for part in page.text.split("ri:filename=\"").skip(1) {
                let name = part.split('"').next().unwrap();
                assert!(
                    page.files.iter().any(|file| file.name == name),
                    "{}: {name}",
                    page.title
                );
            }
        }
    }
}
