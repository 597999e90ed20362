//! The switches of the whole site, which open and close channels (laws 2.4, 4.4 and 4.5). The
//! switches of a single space are [grants](crate::grant).

/// The one row of `switches`. On a new site all are off except the enforcement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SwitchesRow {
    /// *Use Confluence* in the *JSM access* tab: whether unlicensed view has effect.
    pub jsm_access: bool,
    /// *Use Confluence* in the *Anonymous access* tab: whether anonymous view has effect.
    pub anonymous_access: bool,
    /// Whether an anonymous grant has no effect for anybody while `anonymous_access` is off.
    pub enforce_anonymous: bool,
    /// *View user profiles*: whether anonymous readers may see profiles.
    pub view_user_profiles: bool,
    /// Whether anonymous readers see author names.
    pub author_names: bool,
    /// Whether search engines may index the site.
    pub indexing: bool,
    /// Whether the first administrator has been created, which ends the set-up for good.
    pub set_up: bool,
}

impl Default for SwitchesRow {
    fn default() -> Self {
        Self {
            jsm_access: false,
            anonymous_access: false,
            enforce_anonymous: true,
            view_user_profiles: false,
            author_names: false,
            indexing: false,
            set_up: false,
        }
    }
}
