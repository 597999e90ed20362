//! A key names exactly the bytes that a view allowed, so only a view makes keys.
use narthex_access::{
    AttachmentId, AttachmentKey, BlobId, BodyId, BodyKey, Channel, CommentId, CommentKey, PageId,
    PastKey,
};

fn main() {
    let _ = BodyKey {
        page: PageId::from_random(1),
        body: BodyId::from_random(1),
        channel: Channel::Own,
    };
    let _ = PastKey { page: PageId::from_random(1) };
    let _ = AttachmentKey {
        attachment: AttachmentId::from_random(1),
        blob: BlobId::from_random(1),
    };
    let _ = CommentKey {
        comment: CommentId::from_random(1),
        body: BodyId::from_random(1),
    };
}
