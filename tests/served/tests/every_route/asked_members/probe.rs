//! Proves by requests that a parameter or member is read, and that each of its values makes a
//! difference or is refused.
//!
//! It is read if a value of another type, or an unknown word, is refused by its name; or, for an
//! operation that only reads, if the response differs. A value makes a difference if its response
//! isn't that of another value, or of none. Where a request changes something, a value that is
//! accepted while others are refused counts as used.

use super::asked::{Asked, BOGUS, Place};
use super::furnished::Furnished;
use narthex_served::table::{Entry, Near};
use narthex_served::{Aim, Ask, Told, Who};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The people who send the requests: between them they may do everything.
const ASKERS: [Who; 3] = [Who::Ada, Who::Olga, Who::Sid];

/// The things that the operations below an address are tried on.
const EXAMPLES: [(&str, &str); 1] = [("/blogposts/{", "News")];
/// The prefix of operations about an inline comment.
const INLINE: &str = "/inline-comments/{";
/// The prefix of operations about one task.
const TASK: &str = "/wiki/api/v2/tasks/{";

/// The most ways of an operation that are tried.
const MAX_WAYS: usize = 6;

/// Everything that an object of some response can expand.
const EXPANDED: &str = "body.storage,body,version,history,space,content,ancestors,operations,\
    personalSpace,container,metadata.labels,children.page,settings,content.version,content.space";

/// A response without the parts that only repeat the request.
type Shown = (u16, String);

/// Sends requests to a world that is made anew when something has disappeared from it.
pub(super) struct Prober {
    furnished: Furnished,
    is_changed: bool,
}

impl Prober {
    pub(super) async fn new() -> Self {
        Self {
            furnished: Furnished::new().await,
            is_changed: false,
        }
    }

    /// Returns the lines of the parameter or member, and of its values, for which requests prove
    /// nothing.
    pub(super) async fn unproved(&mut self, entry: &Entry, asked: &Asked) -> BTreeSet<String> {
        if asked.place == Place::Part {
            return BTreeSet::from([asked.line()]);
        }
        let only_reads = entry.method == "GET";
        let is_typed = self.refuses(entry, asked, &asked.bogus()).await;
        if !is_typed && !self.differs(entry, asked).await {
            return BTreeSet::from([asked.line()]);
        }
        let words: &[&str] = match asked.kind {
            "boolean" if only_reads => &["true", "false"],
            _ => &asked.words,
        };
        if words.is_empty() {
            return BTreeSet::new();
        }
        let passes_over =
            asked.kind != "boolean" && !self.refuses(entry, asked, &json!(BOGUS)).await;
        let mut unproved = BTreeSet::new();
        let mut taken = Vec::new();
        for word in words {
            if self.refuses(entry, asked, &json!(word)).await {
                unproved.insert(asked.line_of(word));
            } else {
                taken.push(*word);
            }
        }
        if taken.is_empty() && !passes_over {
            // It is refused, whatever is sent.
            return BTreeSet::new();
        }
        if only_reads {
            let none = if passes_over { Some(BOGUS) } else { None };
            unproved.extend(self.without_effect(entry, asked, none, &taken).await);
        } else if passes_over {
            return BTreeSet::from([asked.line()]);
        }
        unproved
    }

    /// Returns the values whose responses equal those of no value, and of all others.
    async fn without_effect(
        &mut self,
        entry: &Entry,
        asked: &Asked,
        none: Option<&str>,
        words: &[&str],
    ) -> Vec<String> {
        let mut answers: BTreeMap<&str, Vec<Shown>> = BTreeMap::new();
        for word in words {
            answers.insert(word, self.shown(entry, Some((asked, word))).await);
        }
        let plain = match none {
            Some(word) => self.shown(entry, Some((asked, word))).await,
            None => self.shown(entry, None).await,
        };
        // With fewer than two entries no order is visible.
        let is_unordered =
            matches!(asked.name, "sort") && answers.values().all(|all| is_short(all));
        let is_like_all = |word: &&&str| {
            let own = &answers[**word];
            // Where an unknown word is ignored, each value must have an effect by itself.
            !is_unordered
                && *own == plain
                && (none.is_some() || answers.values().all(|other| other == own))
        };
        let idle = words.iter().filter(is_like_all);
        let idle: Vec<&str> = idle.copied().collect();
        match asked.kind {
            "boolean" if idle.is_empty() => Vec::new(),
            "boolean" => vec![asked.line()],
            _ => idle.into_iter().map(|word| asked.line_of(word)).collect(),
        }
    }

    /// Returns whether an unknown value (or, for an expansion, everything that exists) gets another
    /// response than none. For an operation that changes something, the status must differ.
    async fn differs(&mut self, entry: &Entry, asked: &Asked) -> bool {
        let only_reads = entry.method == "GET";
        if asked.place != Place::Query {
            return false;
        }
        let value = match asked.name {
            "expand" => EXPANDED,
            _ => BOGUS,
        };
        let with = self.shown(entry, Some((asked, value))).await;
        if only_reads {
            return with != self.shown(entry, None).await;
        }
        let taken = |all: &[Shown]| all.iter().filter(|(status, _)| *status < 400).count();
        let plain = self.shown(entry, None).await;
        taken(&with) < taken(&plain)
    }

    /// Returns the responses to all ways to call the operation.
    async fn shown(&mut self, entry: &Entry, with: Option<(&Asked, &str)>) -> Vec<Shown> {
        let mut all = Vec::new();
        for way in 0..self.ways(entry).len().min(MAX_WAYS) {
            let sent = |like: &Ask| match with {
                Some((asked, word)) => asked.sent(like, &json!(word)),
                None => like.clone(),
            };
            for actor in ASKERS {
                let told = self.send(entry, actor, way, sent).await;
                all.push(shown(&told));
                if !is_kept_from(&told) {
                    break;
                }
            }
        }
        all
    }

    /// Returns whether a value is refused by the name of its parameter or member.
    async fn refuses(&mut self, entry: &Entry, asked: &Asked, value: &Value) -> bool {
        for way in 0..self.ways(entry).len().min(MAX_WAYS) {
            let sent = |like: &Ask| asked.sent(like, value);
            for actor in ASKERS {
                let told = self.send(entry, actor, way, sent).await;
                if asked.is_named_in(&told) {
                    return true;
                }
                if !is_kept_from(&told) {
                    break;
                }
            }
        }
        false
    }

    /// Returns a thing for an operation, of the kind that its address says.
    fn aim(&self, entry: &Entry) -> &Aim {
        for (part, name) in EXAMPLES {
            if entry.template.contains(part) {
                return self.furnished.world.aim(name);
            }
        }
        match entry.template {
            template if template.contains(INLINE) => &self.furnished.inline,
            template if template.starts_with(TASK) => &self.furnished.task,
            _ => self.furnished.world.example(entry.about),
        }
    }

    fn ways(&self, entry: &Entry) -> Vec<Ask> {
        entry.asks(self.aim(entry), &Near::of(&self.furnished.world))
    }

    async fn send(
        &mut self,
        entry: &Entry,
        actor: Who,
        way: usize,
        ask: impl Fn(&Ask) -> Ask,
    ) -> Told {
        loop {
            let like = self.ways(entry).swap_remove(way);
            let actor = self.furnished.world.actor(actor);
            let ask = ask(&like);
            let told = self.furnished.world.served.ask(&actor, &ask).await;
            assert!(told.status < 500, "{ask}: {}", told.text());
            if told.status == 404 && self.is_changed && !self.has_all_of(entry).await {
                self.furnished = Furnished::new().await;
                self.is_changed = false;
                continue;
            }
            self.is_changed |= entry.method != "GET" && told.status < 300;
            return told;
        }
    }

    /// Returns whether the things that an operation is about still exist.
    async fn has_all_of(&self, entry: &Entry) -> bool {
        let aim = self.aim(entry);
        let ada = self.furnished.world.actor(Who::Ada);
        for (all, id) in [
            ("content/", &aim.page),
            ("content/", &aim.comment),
            ("content/", &aim.attachment),
            ("space/", &aim.key),
            ("template/", &aim.template),
            ("group/by-id?id=", &aim.group),
        ] {
            let path = format!("/wiki/rest/api/{all}{id}");
            if !id.is_empty() && self.furnished.world.served.get(&ada, &path).await.status != 200 {
                return false;
            }
        }
        true
    }
}

/// Returns whether the responses are lists of less than two entries.
fn is_short(answers: &[Shown]) -> bool {
    answers.iter().all(|(_, text)| {
        let json: Value = serde_json::from_str(text).unwrap_or_default();
        json["results"].as_array().is_none_or(|all| all.len() < 2)
    })
}

/// Returns whether somebody else may get further.
fn is_kept_from(told: &Told) -> bool {
    matches!(told.status, 401 | 403 | 404)
}

/// Returns status and body without links, which contain the request.
fn shown(told: &Told) -> Shown {
    let text = match serde_json::from_slice::<Value>(&told.body) {
        Ok(mut json) => {
            without_links(&mut json);
            json.to_string()
        }
        Err(_) => told.text(),
    };
    (told.status, text)
}

fn without_links(json: &mut Value) {
    match json {
        Value::Object(members) => {
            members.remove("_links");
            members.values_mut().for_each(without_links);
        }
        Value::Array(elements) => elements.iter_mut().for_each(without_links),
        _ => {}
    }
}
