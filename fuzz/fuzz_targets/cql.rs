//! Every query is parsed, or refused with a position in it; a parsed query can be tested on every
//! text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use narthex_search::cql::{self, Test};
use narthex_search::excerpt::Excerpt;

fuzz_target!(|query: &str| {
    for read in [cql::parse(query), cql::parse_people(query)] {
        match read {
            Ok(read) => {
                for test in read.condition.tests() {
                    match test {
                        Test::Text(_, asked) => {
                            assert!(asked.cost() <= 64, "a query costs too much");
                            let _ = asked.fits(query);
                        }
                        Test::When(_, _, time) => {
                            let (from, to) = time.at(1_767_603_600_000);
                            assert!(from < to, "a time ends before it begins");
                        }
                        _ => {}
                    }
                }
                let excerpt = Excerpt::of(query, &read.asked_of_text());
                assert!(excerpt.plain().chars().count() <= 304, "an excerpt is too long");
            }
            Err(error) => assert!(
                (1..=query.chars().count().max(cql::LONGEST) + 1).contains(&error.at),
                "the place of an error is beyond the query"
            ),
        }
    }
});
