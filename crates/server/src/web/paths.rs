//! The address of every page, so that templates and the route table can't disagree.

use std::borrow::Borrow;
use std::fmt;

use askama::filters::HtmlSafe;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

/// Home: the spaces that one sees.
pub const HOME: &str = "/wiki";
/// One's own drafts.
pub const DRAFTS: &str = "/wiki/drafts";
/// Search: what one sees that has the words `?text=`.
pub const SEARCH: &str = "/wiki/search";
/// The log-in form; `POST` logs in.
pub const LOG_IN: &str = "/login";
/// `POST` logs out; `GET` is the page that says so.
pub const LOG_OUT: &str = "/logout";
/// First set-up, with the token that the server printed as `?token=`.
pub const SET_UP: &str = "/setup";
/// One's own account: API tokens, sessions, password.
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
/// A new space.
pub const CREATE_SPACE: &str = "/wiki/create-space";
/// Restrictions of the page named by `?pageId=`.
pub const RESTRICTIONS: &str = "/wiki/pages/restrictions";
/// Who can see the page named by `?pageId=`, and why.
pub const PAGE_ACCESS: &str = "/wiki/pages/access";
/// Editing the page named by `?pageId=`.
pub const EDIT_PAGE: &str = "/wiki/pages/edit";
/// A new page in the space `?spaceKey=`, below `?parentId=`.
pub const CREATE_PAGE: &str = "/wiki/pages/create";
/// Moving the page named by `?pageId=` to the trash.
pub const DELETE_PAGE: &str = "/wiki/pages/delete";
/// `POST` moves the page named by `?pageId=` beside or below `?targetId=`.
pub const MOVE_PAGE: &str = "/wiki/pages/movepage.action";

/// What stays as it is in a path segment: RFC 3986's unreserved characters.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A path that holds what people wrote, percent-encoded; safe inside an HTML attribute.
#[derive(Clone, Copy, Debug)]
pub struct Path<'a> {
    parts: [Part<'a>; 4],
}

#[derive(Clone, Copy, Debug)]
enum Part<'a> {
    Fixed(&'static str),
    Written(&'a str),
    Title(&'a str),
    Number(u64),
    End,
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in self.parts {
            match part {
                Part::Fixed(text) => f.write_str(text)?,
                Part::Written(text) => encode(text, f)?,
                Part::Number(number) => write!(f, "{number}")?,
                Part::Title(title) => {
                    f.write_str("/")?;
                    // Spaces are `+`, as Confluence writes them; a real `+` is encoded.
                    for (n, word) in title.split(' ').enumerate() {
                        if n > 0 {
                            f.write_str("+")?;
                        }
                        encode(word, f)?;
                    }
                }
                Part::End => break,
            }
        }
        Ok(())
    }
}

fn encode(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    // A browser takes a segment of one or two dots as a step up the path, encoded or not.
    if matches!(text, "." | "..") {
        return f.write_str("_");
    }
    for chunk in percent_encode(text.as_bytes(), SEGMENT) {
        f.write_str(chunk)?;
    }
    Ok(())
}

impl HtmlSafe for Path<'_> {}

/// `/wiki/spaces/KEY`: a space's overview.
#[must_use]
pub fn space(key: &str) -> Path<'_> {
    Path {
        parts: [
            Part::Fixed("/wiki/spaces/"),
            Part::Written(key),
            Part::End,
            Part::End,
        ],
    }
}

/// `/wiki/spaces/KEY/permissions`: who may do what in a space.
#[must_use]
pub fn space_permissions(key: &str) -> Path<'_> {
    Path {
        parts: [
            Part::Fixed("/wiki/spaces/"),
            Part::Written(key),
            Part::Fixed("/permissions"),
            Part::End,
        ],
    }
}

/// `/wiki/spaces/KEY/trash`: the pages of a space that are in the trash.
#[must_use]
pub fn trash(key: &str) -> Path<'_> {
    Path {
        parts: [
            Part::Fixed("/wiki/spaces/"),
            Part::Written(key),
            Part::Fixed("/trash"),
            Part::End,
        ],
    }
}

/// `/wiki/spaces/KEY/pages/ID/Title`: a page.
#[must_use]
pub fn page<'a>(key: &'a str, id: impl Borrow<u64>, title: &'a str) -> PagePath<'a> {
    PagePath {
        key,
        section: "/pages/",
        id: *id.borrow(),
        title,
    }
}

/// `/wiki/spaces/KEY/blog/ID/Title`: a blog post.
#[must_use]
pub fn blog_post<'a>(key: &'a str, id: impl Borrow<u64>, title: &'a str) -> PagePath<'a> {
    PagePath {
        key,
        section: "/blog/",
        id: *id.borrow(),
        title,
    }
}

/// The address of a page or blog post; the id alone finds it, the title is for people.
#[derive(Clone, Copy, Debug)]
pub struct PagePath<'a> {
    key: &'a str,
    section: &'static str,
    id: u64,
    title: &'a str,
}

impl fmt::Display for PagePath<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        space(self.key).fmt(f)?;
        let rest = Path {
            parts: [
                Part::Fixed(self.section),
                Part::Number(self.id),
                Part::Title(self.title),
                Part::End,
            ],
        };
        rest.fmt(f)
    }
}

impl HtmlSafe for PagePath<'_> {}

/// `/wiki/admin/accounts/ID`: one account.
#[must_use]
pub fn account(id: &str) -> Path<'_> {
    below("/wiki/admin/accounts/", id)
}

/// `/wiki/admin/accounts/ID/link`: a one-time link of an account, shown once.
#[must_use]
pub fn link_of_account(id: &str) -> Path<'_> {
    Path {
        parts: [
            Part::Fixed("/wiki/admin/accounts/"),
            Part::Written(id),
            Part::Fixed("/link"),
            Part::End,
        ],
    }
}

/// `/account/tokens/ID`: one's own API token, shown with its secret once.
#[must_use]
pub fn token(id: &str) -> Path<'_> {
    below("/account/tokens/", id)
}

/// `/wiki/admin/groups/ID`: one group.
#[must_use]
pub fn group(id: &str) -> Path<'_> {
    below("/wiki/admin/groups/", id)
}

/// `/link/SECRET`: a one-time link to set a password.
#[must_use]
pub fn one_time_link(secret: &str) -> Path<'_> {
    below("/link/", secret)
}

/// `/wiki/download/attachments/ID/NAME`: an attachment's bytes.
#[must_use]
pub fn attachment<'a>(page_id: impl Borrow<u64>, file_name: &'a str) -> Path<'a> {
    Path {
        parts: [
            Part::Fixed("/wiki/download/attachments/"),
            Part::Number(*page_id.borrow()),
            Part::Fixed("/"),
            Part::Written(file_name),
        ],
    }
}

/// `/wiki/search?text=WORDS`: the hits after so many, in one space or in all.
#[must_use]
pub fn search(words: &str, label: Option<&str>, space: Option<&str>, start: usize) -> String {
    let value = |text: &str| percent_encode(text.as_bytes(), SEGMENT).to_string();
    let mut path = format!("{SEARCH}?text={}", value(words));
    if let Some(label) = label {
        path.push_str("&label=");
        path.push_str(&value(label));
    }
    if let Some(space) = space {
        path.push_str("&space=");
        path.push_str(&value(space));
    }
    if start > 0 {
        path.push_str(&format!("&start={start}"));
    }
    path
}

/// The list of what has a label.
pub fn labelled(label: &str) -> String {
    search("", Some(label), None, 0)
}

fn below<'a>(root: &'static str, last: &'a str) -> Path<'a> {
    Path {
        parts: [Part::Fixed(root), Part::Written(last), Part::End, Part::End],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_readable_in_the_address_and_can_break_nothing() {
        assert_eq!(
            page("DOCS", 42, "Getting started").to_string(),
            "/wiki/spaces/DOCS/pages/42/Getting+started"
        );
        assert_eq!(
            page("~ana", 1, "a/b?c#d&\"<é+").to_string(),
            "/wiki/spaces/~ana/pages/1/a%2Fb%3Fc%23d%26%22%3C%C3%A9%2B"
        );
        assert_eq!(page("K", 1, "..").to_string(), "/wiki/spaces/K/pages/1/_");
    }

    #[test]
    fn an_attachments_name_stays_one_segment() {
        assert_eq!(
            attachment(7, "../plan (2).pdf").to_string(),
            "/wiki/download/attachments/7/..%2Fplan%20%282%29.pdf"
        );
    }
}
