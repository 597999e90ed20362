//! The addresses of the pages for people, so that templates and the route table can't disagree.
//!
//! How text is encoded, and the addresses that REST responses hold too, are defined in
//! [`narthex_site::address`].

use std::borrow::Borrow;
use std::fmt;

use askama::filters::HtmlSafe;
use narthex_access::{Millis, PageRow};
use narthex_site::address::{FileAddress, PageAddress, SpaceAddress, encoded};

/// Home: the list of the spaces that the reader sees.
pub const HOME: &str = "/wiki";
/// The reader's own drafts.
pub const DRAFTS: &str = "/wiki/drafts";
/// Search: the hits for the words `?text=`.
pub const SEARCH: &str = "/wiki/search";
/// The log-in form; `POST` logs in.
pub const LOG_IN: &str = "/login";
/// `POST` logs out; `GET` is the page that confirms it.
pub const LOG_OUT: &str = "/logout";
/// First set-up, with the token that the server printed as `?token=`.
pub const SET_UP: &str = "/setup";
/// The reader's own account: API tokens, sessions, password.
pub const ACCOUNT: &str = "/account";
/// Administration: accounts.
pub const ACCOUNTS: &str = "/wiki/admin/accounts";
/// Administration: groups.
pub const GROUPS: &str = "/wiki/admin/groups";
/// Administration: names and keys of all spaces.
pub const SPACES: &str = "/wiki/admin/spaces";
/// Administration: global permissions, tabs by `?tab=`.
pub const GLOBAL_PERMISSIONS: &str = "/wiki/admin/permissions/global";
/// Administration: the audit log.
pub const AUDIT_LOG: &str = "/wiki/admin/audit";
/// The form for a new space.
pub const CREATE_SPACE: &str = "/wiki/create-space";
/// The restrictions of the page named by `?pageId=`.
pub const RESTRICTIONS: &str = "/wiki/pages/restrictions";
/// The explanation of who can see the page named by `?pageId=`, and why.
pub const PAGE_ACCESS: &str = "/wiki/pages/access";
/// The editor of the page named by `?pageId=`.
pub const EDIT_PAGE: &str = "/wiki/pages/edit";
/// The editor for a new page in the space `?spaceKey=`, below `?parentId=`.
pub const CREATE_PAGE: &str = "/wiki/pages/create";
/// The form that moves the page named by `?pageId=` to the trash.
pub const DELETE_PAGE: &str = "/wiki/pages/delete";
/// `POST` moves the page named by `?pageId=` beside or below `?targetId=`.
pub const MOVE_PAGE: &str = "/wiki/pages/movepage.action";

/// An address that is percent-encoded, and so safe inside an HTML attribute.
#[derive(Clone, Copy, Debug)]
pub struct Encoded<A>(A);

impl<A: fmt::Display> fmt::Display for Encoded<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<A: fmt::Display> HtmlSafe for Encoded<A> {}

/// The address of a space, or of a part of it.
pub type SpacePath<'a> = Encoded<SpaceAddress<'a>>;
/// The address of a page, folder or blog post.
pub type PagePath<'a> = Encoded<PageAddress<'a>>;
/// The address of a file on a page.
pub type FilePath<'a> = Encoded<FileAddress<'a>>;
/// The address of a thing by its id or secret.
pub type Path<'a> = Encoded<Named<'a>>;

/// Returns `/wiki/spaces/KEY`: a space's overview.
#[must_use]
pub fn space(key: &str) -> SpacePath<'_> {
    Encoded(SpaceAddress::of(key))
}

/// Returns `/wiki/spaces/KEY/permissions`: who may do what in a space.
#[must_use]
pub fn space_permissions(key: &str) -> SpacePath<'_> {
    Encoded(SpaceAddress::part(key, "/permissions"))
}

/// Returns `/wiki/spaces/KEY/trash`: the pages of a space that are in the trash.
#[must_use]
pub fn trash(key: &str) -> SpacePath<'_> {
    Encoded(SpaceAddress::part(key, "/trash"))
}

/// Returns `/wiki/spaces/KEY/pages/ID/Title`: a page or folder.
#[must_use]
pub fn page<'a>(key: &'a str, id: impl Borrow<u64>, title: &'a str) -> PagePath<'a> {
    Encoded(PageAddress::in_tree(key, *id.borrow(), title))
}

/// Returns `/wiki/spaces/KEY/blog/2026/01/31/ID/Title`: a blog post of a day.
#[must_use]
pub fn blog_post<'a>(key: &'a str, id: u64, title: &'a str, posted: Millis) -> PagePath<'a> {
    Encoded(PageAddress::blog_post(key, id, title, posted))
}

/// Returns the address of the page, folder or blog post with this row.
#[must_use]
pub fn page_or_post<'a>(key: &'a str, row: &'a PageRow) -> PagePath<'a> {
    Encoded(PageAddress::of(key, row))
}

/// A path with an id or a secret between two fixed parts.
#[derive(Clone, Copy, Debug)]
pub struct Named<'a> {
    before: &'static str,
    name: &'a str,
    after: &'static str,
}

impl fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{}", self.before, encoded(self.name), self.after)
    }
}

/// Returns `/wiki/admin/accounts/ID`: one account.
#[must_use]
pub fn account(id: &str) -> Path<'_> {
    below("/wiki/admin/accounts/", id)
}

/// Returns `/wiki/admin/accounts/ID/link`: a one-time link of an account, shown once.
#[must_use]
pub fn link_of_account(id: &str) -> Path<'_> {
    Encoded(Named {
        before: "/wiki/admin/accounts/",
        name: id,
        after: "/link",
    })
}

/// Returns `/account/tokens/ID`: the reader's own API token, shown with its secret once.
#[must_use]
pub fn token(id: &str) -> Path<'_> {
    below("/account/tokens/", id)
}

/// Returns `/wiki/admin/groups/ID`: one group.
#[must_use]
pub fn group(id: &str) -> Path<'_> {
    below("/wiki/admin/groups/", id)
}

/// Returns `/link/SECRET`: a one-time link to set a password.
#[must_use]
pub fn one_time_link(secret: &str) -> Path<'_> {
    below("/link/", secret)
}

/// Returns `/wiki/download/attachments/ID/NAME`: an attachment's bytes.
#[must_use]
pub fn attachment<'a>(page_id: impl Borrow<u64>, file_name: &'a str) -> FilePath<'a> {
    Encoded(FileAddress::of(*page_id.borrow(), file_name))
}

/// Returns `/wiki/search?text=WORDS`: the hits from the offset `start`, in one space or in all.
#[must_use]
pub fn search(words: &str, label: Option<&str>, space: Option<&str>, start: usize) -> String {
    let mut path = format!("{SEARCH}?text={}", encoded(words));
    if let Some(label) = label {
        path.push_str(&format!("&label={}", encoded(label)));
    }
    if let Some(space) = space {
        path.push_str(&format!("&space={}", encoded(space)));
    }
    if start > 0 {
        path.push_str(&format!("&start={start}"));
    }
    path
}

/// Returns the address of the list of everything with a label.
pub fn labelled(label: &str) -> String {
    search("", Some(label), None, 0)
}

fn below<'a>(root: &'static str, last: &'a str) -> Path<'a> {
    Encoded(Named {
        before: root,
        name: last,
        after: "",
    })
}
