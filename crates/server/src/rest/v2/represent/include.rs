//! `include-...` of a query: which lists are answered within an object.

use crate::request::bad_request::BadRequest;
use crate::request::query::Parameters;

/// The parts of an object that are wanted beside its own members.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Include {
    /// What the viewer may do to it.
    pub operations: bool,
    /// Its versions.
    pub versions: bool,
    /// Its current version: wanted unless it is said not to be.
    pub version: bool,
    /// Whether the viewer has marked it as a favourite.
    pub favorited: bool,
    /// Its labels.
    pub labels: bool,
    /// Its properties.
    pub properties: bool,
    /// Who likes it.
    pub likes: bool,
}

impl Include {
    /// Nothing more than what every answer has.
    pub const NOTHING: Self = Self {
        operations: false,
        versions: false,
        version: true,
        favorited: false,
        labels: false,
        properties: false,
        likes: false,
    };

    /// What a query asks for.
    ///
    /// # Errors
    /// Bad request for what is neither true nor false.
    pub fn of(query: &Parameters<'_>) -> Result<Self, BadRequest> {
        // There are no web resources beside a text, nobody is told who else is working
        // on it, and children have a list of their own.
        for nothing in [
            "include-webresources",
            "include-collaborators",
            "include-direct-children",
        ] {
            query.flag(nothing)?;
        }
        Ok(Self {
            operations: query.flag("include-operations")?,
            versions: query.flag("include-versions")?,
            version: query.get("include-version").is_none() || query.flag("include-version")?,
            favorited: query.flag("include-favorited-by-current-user-status")?,
            labels: query.flag("include-labels")?,
            properties: query.flag("include-properties")?,
            likes: query.flag("include-likes")?,
        })
    }
}
