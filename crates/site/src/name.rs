//! Checking the names and e-mail addresses of people, groups, projects and tokens.

use crate::error::SiteError;
use icu_properties::props::{
    BinaryProperty as _, DefaultIgnorableCodePoint, EnumeratedProperty as _, GeneralCategory,
    GeneralCategoryGroup,
};
use std::sync::Arc;

/// The longest name of a person, group, project or token, in characters.
pub const LONGEST_NAME: usize = 255;

/// The longest e-mail address, in characters, as mail itself limits it (RFC 5321).
pub const LONGEST_EMAIL: usize = 254;

/// Checks a name and returns it as it is stored: trimmed, at least one and at most [`LONGEST_NAME`]
/// characters, and without characters that control the line or its direction.
///
/// # Errors
/// Invalid for a bad name; the message says with `of` what the name is for.
pub fn name(of: &str, text: &str) -> Result<Arc<str>, SiteError> {
    let trimmed = text.trim();
    if !shows_something(trimmed) {
        return Err(SiteError::invalid(format!("the {of} is empty; give one")));
    }
    if trimmed.chars().count() > LONGEST_NAME {
        return Err(SiteError::invalid(format!(
            "the {of} is longer than {LONGEST_NAME} characters; shorten it"
        )));
    }
    if trimmed.chars().any(misleads) {
        return Err(SiteError::invalid(format!(
            "the {of} has control characters; leave them out"
        )));
    }
    Ok(trimmed.into())
}

/// Whether a character is a line break, another control character or a mark that turns a text
/// around so that it reads as another one: `evil\u{202e}fdp.exe` ends in `exe` and is shown ending
/// in `pdf`.
pub(crate) fn misleads(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Returns whether a reader of the name sees anything of it: whether it has a character besides
/// blanks, marks that are set on another character, and characters that aren't shown.
pub(crate) fn shows_something(name: &str) -> bool {
    name.chars()
        .any(|c| c != BRAILLE_BLANK && !is_never_shown(c) && !is_blank_or_mark(c))
}

/// Braille's pattern without dots counts as a symbol and is as blank as a space.
const BRAILLE_BLANK: char = '\u{2800}';

fn is_blank_or_mark(c: char) -> bool {
    GeneralCategoryGroup::Separator
        .union(GeneralCategoryGroup::Mark)
        .contains(GeneralCategory::for_char(c))
}

/// Whether two names read alike, regardless of case and of characters that aren't shown.
pub(crate) fn read_alike(one: &str, other: &str) -> bool {
    fn shown(name: &str) -> impl Iterator<Item = char> {
        let shown = name.chars().filter(|c| !is_never_shown(*c));
        shown.flat_map(char::to_lowercase)
    }
    shown(one).eq(shown(other))
}

/// Returns whether a character is a control, only arranges others, or is ignored by default in
/// Unicode: joiners, blanks without width, marks of direction, selectors of variants, tags.
/// Characters that no font has are shown as a box, so they don't count.
fn is_never_shown(c: char) -> bool {
    let unseen = GeneralCategoryGroup::Control.union(GeneralCategoryGroup::Format);
    unseen.contains(GeneralCategory::for_char(c)) || DefaultIgnorableCodePoint::for_char(c)
}

/// Checks an e-mail address and returns it as it is stored: trimmed, in ASCII, so that there is
/// only one way to compare it without case, and without a colon, which would end it in Basic.
///
/// # Errors
/// Invalid for a bad address; the message shows what an address looks like.
pub fn email(text: &str) -> Result<Arc<str>, SiteError> {
    let trimmed = text.trim();
    let fits = trimmed.split_once('@').is_some_and(|(local, domain)| {
        let local_fits = (1..=64).contains(&local.len()) && local.chars().all(in_local_part);
        let labels = || domain.split('.');
        let domain_fits = labels().all(|label| {
            (1..=63).contains(&label.len())
                && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        });
        local_fits && domain_fits
    });
    if !fits || trimmed.len() > LONGEST_EMAIL {
        return Err(SiteError::invalid(
            "the e-mail address is not valid; it looks like name@example.com",
        ));
    }
    Ok(trimmed.into())
}

fn in_local_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_kept_trimmed() {
        assert_eq!(&*name("name", "  Ada Lovelace \n").unwrap(), "Ada Lovelace");
        assert_eq!(&*name("name", "李小龍 👩‍💻").unwrap(), "李小龍 👩‍💻");
        assert_eq!(&*name("name", "-").unwrap(), "-");
        assert_eq!(&*name("name", "\u{e000}").unwrap(), "\u{e000}");
    }

    #[test]
    fn a_name_that_is_empty_long_or_misleading_is_refused_with_the_next_step() {
        let long = "x".repeat(LONGEST_NAME + 1);
        for (text, step) in [
            ("   ", "give one"),
            ("\u{200b}\u{2060} \u{3164}", "give one"),
            ("\u{fff9}\u{fffb}", "give one"),
            ("\u{301}", "give one"),
            ("\u{2800}", "give one"),
            (long.as_str(), "shorten"),
            ("a\nb", "leave them out"),
            ("evil\u{202e}fdp.exe", "leave them out"),
        ] {
            let refused = name("name of the group", text).unwrap_err().to_string();
            assert!(refused.contains(step), "{refused}");
            assert!(refused.contains("name of the group"), "{refused}");
        }
    }

    #[test]
    fn names_that_differ_in_what_is_not_shown_read_alike() {
        for (one, other) in [
            ("Editors", "editors"),
            ("Editors", "Edi\u{200b}tors"),
            ("Editors\u{2060}", "\u{feff}Editors"),
        ] {
            assert!(read_alike(one, other), "{one:?} {other:?}");
        }
        for (one, other) in [("Editors", "Editor"), ("Editors", "Edi tors")] {
            assert!(!read_alike(one, other), "{one:?} {other:?}");
        }
    }

    #[test]
    fn an_email_address_is_kept_as_it_was_given() {
        for address in ["Ada@Example.com", "a+b@x-y.example", "o'neil@localhost"] {
            assert_eq!(&*email(&format!(" {address} ")).unwrap(), address);
        }
    }

    #[test]
    fn what_is_no_email_address_is_refused() {
        let long = format!("{}@{}.example", "a".repeat(64), "b.".repeat(120));
        for text in [
            "",
            "ada",
            "@example.com",
            "ada@",
            "ada@@example.com",
            "a b@example.com",
            "ada:x@example.com",
            "ada@exa mple",
            "ada@-x.com",
            "ada@x..com",
            "ada\n@x.com",
            "ädä@example.com",
            "<ada@example.com>",
            long.as_str(),
        ] {
            assert!(email(text).is_err(), "{text}");
        }
    }
}
