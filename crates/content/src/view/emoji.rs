//! Renders emoticons: as an emoji, or as their name between colons if no character resembles them.

use super::Writer;
use crate::storage::Element;

/// The last version of Unicode whose emoji are recognised by their names alone. Sites give their
/// own emoji such names too, and `:parrot:` was a site's before Unicode had it.
const LAST_KNOWN_BY_NAME: emojis::UnicodeVersion = emojis::UnicodeVersion::new(10, 0);

impl Writer<'_> {
    pub(super) fn emoticon(&mut self, element: Element<'_>) {
        let (text, name) = emoji_of(element);
        let tinted = Tinted::of(&name).filter(|_| text.starts_with(':'));
        self.template.push("<span class=\"nx-emoji");
        if let Some(tinted) = &tinted {
            self.template.push(tinted.class);
        }
        self.template.push("\" role=\"img\"");
        self.attribute("aria-label", &name);
        self.template.push(">");
        self.text(tinted.map_or(&text, |tinted| tinted.sign));
        self.template.push("</span>");
    }
}

/// An emoticon of older versions that no emoji resembles: a style sheet turns another sign into it.
struct Tinted {
    sign: &'static str,
    class: &'static str,
}

impl Tinted {
    fn of(name: &str) -> Option<Self> {
        let (sign, class) = match name {
            "red-star" | "red_star" => ("\u{2605}", " nx-emoji-red"),
            "green-star" | "green_star" => ("\u{2605}", " nx-emoji-green"),
            "blue-star" | "blue_star" => ("\u{2605}", " nx-emoji-blue"),
            "light-off" | "light_bulb_off" => ("\u{1f4a1}", " nx-emoji-off"),
            _ => return None,
        };
        Some(Self { sign, class })
    }
}

/// Returns the text and the name of an emoticon. If no character resembles it, the text is its name
/// between colons.
pub(crate) fn emoji_of(element: Element<'_>) -> (String, String) {
    let text = |name: &str| {
        element
            .attribute(name)
            .map(std::borrow::Cow::into_owned)
            .filter(|value| !value.is_empty())
    };
    let name = text("ac:name").unwrap_or_default();
    let given = text("ac:emoji-shortname");
    // Beside a short name, a blue star is a filler for every emoji that older versions don't have.
    let is_filler = given.is_some() && name == "blue-star";
    let short = given.unwrap_or_else(|| format!(":{name}:"));
    let id = text("ac:emoji-id");
    let is_custom = id
        .as_deref()
        .is_some_and(|id| !id.starts_with("atlassian-") && from_code_points(id).is_none());
    let shown = text("ac:emoji-fallback")
        .filter(|fallback| !fallback.starts_with(':'))
        .or_else(|| from_code_points(id.as_deref()?))
        .or_else(|| {
            let named = by_short_name(short.trim_matches(':'))?;
            (!is_custom).then(|| named.to_owned())
        })
        .or_else(|| classic(&name).filter(|_| !is_filler).map(str::to_owned))
        .unwrap_or_else(|| short.clone());
    (shown, short.trim_matches(':').to_owned())
}

/// Returns an emoji by its short name: Atlassian's own, or a common one.
fn by_short_name(name: &str) -> Option<&'static str> {
    Some(match name {
        "check_mark" => "\u{2705}",
        "cross_mark" | "error" => "\u{274c}",
        "info" => "\u{2139}\u{fe0f}",
        "note" => "\u{26a0}\u{fe0f}",
        "question_mark" => "\u{2753}",
        "plus" => "\u{2795}",
        "minus" => "\u{2796}",
        "light_bulb_on" => "\u{1f4a1}",
        "yellow_star" => "\u{2b50}",
        "flag_on" => "\u{1f6a9}",
        "flag_off" => "\u{1f3f3}\u{fe0f}",
        "slight_smile" => "\u{1f642}",
        "slight_frown" => "\u{1f641}",
        name => {
            let emoji = emojis::get_by_shortcode(name)?;
            return (emoji.unicode_version() <= LAST_KNOWN_BY_NAME).then(|| emoji.as_str());
        }
    })
}

/// Returns an emoji by its code points, `1f468-200d-1f4bb`. Digits are accepted only as keycaps,
/// `31-20e3`.
fn from_code_points(id: &str) -> Option<String> {
    const KEY: char = '\u{20e3}';
    const AS_EMOJI: char = '\u{fe0f}';
    let codes = id.split('-').map(|code| u32::from_str_radix(code, 16).ok());
    let mut emoji: String = codes
        .map(|code| char::from_u32(code?))
        .collect::<Option<_>>()?;
    if emoji.ends_with(KEY) {
        let sign = emoji
            .chars()
            .next()
            .filter(|sign| sign.is_ascii_digit() || "#*".contains(*sign))?;
        return Some([sign, AS_EMOJI, KEY].into_iter().collect());
    }
    if emoji.is_empty() || emoji.contains(|c: char| c.is_ascii()) {
        return None;
    }
    // A sign that is text by default, such as a heart, is an emoji only with the selector after it.
    if emojis::get(&format!("{emoji}{AS_EMOJI}"))
        .is_some_and(|known| known.as_str().ends_with(AS_EMOJI))
    {
        emoji.push(AS_EMOJI);
    }
    Some(emoji)
}

/// Returns the emoji for an emoticon from before Confluence had emoji.
fn classic(name: &str) -> Option<&'static str> {
    Some(match name {
        "smile" => "\u{1f642}",
        "sad" => "\u{1f641}",
        "cheeky" => "\u{1f61b}",
        "laugh" => "\u{1f603}",
        "wink" => "\u{1f609}",
        "thumbs-up" => "\u{1f44d}",
        "thumbs-down" => "\u{1f44e}",
        "information" => "\u{2139}\u{fe0f}",
        "tick" => "\u{2705}",
        "cross" => "\u{274c}",
        "warning" => "\u{26a0}\u{fe0f}",
        "plus" => "\u{2795}",
        "minus" => "\u{2796}",
        "question" => "\u{2753}",
        "light-on" => "\u{1f4a1}",
        "yellow-star" => "\u{2b50}",
        "heart" => "\u{2764}\u{fe0f}",
        "broken-heart" => "\u{1f494}",
        _ => return None,
    })
}
