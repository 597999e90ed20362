//! Reads a JSON body member by member, so that a refusal names the member.
//!
//! A [`Document`] holds the text; each value is parsed when a handler reads it, one level at a
//! time. Members that nobody reads are never built, however many or deep they are: a hostile body
//! costs a scan, not memory.

use crate::request::bad_request::BadRequest;
use crate::request::body::Held;
use crate::request::guarded_members;
use bytes::Bytes;
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// The most members of an object, or elements of an array, that are read.
const WIDEST: usize = 10_000;

/// The text of a JSON body, known to be UTF-8.
#[derive(Debug)]
pub struct Document {
    text: String,
    /// The shared memory that the text holds, freed together with it.
    held: Held,
    /// The guarded members that may be in it; `None` if any may.
    read: Option<&'static [&'static str]>,
}

impl Document {
    /// Takes the bytes of a body.
    ///
    /// # Errors
    /// Returns a bad request if the bytes are not UTF-8.
    pub fn new(bytes: Bytes, held: Held) -> Result<Self, BadRequest> {
        let text = String::from_utf8(bytes.into())
            .map_err(|_| BadRequest::new("the body is not valid UTF-8; send JSON in UTF-8"))?;
        Ok(Self {
            text,
            held,
            read: None,
        })
    }

    /// Returns the same document, which may have no other
    /// [guarded members](super::guarded_members) than those of the names `read`.
    #[must_use]
    pub fn guarded_by(self, read: &'static [&'static str]) -> Self {
        Self {
            read: Some(read),
            ..self
        }
    }

    /// Drops the text, and returns the memory for the values that were read from it.
    pub fn into_held(self) -> Held {
        self.held
    }

    /// Returns the root value of the body.
    ///
    /// # Errors
    /// Returns a bad request with the position if the text is not JSON, or if it is an object with
    /// a guarded member that the route doesn't read.
    pub fn root(&self) -> Result<Node<'_>, BadRequest> {
        if self.text.trim().is_empty() {
            return Err(BadRequest::new("the body is empty; send a JSON object"));
        }
        let raw: &RawValue = serde_json::from_str(&self.text)
            .map_err(|error| BadRequest::new(format!("the body is not valid JSON: {error}")))?;
        let root = Node {
            path: String::new(),
            raw,
        };
        if let Some(read) = self.read
            && root.is_object()
        {
            guarded_members::check(&root.object()?, read)?;
        }
        Ok(root)
    }

    /// Returns the root value of the body as an object.
    ///
    /// # Errors
    /// As [`Document::root`]; also if the text is not a JSON object.
    pub fn object(&self) -> Result<Object<'_>, BadRequest> {
        self.root()?.object()
    }
}

/// One value of a document, and the path to it.
#[derive(Debug, Clone)]
pub struct Node<'a> {
    path: String,
    raw: &'a RawValue,
}

/// An object whose members are looked up by name.
#[derive(Debug)]
pub struct Object<'a> {
    path: String,
    members: Vec<(Cow<'a, str>, &'a RawValue)>,
}

impl<'a> Node<'a> {
    /// Returns the position of the value for a message: `the member "a.b"`, or `the body`.
    fn place(&self) -> String {
        place(&self.path)
    }

    fn wrong(&self, wanted: &str) -> BadRequest {
        let kind = match self.raw.get().bytes().next() {
            Some(b'{') => "an object",
            Some(b'[') => "an array",
            Some(b'"') => "a string",
            Some(b't' | b'f') => "a boolean",
            Some(b'n') => "null",
            _ => "a number",
        };
        BadRequest::new(format!("{} is {kind}; it must be {wanted}", self.place()))
    }

    fn read<T: Deserialize<'a>>(&self, wanted: &str) -> Result<T, BadRequest> {
        serde_json::from_str(self.raw.get()).map_err(|_| self.wrong(wanted))
    }

    /// Returns whether the value is null.
    pub fn is_null(&self) -> bool {
        self.raw.get() == "null"
    }

    /// Returns whether the value is an array.
    pub fn is_array(&self) -> bool {
        self.raw.get().starts_with('[')
    }

    /// Returns whether the value is an object.
    pub fn is_object(&self) -> bool {
        self.raw.get().starts_with('{')
    }

    /// Returns the path to the value, for messages about what its text means.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the JSON text of the value, as it was sent.
    pub fn raw(&self) -> &'a str {
        self.raw.get()
    }

    /// Reads the value as a string.
    ///
    /// # Errors
    /// Returns a bad request for another type.
    pub fn string(&self) -> Result<String, BadRequest> {
        if !self.raw.get().starts_with('"') {
            return Err(self.wrong("a string"));
        }
        // A lone surrogate is valid JSON, but not a valid text.
        serde_json::from_str(self.raw.get()).map_err(|_| {
            BadRequest::new(format!("{} is not text that Unicode knows", self.place()))
        })
    }

    /// Reads the value as a boolean.
    ///
    /// # Errors
    /// Returns a bad request for another type.
    pub fn boolean(&self) -> Result<bool, BadRequest> {
        self.read("true or false")
    }

    /// Reads the value as a whole number from 0.
    ///
    /// # Errors
    /// Returns a bad request for another type, a fraction, or a number that is too large.
    pub fn number(&self) -> Result<u64, BadRequest> {
        self.read("a whole number")
    }

    /// Reads the number of a version: a whole number, or its digits in a string, as scripts send
    /// them. A number that is too large becomes the greatest, which no version has.
    ///
    /// # Errors
    /// Returns a bad request for another type, and for a string that isn't a whole number.
    pub fn version_number(&self) -> Result<u32, BadRequest> {
        let wrong = || self.wrong("a whole number");
        let number = if self.raw.get().starts_with('"') {
            let text = self.string()?;
            let is_number = !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit());
            // Parsing can fail here only because the number is too large.
            is_number
                .then(|| text.parse().unwrap_or(u64::MAX))
                .ok_or_else(wrong)?
        } else {
            self.read::<u64>("a whole number")?
        };
        Ok(u32::try_from(number).unwrap_or(u32::MAX))
    }

    /// Reads a string, or a number as its digits: ids are sent in both forms.
    ///
    /// # Errors
    /// Returns a bad request for another type.
    pub fn id_text(&self) -> Result<String, BadRequest> {
        if self.raw.get().starts_with('"') {
            return self.string();
        }
        self.number()
            .map(|number| number.to_string())
            .map_err(|_| self.wrong("an id"))
    }

    /// Reads the value as an object.
    ///
    /// # Errors
    /// Returns a bad request for another type, or for more members than are read.
    pub fn object(&self) -> Result<Object<'a>, BadRequest> {
        if !self.is_object() {
            return Err(self.wrong("an object"));
        }
        let Members(members) = serde_json::from_str(self.raw.get()).map_err(|_| self.too_wide())?;
        Ok(Object {
            path: self.path.clone(),
            members,
        })
    }

    /// Reads the value as an array.
    ///
    /// # Errors
    /// Returns a bad request for another type, or for more elements than are read.
    pub fn array(&self) -> Result<Vec<Node<'a>>, BadRequest> {
        if !self.is_array() {
            return Err(self.wrong("an array"));
        }
        let Elements(elements) =
            serde_json::from_str(self.raw.get()).map_err(|_| self.too_wide())?;
        let node = |(n, raw)| Node {
            path: format!("{}[{n}]", self.path),
            raw,
        };
        Ok(elements.into_iter().enumerate().map(node).collect())
    }

    fn too_wide(&self) -> BadRequest {
        let what = self.place();
        BadRequest::new(format!(
            "{what} has more than {WIDEST} entries; send fewer at once"
        ))
    }
}

impl<'a> Object<'a> {
    fn child(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        }
    }

    fn find(&self, name: &str) -> Result<Option<Node<'a>>, BadRequest> {
        let mut found = self.members.iter().filter(|(member, _)| member == name);
        let first = found.next();
        if found.next().is_some() {
            let place = place(&self.child(name));
            return Err(BadRequest::new(format!(
                "{place} is repeated; send it once"
            )));
        }
        Ok(first.map(|(_, raw)| Node {
            path: self.child(name),
            raw,
        }))
    }

    /// Returns a member that must be present.
    ///
    /// # Errors
    /// Returns a bad request if it is missing, null or repeated.
    pub fn required(&self, name: &str) -> Result<Node<'a>, BadRequest> {
        let node = self
            .find(name)?
            .ok_or_else(|| BadRequest::new(format!("{} is missing", place(&self.child(name)))))?;
        if node.is_null() {
            return Err(BadRequest::new(format!(
                "{} is null; it must have a value",
                node.place()
            )));
        }
        Ok(node)
    }

    /// Returns a member, or `None` if it is missing or null.
    ///
    /// # Errors
    /// Returns a bad request if it is repeated.
    pub fn optional(&self, name: &str) -> Result<Option<Node<'a>>, BadRequest> {
        Ok(self.find(name)?.filter(|node| !node.is_null()))
    }

    /// Returns the names of the members, including repeated ones.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.members.iter().map(|(name, _)| name.as_ref())
    }
}

fn place(path: &str) -> String {
    if path.is_empty() {
        "the body".into()
    } else {
        format!("the member \"{path}\"")
    }
}

struct Members<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

/// A member's name, borrowed unless it is written with escapes.
struct Name<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Name<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl<'de> Visitor<'de> for Text {
            type Value = Cow<'de, str>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }
            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Cow::Borrowed(text))
            }
            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Cow::Owned(text.to_owned()))
            }
        }
        deserializer.deserialize_str(Text).map(Name)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Vec<(Cow<'de, str>, &'de RawValue)>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some((Name(name), raw)) = map.next_entry()? {
                    if members.len() == WIDEST {
                        return Err(A::Error::custom("too wide"));
                    }
                    members.push((name, raw));
                }
                Ok(members)
            }
        }
        deserializer.deserialize_map(Reader).map(Members)
    }
}

struct Elements<'a>(Vec<&'a RawValue>);

impl<'de: 'a, 'a> Deserialize<'de> for Elements<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Vec<&'de RawValue>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an array")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut elements = Vec::new();
                while let Some(raw) = seq.next_element()? {
                    if elements.len() == WIDEST {
                        return Err(A::Error::custom("too wide"));
                    }
                    elements.push(raw);
                }
                Ok(elements)
            }
        }
        deserializer.deserialize_seq(Reader).map(Elements)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(text: &str) -> Document {
        Document::new(Bytes::copy_from_slice(text.as_bytes()), Held::default()).unwrap()
    }

    fn message<T: fmt::Debug>(read: Result<T, BadRequest>) -> String {
        read.unwrap_err().to_string()
    }

    #[test]
    fn a_refusal_names_the_member_that_is_missing_null_wrongly_typed_or_repeated() {
        let body = document(r#"{"a":{"b":null,"c":1,"d":"x","\u0064":"y"}}"#);
        let a = body
            .object()
            .unwrap()
            .required("a")
            .unwrap()
            .object()
            .unwrap();
        assert_eq!(message(a.required("x")), "the member \"a.x\" is missing");
        assert_eq!(
            message(a.required("b")),
            "the member \"a.b\" is null; it must have a value"
        );
        assert_eq!(
            message(a.required("c").unwrap().string()),
            "the member \"a.c\" is a number; it must be a string"
        );
        assert_eq!(
            message(a.optional("d")),
            "the member \"a.d\" is repeated; send it once"
        );
        assert!(a.optional("b").unwrap().is_none());
    }

    #[test]
    fn the_number_of_a_version_may_be_written_as_text() {
        let read = |value: &str| {
            let body = document(&format!("{{\"number\":{value}}}"));
            let number = body.object().unwrap().required("number").unwrap();
            number.version_number()
        };
        assert_eq!(read("2"), Ok(2));
        assert_eq!(read("\"2\""), Ok(2));
        assert_eq!(read("99999999999"), Ok(u32::MAX));
        assert_eq!(read("\"99999999999999999999999\""), Ok(u32::MAX));
        for garbage in [
            "\"\"", "\"two\"", "\" 2\"", "\"+2\"", "\"2.0\"", "-1", "2.5", "true",
        ] {
            let refused = read(garbage).unwrap_err().to_string();
            assert!(
                refused.contains("must be a whole number"),
                "{garbage}: {refused}"
            );
        }
    }

    #[test]
    fn a_member_that_nobody_reads_may_be_anything() {
        let deep = format!(
            "{{\"x\":{}{},\"key\":\"K\"}}",
            "[".repeat(100_000),
            "]".repeat(100_000)
        );
        let body = document(&deep);
        assert_eq!(
            body.object()
                .unwrap()
                .required("key")
                .unwrap()
                .string()
                .unwrap(),
            "K"
        );
    }

    #[test]
    fn what_is_no_json_object_is_refused_with_the_place() {
        for text in ["", " ", "{", "[1", "{\"a\":1}x", "{\"a\":01}"] {
            assert!(document(text).object().is_err(), "{text:?}");
        }
        assert_eq!(
            message(document("[]").object()),
            "the body is an array; it must be an object"
        );
        let bytes = Bytes::from_static(b"{\"a\":\"\xff\"}");
        assert!(Document::new(bytes, Held::default()).is_err());
    }

    #[test]
    fn a_lone_surrogate_is_refused_and_not_a_panic() {
        let body = document(r#"{"a":"\ud800"}"#);
        assert!(
            body.object()
                .unwrap()
                .required("a")
                .unwrap()
                .string()
                .is_err()
        );
    }

    #[test]
    fn an_object_that_is_too_wide_is_refused() {
        let wide = format!("{{{}\"z\":1}}", "\"a\":1,".repeat(WIDEST));
        assert!(message(document(&wide).object()).contains("more than 10000"));
    }
}
