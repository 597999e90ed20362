//! The order of titles, as people sort them: without case, and numbers by their value. Siblings in
//! the page tree that nobody has moved are in this order.

use alloc::sync::Arc;
use core::cmp::Ordering;
use core::iter::Peekable;

/// Compares two titles for sorting: without case, and runs of digits by their value, so that
/// *Chapter 9* comes before *chapter 10*. Titles that are equal in this order are compared by their
/// characters.
#[must_use]
pub fn compare_titles(a: &str, b: &str) -> Ordering {
    natural(a, b).then_with(|| a.cmp(b))
}

fn natural(a: &str, b: &str) -> Ordering {
    let lower = |text| str::chars(text).flat_map(char::to_lowercase).peekable();
    let (mut a, mut b) = (lower(a), lower(b));
    loop {
        let (Some(one), Some(other)) = (a.peek(), b.peek()) else {
            // The shorter one comes first.
            return a.peek().is_some().cmp(&b.peek().is_some());
        };
        let order = match one.is_ascii_digit() && other.is_ascii_digit() {
            true => numbers(&mut a, &mut b),
            false => {
                let order = one.cmp(other);
                a.next();
                b.next();
                order
            }
        };
        if order.is_ne() {
            return order;
        }
    }
}

/// Compares the numbers, of any length, that two texts continue with, and moves past them.
fn numbers(
    a: &mut Peekable<impl Iterator<Item = char>>,
    b: &mut Peekable<impl Iterator<Item = char>>,
) -> Ordering {
    while a.next_if_eq(&'0').is_some() {}
    while b.next_if_eq(&'0').is_some() {}
    let mut first_difference = Ordering::Equal;
    loop {
        let (one, other) = (
            a.next_if(char::is_ascii_digit),
            b.next_if(char::is_ascii_digit),
        );
        match (one, other) {
            (None, None) => return first_difference,
            // The longer number is the greater one.
            (Some(_), None) => return Ordering::Greater,
            (None, Some(_)) => return Ordering::Less,
            (Some(one), Some(other)) => {
                first_difference = first_difference.then(one.cmp(&other));
            }
        }
    }
}

/// A title as a part of a key that is sorted by titles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ByTitle(pub(crate) Arc<str>);

impl Ord for ByTitle {
    fn cmp(&self, other: &Self) -> Ordering {
        compare_titles(&self.0, &other.0)
    }
}

impl PartialOrd for ByTitle {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    #[test]
    fn titles_are_sorted_without_case_and_numbers_by_their_value() {
        let sorted = vec![
            "",
            " a",
            "01 Intro",
            "1 intro",
            "2",
            "10",
            "99999999999999999999998",
            "99999999999999999999999",
            "alpha",
            "Beta",
            "beta 2 b",
            "Beta 2a",
            "beta 10",
            "Éa",
            "éb",
        ];
        let mut titles = sorted.clone();
        titles.reverse();
        titles.sort_by(|a, b| compare_titles(a, b));
        assert_eq!(titles, sorted);
    }

    #[test]
    fn titles_are_equal_only_if_they_are_the_same() {
        for (a, b) in [("a", "A"), ("1", "01"), ("x 1", "x 001")] {
            assert!(natural(a, b).is_eq());
            assert!(compare_titles(a, b).is_ne());
            assert_eq!(compare_titles(a, b), compare_titles(b, a).reverse());
        }
        assert!(compare_titles("a", "a").is_eq());
    }
}
