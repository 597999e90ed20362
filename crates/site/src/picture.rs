//! Pictures among uploaded files: recognising them, and making thumbnails of them. This module is
//! pure.
//!
//! Anybody may have uploaded the bytes (A58), so a picture whose pixels would need much memory is
//! refused by its header, before a pixel is decoded. Formats that can run something (SVG) don't
//! count as pictures here (A53).

mod png;

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits};
use std::io::Cursor;

/// The number of bytes at the beginning of a file that are enough to recognise its type.
pub const HEAD: usize = 64;
/// The largest file of which a thumbnail is made, in bytes.
pub const LARGEST_FILE: u64 = 8 * 1024 * 1024;
/// The memory that decoding may take, in bytes: enough for a usual photograph of twelve million
/// pixels.
const MEMORY: u64 = 38 * 1024 * 1024;
/// The longest side of a picture of which a thumbnail is made, in pixels.
const LONGEST_SIDE: u32 = 32_768;
/// The JPEG quality of a smaller photograph, out of 100.
const QUALITY: u8 = 82;

/// The kinds of pictures that browsers show inline and of which thumbnails are made.
const KINDS: [(ImageFormat, &str); 4] = [
    (ImageFormat::Png, "image/png"),
    (ImageFormat::Jpeg, "image/jpeg"),
    (ImageFormat::Gif, "image/gif"),
    (ImageFormat::WebP, "image/webp"),
];

/// The media type of a file whose type is unknown.
const UNKNOWN: &str = "application/octet-stream";

/// A smaller version of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Smaller {
    /// The media type, which may differ from that of the original.
    pub media_type: &'static str,
    /// The encoded picture.
    pub bytes: Vec<u8>,
}

/// Whether browsers may show files of a media type inline, which only pictures that can't run
/// anything are.
pub fn is_shown(media_type: &str) -> bool {
    KINDS.iter().any(|(_, kind)| *kind == media_type)
}

/// Returns the media type under which a file is stored: the one that its sender gives, if it can be
/// believed. A sender's claim that it is a picture is believed only if its first bytes agree;
/// without a claim the first bytes decide, then the file's name.
pub fn media_type(said: Option<&str>, file_name: &str, head: &[u8]) -> String {
    let sniffed = image::guess_format(head).ok().and_then(|format| {
        let mut kinds = KINDS.iter();
        kinds
            .find(|(kind, _)| *kind == format)
            .map(|(_, name)| *name)
    });
    let said = said
        .and_then(essence)
        .filter(|said| said != UNKNOWN)
        .filter(|said| !is_shown(said) || sniffed == Some(said.as_str()));
    if let Some(said) = said {
        return said;
    }
    let by_name = || {
        let named = mime_guess::from_path(file_name).first_raw();
        named.filter(|named| !is_shown(named)).unwrap_or(UNKNOWN)
    };
    sniffed.unwrap_or_else(by_name).to_owned()
}

/// Returns a media type without its parameters; `None` if the text isn't a media type.
fn essence(said: &str) -> Option<String> {
    let essence = said.split(';').next()?.trim().to_ascii_lowercase();
    let (kind, subtype) = essence.split_once('/')?;
    let token = |text: &str| {
        let fits = |c: char| c.is_ascii_alphanumeric() || "!#$&-^_.+".contains(c);
        !text.is_empty() && text.len() <= 127 && text.chars().all(fits)
    };
    (token(kind) && token(subtype)).then_some(essence)
}

/// Returns the picture in a file, scaled down to fit into a box and never enlarged. `None` if it
/// isn't a picture, is damaged, or would take too much memory.
pub fn smaller(bytes: &[u8], width: u32, height: u32) -> Option<Smaller> {
    let format = image::guess_format(bytes).ok()?;
    KINDS.iter().find(|(kind, _)| *kind == format)?;
    let plain;
    let bytes = match format {
        ImageFormat::Png => {
            plain = png::without_extras(bytes);
            plain.as_slice()
        }
        _ => bytes,
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    // Decoders read the header when they are made, so the limits have to be set before.
    reader.limits(limits());
    let mut decoder = reader.into_decoder().ok()?;
    let (wide, high) = decoder.dimensions();
    let needed = memory(
        format,
        bytes,
        u64::from(wide) * u64::from(high),
        decoder.total_bytes(),
    );
    if needed > MEMORY || wide.max(high) > LONGEST_SIDE || wide.min(high) == 0 {
        return None;
    }
    let turn = decoder.orientation().ok();
    // The box is for the picture as it is shown, after it is turned.
    let (width, height) = match turn {
        Some(
            Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH,
        ) => (height, width),
        _ => (width, height),
    };
    let picture = DynamicImage::from_decoder(decoder).ok()?;
    let mut picture = match wide <= width && high <= height {
        true => picture,
        false => picture.thumbnail(width, height),
    };
    if let Some(turn) = turn {
        picture.apply_orientation(turn);
    }
    let mut made = Cursor::new(Vec::new());
    let media_type = if picture.color().has_alpha() {
        let picture = DynamicImage::from(picture.into_rgba8());
        picture.write_to(&mut made, ImageFormat::Png).ok()?;
        "image/png"
    } else {
        let picture = DynamicImage::from(picture.into_rgb8());
        let encoder = JpegEncoder::new_with_quality(&mut made, QUALITY);
        picture.write_with_encoder(encoder).ok()?;
        "image/jpeg"
    };
    Some(Smaller {
        media_type,
        bytes: made.into_inner(),
    })
}

/// The limits of every decoder.
fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MEMORY);
    limits
}

/// Returns the largest amount of memory that decoding takes, in bytes.
fn memory(format: ImageFormat, bytes: &[u8], pixels: u64, decoded: u64) -> u64 {
    let beside = match format {
        // All coefficients are held until the last scan.
        ImageFormat::Jpeg if is_progressive(bytes) => pixels.saturating_mul(6),
        ImageFormat::Jpeg | ImageFormat::Png => 0,
        // These decoders hold a frame, or planes, beside the picture.
        _ => pixels.saturating_mul(4),
    };
    decoded.saturating_add(beside)
}

/// Whether a JPEG file consists of several scans.
fn is_progressive(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(2..).unwrap_or_default();
    loop {
        let [0xff, marker, after @ ..] = rest else {
            return true;
        };
        match *marker {
            0xff => rest = rest.get(1..).unwrap_or_default(),
            // This is the start of a frame; the first two kinds consist of one scan.
            0xc0 | 0xc1 => return false,
            0xc2..=0xcf if !matches!(*marker, 0xc4 | 0xc8 | 0xcc) => return true,
            _ => {
                let [high, low, ..] = *after else {
                    return true;
                };
                let length = usize::from(u16::from_be_bytes([high, low]));
                rest = after.get(length.max(2)..).unwrap_or_default();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(format: ImageFormat, wide: u32, high: u32) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let picture = image::RgbImage::from_fn(wide, high, |x, y| {
            image::Rgb([(x % 251) as u8, (y % 241) as u8, 7])
        });
        let picture = DynamicImage::from(picture);
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn size(smaller: &Smaller) -> (u32, u32) {
        let picture = image::load_from_memory(&smaller.bytes).unwrap();
        (picture.width(), picture.height())
    }

    #[test]
    fn a_picture_is_made_to_fit_and_never_larger() {
        for (format, media_type) in KINDS {
            let bytes = picture(format, 300, 200);
            assert_eq!(media_type, super::media_type(None, "x", &bytes[..HEAD]));
            let small = smaller(&bytes, 60, 60).unwrap();
            assert_eq!(size(&small), (60, 40), "{format:?}");
            assert_eq!(size(&smaller(&bytes, 900, 900).unwrap()), (300, 200));
        }
    }

    #[test]
    fn what_is_no_picture_is_damaged_or_a_bomb_has_no_smaller_one() {
        let whole = picture(ImageFormat::Png, 30, 20);
        let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
        // The header claims 30,000 x 30,000 pixels.
        let mut bomb = whole.clone();
        for at in [16, 20] {
            bomb[at..at + 4].copy_from_slice(&30_000_u32.to_be_bytes());
        }
        for bytes in [&[][..], b"GIF89a", svg, &whole[..40], &bomb] {
            assert_eq!(smaller(bytes, 60, 60), None);
        }
        let mut claims = picture(ImageFormat::Jpeg, 16, 16);
        let frame = claims
            .windows(2)
            .position(|two| two == [0xff, 0xc0])
            .unwrap();
        assert!(!is_progressive(&claims));
        claims[frame + 1] = 0xc2;
        assert!(is_progressive(&claims));
    }

    #[test]
    fn who_calls_something_a_picture_is_believed_only_if_it_is_one() {
        let png = picture(ImageFormat::Png, 3, 2);
        let html = b"<html><script>alert(1)</script>";
        for (said, name, head, kept) in [
            (Some("image/png"), "a.png", &png[..], "image/png"),
            (Some("image/gif"), "a.gif", &png, "image/png"),
            (Some("image/png"), "a.png", html, UNKNOWN),
            (Some("text/plain; charset=x"), "a.png", &png, "text/plain"),
            (Some("image/svg+xml"), "a.svg", html, "image/svg+xml"),
            (None, "a.pdf", b"%PDF-1.7", "application/pdf"),
            (Some(UNKNOWN), "a.csv", b"a;b", "text/csv"),
            (None, "a.png", html, UNKNOWN),
            (Some("text/html\r\nX: y"), "a", html, UNKNOWN),
            (Some(""), "", b"", UNKNOWN),
        ] {
            assert_eq!(media_type(said, name, head), kept, "{said:?} {name}");
        }
    }
}
