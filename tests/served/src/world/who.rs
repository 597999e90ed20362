//! The people of a world, and sets of them.

/// A person of a world. There is one for each way in which people are treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Who {
    /// The first administrator: licensed, administers the site and DOCS.
    Ada,
    /// Licensed; writes what others may not see.
    Olga,
    /// Licensed, without a grant of its own.
    Lena,
    /// Licensed; administers DOCS, and is on no list.
    Sam,
    /// Administers the site, without a licence.
    Sid,
    /// Guest, assigned to GUESTS.
    Gus,
    /// Without a licence; on the list of one page.
    Uma,
    /// Without a licence, on no list.
    Una,
    /// A portal-only customer, who is anonymous at `/wiki`.
    Carla,
    /// A formerly licensed account that is deactivated.
    Dan,
    /// An anonymous visitor.
    Nobody,
}

impl Who {
    /// All people, in the order of their declaration.
    pub const ALL: [Self; 11] = [
        Self::Ada,
        Self::Olga,
        Self::Lena,
        Self::Sam,
        Self::Sid,
        Self::Gus,
        Self::Uma,
        Self::Una,
        Self::Carla,
        Self::Dan,
        Self::Nobody,
    ];

    /// Returns those whose requests are served: all but the deactivated one.
    pub fn active() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|who| *who != Self::Dan)
    }

    /// Returns the name, with which the e-mail address begins too.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ada => "Ada",
            Self::Olga => "Olga",
            Self::Lena => "Lena",
            Self::Sam => "Sam",
            Self::Sid => "Sid",
            Self::Gus => "Gus",
            Self::Uma => "Uma",
            Self::Una => "Una",
            Self::Carla => "Carla",
            Self::Dan => "Dan",
            Self::Nobody => "Nobody",
        }
    }
}

/// A set of people: those who see something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Audience(u16);

/// Everybody who is served.
pub const EVERYBODY: Audience = Audience(0b111_1111_1111 & !(1 << Who::Dan as u16));
/// All people with a licence.
pub const LICENSED: Audience = Audience::of(&[Who::Ada, Who::Olga, Who::Lena, Who::Sam]);
/// All people with an account of the site.
pub const ACCOUNTS: Audience = LICENSED.and(&[Who::Sid, Who::Gus, Who::Uma, Who::Una]);
/// The site administrators, who see names and keys of all spaces (law 1.6).
pub const SITE_ADMINISTRATORS: &[Who] = &[Who::Ada, Who::Sid];
/// The empty set.
pub const NOBODY: Audience = Audience(0);

impl Audience {
    /// Makes a set of these people.
    pub const fn of(people: &[Who]) -> Self {
        NOBODY.and(people)
    }

    /// Adds these people.
    #[must_use]
    pub const fn and(self, people: &[Who]) -> Self {
        let mut bits = self.0;
        let mut rest = people;
        while let [first, others @ ..] = rest {
            bits |= 1 << *first as u16;
            rest = others;
        }
        Self(bits)
    }

    /// Returns those who are in both sets.
    #[must_use]
    pub const fn within(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Returns whether a person is in the set.
    pub const fn has(self, who: Who) -> bool {
        self.0 & (1 << who as u16) != 0
    }
}
