//! Styles that say what marks say.

use crate::{read, unchanged};
use serde_json::{Value, json};

/// Returns the kinds of the marks of the first text.
fn marks(storage: &str) -> Vec<String> {
    let blocks = read(storage);
    let marks = blocks[0]["content"][0]["marks"].as_array().cloned();
    let marks = marks.unwrap_or_default();
    marks
        .iter()
        .map(|mark| match mark["attrs"]["type"].as_str() {
            Some(place) => place.to_owned(),
            None => mark["type"].as_str().unwrap().to_owned(),
        })
        .collect()
}

#[test]
fn what_a_style_says_of_words_becomes_marks() {
    for (style, found) in [
        ("font-weight: bold", "strong"),
        ("FONT-WEIGHT: Bolder", "strong"),
        ("font-weight:700", "strong"),
        ("font-weight:600;", "strong"),
        ("font-style:italic", "em"),
        ("font-style: oblique 10deg", "em"),
        ("text-decoration: underline", "underline"),
        ("text-decoration: underline solid red", "underline"),
        ("text-decoration-line: line-through", "strike"),
        ("vertical-align:super", "sup"),
        ("vertical-align: sub", "sub"),
        ("background: yellow", "backgroundColor"),
        ("color: red", "textColor"),
        ("font-weight:400", ""),
        ("font-weight: normal; text-decoration: none", ""),
        ("vertical-align: baseline", ""),
        ("background: url(x)", ""),
    ] {
        for name in ["span", "font", "small"] {
            let storage = format!("<p><{name} style=\"{style}\">x</{name}> y</p>");
            let wanted: Vec<&str> = [found]
                .into_iter()
                .filter(|found| !found.is_empty())
                .collect();
            assert_eq!(marks(&storage), wanted, "{storage}");
            let again = unchanged(&storage);
            assert_eq!(unchanged(&again), again);
        }
    }
    assert_eq!(
        unchanged(
            "<p><span style=\"font-weight: bold\">b</span> <span style=\"vertical-align:super\">2</span></p>"
        ),
        "<p><strong>b</strong> <sup>2</sup></p>"
    );
    let both = "<p><span style=\"font-weight:700;font-style:italic;text-decoration:underline line-through\">x</span></p>";
    assert_eq!(marks(both), ["strong", "em", "underline", "strike"]);
}

#[test]
fn what_a_style_says_of_a_line_or_a_block_is_said_of_its_words() {
    for storage in [
        "<p style=\"font-weight: bold\">x</p>",
        "<h2 style=\"font-weight: bold\">x</h2>",
        "<div style=\"font-weight: bold\"><p>x</p></div>",
    ] {
        assert_eq!(marks(storage), ["strong"], "{storage}");
    }
    let cell = read(
        "<table><tbody><tr><td style=\"font-weight: 700; vertical-align: sub\">x</td></tr></tbody></table>",
    );
    let cell = &cell[0]["content"][0]["content"][0]["content"][0]["content"][0];
    assert_eq!(cell["marks"], json!([{"type": "strong"}]));
    // The line of a link is that of every link.
    assert_eq!(
        marks(
            "<p><a href=\"/x\" style=\"text-decoration: underline; font-weight: bold\">x</a></p>"
        ),
        ["strong", "link"]
    );
}

#[test]
fn a_style_that_undoes_bold_or_italic_wins_over_what_is_around() {
    for storage in [
        "<b style=\"font-weight:normal\"><p>x</p></b>",
        "<p><b style=\"font-weight: 400\">x</b></p>",
        "<p><i style=\"font-style: normal\">x</i></p>",
        "<p><strong><span style=\"font-weight: normal\">x</span></strong></p>",
        "<p style=\"font-style: italic\"><span style=\"font-style: normal\">x</span></p>",
    ] {
        assert_eq!(marks(storage), Vec::<String>::new(), "{storage}");
    }
    let cite = read("<p><cite style=\"font-style: normal\">x</cite></p>");
    assert_ne!(cite[0]["content"][0]["attrs"], Value::Null, "{cite}");
}
