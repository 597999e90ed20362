//! Finds citations in texts.

/// A citation in a text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Citation {
    /// The line where the citation begins, from 1.
    pub(crate) line: usize,
    /// The number or name that is cited: "2.6", "2a", "226", "A05".
    pub(crate) name: String,
}

/// Returns the rules and sections of the law that a text cites: "law 2.6", "laws 2.6 and 7.4",
/// "laws 2.20 to 2.23".
pub(crate) fn laws(text: &str) -> Vec<Citation> {
    cited(text, "law", law_number)
}

/// Returns the decisions that a text cites: "decision 226", "decisions 241 to 244".
pub(crate) fn decisions(text: &str) -> Vec<Citation> {
    cited(text, "decision", decision_number)
}

/// Returns the attack classes that a text cites: "A05".
pub(crate) fn attack_classes(text: &str) -> Vec<Citation> {
    let classes = text.match_indices('A').filter_map(|(at, _)| {
        let digits = digits(&text[at + 1..]);
        let name = &text[at..at + 1 + digits];
        let whole = matches!(digits, 2 | 3)
            && !text[..at].ends_with(|c| is_of_word(c) || matches!(c, '%' | '='))
            && !text[at + name.len()..].starts_with(is_of_word);
        whole.then(|| Citation {
            line: line_at(text, at),
            name: name.to_owned(),
        })
    });
    classes.collect()
}

/// Returns the number of a section if a line of the law is its heading: "## 2. Seeing".
pub(crate) fn heading(line: &str) -> Option<&str> {
    let heading = line.trim_start_matches('#');
    if heading.len() == line.len() {
        return None;
    }
    let (number, _) = heading.trim_start().split_once(['.', ' '])?;
    (law_number(number) == number.len() && !number.is_empty()).then_some(number)
}

/// Returns the number of a rule if a line of the law begins one, as "**2.6 The older rule.** ...",
/// or as such a first cell of a table's row.
pub(crate) fn rule(line: &str) -> Option<&str> {
    let bold = line.trim_start_matches("| ").strip_prefix("**")?;
    let (number, name) = bold.split_once(".**")?.0.split_once(' ')?;
    let is_rule = law_number(number) == number.len() && number.contains('.') && !name.is_empty();
    is_rule.then_some(number)
}

/// Finds a word, in the singular or the plural and in any case, with the numbers that follow it.
/// `number` returns how many bytes at the beginning of a text are a number.
fn cited(text: &str, word: &str, number: fn(&str) -> usize) -> Vec<Citation> {
    let mut found = Vec::new();
    let lower = text.to_ascii_lowercase();
    for (at, _) in lower.match_indices(word) {
        let after = &text[at + word.len()..];
        let after = after.strip_prefix(['s', 'S']).unwrap_or(after);
        let mut rest = gap(after);
        if text[..at].ends_with(|c| is_of_word(c) || c == '-') || rest.len() == after.len() {
            continue;
        }
        let (mut names, mut is_range): (Vec<String>, bool) = (Vec::new(), false);
        let line = line_at(text, at);
        loop {
            let length = number(rest);
            if length == 0 {
                break;
            }
            let (name, after) = rest.split_at(length);
            match names.last() {
                Some(first) if is_range => names.extend(following(first, name)),
                _ => names.push(name.to_owned()),
            }
            let Some((next, to)) = conjunction(after) else {
                break;
            };
            (rest, is_range) = (next, to);
        }
        let citations = names.into_iter().map(|name| Citation { line, name });
        found.extend(citations);
    }
    found
}

/// Returns the rest of a list of numbers after a comma, "and", "or" or "to", and whether it was
/// "to".
fn conjunction(text: &str) -> Option<(&str, bool)> {
    let after_comma = text.strip_prefix(',').unwrap_or(text);
    let rest = gap(after_comma);
    for word in ["and", "or", "to"] {
        if let Some(after) = rest.strip_prefix(word)
            && gap(after).len() < after.len()
        {
            return Some((gap(after), word == "to"));
        }
    }
    (after_comma.len() < text.len()).then_some((rest, false))
}

/// Returns the rest of a text after the white space at its beginning. This may include one end of a
/// line, and the mark that makes the next line a comment too.
fn gap(text: &str) -> &str {
    let rest = text.trim_start_matches([' ', '\t']);
    let Some(next) = rest.strip_prefix('\\').unwrap_or(rest).strip_prefix('\n') else {
        return rest;
    };
    let next = next.trim_start_matches([' ', '\t']);
    let marks = ["///", "//!", "//", "--", "#", "*"];
    let mark = marks.iter().find_map(|mark| next.strip_prefix(mark));
    mark.unwrap_or(next).trim_start_matches([' ', '\t'])
}

/// Returns the names of a range after its first one: "2.21" to "2.23" after "2.20". Returns only
/// the last name if the two aren't numbers of one kind.
fn following(first: &str, last: &str) -> Vec<String> {
    let split = |name: &str| {
        let at = name.rfind('.').map_or(0, |at| at + 1);
        let number: u32 = name[at..].parse().ok()?;
        Some((name[..at].to_owned(), number))
    };
    match (split(first), split(last)) {
        (Some((section, from)), Some((same, to))) if section == same && from < to => (from + 1
            ..=to)
            .map(|number| format!("{section}{number}"))
            .collect(),
        _ => vec![last.to_owned()],
    }
}

/// Returns the length of the number of a rule or section at the beginning of a text: "2.6", "2a",
/// "2a.9".
fn law_number(text: &str) -> usize {
    let mut length = digits(text);
    if length == 0 {
        return 0;
    }
    if text[length..].starts_with(|c: char| c.is_ascii_lowercase()) {
        length += 1;
    }
    let rule = text[length..].strip_prefix('.').map_or(0, digits);
    if rule > 0 {
        length += 1 + rule;
    }
    whole(text, length)
}

/// Returns the length of the number of a decision at the beginning of a text.
fn decision_number(text: &str) -> usize {
    whole(text, digits(text))
}

/// Returns the length, or 0 if the word continues after it.
fn whole(text: &str, length: usize) -> usize {
    if text[length..].starts_with(is_of_word) {
        0
    } else {
        length
    }
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn line_at(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::{Citation, attack_classes, decisions, heading, laws, rule};

    fn names(citations: Vec<Citation>) -> Vec<String> {
        citations.into_iter().map(|it| it.name).collect()
    }

    #[test]
    fn a_law_is_found_however_it_is_cited() {
        for (text, cited) in [
            ("(law 2.6)", &["2.6"][..]),
            ("It ends with law 2.", &["2"]),
            ("It ends with law 2.6.", &["2.6"]),
            ("law 2a", &["2a"]),
            ("Law 2a.9: who restricts", &["2a.9"]),
            ("laws 2.1 and 7.4", &["2.1", "7.4"]),
            ("LAWS 2.1, 2b.2, and 7.4, as ever", &["2.1", "2b.2", "7.4"]),
            ("laws 2 and 2a", &["2", "2a"]),
            ("laws 2.20 to 2.22", &["2.20", "2.21", "2.22"]),
            ("laws 1 to 3 and 5.1", &["1", "2", "3", "5.1"]),
            ("laws 2a.1 to 3.1", &["2a.1", "3.1"]),
            ("law 3.2, law 7.3", &["3.2", "7.3"]),
            ("law 5.6, which", &["5.6"]),
            ("    /// to people (law\n    /// 2.24)", &["2.24"]),
            (
                "//! (laws 2.1,\n//! 2.2 and\n//! 7.4)",
                &["2.1", "2.2", "7.4"],
            ),
            ("-- see law\n-- 2.24", &["2.24"]),
            ("    # see law\n    # 2.24", &["2.24"]),
            ("a page of prose, law\n2.24", &["2.24"]),
            ("\"a text (law \\\n    2.24)\"", &["2.24"]),
        ] {
            assert_eq!(names(laws(text)), cited, "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_law_is_none() {
        for text in [
            "outlaw 2",
            "by-law 2",
            "law_2",
            "law2.6",
            "laws",
            "the law",
            "law: 2",
            "law x 2",
            "lawn 2",
            "law 2nd",
            "law\n\n2.6",
            "applicable law or agreed to in writing",
        ] {
            assert_eq!(laws(text), [], "{text}");
        }
    }

    #[test]
    fn a_citation_of_nothing_is_found_too() {
        // The names are put together here, so that this file doesn't cite something that doesn't
        // exist.
        for name in ["9", "2c", "2.0", "7.8", "12.1"] {
            assert_eq!(names(laws(&format!("(law {name})"))), [name]);
        }
        assert_eq!(names(decisions(&format!("decision {}", 9999))), ["9999"]);
        let class = format!("A{}", 99);
        assert_eq!(names(attack_classes(&format!("({class})"))), [class]);
    }

    #[test]
    fn a_decision_is_found_however_it_is_cited() {
        for (text, cited) in [
            ("(decision 226)", &["226"][..]),
            ("Decisions 241 to 244.", &["241", "242", "243", "244"]),
            ("see decisions 12, 16 and 203", &["12", "16", "203"]),
            ("// by decision\n// 25", &["25"]),
        ] {
            assert_eq!(names(decisions(text)), cited, "{text}");
        }
        for text in [
            "indecision 2",
            "decision 2nd",
            "one decision",
            "decisions: 2",
        ] {
            assert_eq!(decisions(text), [], "{text}");
        }
    }

    #[test]
    fn an_attack_class_is_found_where_it_stands_alone() {
        assert_eq!(
            names(attack_classes("A05, A16: (A27)")),
            ["A05", "A16", "A27"]
        );
        for text in ["A1", "B05", "%A12", "=A12", "XA05", "A05x", "A0512", "A_05"] {
            assert_eq!(attack_classes(text), [], "{text}");
        }
    }

    #[test]
    fn a_citation_has_the_line_where_it_begins() {
        let line = |text| laws(text).first().map(|it| it.line);
        assert_eq!(line("law 2"), Some(1));
        assert_eq!(line("one\ntwo (law\n2.1)"), Some(2));
    }

    #[test]
    fn headings_and_rules_of_the_law_are_read() {
        assert_eq!(heading("## 1. Who asks: the tiers"), Some("1"));
        assert_eq!(heading("### 2a. Doing"), Some("2a"));
        assert_eq!(heading("# The law"), None);
        assert_eq!(heading("1. 401, with a header"), None);
        assert_eq!(rule("**2.6 The older rule.** While"), Some("2.6"));
        assert_eq!(rule("| **2a.4 Attach.** | create |"), Some("2a.4"));
        assert_eq!(rule("**How to cite.** A citation"), None);
        assert_eq!(rule("**2.6** no name"), None);
    }
}
