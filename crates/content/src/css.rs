//! Filters the declarations of a `style` attribute.

use crate::colour::{Ink, from_css, property as property_of};

/// Appends the safe declarations of a style to `out`, separated by semicolons; appends nothing if
/// none is safe.
///
/// Colours, borders, alignment, indentation, text decoration and width are safe, each with a value
/// of a known form. No value that gets through contains a quote, a backslash, an address or a
/// parenthesis other than `rgb(…)` and `hsl(…)`, so it is fit for an attribute without escaping.
pub(crate) fn push_safe(out: &mut String, style: &str) {
    let start = out.len();
    let has_long = property_of(style, "background-color").is_some();
    for declaration in style.split(';') {
        let Some((property, value)) = declaration.split_once(':') else {
            continue;
        };
        let (property, value) = (property.trim(), value.trim());
        let Some(kept) = PROPERTIES
            .iter()
            .find(|(name, _)| property.eq_ignore_ascii_case(name))
        else {
            continue;
        };
        let (name, is_valid) = *kept;
        if is_valid(value) && !(name == SHORT && has_long) {
            if out.len() > start {
                out.push(';');
            }
            out.push_str(match name {
                SHORT => "background-color",
                name => name,
            });
            out.push(':');
            out.extend(value.chars().map(|c| c.to_ascii_lowercase()));
        }
    }
}

/// Returns whether two styles differ only in blanks, capitals and the semicolon at their end.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    let letters = |style: &str| -> String {
        let letters = style.trim_end().trim_end_matches(';').chars();
        let letters = letters.filter(|c| !c.is_ascii_whitespace());
        letters.map(|c| c.to_ascii_lowercase()).collect()
    };
    letters(one) == letters(other)
}

/// Returns the colour that text needs on the background of a style from [`push_safe`], or `None` if
/// the style has no known background, or has a text colour of its own.
pub(crate) fn ink_beside(style: &str) -> Option<Ink> {
    let value = |name: &str| {
        let mut declarations = style.split(';').filter_map(|one| one.split_once(':'));
        let last = declarations.rfind(|(property, _)| *property == name);
        last.map(|(_, value)| value)
    };
    match value("color") {
        Some(_) => None,
        None => Ink::on(value("background-color")?),
    }
}

/// A property and the predicate for its values.
type Property = (&'static str, fn(&str) -> bool);

/// The property that may say more than the colour behind a text.
const SHORT: &str = "background";

const PROPERTIES: &[Property] = &[
    ("color", is_color),
    ("background-color", is_color),
    (SHORT, |v| is_color(v) && from_css(v).is_some()),
    ("text-align", |v| {
        is_one_of(v, &["left", "right", "center", "justify", "start", "end"])
    }),
    ("vertical-align", |v| {
        is_one_of(v, &["top", "middle", "bottom", "baseline", "sub", "super"])
    }),
    ("text-decoration", is_decoration),
    ("text-decoration-line", is_decoration),
    ("font-weight", |v| {
        is_one_of(v, &["bold", "bolder", "lighter", "normal"])
            || v.len() == 3 && v.ends_with("00") && !v.starts_with('0') && is_number(v)
    }),
    ("font-style", |v| {
        is_one_of(v, &["italic", "oblique", "normal"])
    }),
    ("list-style-type", |v| {
        is_one_of(
            v,
            &[
                "disc",
                "circle",
                "square",
                "decimal",
                "lower-alpha",
                "upper-alpha",
                "lower-roman",
                "upper-roman",
                "none",
            ],
        )
    }),
    ("border-color", is_color),
    ("border-style", |v| {
        is_one_of(
            v,
            &[
                "solid", "dashed", "dotted", "double", "groove", "ridge", "inset", "outset", "none",
            ],
        )
    }),
    ("border-width", is_length),
    ("margin-left", is_length),
    ("width", is_length),
];

fn is_decoration(value: &str) -> bool {
    let known = ["underline", "line-through", "none"];
    let mut lines = value.split(' ');
    lines.all(|line| is_one_of(line, &known))
}

fn is_one_of(value: &str, known: &[&str]) -> bool {
    known.iter().any(|known| value.eq_ignore_ascii_case(known))
}

/// Returns whether a value is a colour: `#rgb`, `#rrggbb` with or without alpha, `rgb(r,g,b)`,
/// `rgba(r,g,b,a)`, `hsl(h,s%,l%)`, `hsla(h,s%,l%,a)`, or a name.
pub(crate) fn is_color(value: &str) -> bool {
    if let Some(hex) = value.strip_prefix('#') {
        return matches!(hex.len(), 3 | 4 | 6 | 8) && hex.bytes().all(|b| b.is_ascii_hexdigit());
    }
    if let Some(numbers) = value.strip_suffix(')').and_then(|v| {
        let functions = ["rgb(", "rgba(", "hsl(", "hsla("];
        functions.iter().find_map(|name| v.strip_prefix(name))
    }) {
        return matches!(numbers.split(',').count(), 3 | 4)
            && numbers
                .split(',')
                .map(str::trim)
                .all(|n| is_number(n.strip_suffix('%').unwrap_or(n)));
    }
    (3..=20).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_alphabetic())
}

/// Returns whether a value is a length that can't push anything off the page: at most 4,000 px, or
/// at most 100 %.
pub(crate) fn is_length(value: &str) -> bool {
    let (number, limit) = match (value.strip_suffix("px"), value.strip_suffix('%')) {
        (Some(number), _) => (number, 4000.0),
        (_, Some(number)) => (number, 100.0),
        _ => (value, 0.0),
    };
    is_number(number) && number.parse::<f64>().is_ok_and(|n| n <= limit)
}

fn is_number(value: &str) -> bool {
    !value.is_empty() && value.len() <= 12 && value.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn safe(style: &str) -> String {
        let mut out = String::new();
        push_safe(&mut out, style);
        out
    }

    #[test]
    fn what_confluence_writes_is_kept() {
        assert_eq!(
            safe("color: rgb(255,0,0); text-align: center;"),
            "color:rgb(255,0,0);text-align:center"
        );
        assert_eq!(
            safe("margin-left: 30.0px; width: 33.3%"),
            "margin-left:30.0px;width:33.3%"
        );
    }

    #[test]
    fn what_could_load_cover_or_run_is_dropped() {
        for style in [
            "background-image: url(https://x)",
            "background: url(x) red",
            "font-weight: 7e2",
            "text-decoration: blink",
            "position: fixed; top: 0",
            "color: expression(alert(1))",
            "color: red\\3b x",
            "color: url(x)",
            "width: 99999px",
            "width: calc(100% + 1px)",
            "color: #12345",
            "color: \"red\"",
            "-moz-binding: x",
            "margin-left: -5px",
            "color: re/**/d",
        ] {
            assert_eq!(safe(style), "", "{style}");
        }
    }
}
