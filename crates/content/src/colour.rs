//! Converts colours between CSS and the document format, and chooses text that is readable on them.

use crate::colour_names::COLOUR_NAMES;

/// Returns a colour of the document format as storage format writes it.
pub(crate) fn to_css(hex: &str) -> Option<String> {
    let digits = hex.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    Some(format!("rgb({},{},{})", part(0)?, part(2)?, part(4)?))
}

/// Returns a colour of CSS (a name, digits or a function) as the document format writes it.
pub(crate) fn from_css(css: &str) -> Option<String> {
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
    if let Some(parts) = inside_of(css, ["hsl(", "hsla("]) {
        return from_hue(parts);
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

/// Returns the text between the parentheses of one of these functions.
fn inside_of<'c>(css: &'c str, functions: [&str; 2]) -> Option<&'c str> {
    let inside = functions.iter().find_map(|name| css.strip_prefix(name))?;
    inside.strip_suffix(')')
}

/// Returns a colour by its hue (in degrees), saturation and lightness; its alpha is ignored.
fn from_hue(parts: &str) -> Option<String> {
    let mut parts = parts.split([',', ' ', '/']).filter(|part| !part.is_empty());
    let (hue, saturation, lightness) = (parts.next()?, parts.next()?, parts.next()?);
    let hue = hue.strip_suffix("deg").unwrap_or(hue).parse::<f64>().ok()?;
    let share = |part: &str| {
        let share = part.strip_suffix('%')?.parse::<f64>().ok()?;
        (0.0..=100.0).contains(&share).then_some(share / 100.0)
    };
    let (saturation, lightness) = (share(saturation)?, share(lightness)?);
    if !hue.is_finite() {
        return None;
    }
    let reach = saturation * lightness.min(1.0 - lightness);
    let part = |offset: f64| {
        let k = (offset + hue.rem_euclid(360.0) / 30.0) % 12.0;
        let value = lightness - reach * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0);
        format!("{:.0}", value * 255.0).parse::<u8>().ok()
    };
    let (red, green, blue) = (part(0.0)?, part(8.0)?, part(4.0)?);
    Some(format!("#{red:02x}{green:02x}{blue:02x}"))
}

/// Returns a colour by one or two hexadecimal digits for each part; its alpha is ignored.
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

/// Returns the value of one property of a style.
pub(crate) fn property<'a>(style: &'a str, name: &str) -> Option<&'a str> {
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

/// The colour for readable text on a background, with a contrast of at least 4.5:1 (WCAG, 1.4.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    /// The colour of text on the site's own pale pages.
    Dark,
    /// Black, for backgrounds that are too dark for that and too pale for white.
    Black,
    /// White.
    White,
}

impl Ink {
    /// Returns the colour of the text.
    pub(crate) fn colour(self) -> &'static str {
        match self {
            Self::Dark => "#1b2220",
            Self::Black => "#000000",
            Self::White => "#ffffff",
        }
    }

    /// Returns the value of `data-on` for the background, by which a style sheet knows it.
    pub(crate) fn background(self) -> &'static str {
        match self {
            Self::Dark | Self::Black => "light",
            Self::White => "dark",
        }
    }

    /// Returns the text colour for a background, or `None` if the colour behind the text can't be
    /// known: it isn't a colour that is recognised, or it is translucent.
    pub(crate) fn on(background: &str) -> Option<Self> {
        let is_translucent = match background.strip_prefix('#') {
            Some(digits) => matches!(digits.len(), 4 | 8),
            None => {
                let parts = background.split([',', ' ', '/']);
                let parts = parts.filter(|part| !part.is_empty()).count();
                background.starts_with("rgba(") || background.starts_with("hsl") && parts > 3
            }
        };
        let hex = from_css(background).filter(|_| !is_translucent)?;
        let light = luminance(&hex)?;
        let contrast = |other: f64| (light.max(other) + 0.05) / (light.min(other) + 0.05);
        let inks = [Self::Dark, Self::White];
        let is_readable = |ink: &Self| luminance(ink.colour()).map(contrast) >= Some(4.5);
        Some(inks.into_iter().find(is_readable).unwrap_or(Self::Black))
    }
}

/// Returns the relative luminance of a colour `#rrggbb`, 0 to 1 (WCAG).
fn luminance(hex: &str) -> Option<f64> {
    let part = |at: usize, weight: f64| {
        let value = u8::from_str_radix(hex.get(at..at + 2)?, 16).ok()?;
        let value = f64::from(value) / 255.0;
        let linear = match value <= 0.04045 {
            true => value / 12.92,
            false => ((value + 0.055) / 1.055).powf(2.4),
        };
        Some(weight * linear)
    };
    Some(part(1, 0.2126)? + part(3, 0.7152)? + part(5, 0.0722)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_on_any_background_can_be_read() {
        for colour in (0..=0xff_ffff_u32).step_by(4_099) {
            let background = format!("#{colour:06x}");
            let ink = Ink::on(&background).unwrap();
            let light = [background.as_str(), ink.colour()].map(|hex| luminance(hex).unwrap());
            let contrast = (light[0].max(light[1]) + 0.05) / (light[0].min(light[1]) + 0.05);
            assert!(contrast >= 4.5, "{background} {ink:?} {contrast}");
        }
        assert_eq!(Ink::on("#e3fcef"), Some(Ink::Dark));
        assert_eq!(Ink::on("navy"), Some(Ink::White));
        for unknown in [
            "#e3fcef80",
            "rgba(0,0,0,0.1)",
            "hsla(0,0%,0%,0.1)",
            "hsl(0 0% 0%/0.1)",
            "no-such-colour",
        ] {
            assert_eq!(Ink::on(unknown), None, "{unknown}");
        }
    }

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
            ("hsl(0, 100%, 50%)", "#ff0000"),
            ("hsl(120deg 100% 25%)", "#008000"),
            ("hsla(240,100%,50%,0.5)", "#0000ff"),
            ("hsl(-60,0%,100%)", "#ffffff"),
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
            "hsl(0,1,2)",
            "hsl(x,1%,2%)",
            "hsl(inf,1%,2%)",
            "hsl(0,101%,2%)",
        ] {
            assert_eq!(from_css(css), None, "{css}");
        }
        assert!(COLOUR_NAMES.is_sorted_by_key(|(name, _)| *name));
    }
}
