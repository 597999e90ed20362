//! Colours: `#rrggbb` there, `rgb(r,g,b)` here.

use super::colour_names::COLOUR_NAMES;

/// A colour as storage format writes it.
pub(super) fn to_css(hex: &str) -> Option<String> {
    let digits = hex.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    Some(format!("rgb({},{},{})", part(0)?, part(2)?, part(4)?))
}

/// A colour as the document format writes it: in CSS it has a name, digits or numbers.
pub(super) fn from_css(css: &str) -> Option<String> {
    let css = css.trim();
    if let Some(digits) = css.strip_prefix('#') {
        return from_digits(&digits.to_ascii_lowercase());
    }
    if let Ok(at) =
        COLOUR_NAMES.binary_search_by(|(name, _)| (*name).cmp(css.to_ascii_lowercase().as_str()))
    {
        return COLOUR_NAMES
            .get(at)
            .map(|(_, colour)| format!("#{colour:06x}"));
    }
    let numbers = css
        .strip_prefix("rgb(")
        .or_else(|| css.strip_prefix("rgba("))?
        .strip_suffix(')')?;
    let mut parts = numbers
        .split([',', ' ', '/'])
        .filter(|part| !part.is_empty())
        .map(|part| part.parse::<u8>().ok());
    let (red, green, blue) = (parts.next()??, parts.next()??, parts.next()??);
    let is_whole = css.starts_with("rgba(") || parts.next().is_none();
    is_whole.then(|| format!("#{red:02x}{green:02x}{blue:02x}"))
}

/// Digits of one place or two for each part; how much shines through is left out.
fn from_digits(digits: &str) -> Option<String> {
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    match digits.len() {
        3 | 4 => Some(format!(
            "#{}",
            digits
                .chars()
                .take(3)
                .flat_map(|c| [c, c])
                .collect::<String>()
        )),
        6 | 8 => Some(format!("#{}", digits.get(..6)?)),
        _ => None,
    }
}

/// The value of one property of a style.
pub(super) fn property<'a>(style: &'a str, name: &str) -> Option<&'a str> {
    style
        .split(';')
        .filter_map(|declaration| declaration.split_once(':'))
        .find_map(|(property, value)| {
            property
                .trim()
                .eq_ignore_ascii_case(name)
                .then(|| value.trim())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_read_however_css_writes_it() {
        for (css, hex) in [
            ("red", "#ff0000"),
            ("DarkSlateGrey", "#2f4f4f"),
            ("#F00", "#ff0000"),
            ("#ff5630", "#ff5630"),
            ("#ff563080", "#ff5630"),
            ("rgb(255, 86,48)", "#ff5630"),
            ("rgba(255,86,48,0.5)", "#ff5630"),
        ] {
            assert_eq!(from_css(css).as_deref(), Some(hex), "{css}");
        }
        for css in [
            "",
            "#",
            "#12345",
            "no-such-colour",
            "rgb(1,2)",
            "rgb(300,0,0)",
        ] {
            assert_eq!(from_css(css), None, "{css}");
        }
        assert!(COLOUR_NAMES.is_sorted_by_key(|(name, _)| *name));
    }
}
