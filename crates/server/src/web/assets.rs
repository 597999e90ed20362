//! The files that pages and responses refer to, embedded in the program.
//!
//! Those of pages have addresses that hold a hash of their content: a new build has new addresses,
//! so that a browser may cache a file for good and never mixes the files of two builds. The
//! pictures that stand for people and spaces have the fixed addresses that the API returns, and are
//! cached for a day.
//!
//! These files are also sent compressed. Responses that depend on the reader aren't: the compressed
//! length of a secret beside a text that an attacker chooses would reveal the secret.

use std::collections::HashMap;
use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::header::{
    ACCEPT_ENCODING, ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
    VARY, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode};
use sha2::{Digest as _, Sha256};

/// The prefix of all assets; route `GET` of everything below it to [`Assets::answer`].
pub const PREFIX: &str = "/assets/";

/// The address of the picture that stands for a person.
pub const AVATAR: &str = "/wiki/aa-avatar/default";

/// The address of the picture that stands for a space.
pub const SPACE_ICON: &str = "/wiki/aa-avatar/space";

/// The `Cache-Control` of pictures at fixed addresses: a day.
const CACHE_FOR_A_DAY: &str = "public, max-age=86400";

/// The `Cache-Control` of assets: a year, without revalidation.
pub const CACHE_FOR_GOOD: &str = "public, max-age=31536000, immutable";

const STYLE: &str = concat!(
    include_str!("../../assets/tokens.css"),
    include_str!("../../assets/base.css"),
    include_str!("../../assets/layout.css"),
    include_str!("../../assets/reading.css"),
    include_str!("../../assets/search.css"),
    include_str!("../../assets/content.css"),
    include_str!("../../assets/forms.css"),
    include_str!("../../assets/tables.css"),
    include_str!("../../assets/entry.css"),
    include_str!("../../assets/print.css"),
);
const SCRIPT: &str = include_str!("../../assets/narthex.js");
const ICON: &str = include_str!("../../assets/icon.svg");
const AVATAR_PICTURE: &str = include_str!("../../assets/avatar.svg");
const SPACE_PICTURE: &str = include_str!("../../assets/space.svg");
const SVG: &str = "image/svg+xml";

/// The addresses that the layout writes into every page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssetPaths {
    /// The style sheet of all pages.
    pub style: String,
    /// The module with the enhancements; no page needs it.
    pub script: String,
    /// The site's icon.
    pub icon: String,
}

/// One embedded file.
#[derive(Clone, Debug)]
struct Asset {
    content_type: HeaderValue,
    etag: HeaderValue,
    cache: &'static str,
    body: Bytes,
    /// The body compressed with gzip; `None` if that is no shorter.
    gzip: Option<Bytes>,
}

impl Asset {
    fn new(content_type: &'static str, cache: &'static str, body: &'static str) -> Self {
        let hash = short_hash(body.as_bytes());
        Self {
            content_type: HeaderValue::from_static(content_type),
            // The tag is weak, because it stands for the plain and the compressed file.
            etag: HeaderValue::from_str(&format!("W/\"{hash}\""))
                .unwrap_or(HeaderValue::from_static("W/\"\"")),
            cache,
            body: Bytes::from_static(body.as_bytes()),
            gzip: compressed(body.as_bytes()),
        }
    }
}

/// All embedded files by their address; made once, when the server starts.
#[derive(Clone, Debug)]
pub struct Assets {
    paths: AssetPaths,
    files: HashMap<String, Asset>,
}

impl Assets {
    /// Hashes the embedded files and gives each its address.
    #[must_use]
    pub fn new() -> Self {
        let mut files = HashMap::new();
        let mut place =
            |stem: &str, extension: &str, content_type: &'static str, body: &'static str| {
                let hash = short_hash(body.as_bytes());
                let path = format!("{PREFIX}{stem}.{hash}.{extension}");
                let asset = Asset::new(content_type, CACHE_FOR_GOOD, body);
                files.insert(path.clone(), asset);
                path
            };
        let paths = AssetPaths {
            style: place("narthex", "css", "text/css; charset=utf-8", STYLE),
            script: place("narthex", "js", "text/javascript; charset=utf-8", SCRIPT),
            icon: place("icon", "svg", SVG, ICON),
        };
        for (path, picture) in [(AVATAR, AVATAR_PICTURE), (SPACE_ICON, SPACE_PICTURE)] {
            files.insert(path.into(), Asset::new(SVG, CACHE_FOR_A_DAY, picture));
        }
        Self { paths, files }
    }

    /// Returns the addresses for the layout.
    #[must_use]
    pub fn paths(&self) -> &AssetPaths {
        &self.paths
    }

    /// Answers a request for `path` (with [`PREFIX`], without a query): the file, `304` if the
    /// browser sends its hash, `405` for another method, `404` for an address that isn't an
    /// asset's.
    #[must_use]
    pub fn answer(&self, method: &Method, path: &str, headers: &HeaderMap) -> Response<Bytes> {
        let mut response = Response::new(Bytes::new());
        let Some(asset) = self.files.get(path) else {
            *response.status_mut() = StatusCode::NOT_FOUND;
            return response;
        };
        if method != Method::GET && method != Method::HEAD {
            *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
            response
                .headers_mut()
                .insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
            return response;
        }
        let kept = headers
            .get_all(IF_NONE_MATCH)
            .iter()
            .any(|named| named == asset.etag);
        if kept {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        } else if let Some(gzip) = asset.gzip.as_ref().filter(|_| takes_gzip(headers)) {
            *response.body_mut() = gzip.clone();
            let encoding = HeaderValue::from_static("gzip");
            response.headers_mut().insert(CONTENT_ENCODING, encoding);
        } else {
            *response.body_mut() = asset.body.clone();
        }
        let answer = response.headers_mut();
        answer.insert(VARY, HeaderValue::from_static("accept-encoding"));
        answer.insert(CONTENT_TYPE, asset.content_type.clone());
        answer.insert(ETAG, asset.etag.clone());
        answer.insert(CACHE_CONTROL, HeaderValue::from_static(asset.cache));
        answer.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        response
    }
}

impl Default for Assets {
    fn default() -> Self {
        Self::new()
    }
}

/// Compresses a file with gzip. Returns `None` if that is no shorter.
fn compressed(body: &[u8]) -> Option<Bytes> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(body).ok()?;
    let gzip = gzip.finish().ok()?;
    (gzip.len() < body.len()).then(|| gzip.into())
}

/// Returns whether a client accepts gzip.
fn takes_gzip(headers: &HeaderMap) -> bool {
    let named = headers.get_all(ACCEPT_ENCODING).iter();
    let named = named.filter_map(|value| value.to_str().ok());
    named.flat_map(|value| value.split(',')).any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let is_gzip = parts
            .next()
            .is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
        let quality = parts.find_map(|part| part.strip_prefix("q="));
        is_gzip && quality.is_none_or(|quality| quality.parse::<f32>().is_ok_and(|q| q > 0.0))
    })
}

/// Returns 96 bits of SHA-256 as URL-safe text: short enough for every page, long enough to be
/// unique.
fn short_hash(body: &[u8]) -> String {
    let digest = Sha256::digest(body);
    URL_SAFE_NO_PAD.encode(digest.get(..12).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    fn get(assets: &Assets, path: &str, headers: &HeaderMap) -> Response<Bytes> {
        assets.answer(&Method::GET, path, headers)
    }

    #[test]
    fn every_asset_is_served_with_its_type_and_may_be_kept_for_good() {
        let assets = Assets::new();
        let AssetPaths {
            style,
            script,
            icon,
        } = assets.paths();
        for (path, content_type) in [
            (style, "text/css; charset=utf-8"),
            (script, "text/javascript; charset=utf-8"),
            (icon, "image/svg+xml"),
        ] {
            let answer = get(&assets, path, &HeaderMap::new());
            assert_eq!(answer.status(), StatusCode::OK);
            assert_eq!(answer.headers()[CONTENT_TYPE], content_type);
            assert_eq!(answer.headers()[CACHE_CONTROL], CACHE_FOR_GOOD);
            assert!(!answer.body().is_empty());
        }
    }

    #[test]
    fn a_browser_that_has_the_file_is_told_so() {
        let assets = Assets::new();
        let path = &assets.paths().style;
        let mut headers = HeaderMap::new();
        headers.insert(
            IF_NONE_MATCH,
            get(&assets, path, &headers).headers()[ETAG].clone(),
        );
        let answer = get(&assets, path, &headers);
        assert_eq!(answer.status(), StatusCode::NOT_MODIFIED);
        assert!(answer.body().is_empty());
    }

    #[test]
    fn a_client_that_reads_gzip_gets_a_file_so_and_others_as_it_is() {
        let assets = Assets::new();
        let path = &assets.paths().style;
        let with = |accepted: &'static str| {
            let accepted = (ACCEPT_ENCODING, HeaderValue::from_static(accepted));
            get(&assets, path, &[accepted].into_iter().collect())
        };
        for accepted in ["gzip", "gzip, deflate, br", "br;q=1, GZIP;q=0.5"] {
            let answer = with(accepted);
            assert_eq!(answer.headers()[CONTENT_ENCODING], "gzip", "{accepted}");
            assert_eq!(answer.headers()[VARY], "accept-encoding");
            assert!(
                answer.body().len() * 3 < STYLE.len(),
                "{}",
                answer.body().len()
            );
            let mut text = String::new();
            let mut plain = flate2::read::GzDecoder::new(&answer.body()[..]);
            plain.read_to_string(&mut text).unwrap();
            assert_eq!(text, STYLE);
        }
        for accepted in ["", "br", "gzip;q=0", "gzip; q=0.0", "xgzip"] {
            let answer = with(accepted);
            assert!(
                !answer.headers().contains_key(CONTENT_ENCODING),
                "{accepted}"
            );
            assert_eq!(answer.body(), STYLE);
            assert_eq!(answer.headers()[VARY], "accept-encoding");
        }
    }

    #[test]
    fn the_pictures_that_the_api_tells_are_served_and_may_be_kept_for_a_day() {
        for path in [AVATAR, SPACE_ICON] {
            let answer = get(&Assets::new(), path, &HeaderMap::new());
            assert_eq!(answer.status(), StatusCode::OK);
            assert_eq!(answer.headers()[CONTENT_TYPE], SVG);
            assert_eq!(answer.headers()[CACHE_CONTROL], CACHE_FOR_A_DAY);
        }
    }

    #[test]
    fn an_address_of_another_build_and_another_method_are_refused() {
        let assets = Assets::new();
        let none = HeaderMap::new();
        let missing = get(&assets, "/assets/narthex.0000.css", &none);
        assert_eq!(missing.status(), StatusCode::NOT_FOUND);
        let posted = assets.answer(&Method::POST, &assets.paths().style, &none);
        assert_eq!(posted.status(), StatusCode::METHOD_NOT_ALLOWED);
    }

    #[test]
    fn addresses_depend_on_nothing_but_the_content() {
        assert_eq!(Assets::new().paths(), Assets::new().paths());
        assert_ne!(short_hash(b"a"), short_hash(b"b"));
    }

    #[test]
    fn the_style_sheet_loads_nothing_from_elsewhere() {
        for forbidden in ["@import", "url(", "http:", "https:"] {
            assert!(!STYLE.contains(forbidden), "{forbidden}");
        }
    }
}
