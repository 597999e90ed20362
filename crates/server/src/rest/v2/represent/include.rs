//! The `include-...` parameters of a query: the lists that a response embeds in an object.

use crate::request::bad_request::BadRequest;
use crate::request::query::Parameters;

/// The parts of an object that a response has besides the object's own members.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Include {
    /// Whether to include the operations that the viewer may do on it.
    pub operations: bool,
    /// Whether to include its versions.
    pub versions: bool,
    /// Whether to include its current version, as is usual.
    pub version: bool,
    /// Whether to include a flag that tells if it is the viewer's favourite.
    pub favorited: bool,
    /// Whether to include its labels.
    pub labels: bool,
    /// Whether to include its properties.
    pub properties: bool,
    /// Whether to include the people who like it.
    pub likes: bool,
}

impl Include {
    /// Includes no more than every response has.
    pub const NOTHING: Self = Self {
        operations: false,
        versions: false,
        version: true,
        favorited: false,
        labels: false,
        properties: false,
        likes: false,
    };

    /// Reads the parameters of a query.
    ///
    /// # Errors
    /// Bad request if one is neither true nor false.
    pub fn of(query: &Parameters<'_>) -> Result<Self, BadRequest> {
        // These are checked but change nothing: there are no web resources beside a text, nobody
        // learns who else is working on it, and children have a list of their own.
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
