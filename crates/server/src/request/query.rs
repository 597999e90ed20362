//! Reads a query string, or a small form in the same encoding. Values are parsed by the method that
//! names their type, so that a refusal names the parameter.

use crate::request::bad_request::BadRequest;
use std::borrow::Cow;
use std::str::FromStr;

/// The parameters of a query or form, decoded, in the order in which they were sent.
#[derive(Debug, Default)]
pub struct Parameters<'a>(Vec<(Cow<'a, str>, Cow<'a, str>)>);

impl<'a> Parameters<'a> {
    /// Parses a text such as `a=b&c=d`.
    pub fn read(text: &'a [u8]) -> Self {
        Self(form_urlencoded::parse(text).collect())
    }

    /// Returns the first value of a parameter; an empty one counts as not sent.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.all(name).find(|value| !value.is_empty())
    }

    /// Returns all names and values, in their order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_ref(), value.as_ref()))
    }

    /// Returns all values of a repeated parameter.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.as_ref())
    }

    /// Returns all values of a parameter that takes a list, whether it is repeated or separated by
    /// commas.
    pub fn list(&self, name: &str) -> impl Iterator<Item = &str> {
        self.all(name)
            .flat_map(|value| value.split(','))
            .map(str::trim)
            .filter(|v| !v.is_empty())
    }

    /// Returns the value of a parameter that must be present.
    ///
    /// # Errors
    /// 400 if it is missing; the message names it.
    pub fn required(&self, name: &str) -> Result<&str, BadRequest> {
        self.get(name)
            .ok_or_else(|| BadRequest::new(format!("the query parameter \"{name}\" is missing")))
    }

    /// Returns a parameter that is true or false; false if it isn't sent. Most of these parameters
    /// narrow something, so none is ignored: neither an empty value, nor one that contradicts
    /// another, nor one whose name is nearly right.
    ///
    /// # Errors
    /// 400 for another value, for two different values, and for another spelling of the name.
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

    /// Returns the name of a parameter that differs from `name` only in case, hyphens and
    /// underscores.
    pub fn misspelt(&self, name: &str) -> Option<&str> {
        let meant = folded(name);
        let mut keys = self.0.iter().map(|(key, _)| key.as_ref());
        keys.find(|key| *key != name && folded(key) == meant)
    }

    /// Parses a whole number from 0.
    ///
    /// # Errors
    /// 400 if it isn't a number.
    pub fn number(&self, name: &str) -> Result<Option<usize>, BadRequest> {
        self.parsed(name, "a whole number from 0")
    }

    /// Parses an id, or any other value of type `T`; `wanted` describes it in the message.
    ///
    /// # Errors
    /// 400 if the value can't be parsed.
    pub fn parsed<T: FromStr>(&self, name: &str, wanted: &str) -> Result<Option<T>, BadRequest> {
        self.get(name)
            .map(|value| value.parse().map_err(|_| not(name, wanted)))
            .transpose()
    }

    /// Returns a field that the form of a page always sends, even if it is empty. Without it the
    /// form isn't whole, and acting on it would lose what the field stands for.
    ///
    /// # Errors
    /// 400 if it is missing; the message names the field.
    pub fn sent(&self, field: &str) -> Result<&str, BadRequest> {
        self.all(field).next().ok_or_else(|| {
            BadRequest::new(format!(
                "the form is incomplete: its field \"{field}\" is missing, and nothing was done; load \
                 the page again and send its form"
            ))
        })
    }

    /// Returns a choice that the form of a page always sends, which must be one of these words.
    ///
    /// # Errors
    /// As [`Parameters::sent`]; 400 for another word, listing the words that are accepted.
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

    /// Returns the value of a parameter that takes one of these words.
    ///
    /// # Errors
    /// 400 for another word, listing the words that are accepted.
    pub fn word(
        &self,
        name: &str,
        words: &[&'static str],
    ) -> Result<Option<&'static str>, BadRequest> {
        self.get(name)
            .map(|value| known(name, words, value))
            .transpose()
    }

    /// Returns the values of a parameter that takes several of these words, whether it is repeated
    /// or separated by commas.
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

    /// Parses all values of a parameter that takes a list, whether it is repeated or separated by
    /// commas; `wanted` describes one value in the message.
    ///
    /// # Errors
    /// 400 if a value can't be parsed.
    pub fn parsed_list<T: FromStr>(&self, name: &str, wanted: &str) -> Result<Vec<T>, BadRequest> {
        self.list(name)
            .map(|value| value.parse().map_err(|_| not(name, wanted)))
            .collect()
    }
}

/// Finds the word that a value equals.
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
