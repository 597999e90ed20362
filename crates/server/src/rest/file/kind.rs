//! The media type that a file is served with.

/// Parts of the names of scripting languages.
const SCRIPTS: [&str; 5] = [
    "javascript",
    "ecmascript",
    "jscript",
    "livescript",
    "vbscript",
];
/// The other types by which a browser runs or styles a document.
const STYLES: [&str; 8] = [
    "text/css",
    "text/xsl",
    "application/xslt+xml",
    "text/x-component",
    "text/cache-manifest",
    "application/wasm",
    "application/importmap+json",
    "application/speculationrules+json",
];

/// Returns the media type that a file of `media_type` is served with. A page that a fault let refer
/// to an upload must get no script and no style from it: browsers accept those by their type alone,
/// because they are told not to guess (A52, A53).
pub(super) fn answered_as(media_type: &str) -> &str {
    let name = media_type.to_ascii_lowercase();
    let runs = SCRIPTS.iter().any(|script| name.contains(script));
    if runs || STYLES.contains(&name.as_str()) {
        "text/plain"
    } else {
        media_type
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_runs_or_styles_by_is_plain_text_and_all_else_is_what_it_is() {
        for media_type in [
            "text/javascript",
            "application/javascript",
            "application/x-javascript",
            "text/javascript1.5",
            "Text/ECMAScript",
            "text/jscript",
            "text/livescript",
            "text/css",
            "text/xsl",
            "application/wasm",
            "application/xslt+xml",
        ] {
            assert_eq!(answered_as(media_type), "text/plain", "{media_type}");
        }
        for media_type in ["image/png", "text/html", "application/json", "text/csv"] {
            assert_eq!(answered_as(media_type), media_type);
        }
    }
}
