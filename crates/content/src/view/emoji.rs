//! Emoticons.

use super::Writer;
use crate::storage::Element;

impl Writer<'_> {
    pub(super) fn emoticon(&mut self, element: Element<'_>) {
        let (text, name) = emoji_of(element);
        self.template.push("<span class=\"nx-emoji\" role=\"img\"");
        self.attribute("aria-label", &name);
        self.template.push(">");
        self.text(&text);
        self.template.push("</span>");
    }
}

/// What an emoticon looks like, and its name.
pub(crate) fn emoji_of(element: Element<'_>) -> (String, String) {
    let text = |name: &str| {
        element
            .attribute(name)
            .map(std::borrow::Cow::into_owned)
            .filter(|value| !value.is_empty())
    };
    let name = text("ac:name").unwrap_or_default();
    let given = text("ac:emoji-shortname");
    // Beside a short name, a blue star stands for every emoji that older versions don't have.
    let is_filler = given.is_some() && name == "blue-star";
    let short = given.unwrap_or_else(|| format!(":{name}:"));
    let shown = text("ac:emoji-fallback")
        .filter(|fallback| !fallback.starts_with(':'))
        .or_else(|| text("ac:emoji-id").and_then(|id| from_code_points(&id)))
        .or_else(|| by_short_name(short.trim_matches(':')).map(str::to_owned))
        .or_else(|| classic(&name).filter(|_| !is_filler).map(str::to_owned))
        .unwrap_or_else(|| short.clone());
    (shown, short.trim_matches(':').to_owned())
}

/// An emoji by its short name: Atlassian's own, or one that is known everywhere.
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
        name => return emojis::get_by_shortcode(name).map(emojis::Emoji::as_str),
    })
}

/// An emoji by its code points, `1f468-200d-1f4bb`.
fn from_code_points(id: &str) -> Option<String> {
    let emoji: String = id
        .split('-')
        .map(|code| {
            u32::from_str_radix(code, 16)
                .ok()
                .and_then(char::from_u32)
                .filter(|c| !c.is_ascii())
        })
        .collect::<Option<_>>()?;
    (!emoji.is_empty()).then_some(emoji)
}

/// The emoticons that Confluence had before emoji.
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
        "light-off" => "\u{1f4a1}",
        "yellow-star" | "red-star" | "green-star" | "blue-star" => "\u{2b50}",
        "heart" => "\u{2764}\u{fe0f}",
        "broken-heart" => "\u{1f494}",
        _ => return None,
    })
}
