//! The people of a world, and sets of them.

/// Somebody of a world: everybody who is treated differently is somebody else.
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
    /// A portal-only customer: nobody at `/wiki`.
    Carla,
    /// Was licensed; deactivated.
    Dan,
    /// Nobody is logged in.
    Nobody,
}

impl Who {
    /// All of them.
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

    /// Those whose requests are served: all but the deactivated.
    pub fn active() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|who| *who != Self::Dan)
    }

    /// The name, and what the e-mail address begins with.
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

/// Some of the people: those who see something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Audience(u16);

/// Everybody who is served.
pub const EVERYBODY: Audience = Audience(0b111_1111_1111 & !(1 << Who::Dan as u16));
/// All with a licence.
pub const LICENSED: Audience = Audience::of(&[Who::Ada, Who::Olga, Who::Lena, Who::Sam]);
/// All with an account of the site.
pub const ACCOUNTS: Audience = LICENSED.and(&[Who::Sid, Who::Gus, Who::Uma, Who::Una]);
/// Who administers the site: sees names and keys of all spaces (law 1.6).
pub const SITE_ADMINISTRATORS: &[Who] = &[Who::Ada, Who::Sid];
/// Nobody at all.
pub const NOBODY: Audience = Audience(0);

impl Audience {
    /// These.
    pub const fn of(people: &[Who]) -> Self {
        NOBODY.and(people)
    }

    /// These too.
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

    /// Only those who are here and there.
    #[must_use]
    pub const fn within(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether somebody is among them.
    pub const fn has(self, who: Who) -> bool {
        self.0 & (1 << who as u16) != 0
    }
}
