//! Reads documents as JSON text, block by block, so that a long one is never in memory as a tree,
//! and no deeper than storage format nests.

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::fmt;

use super::AdfError;
use crate::storage::{MAX_DEPTH, ParseError};

/// The maximum nesting of a block's JSON: an element of storage format is a node and its content a
/// list, and the marks and parameters of the innermost add levels of their own.
const MAX_NESTING: usize = 2 * MAX_DEPTH + 32;

/// The maximum memory for the tree of a block, in bytes, approximately: enough for a table of some
/// thirteen thousand cells.
const MAX_TREE_BYTES: usize = 40 * 1024 * 1024;

/// The memory that an object takes in a tree, and an item of a list, which grows by doubling.
const OBJECT_BYTES: usize = 640;
const ITEM_BYTES: usize = 64;

/// The number of levels that one reader of the JSON library reads; the library has a limit of its
/// own.
const LEVELS_AT_ONCE: usize = 100;

/// Reads a value, unless it nests too deep or is too large.
pub(super) fn value(json: &str) -> Result<Value, AdfError> {
    let shape = Shape::of(json);
    if shape.nesting > MAX_NESTING {
        return Err(ParseError::TooDeep.into());
    }
    if shape.tree_bytes > MAX_TREE_BYTES {
        return Err(AdfError::BlockTooLarge);
    }
    if shape.nesting <= LEVELS_AT_ONCE {
        return Ok(serde_json::from_str(json)?);
    }
    let mut reader = serde_json::Deserializer::from_str(json);
    let left = LEVELS_AT_ONCE;
    let value = Deep { left }.deserialize(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// Reads each block of a document.
///
/// # Errors
/// Fails if the text isn't a document, or if `read` fails.
pub(super) fn each_block(
    json: &str,
    read: &mut dyn FnMut(Value) -> Result<(), AdfError>,
) -> Result<(), AdfError> {
    let (mut is_document, mut content) = (false, None);
    let root: &RawValue = serde_json::from_str(json)?;
    if root.get().starts_with('{') {
        each(root.get(), &mut |name, member| {
            match name {
                "type" => is_document = value(member)?.as_str() == Some("doc"),
                "content" => content = Some(member),
                _ => {}
            }
            Ok(())
        })?;
    }
    match content.filter(|content| is_document && content.starts_with('[')) {
        Some(content) => each(content, &mut |_, block| read(value(block)?)),
        None => Err(AdfError::NotADocument),
    }
}

/// Returns a document with `change` applied to its blocks and other members; `change` returns
/// whether it changed anything. `None` if nothing was changed.
pub(crate) fn changed(
    json: &str,
    change: &mut dyn FnMut(&mut Value) -> bool,
) -> Result<Option<String>, AdfError> {
    let mut any = false;
    let mut piece = |json: &str, out: &mut String| -> Result<(), AdfError> {
        let mut value = value(json)?;
        match change(&mut value) {
            true => {
                any = true;
                out.push_str(&value.to_string());
            }
            false => out.push_str(json),
        }
        Ok(())
    };
    let root: &RawValue = serde_json::from_str(json)?;
    let mut out = String::with_capacity(json.len());
    if root.get().starts_with('{') {
        out.push('{');
        each(root.get(), &mut |name, member| {
            separate(&mut out);
            out.push_str(&Value::from(name).to_string());
            out.push(':');
            if name != "content" || !member.starts_with('[') {
                return piece(member, &mut out);
            }
            out.push('[');
            each(member, &mut |_, block| {
                separate(&mut out);
                piece(block, &mut out)
            })?;
            out.push(']');
            Ok(())
        })?;
        out.push('}');
    } else {
        piece(root.get(), &mut out)?;
    }
    Ok(any.then_some(out))
}

/// Writes the comma before a further member or item, if one is needed.
pub(super) fn separate(out: &mut String) {
    if !out.ends_with(['{', '[', ':']) && !out.is_empty() {
        out.push(',');
    }
}

/// The size of a value as a tree, computed from its text.
struct Shape {
    /// How deep its lists and objects nest.
    nesting: usize,
    /// The memory that it would take, without its texts, approximately, in bytes.
    tree_bytes: usize,
}

impl Shape {
    fn of(json: &str) -> Self {
        let (mut depth, mut nesting, mut tree_bytes) = (0_usize, 0, 0);
        let (mut is_text, mut is_escaped) = (false, false);
        for byte in json.bytes() {
            match byte {
                _ if is_escaped => is_escaped = false,
                b'\\' => is_escaped = is_text,
                b'"' => is_text = !is_text,
                _ if is_text => {}
                b'{' | b'[' => {
                    depth += 1;
                    nesting = nesting.max(depth);
                    tree_bytes += if byte == b'{' {
                        OBJECT_BYTES
                    } else {
                        ITEM_BYTES
                    };
                }
                b'}' | b']' => depth = depth.saturating_sub(1),
                b',' => tree_bytes += ITEM_BYTES,
                _ => {}
            }
        }
        Self {
            nesting,
            tree_bytes,
        }
    }
}

/// Receives a member's name (empty for an item of a list) and its JSON.
type Each<'f, 'j> = dyn FnMut(&str, &'j str) -> Result<(), AdfError> + 'f;

/// Calls `read` for each member of an object or item of a list.
fn each<'j>(json: &'j str, read: &mut Each<'_, 'j>) -> Result<(), AdfError> {
    struct Members<'r, 'f, 'j> {
        read: &'r mut Each<'f, 'j>,
        failed: &'r mut Option<AdfError>,
    }

    impl<'j> Members<'_, '_, 'j> {
        fn read<E: Error>(&mut self, name: &str, json: &'j RawValue) -> Result<(), E> {
            (self.read)(name, json.get()).map_err(|error| {
                let message = E::custom(&error);
                *self.failed = Some(error);
                message
            })
        }
    }

    impl<'j> Visitor<'j> for Members<'_, '_, 'j> {
        type Value = ();

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object or a list")
        }

        fn visit_map<A: MapAccess<'j>>(mut self, mut members: A) -> Result<(), A::Error> {
            while let Some(name) = members.next_key::<String>()? {
                self.read(&name, members.next_value()?)?;
            }
            Ok(())
        }

        fn visit_seq<A: SeqAccess<'j>>(mut self, mut items: A) -> Result<(), A::Error> {
            while let Some(item) = items.next_element()? {
                self.read("", item)?;
            }
            Ok(())
        }
    }

    let mut failed = None;
    let mut reader = serde_json::Deserializer::from_str(json);
    let members = Members {
        read,
        failed: &mut failed,
    };
    let read = reader.deserialize_any(members);
    match failed {
        Some(error) => Err(error),
        None => Ok(read?),
    }
}

/// Reads a value that is deeper than the JSON library reads at once.
struct Deep {
    left: usize,
}

impl<'j> DeserializeSeed<'j> for Deep {
    type Value = Value;

    fn deserialize<D: Deserializer<'j>>(self, reader: D) -> Result<Value, D::Error> {
        if self.left > 0 {
            return reader.deserialize_any(self);
        }
        let rest: &RawValue = serde::Deserialize::deserialize(reader)?;
        let left = LEVELS_AT_ONCE;
        Deep { left }
            .deserialize(&mut serde_json::Deserializer::from_str(rest.get()))
            .map_err(Error::custom)
    }
}

impl<'j> Visitor<'j> for Deep {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'j>>(self, mut items: A) -> Result<Value, A::Error> {
        let left = self.left - 1;
        let mut all = Vec::new();
        while let Some(item) = items.next_element_seed(Deep { left })? {
            all.push(item);
        }
        Ok(Value::Array(all))
    }

    fn visit_map<A: MapAccess<'j>>(self, mut members: A) -> Result<Value, A::Error> {
        let left = self.left - 1;
        let mut all = Map::new();
        while let Some(name) = members.next_key()? {
            all.insert(name, members.next_value_seed(Deep { left })?);
        }
        Ok(Value::Object(all))
    }
}

/// Returns whether a text is the JSON of a value, whatever the order of its members. No tree is
/// made of the text.
pub(super) fn is_json_of(text: &str, value: &Value) -> bool {
    let mut reader = serde_json::Deserializer::from_str(text);
    let left = LEVELS_AT_ONCE;
    (Same { value, left }).deserialize(&mut reader).is_ok() && reader.end().is_ok()
}

/// Deserializes only this value, and fails for any other.
struct Same<'v> {
    value: &'v Value,
    left: usize,
}

impl<'v> Same<'v> {
    fn if_so<E: Error>(&self, is_same: bool) -> Result<(), E> {
        match is_same {
            true => Ok(()),
            false => Err(E::custom("another value")),
        }
    }

    fn within(&self, value: Option<&'v Value>) -> Option<Self> {
        let left = self.left - 1;
        value.map(|value| Self { value, left })
    }
}

impl<'j> DeserializeSeed<'j> for Same<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'j>>(self, reader: D) -> Result<(), D::Error> {
        if self.left > 0 {
            return reader.deserialize_any(self);
        }
        let rest: &RawValue = serde::Deserialize::deserialize(reader)?;
        self.if_so(is_json_of(rest.get(), self.value))
    }
}

impl<'j> Visitor<'j> for Same<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a known value")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.if_so(self.value.is_null())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.if_so(*self.value == value)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.if_so(*self.value == value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.if_so(*self.value == value)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.if_so(self.value.is_f64() && *self.value == value)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        self.if_so(*self.value == value)
    }

    fn visit_seq<A: SeqAccess<'j>>(self, mut items: A) -> Result<(), A::Error> {
        let mut expected = self.value.as_array().into_iter().flatten();
        self.if_so(self.value.is_array())?;
        while let Some(item) = self.within(expected.next()) {
            self.if_so(items.next_element_seed(item)?.is_some())?;
        }
        let more: Option<serde::de::IgnoredAny> = items.next_element()?;
        self.if_so(more.is_none())
    }

    fn visit_map<A: MapAccess<'j>>(self, mut members: A) -> Result<(), A::Error> {
        let expected = self.value.as_object();
        let mut count = 0;
        while let Some(name) = members.next_key::<String>()? {
            let member = expected.and_then(|expected| expected.get(&name));
            let Some(member) = self.within(member) else {
                return self.if_so(false);
            };
            members.next_value_seed(member)?;
            count += 1;
        }
        self.if_so(expected.is_some_and(|expected| expected.len() == count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_deep_value_is_read_as_a_shallow_one_is() {
        let leaf = r#"{"a":[1,-2,2.5,null,true,"x\"]}"],"b":{}}"#;
        let expected: Value = serde_json::from_str(leaf).unwrap();
        for depth in [10, LEVELS_AT_ONCE - 2, LEVELS_AT_ONCE, 250, MAX_NESTING - 2] {
            let deep = format!("{}{leaf}{}", "[".repeat(depth), "]".repeat(depth));
            let mut read = value(&deep).unwrap();
            for _ in 0..depth {
                read = read.get_mut(0).unwrap().take();
            }
            assert_eq!(read, expected, "{depth}");
        }
        let too_deep = "[".repeat(MAX_NESTING + 1) + &"]".repeat(MAX_NESTING + 1);
        assert!(matches!(
            value(&too_deep),
            Err(AdfError::Storage(ParseError::TooDeep))
        ));
        assert!(value(&"[".repeat(200)).is_err());
    }

    #[test]
    fn a_block_of_more_nodes_than_memory_is_for_is_refused() {
        let list = |item: &str, count: usize| format!("[{}0]", format!("{item},").repeat(count));
        let most_objects = MAX_TREE_BYTES / (OBJECT_BYTES + ITEM_BYTES);
        let most_items = MAX_TREE_BYTES / ITEM_BYTES;
        for (item, most) in [
            ("{}", most_objects),
            ("7", most_items),
            ("[]", most_items / 2),
        ] {
            assert!(value(&list(item, most - 2)).is_ok(), "{item}");
            let refused = value(&list(item, most + 2));
            assert!(matches!(refused, Err(AdfError::BlockTooLarge)), "{item}");
        }
        // Brackets and commas inside a text don't count.
        let text = Value::from("{[,".repeat(most_items)).to_string();
        assert!(value(&text).is_ok());
    }

    #[test]
    fn a_text_is_compared_with_a_value_in_whatever_order_its_members_stand() {
        let value: Value =
            serde_json::from_str(r#"{"a":[1,-2,2.5,null,true,"x"],"b":{}}"#).unwrap();
        for same in [
            r#"{"b":{},"a":[1,-2,2.5,null,true,"x"]}"#,
            r#" {"a":[1,-2,2.5,null,true,"\u0078"],"b":{ }} "#,
        ] {
            assert!(is_json_of(same, &value), "{same}");
        }
        for other in [
            r#"{"a":[1,-2,2.5,null,true,"x"]}"#,
            r#"{"a":[1,-2,2.5,null,true,"x"],"b":{},"c":1}"#,
            r#"{"a":[1,-2,2.5,null,true],"b":{}}"#,
            r#"{"a":[1,-2,2.5,null,true,"x",7],"b":{}}"#,
            r#"{"a":[1.0,-2,2.5,null,true,"x"],"b":{}}"#,
            r#"{"a":[1,-2,2.5,null,false,"x"],"b":{}}"#,
            r#"{"a":[1,-2,2.5,null,true,"y"],"b":[]}"#,
            r#"{"a":[1,-2,2.5,null,true,"x"],"b":{}},{}"#,
            "",
            "[]",
        ] {
            assert!(!is_json_of(other, &value), "{other}");
        }
        let deep = |leaf: &str| format!("{}{leaf}{}", "[".repeat(250), "]".repeat(250));
        let value = super::value(&deep("1")).unwrap();
        assert!(is_json_of(&deep("1"), &value));
        assert!(!is_json_of(&deep("2"), &value));
    }

    #[test]
    fn what_is_not_changed_stays_as_it_was_sent() {
        let sent = r#"{ "type":"doc", "odd" : {"x": 1}, "content": [ {"a": 1}, {"b":2} ] }"#;
        let mut change = |value: &mut Value| {
            let is_a = value.get("a").is_some();
            if is_a {
                *value = json!({"a": 3});
            }
            is_a
        };
        let made = changed(sent, &mut change).unwrap();
        let wanted = r#"{"type":"doc","odd":{"x": 1},"content":[{"a":3},{"b":2}]}"#;
        assert_eq!(made.as_deref(), Some(wanted));
        assert_eq!(changed("[1, 2]", &mut change).unwrap(), None);
        assert!(changed("{", &mut change).is_err());
    }
}
