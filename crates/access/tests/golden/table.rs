//! A table of every combination of conditions, printed for people to read.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// One kind of condition, with the names of its cases.
pub(crate) struct Condition {
    pub(crate) name: &'static str,
    pub(crate) cases: Vec<String>,
}

/// The cases of each condition that a line is about.
type Cases = Vec<BTreeSet<usize>>;

/// A table with a line for every combination of cases.
pub(crate) struct Table {
    pub(crate) conditions: Vec<Condition>,
    pub(crate) columns: Vec<&'static str>,
    lines: Vec<(Cases, Vec<String>)>,
}

impl Table {
    /// Makes a table. `cells` returns the cells of a combination of cases, which are given by their
    /// numbers.
    pub(crate) fn of(
        conditions: Vec<Condition>,
        columns: Vec<&'static str>,
        cells: impl Fn(&[usize]) -> Vec<String>,
    ) -> Self {
        let mut all: Vec<Vec<usize>> = vec![Vec::new()];
        for condition in &conditions {
            let longer = |these: &Vec<usize>, n| [these.as_slice(), &[n]].concat();
            all = all
                .iter()
                .flat_map(|these| (0..condition.cases.len()).map(move |n| longer(these, n)))
                .collect();
        }
        let lines = all
            .iter()
            .map(|these| {
                let cases = these.iter().map(|n| BTreeSet::from([*n])).collect();
                (cases, cells(these))
            })
            .collect();
        Self {
            conditions,
            columns,
            lines,
        }
    }

    /// Returns the number of combinations.
    pub(crate) fn combinations(&self) -> usize {
        self.conditions.iter().map(|it| it.cases.len()).product()
    }

    /// Merges lines that differ in one condition and not in their cells, until there are none. Each
    /// combination stays in exactly one line.
    pub(crate) fn folded(mut self) -> Self {
        loop {
            let before = self.lines.len();
            for which in (0..self.conditions.len()).rev() {
                let mut together: BTreeMap<(Cases, Vec<String>), BTreeSet<usize>> = BTreeMap::new();
                for (mut cases, cells) in std::mem::take(&mut self.lines) {
                    let these = cases.get_mut(which).map(std::mem::take).unwrap_or_default();
                    together.entry((cases, cells)).or_default().extend(these);
                }
                for ((mut cases, cells), these) in together {
                    if let Some(place) = cases.get_mut(which) {
                        *place = these;
                    }
                    self.lines.push((cases, cells));
                }
            }
            if self.lines.len() == before {
                self.lines.sort();
                return self;
            }
        }
    }

    /// Returns the table as text, in columns.
    pub(crate) fn text(&self) -> String {
        let heads = self.conditions.iter().map(|it| it.name.to_string());
        let heads = heads.chain(self.columns.iter().map(|it| (*it).to_string()));
        let mut rows: Vec<Vec<String>> = vec![heads.collect()];
        for (cases, cells) in &self.lines {
            let named = self.conditions.iter().zip(cases).map(|(condition, these)| {
                let names: Vec<&str> = condition
                    .cases
                    .iter()
                    .enumerate()
                    .filter(|(n, _)| these.contains(n))
                    .map(|(_, name)| name.as_str())
                    .collect();
                if these.len() == condition.cases.len() {
                    "*".to_string()
                } else {
                    names.join(" ")
                }
            });
            rows.push(named.chain(cells.iter().cloned()).collect());
        }
        let widths: Vec<usize> = (0..rows.first().map_or(0, Vec::len))
            .map(|n| {
                rows.iter()
                    .filter_map(move |row| row.get(n))
                    .map(|cell| cell.chars().count())
            })
            .map(|counts| counts.max().unwrap_or(0))
            .collect();
        let mut text = String::new();
        for row in rows {
            let mut line = String::new();
            for (n, (cell, width)) in row.iter().zip(&widths).enumerate() {
                let bar = if n == self.conditions.len() { "| " } else { "" };
                let _ = write!(line, "{bar}{cell:width$}  ");
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}
