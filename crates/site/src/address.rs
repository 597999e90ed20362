//! The addresses of things, as paths from the root of the host.

use narthex_access::{AccountId, AttachmentRow, PageKind, PageRow};
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
            let day = jiff::Timestamp::from_millisecond(row.created_at)
                .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
                .strftime("%Y/%m/%d");
            format!(
                "/wiki/spaces/{}/blog/{day}/{}{title}",
                segment(space_key),
                row.id
            )
        }
    }
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
