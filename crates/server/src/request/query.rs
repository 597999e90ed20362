//! Reading a query string, or a small form in the same writing.

use crate::request::bad_request::BadRequest;
use std::borrow::Cow;
use std::str::FromStr;

/// The parameters of a query or form, decoded, in the order they came in.
#[derive(Debug, Default)]
pub struct Parameters<'a>(Vec<(Cow<'a, str>, Cow<'a, str>)>);

impl<'a> Parameters<'a> {
    /// Reads `a=b&c=d`.
    pub fn read(text: &'a [u8]) -> Self {
        Self(form_urlencoded::parse(text).collect())
    }

    /// The first value of a parameter; an empty one counts as not sent.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.all(name).find(|value| !value.is_empty())
    }

    /// All names and values, in their order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_ref(), value.as_ref()))
    }

    /// All values of a repeated parameter.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.as_ref())
    }

    /// All values of a parameter that takes a list, repeated or with commas.
    pub fn list(&self, name: &str) -> impl Iterator<Item = &str> {
        self.all(name)
            .flat_map(|value| value.split(','))
            .map(str::trim)
            .filter(|v| !v.is_empty())
    }

    /// A parameter that must be there.
    ///
    /// # Errors
    /// Bad request, naming it.
    pub fn required(&self, name: &str) -> Result<&str, BadRequest> {
        self.get(name)
            .ok_or_else(|| BadRequest::new(format!("the query parameter \"{name}\" is missing")))
    }

    /// A parameter that is true or false; false if it isn't sent. Most of these make
    /// something narrower, so none is passed over: not an empty one, not one that
    /// contradicts another, and not one whose name is nearly right.
    ///
    /// # Errors
    /// Bad request for another value, for two values, and for another spelling of the
    /// name.
    pub fn flag(&self, name: &str) -> Result<bool, BadRequest> {
        if let Some(misspelt) = self.misspelt(name) {
            return Err(BadRequest::new(format!(
                "the query parameter \"{misspelt}\" is written \"{name}\" here"
            )));
        }
        let mut said = None;
        for value in self.all(name) {
            let on = value.eq_ignore_ascii_case("true");
            let off = value.eq_ignore_ascii_case("false");
            if !on && !off || said.is_some_and(|said| said != on) {
                return Err(BadRequest::new(format!(
                    "the query parameter \"{name}\" must be true or false"
                )));
            }
            said = Some(on);
        }
        Ok(said.unwrap_or_default())
    }

    /// A parameter that differs from a name only in case, hyphens and underscores.
    pub fn misspelt(&self, name: &str) -> Option<&str> {
        let meant = folded(name);
        let mut keys = self.0.iter().map(|(key, _)| key.as_ref());
        keys.find(|key| *key != name && folded(key) == meant)
    }

    /// A whole number from 0.
    ///
    /// # Errors
    /// Bad request for what is none.
    pub fn number(&self, name: &str) -> Result<Option<usize>, BadRequest> {
        self.parsed(name, "a whole number from 0")
    }

    /// An id, or whatever else is read from a text.
    ///
    /// # Errors
    /// Bad request for what isn't `wanted`.
    pub fn parsed<T: FromStr>(&self, name: &str, wanted: &str) -> Result<Option<T>, BadRequest> {
        self.get(name)
            .map(|value| value.parse().map_err(|_| not(name, wanted)))
            .transpose()
    }

    /// A field that the form of a page always sends, as it was sent. Without it the form
    /// isn't whole, and what it leaves out would be lost.
    ///
    /// # Errors
    /// Bad request, naming the field.
    pub fn sent(&self, field: &str) -> Result<&str, BadRequest> {
        self.all(field).next().ok_or_else(|| {
            BadRequest::new(format!(
                "the form isn't whole: its field \"{field}\" is missing, and nothing was done; load \
                 the page again and send its form"
            ))
        })
    }

    /// A choice that the form of a page always sends: one of these words.
    ///
    /// # Errors
    /// As [`Parameters::sent`]; for another word, naming those that there are.
    pub fn chosen(&self, field: &str, words: &[&'static str]) -> Result<&'static str, BadRequest> {
        let value = self.sent(field)?;
        words
            .iter()
            .find(|word| **word == value)
            .copied()
            .ok_or_else(|| {
                BadRequest::new(format!(
                    "the field \"{field}\" of the form must be one of {}",
                    words.join(", ")
                ))
            })
    }

    /// One of the words that a parameter takes.
    ///
    /// # Errors
    /// Bad request for another, naming those that there are.
    pub fn word(
        &self,
        name: &str,
        words: &[&'static str],
    ) -> Result<Option<&'static str>, BadRequest> {
        self.get(name)
            .map(|value| known(name, words, value))
            .transpose()
    }

    /// Many of the words that a parameter takes, repeated or with commas.
    ///
    /// # Errors
    /// As [`Parameters::word`].
    pub fn words(
        &self,
        name: &str,
        words: &[&'static str],
    ) -> Result<Vec<&'static str>, BadRequest> {
        self.list(name)
            .map(|value| known(name, words, value))
            .collect()
    }

    /// Many of them, repeated or with commas.
    ///
    /// # Errors
    /// Bad request for what isn't `wanted`.
    pub fn parsed_list<T: FromStr>(&self, name: &str, wanted: &str) -> Result<Vec<T>, BadRequest> {
        self.list(name)
            .map(|value| value.parse().map_err(|_| not(name, wanted)))
            .collect()
    }
}

/// The word that a value is.
fn known(name: &str, words: &[&'static str], value: &str) -> Result<&'static str, BadRequest> {
    let word = words.iter().find(|word| **word == value);
    word.copied().ok_or_else(|| match words {
        [.., _, _] => not(name, &format!("one of {}", words.join(", "))),
        _ => not(name, &words.concat()),
    })
}

fn folded(name: &str) -> String {
    let letters = name.chars().filter(|c| !matches!(c, '-' | '_'));
    letters.map(|c| c.to_ascii_lowercase()).collect()
}

fn not(name: &str, wanted: &str) -> BadRequest {
    BadRequest::new(format!("the query parameter \"{name}\" must be {wanted}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_may_be_repeated_or_separated_by_commas() {
        let query = Parameters::read(b"expand=space,version&expand=body.view&limit=10&x=%zz");
        let expand: Vec<_> = query.list("expand").collect();
        assert_eq!(expand, ["space", "version", "body.view"]);
        assert_eq!(query.number("limit"), Ok(Some(10)));
        assert_eq!(query.number("start"), Ok(None));
    }

    #[test]
    fn a_word_that_a_parameter_does_not_take_is_refused_with_those_that_it_takes() {
        let query = Parameters::read(b"depth=root&status=any,current&trigger=seen");
        let depth = query.word("depth", &["all", "root"]);
        assert_eq!(depth, Ok(Some("root")));
        assert_eq!(query.word("sort", &["id"]), Ok(None));
        let status = query.words("status", &["current", "any"]);
        assert_eq!(status, Ok(vec!["any", "current"]));
        let message = |words| query.words("status", words).unwrap_err().to_string();
        assert_eq!(
            message(&["current", "draft"]),
            "the query parameter \"status\" must be one of current, draft"
        );
        let trigger = query.word("trigger", &["viewed"]).unwrap_err();
        assert_eq!(
            trigger.to_string(),
            "the query parameter \"trigger\" must be viewed"
        );
    }

    #[test]
    fn a_flag_is_never_passed_over() {
        let flag = |text: &str| Parameters::read(text.as_bytes()).flag("dryRun").ok();
        for text in ["dryRun=true", "dryRun=TRUE", "dryRun=true&dryRun=true"] {
            assert_eq!(flag(text), Some(true), "{text}");
        }
        for text in ["", "dryRun=false", "dryer=true"] {
            assert_eq!(flag(text), Some(false), "{text}");
        }
        for text in [
            "dryRun",
            "dryRun=",
            "dryRun=1",
            "dryRun=false&dryRun=true",
            "dryrun=true",
            "dry-run=true",
            "DRY_RUN=true",
            "dryRun=true&dryrun=false",
        ] {
            assert_eq!(flag(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused_by_name() {
        let query = Parameters::read(b"limit=-1&dryRun=yes");
        assert!(
            query
                .number("limit")
                .unwrap_err()
                .to_string()
                .contains("\"limit\"")
        );
        assert!(
            query
                .flag("dryRun")
                .unwrap_err()
                .to_string()
                .contains("\"dryRun\"")
        );
    }
}
