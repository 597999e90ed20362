//! Groups statements that insert rows into one table, to run them as one. A change of thousands of
//! rows makes other writers wait while it runs, and most of that time is the overhead of each
//! statement.

use super::Statement;
use std::collections::HashSet;

/// How many rows one statement inserts. There are few sizes, so that few texts are prepared.
const SIZES: [usize; 2] = [64, 8];

/// Returns the statements in order, in groups of those that can be run as one.
pub(super) fn together(mut rest: &[Statement]) -> impl Iterator<Item = &[Statement]> {
    std::iter::from_fn(move || {
        let like = alike(rest);
        let fitting = SIZES.into_iter().find(|size| *size <= like);
        let (now, later) = rest.split_at_checked(fitting.unwrap_or(1))?;
        rest = later;
        Some(now)
    })
}

/// Returns how many statements at the beginning insert rows into one table, each another row. It
/// counts no further than the largest group.
fn alike(statements: &[Statement]) -> usize {
    let Some(first) = statements.first() else {
        return 0;
    };
    let mut seen = HashSet::new();
    let most = SIZES.into_iter().max().unwrap_or_default();
    let like =
        |next: &&Statement| next.sql == first.sql && next.puts.is_some_and(|row| seen.insert(row));
    statements.iter().take(most).take_while(like).count()
}

#[cfg(test)]
mod tests {
    use super::{Statement, together};

    fn puts(sql: &'static str, ids: impl IntoIterator<Item = u64>) -> Vec<Statement> {
        let ids = ids.into_iter();
        ids.map(|id| Statement::put(sql, id, vec![])).collect()
    }

    fn sizes(statements: &[Statement]) -> Vec<usize> {
        together(statements).map(<[Statement]>::len).collect()
    }

    #[test]
    fn rows_of_one_table_go_together_in_few_sizes() {
        assert_eq!(sizes(&puts("page", 0..147)), [64, 64, 8, 8, 1, 1, 1]);
        assert_eq!(sizes(&[]), [0; 0]);
    }

    #[test]
    fn a_row_that_is_put_twice_is_put_in_two_statements() {
        let ids = (0..8).chain([7]).chain(8..16);
        assert_eq!(sizes(&puts("page", ids)), [8, 8, 1]);
    }

    #[test]
    fn other_statements_stay_where_they_are() {
        let mut all = puts("page", 0..9);
        all.push(Statement::new("page", vec![]));
        all.extend(puts("space", 0..8));
        all.extend(puts("page", 9..11));
        assert_eq!(sizes(&all), [8, 1, 1, 8, 1, 1]);
    }
}
