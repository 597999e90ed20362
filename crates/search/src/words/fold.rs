//! Characters: which of them form words, and their form without case and accents.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Returns whether a word may begin with a character.
pub(super) fn begins_word(c: char) -> bool {
    c.is_alphanumeric()
}

/// Returns whether a word may continue with a character. A mark belongs to the letter before it.
pub(super) fn continues_word(c: char) -> bool {
    c.is_alphanumeric() || (!c.is_ascii() && is_combining_mark(c))
}

/// Returns whether a character is a word by itself, as in scripts without spaces.
pub(super) fn stands_alone(c: char) -> bool {
    matches!(u32::from(c),
        0x0e00..=0x0eff // Thai, Lao
        | 0x1000..=0x109f // Burmese
        | 0x1780..=0x17ff // Khmer
        | 0x3005..=0x3007
        | 0x3041..=0x30ff // Hiragana, Katakana
        | 0x31f0..=0x31ff
        | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff // Han
        | 0xff66..=0xff9d
        | 0x2_0000..=0x3_ffff)
}

/// Returns whether a mark is only an accent, so that the letter is equivalent without it. In the
/// scripts of India marks are vowels, so they stay.
fn is_accent(c: char) -> bool {
    matches!(u32::from(c),
        0x0300..=0x036f // Latin, Greek, Cyrillic
        | 0x0591..=0x05c7 // Hebrew points
        | 0x0610..=0x061a | 0x064b..=0x065f | 0x0670) // Arabic vowels
}

/// Returns text without case and accents.
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    let plain = text
        .nfkd()
        .flat_map(char::to_lowercase)
        .nfkd()
        .filter(|c| !is_accent(*c))
        .nfc();
    for c in plain {
        match c {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            'ð' | 'đ' => out.push('d'),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'ı' => out.push('i'),
            'ς' => out.push('σ'),
            c if begins_word(c) || is_combining_mark(c) => out.push(c),
            // The decomposition of a letter may contain signs, which aren't searched for.
            _ => {}
        }
    }
    out
}
