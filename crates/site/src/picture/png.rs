//! Reduces a PNG file to the parts that its pixels are made of.
//!
//! Beside its pixels a file may hold a colour profile and texts, which are compressed: some hundred
//! kilobytes of them unpack to any size (A58). A smaller picture needs none of them, so the decoder
//! never sees them.

/// The bytes with which every PNG file begins.
const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// The largest Exif chunk that is passed on, in bytes; it says how the picture is turned.
const MAX_EXIF: usize = 64 * 1024;
/// The size of a chunk beside its data, in bytes: length, name and check sum.
const AROUND: usize = 12;

/// Returns the file with its critical chunks, its transparency and its orientation, and without any
/// other chunk. Everything after an incomplete chunk is left out.
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

/// Whether a chunk is passed on. The names of critical chunks begin with a capital letter.
fn is_kept(name: [u8; 4], data: usize) -> bool {
    name.first().is_some_and(u8::is_ascii_uppercase)
        || name == *b"tRNS"
        || (name == *b"eXIf" && data <= MAX_EXIF)
}
