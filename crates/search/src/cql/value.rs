//! The values of clauses, and what they name.

use super::CqlError;
use super::time::{self, Time};
use narthex_access::{AccountId, AttachmentId, CommentId, PageId, SpaceId};

/// Something that can be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Thing {
    /// A page or blog post.
    Page(PageId),
    /// A comment.
    Comment(CommentId),
    /// An attachment.
    Attachment(AttachmentId),
    /// A space.
    Space(SpaceId),
}

/// The content that a value names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContentRef {
    /// Content by its number, or an attachment if `att` precedes the number.
    Id {
        /// Whether `att` precedes the number.
        attachment: bool,
        /// The number.
        number: u64,
    },
    /// A value that isn't an id.
    Nothing,
    /// `currentContent()`: the content that the caller says it is at.
    Current,
}

/// The person whom a value names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PersonRef {
    /// A person by account id; `None` for a value that isn't an account's id.
    Account(Option<AccountId>),
    /// `currentUser()`.
    Current,
}

/// The space that a value names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SpaceRef {
    /// A space by its key, without case.
    Key(String),
    /// `currentSpace()`: the space that the caller says it is in.
    Current,
}

/// A value as it is written in a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Value {
    /// The text, or the function's name.
    pub(super) text: String,
    /// The arguments, if it is a function.
    pub(super) arguments: Option<Vec<String>>,
    /// The position of its first character, from 1.
    pub(super) at: usize,
}

/// The names of the functions, for errors.
const FUNCTIONS: &str = "currentUser(), currentContent(), currentSpace(), now(), startOfDay(), \
     startOfWeek(), startOfMonth(), startOfYear(), endOfDay(), endOfWeek(), endOfMonth(), \
     endOfYear()";

impl Value {
    fn wrong(&self, why: impl Into<String>) -> CqlError {
        CqlError {
            at: self.at,
            why: why.into(),
        }
    }

    /// Returns the function's name in lower case, if it is a function.
    fn function(&self) -> Option<String> {
        self.arguments.as_ref().map(|_| self.text.to_lowercase())
    }

    /// Returns the error that a function can't be used here.
    fn misplaced(&self, wanted: &str) -> CqlError {
        let name = &self.text;
        match self.text.to_lowercase().as_str() {
            "recentlyviewedcontent" | "recentlyviewedspaces" => self.wrong(format!(
                "{name}() isn't supported, because this site doesn't record who viewed what"
            )),
            "favouritespaces" | "favoritespaces" => self.wrong(format!(
                "{name}() isn't supported; your favourites have the label \"my:favourite\""
            )),
            "currentuser" | "currentcontent" | "currentspace" | "now" => {
                self.wrong(format!("{name}() isn't {wanted}"))
            }
            other if time::Period::of_function(other).is_some() => {
                self.wrong(format!("{name}() isn't {wanted}"))
            }
            _ => self.wrong(format!(
                "there is no function {name}(); the functions are {FUNCTIONS}"
            )),
        }
    }

    /// Checks that a function that takes no arguments has none.
    fn without_arguments(&self) -> Result<(), CqlError> {
        match self.arguments.as_deref() {
            None | Some([]) => Ok(()),
            Some(_) => Err(self.wrong(format!("{}() takes no arguments", self.text))),
        }
    }

    /// Returns the value as text.
    pub(super) fn text(self) -> Result<String, CqlError> {
        match self.arguments {
            None => Ok(self.text),
            Some(_) => Err(self.misplaced("a text")),
        }
    }

    /// Returns the content that it names.
    pub(super) fn content(&self) -> Result<ContentRef, CqlError> {
        match self.function().as_deref() {
            None => {
                let text = self.text.trim();
                let digits = text.strip_prefix("att");
                let number = digits.unwrap_or(text).parse();
                Ok(number.map_or(ContentRef::Nothing, |number| ContentRef::Id {
                    attachment: digits.is_some(),
                    number,
                }))
            }
            Some("currentcontent") => {
                self.without_arguments()?;
                Ok(ContentRef::Current)
            }
            Some(_) => Err(self.misplaced("content: write an id or currentContent()")),
        }
    }

    /// Returns the person whom it names.
    pub(super) fn person(&self) -> Result<PersonRef, CqlError> {
        match self.function().as_deref() {
            None => Ok(PersonRef::Account(self.text.parse().ok())),
            Some("currentuser") => {
                self.without_arguments()?;
                Ok(PersonRef::Current)
            }
            Some(_) => Err(self.misplaced("a person: write an account id or currentUser()")),
        }
    }

    /// Returns the space that it names.
    pub(super) fn space(self) -> Result<SpaceRef, CqlError> {
        match self.function().as_deref() {
            None => Ok(SpaceRef::Key(self.text)),
            Some("currentspace") => {
                self.without_arguments()?;
                Ok(SpaceRef::Current)
            }
            Some(_) => Err(self.misplaced("a space: write a key or currentSpace()")),
        }
    }

    /// Returns the time that it names.
    pub(super) fn time(&self) -> Result<Time, CqlError> {
        let wrong = |why| self.wrong(why);
        let Some(function) = self.function() else {
            return time::written(&self.text).map_err(wrong);
        };
        let arguments = self.arguments.as_deref().unwrap_or_default();
        let shift = match arguments {
            [] => "",
            [shift] => shift,
            _ => return Err(wrong(format!("{}() takes one argument", self.text))),
        };
        match (function.as_str(), time::Period::of_function(&function)) {
            ("now", _) => time::now(shift).map_err(wrong),
            (_, Some((end, period))) => time::edge(end, period, shift).map_err(wrong),
            _ => Err(self.misplaced("a time: write a date or now()")),
        }
    }
}
