//! Colours: `#rrggbb` there, `rgb(r,g,b)` here.

/// A colour as storage format writes it.
pub(super) fn to_css(hex: &str) -> Option<String> {
    let digits = hex.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    Some(format!("rgb({},{},{})", part(0)?, part(2)?, part(4)?))
}

/// A colour as the document format writes it.
pub(super) fn from_css(css: &str) -> Option<String> {
    let css = css.trim();
    if css.starts_with('#')
        && css.len() == 7
        && css.get(1..)?.bytes().all(|b| b.is_ascii_hexdigit())
    {
        return Some(css.to_ascii_lowercase());
    }
    let mut parts = css
        .strip_prefix("rgb(")?
        .strip_suffix(')')?
        .split(',')
        .map(|part| part.trim().parse::<u8>().ok());
    let (red, green, blue) = (parts.next()??, parts.next()??, parts.next()??);
    parts
        .next()
        .is_none()
        .then(|| format!("#{red:02x}{green:02x}{blue:02x}"))
}

/// The value of one property of a style.
pub(super) fn property<'a>(style: &'a str, name: &str) -> Option<&'a str> {
    style
        .split(';')
        .filter_map(|declaration| declaration.split_once(':'))
        .find_map(|(property, value)| (property.trim() == name).then(|| value.trim()))
}
