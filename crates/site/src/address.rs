//! The addresses of things, as paths from the root of the host.
//!
//! This is the only place where the addresses of spaces, pages, people and files are built: REST
//! responses, rendered bodies and the pages for people all use it.

use crate::posting;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use narthex_access::{AccountId, AttachmentRow, Millis, PageId, PageKind, PageRow};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};
use std::fmt;

/// The bytes that are percent-encoded: all but RFC 3986's unreserved characters.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Percent-encodes text for a segment of a path, or for a value of a query.
pub fn encoded(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, RESERVED)
}

/// Returns the path of a space.
pub fn space(key: &str) -> String {
    SpaceAddress::of(key).to_string()
}

/// The address of a space, or of a part of it, which is encoded when it is displayed.
#[derive(Debug, Clone, Copy)]
pub struct SpaceAddress<'a> {
    key: &'a str,
    part: &'static str,
}

impl<'a> SpaceAddress<'a> {
    /// The address of the space with this key.
    pub fn of(key: &'a str) -> Self {
        Self { key, part: "" }
    }

    /// The address of a part of the space, such as `/trash`.
    pub fn part(key: &'a str, part: &'static str) -> Self {
        Self { key, part }
    }
}

impl fmt::Display for SpaceAddress<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "/wiki/spaces/{}{}", encoded(self.key), self.part)
    }
}

/// Returns the path of a page, folder or blog post in a space.
pub fn page(space_key: &str, row: &PageRow) -> String {
    PageAddress::of(space_key, row).to_string()
}

/// The address of a page, folder or blog post, which is encoded when it is displayed.
///
/// A blog post has its day before its id: `/wiki/spaces/KEY/blog/2026/01/31/ID/Title`.
/// The id alone finds the page. The title is for people; it is left out if it would
/// leave an empty segment, or one of dots, which browsers take as a step up the path.
#[derive(Debug, Clone, Copy)]
pub struct PageAddress<'a> {
    space_key: &'a str,
    id: u64,
    title: &'a str,
    /// The moment when a blog post was posted; `None` for a page or folder.
    posted: Option<Millis>,
}

impl<'a> PageAddress<'a> {
    /// The address of the page with this row, in the space with this key.
    pub fn of(space_key: &'a str, row: &'a PageRow) -> Self {
        Self {
            space_key,
            id: row.id.get(),
            title: &row.title,
            posted: match row.kind {
                PageKind::Page | PageKind::Folder => None,
                PageKind::BlogPost => Some(row.created_at),
            },
        }
    }

    /// The address of a page or folder.
    pub fn in_tree(space_key: &'a str, id: u64, title: &'a str) -> Self {
        Self {
            space_key,
            id,
            title,
            posted: None,
        }
    }

    /// The address of a blog post, of which `posted` gives the day.
    pub fn blog_post(space_key: &'a str, id: u64, title: &'a str, posted: Millis) -> Self {
        Self {
            space_key,
            id,
            title,
            posted: Some(posted),
        }
    }
}

impl fmt::Display for PageAddress<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        SpaceAddress::of(self.space_key).fmt(f)?;
        match self.posted {
            None => write!(f, "/pages/{}", self.id)?,
            Some(posted) => write!(f, "/blog/{}/{}", posting::day(posted), self.id)?,
        }
        // Words are joined by `+`, as Confluence writes them; a real `+` is encoded.
        let mut words = self.title.split_whitespace().peekable();
        let first = words.next().unwrap_or_default();
        if words.peek().is_none() && matches!(first, "" | "." | "..") {
            return Ok(());
        }
        write!(f, "/{}", encoded(first))?;
        words.try_for_each(|word| write!(f, "+{}", encoded(word)))
    }
}

/// Returns the day of a blog post as addresses write it: `2026/01/31`.
pub fn posting_day(post: &PageRow) -> String {
    posting::day(post.created_at)
}

/// Returns the path of an account's profile, for texts that mention people.
pub fn profile(account: AccountId) -> String {
    format!("/wiki/people/{account}")
}

/// Returns the short path of a page, blog post or folder.
pub fn short_link(id: PageId) -> String {
    format!("/wiki/x/{}", short_code(id))
}

/// The length of the base64 text of an id's eight bytes, in characters.
const CODE_LENGTH: usize = 11;

/// Encodes an id as short links write it: the base64 text of its bytes, the lowest byte first,
/// without the zeros at its end. Confluence writes `-` for `/` and `_` for `+`, which is the
/// reverse of the usual URL-safe alphabet.
fn short_code(id: PageId) -> String {
    let code = swap_signs(&URL_SAFE_NO_PAD.encode(id.get().to_le_bytes()));
    code.trim_end_matches('A').to_owned()
}

/// Returns the id that the code of a short link stands for, or `None` for an invalid code.
pub fn id_of_short_code(code: &str) -> Option<PageId> {
    if code.is_empty() || code.len() > CODE_LENGTH {
        return None;
    }
    let whole = format!("{:A<CODE_LENGTH$}", swap_signs(code));
    let bytes: [u8; 8] = URL_SAFE_NO_PAD.decode(whole).ok()?.try_into().ok()?;
    PageId::new(u64::from_le_bytes(bytes))
}

fn swap_signs(code: &str) -> String {
    let swap = |c| match c {
        '-' => '_',
        '_' => '-',
        c => c,
    };
    code.chars().map(swap).collect()
}

/// The address of a file on a page, whichever version of it is current. It is encoded when it is
/// displayed.
#[derive(Debug, Clone, Copy)]
pub struct FileAddress<'a> {
    page: u64,
    name: &'a str,
}

impl<'a> FileAddress<'a> {
    /// The address of the file with this name on the page with this id.
    pub fn of(page: u64, name: &'a str) -> Self {
        Self { page, name }
    }
}

impl fmt::Display for FileAddress<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (page, name) = (self.page, encoded(self.name));
        write!(f, "/wiki/download/attachments/{page}/{name}")
    }
}

/// Returns the path from which an attachment's current version is downloaded.
pub fn download(row: &AttachmentRow) -> String {
    let file = FileAddress::of(row.page.get(), &row.file_name);
    format!("{file}?version={}", row.version)
}

/// Returns the path of the thumbnail of an attachment that is a picture.
pub fn thumbnail(row: &AttachmentRow) -> String {
    format!(
        "/wiki/download/thumbnails/{}/{}?version={}",
        row.page,
        encoded(&row.file_name),
        row.version
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads the address as a browser does: without the dot segments, which browsers collapse
    /// however they are encoded.
    fn as_browsers_read_it(address: &str) -> String {
        let mut read: Vec<&str> = Vec::new();
        for segment in address.split('/') {
            match segment.to_lowercase().replace("%2e", ".").as_str() {
                "." => {}
                ".." => drop(read.pop()),
                _ => read.push(segment),
            }
        }
        read.join("/")
    }

    #[test]
    fn a_title_is_readable_in_the_address_and_can_break_nothing() {
        for (title, expected) in [
            ("Getting started", "/Getting+started"),
            (" Getting \u{a0} started\n", "/Getting+started"),
            ("a/b?c#d&\"<\u{e9}+%", "/a%2Fb%3Fc%23d%26%22%3C%C3%A9%2B%25"),
            ("...", "/..."),
            (". ..", "/.+.."),
            ("%2e%2E", "/%252e%252E"),
            ("", ""),
            (" \t", ""),
            (".", ""),
            ("..", ""),
            (" .. ", ""),
        ] {
            let page = PageAddress::in_tree("~ana", 42, title).to_string();
            assert_eq!(page, format!("/wiki/spaces/~ana/pages/42{expected}"));
            let post = PageAddress::blog_post("~ana", 42, title, 1_769_817_600_000).to_string();
            let day = "/wiki/spaces/~ana/blog/2026/01/31/42";
            assert_eq!(post, format!("{day}{expected}"));
            for address in [page, post] {
                assert_eq!(as_browsers_read_it(&address), address, "{title:?}");
                assert!(!address.ends_with('/'), "{title:?}");
            }
        }
    }

    #[test]
    fn a_files_name_stays_one_segment() {
        let file = FileAddress::of(7, "../plan (2).pdf").to_string();
        let expected = "/wiki/download/attachments/7/..%2Fplan%20%282%29.pdf";
        assert_eq!(file, expected);
    }

    #[test]
    fn a_short_link_has_the_form_that_clients_of_confluence_decode() {
        for (number, code) in [
            (1_355_412_691, "0-TJU"),
            (6_115_672_054_554_485, "dd9f3Cu6FQ"),
            (1, "AQ"),
            (0xfb, "_w"),
            (0xff, "-w"),
            (0x3e, "Pg"),
            (0xf8_00, "APg"),
        ] {
            let id = PageId::new(number).unwrap();
            assert_eq!(short_code(id), code, "{number}");
            assert_eq!(id_of_short_code(code), Some(id), "{code}");
        }
    }

    #[test]
    fn every_id_is_found_again_by_its_code() {
        let end = 1_u64 << 53;
        let spread = (1..2_000_u64).map(|n| n.wrapping_mul(0x9e37_79b9_7f4a_7c15) % end);
        for number in spread.chain((0..53).map(|bit| 1 << bit)).chain([end - 1]) {
            let id = PageId::new(number).unwrap();
            let code = short_code(id);
            assert_eq!(id_of_short_code(&code), Some(id), "{number} {code}");
            assert!(
                code.chars()
                    .all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
            );
        }
    }

    #[test]
    fn what_is_no_code_of_an_id_stands_for_none() {
        for code in [
            "",
            "dd9f3Cu6FQAA",
            "________ __",
            "//8",
            "++",
            "=",
            "ä",
            "-----------",
            "AAAAAAAAAAB",
        ] {
            assert_eq!(id_of_short_code(code), None, "{code}");
        }
    }
}
