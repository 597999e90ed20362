//! The words for tiers and for product access, the same on every page.

/// The tiers of law 1.2, as the pages name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Active accounts with Confluence access.
    Licensed,
    /// Active accounts with Confluence access: the tier *licensed*.
    Guests,
    /// Guests, who have access to one space.
    Unlicensed,
    /// Portal-only customers, in the help centre.
    Customers,
    /// People who aren't signed in.
    Anonymous,
}

impl Audience {
    /// Describes the people in a few words.
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

/// The access that an account has to Confluence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfluenceAccess {
    /// No access: an unlicensed account.
    None,
    /// The access of a guest, to one space.
    Guest,
    /// A licence.
    User,
}

impl ConfluenceAccess {
    /// Returns the text that the tables show.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Guest => "Guest",
            Self::User => "User",
        }
    }

    /// Returns the value that forms send.
    #[must_use]
    pub fn value(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Guest => "guest",
            Self::User => "user",
        }
    }
}

/// The access that an account has to the service desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceDeskAccess {
    /// No access of its own; open portals still take every active account.
    None,
    /// The help centre only: a portal-only account.
    Customer,
    /// The access of an agent.
    Agent,
}

impl ServiceDeskAccess {
    /// Returns the text that the tables show.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Customer => "Customer",
            Self::Agent => "Agent",
        }
    }

    /// Returns the value that forms send.
    #[must_use]
    pub fn value(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Customer => "customer",
            Self::Agent => "agent",
        }
    }
}
