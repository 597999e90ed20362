//! The part of a PNG file that its pixels are made of.
//!
//! Beside its pixels a file may hold a colour profile and texts, which are compressed:
//! some hundred kilobytes of them unpack to any size (A58). A smaller picture needs none
//! of them, so the decoder never gets to see them.

/// What every PNG file begins with.
const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// The most bytes of the data that tell how a picture is turned.
const MAX_EXIF: usize = 64 * 1024;
/// The bytes of a chunk beside its data: length, name, check sum.
const AROUND: usize = 12;

/// The file with its critical chunks, its transparency and how it is turned, without
/// any other chunk. What comes after a chunk that isn't whole is left out.
pub(super) fn without_extras(file: &[u8]) -> Vec<u8> {
    let mut kept = Vec::with_capacity(file.len());
    kept.extend_from_slice(SIGNATURE);
    let mut rest = file.get(SIGNATURE.len()..).unwrap_or_default();
    while let Some([a, b, c, d, name @ ..]) = rest.first_chunk::<8>() {
        let data = usize::try_from(u32::from_be_bytes([*a, *b, *c, *d])).unwrap_or(usize::MAX);
        let Some((chunk, after)) = rest.split_at_checked(data.saturating_add(AROUND)) else {
            break;
        };
        if is_kept(*name, data) {
            kept.extend_from_slice(chunk);
        }
        rest = after;
    }
    kept
}

/// Names of critical chunks begin with a capital letter.
fn is_kept(name: [u8; 4], data: usize) -> bool {
    name.first().is_some_and(u8::is_ascii_uppercase)
        || name == *b"tRNS"
        || (name == *b"eXIf" && data <= MAX_EXIF)
}
