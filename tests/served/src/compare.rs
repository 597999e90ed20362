//! Shows where two responses differ.

/// Returns the first line in which two texts differ, around the position of the difference; `None`
/// for equal ones.
pub fn first_difference(one: &str, other: &str) -> Option<String> {
    if one == other {
        return None;
    }
    let mut lines = one.lines().zip(other.lines()).enumerate();
    let differing = lines.find(|(_, (a, b))| a != b);
    let Some((number, (a, b))) = differing else {
        let (a, b) = (one.lines().count(), other.lines().count());
        return Some(format!(
            "equal as far as both go, but {a} lines ({} bytes) against {b} ({})",
            one.len(),
            other.len()
        ));
    };
    let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    Some(format!(
        "line {}, from character {}:\n    one:   {}\n    other: {}",
        number + 1,
        same + 1,
        excerpt(a, same),
        excerpt(b, same)
    ))
}

/// Returns the part of a line around a position.
fn excerpt(line: &str, at: usize) -> String {
    let from = at.saturating_sub(60);
    let before = if from > 0 { "…" } else { "" };
    let shown: String = line.chars().skip(from).take(160).collect();
    let after = if line.chars().count() > from + 160 {
        "…"
    } else {
        ""
    };
    format!("{before}{shown}{after}")
}
