//! What every HTML answer says to the browser besides its body.

use http::header::{
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderName, HeaderValue};

/// The content security policy of the pages.
///
/// Templates hold no inline style, script or event handler, so that none has to be allowed.
///
/// Nothing is loaded from elsewhere, pictures neither: that would tell another host who
/// reads what. Styles in attributes are what authors chose, colours and widths that
/// the content engine let through.
pub const CONTENT_POLICY: &str = "default-src 'none'; style-src 'self'; \
     style-src-attr 'unsafe-inline'; img-src 'self'; script-src 'self'; form-action 'self'; \
     frame-ancestors 'none'; base-uri 'none'";

/// Adds the headers that every HTML answer has.
///
/// `Cache-Control` isn't among them: whether an answer may be kept depends on who asked.
pub fn describe_html(headers: &mut HeaderMap) {
    let fixed: [(HeaderName, &'static str); 5] = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_SECURITY_POLICY, CONTENT_POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // Addresses of pages hold titles: other sites aren't told where a reader came from.
        (REFERRER_POLICY, "same-origin"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
}
