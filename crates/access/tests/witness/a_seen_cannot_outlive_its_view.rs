//! A witness of one request isn't valid in the next.
use narthex_access::{AttachmentId, AttachmentKey, Seen, View};

fn keep(view: View, id: AttachmentId) -> Seen<'static, AttachmentKey> {
    match view.attachment_bytes(id) {
        Ok(seen) => seen,
        Err(_) => loop {},
    }
}

fn main() {}
