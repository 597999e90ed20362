//! The addresses of things, as paths from the root of the host.

use crate::posting;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use narthex_access::{AccountId, AttachmentRow, PageId, PageKind, PageRow};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What a path segment keeps as it is.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Text as a path segment.
pub fn segment(text: &str) -> String {
    utf8_percent_encode(text, SEGMENT).to_string()
}

/// The path of a space.
pub fn space(key: &str) -> String {
    format!("/wiki/spaces/{}", segment(key))
}

/// The path of a page, folder or blog post in a space.
pub fn page(space_key: &str, row: &PageRow) -> String {
    let title = title_segment(&row.title);
    match row.kind {
        PageKind::Page | PageKind::Folder => format!(
            "/wiki/spaces/{}/pages/{}{title}",
            segment(space_key),
            row.id
        ),
        PageKind::BlogPost => {
            let day = posting_day(row);
            format!(
                "/wiki/spaces/{}/blog/{day}/{}{title}",
                segment(space_key),
                row.id
            )
        }
    }
}

/// The day of a blog post as addresses write it: `2026/01/31`.
pub fn posting_day(post: &PageRow) -> String {
    posting::day(post.created_at)
}

/// A title as the last segment of an address: words with `+` between, for people;
/// nothing reads it. None for a title without a letter or digit.
fn title_segment(title: &str) -> String {
    if title.is_empty() {
        return String::new();
    }
    let mut out = String::with_capacity(title.len() + 1);
    out.push('/');
    for (n, word) in title.split_whitespace().enumerate() {
        if n > 0 {
            out.push('+');
        }
        out.extend(utf8_percent_encode(word, SEGMENT));
    }
    out
}

/// The path that means an account's profile, in texts that name people.
pub fn profile(account: AccountId) -> String {
    format!("/wiki/people/{account}")
}

/// The short path of a page, blog post or folder.
pub fn short_link(id: PageId) -> String {
    format!("/wiki/x/{}", short_code(id))
}

/// How many characters the base64 text of an id's eight bytes has.
const CODE_LENGTH: usize = 11;

/// An id as short links write it: the base64 text of its bytes, the lowest byte
/// first, without the zeros at its end. Confluence writes `-` for `/` and `_` for
/// `+`, which is the reverse of the alphabet that is usual in addresses.
fn short_code(id: PageId) -> String {
    let code = swap_signs(&URL_SAFE_NO_PAD.encode(id.get().to_le_bytes()));
    code.trim_end_matches('A').to_owned()
}

/// The id that the code of a short link stands for.
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

/// The path from which an attachment's current version is downloaded.
pub fn download(row: &AttachmentRow) -> String {
    format!(
        "/wiki/download/attachments/{}/{}?version={}",
        row.page,
        segment(&row.file_name),
        row.version
    )
}

/// The path of the smaller picture of an attachment that is one.
pub fn thumbnail(row: &AttachmentRow) -> String {
    format!(
        "/wiki/download/thumbnails/{}/{}?version={}",
        row.page,
        segment(&row.file_name),
        row.version
    )
}

#[cfg(test)]
mod tests {
    use super::*;

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
