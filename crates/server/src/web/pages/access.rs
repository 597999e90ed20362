//! Words for tiers and for product access, the same on every page.

/// The tiers of law 1.2, as the pages name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Active accounts with Confluence access.
    Licensed,
    /// Guests.
    Guests,
    /// Active accounts without Confluence access.
    Unlicensed,
    /// Portal-only customers, in the help centre.
    Customers,
    /// Nobody signed in.
    Anonymous,
}

impl Audience {
    /// Who that is, in a few words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Licensed => "People with Confluence access",
            Self::Guests => "Guests",
            Self::Unlicensed => "Accounts without Confluence access",
            Self::Customers => "Customers, in the help centre",
            Self::Anonymous => "Anyone on the internet",
        }
    }
}

/// What an account may use of Confluence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfluenceAccess {
    /// Nothing: an unlicensed account.
    None,
    /// A guest, in one space.
    Guest,
    /// A licence.
    User,
}

impl ConfluenceAccess {
    /// As the tables show it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Guest => "Guest",
            Self::User => "User",
        }
    }

    /// As forms send it.
    #[must_use]
    pub fn value(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Guest => "guest",
            Self::User => "user",
        }
    }
}

/// What an account may use of the service desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceDeskAccess {
    /// Nothing of its own; open portals still take every active account.
    None,
    /// The help centre only: a portal-only account.
    Customer,
    /// An agent.
    Agent,
}

impl ServiceDeskAccess {
    /// As the tables show it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Customer => "Customer",
            Self::Agent => "Agent",
        }
    }

    /// As forms send it.
    #[must_use]
    pub fn value(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Customer => "customer",
            Self::Agent => "agent",
        }
    }
}
