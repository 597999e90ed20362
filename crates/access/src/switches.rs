//! The switches of the site (laws 2.4, 4.4 and 4.5).

/// The one row of `switches`. All are off on a new site but the enforcement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SwitchesRow {
    /// *Use Confluence* in the *JSM access* tab: whether unlicensed view counts.
    pub jsm_access: bool,
    /// *Use Confluence* in the *Anonymous access* tab: whether anonymous view counts.
    pub anonymous_access: bool,
    /// Whether an anonymous grant counts for nobody while `anonymous_access` is off.
    pub enforce_anonymous: bool,
    /// *View user profiles* for anonymous.
    pub view_user_profiles: bool,
    /// Whether anonymous readers see author names.
    pub author_names: bool,
    /// Whether search engines are let in.
    pub indexing: bool,
    /// Whether the first administrator has been made: set-up is closed for good.
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
