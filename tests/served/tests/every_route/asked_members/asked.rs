//! The parameters and members that requests may have, by the published documents.

use narthex_served::table::segment;
use narthex_served::{Ask, Told};
use serde_json::{Map, Value, json};

/// The list, as `tests/schemas/operations` writes it.
const ASKED: &str = include_str!("../../../operations/asked.txt");

/// A value that no parameter accepts.
pub(super) const BOGUS: &str = "bogus!";

/// Parameters that have a meaning only together with another.
const COMPANIONS: [(&str, &str); 2] = [
    ("principal-type", "principal-id=00000000000000000000ff01"),
    ("principal-id", "principal-type=USER"),
];

/// The part of a request that a value is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A parameter of the query.
    Query,
    /// A member of the JSON body.
    Body,
    /// A part of a form.
    Part,
}

/// A parameter, member or part.
pub(super) struct Asked {
    method: &'static str,
    path: &'static str,
    pub(super) place: Place,
    /// The name; for a member its path, such as `a.b[].c`.
    pub(super) name: &'static str,
    pub(super) kind: &'static str,
    /// The values that the document enumerates.
    pub(super) words: Vec<&'static str>,
}

impl Asked {
    /// Returns all of them.
    pub(super) fn all() -> Vec<Self> {
        let operations = ASKED.lines().filter(|line| !line.starts_with('#'));
        let all = operations.flat_map(|line| {
            let mut words = line.split(' ');
            let method = words.next().expect("a method");
            let path = words.next().expect("a path");
            words.map(move |word| Self::read(method, path, word))
        });
        all.collect()
    }

    fn read(method: &'static str, path: &'static str, word: &'static str) -> Self {
        let (name, kind) = word.split_once(':').expect("name:type");
        let (kind, words) = match kind.split_once('=') {
            Some((kind, words)) => (kind, words.split('|').collect()),
            None => (kind, Vec::new()),
        };
        let (place, name) = match name.split_at(1) {
            ("?", name) => (Place::Query, name),
            ("+", name) => (Place::Part, name),
            _ => (Place::Body, name),
        };
        Self {
            method,
            path,
            place,
            name,
            kind,
            words,
        }
    }

    /// Returns the operation, whatever the parameters of its path are called.
    pub(super) fn key(&self) -> String {
        key(self.method, self.path)
    }

    /// Returns its line in the lists.
    pub(super) fn line(&self) -> String {
        let mark = match self.place {
            Place::Query => "?",
            Place::Body => "",
            Place::Part => "+",
        };
        format!("{} {} {mark}{}", self.method, self.path, self.name)
    }

    /// Returns its line for one of its values.
    pub(super) fn line_of(&self, word: &str) -> String {
        format!("{}={word}", self.line())
    }

    /// Returns its line, and those of its values.
    pub(super) fn lines(&self) -> impl Iterator<Item = String> + '_ {
        let words = self.words.iter().map(|word| self.line_of(word));
        std::iter::once(self.line()).chain(words)
    }

    /// Returns whether a refusal names it: by the last part of its path in quotes, or by the whole
    /// path of the object that it is in.
    pub(super) fn is_named_in(&self, told: &Told) -> bool {
        let last = self.name.rsplit('.').next().unwrap_or(self.name);
        let last = last.trim_end_matches("[]");
        let text = told.text();
        let names = |before: &str, name: &str| {
            let ends = ["\\\"", "[0]\\\""].into_iter();
            let mut ends = ends.map(|end| format!("{before}{name}{end}"));
            ends.any(|named| text.contains(&named))
        };
        let steps = self.name.match_indices('.').map(|(at, _)| at);
        let mut above = steps.filter_map(|at| self.name.get(..at));
        told.status == 400
            && (names("\\\"", last)
                || names(".", last)
                || above.any(|path| {
                    let path = path.replace("[]", "[0]");
                    names("\\\"", path.trim_end_matches("[0]"))
                }))
    }

    /// Returns a value of another type, or a word that it doesn't have.
    pub(super) fn bogus(&self) -> Value {
        match self.kind {
            "object" | "array" => json!(7),
            _ => json!({ BOGUS: [] }),
        }
    }

    /// Removes the members of a body that conflict with it, and adds those that it needs.
    fn make_room(&self, body: &mut Value) {
        if self.name.starts_with("body.") {
            body["body"] = match self.name {
                "body.value" => json!({"representation": "storage"}),
                _ => json!({}),
            };
        }
        if self.name.starts_with("permissions[]") {
            body["permissions"] = json!([{
                "subjects": {"user": {"results": []}},
                "operation": {"operation": "read", "targetType": "space"},
                "anonymousAccess": false, "unlicensedAccess": false,
            }]);
        }
    }

    /// Returns a request in which it has this value.
    pub(super) fn sent(&self, like: &Ask, value: &Value) -> Ask {
        if self.place == Place::Body {
            let mut body = serde_json::from_slice(&like.body).unwrap_or_else(|_| json!({}));
            self.make_room(&mut body);
            set(&mut body, self.name, value);
            return like.clone().json(&body);
        }
        let text = value.as_str().unwrap_or(BOGUS);
        let (path, query) = like.path.split_once('?').unwrap_or((&like.path, ""));
        let other = |pair: &&str| !pair.is_empty() && pair.split('=').next() != Some(self.name);
        let mut pairs: Vec<String> = query.split('&').filter(other).map(str::to_owned).collect();
        pairs.push(format!("{}={}", self.name, segment(text)));
        pairs.extend(
            COMPANIONS
                .iter()
                .filter(|(of, _)| *of == self.name)
                .map(|(_, it)| (*it).to_owned()),
        );
        Ask {
            path: format!("{path}?{}", pairs.join("&")),
            ..like.clone()
        }
    }
}

/// Returns method and path, whatever the parameters of the path are called.
pub(super) fn key(method: &str, path: &str) -> String {
    let segments = path.split('/').map(|segment| {
        if segment.starts_with('{') {
            "{}"
        } else {
            segment
        }
    });
    format!("{method} {}", segments.collect::<Vec<_>>().join("/"))
}

/// Sets a value at a path such as `a.b[].c`, and adds missing objects above it.
fn set(body: &mut Value, path: &str, value: &Value) {
    let (step, rest) = match path.split_once('.') {
        Some((step, rest)) => (step, Some(rest)),
        None => (path, None),
    };
    let (name, is_list) = match step.strip_suffix("[]") {
        Some(name) => (name, true),
        None => (step, false),
    };
    let mut at = body;
    if !name.is_empty() {
        if !at.is_object() {
            *at = Value::Object(Map::new());
        }
        at = &mut at[name];
    }
    if is_list {
        if at.as_array().is_none_or(Vec::is_empty) {
            *at = json!([{}]);
        }
        at = &mut at[0];
    }
    match rest {
        Some(rest) => set(at, rest, value),
        None => *at = value.clone(),
    }
}
