//! Tests of the language: what it accepts, and where it reports errors.

use super::*;
use narthex_access::AccountId;
use proptest::prelude::*;

fn condition(text: &str) -> Expression {
    parse(text)
        .unwrap_or_else(|error| panic!("{text}: {error}"))
        .condition
}

fn test(text: &str) -> Test {
    match condition(text) {
        Expression::Test(test) => test,
        other => panic!("{text}: {other:?}"),
    }
}

/// Asserts that two queries are parsed into the same tree.
fn same(one: &str, other: &str) {
    assert_eq!(parse(one), parse(other), "{one}");
}

#[test]
fn and_binds_more_than_or_and_not_most() {
    same(
        "type=page or not space=A and id=1",
        "type=page OR ((NOT space=A) AND id=1)",
    );
    same("!type = page", "type != page");
    same("NOT (NOT type = page)", "not type != page");
    assert_eq!(
        condition("type = page and space = A and id = 1"),
        Expression::And(vec![
            condition("type = page"),
            condition("space = A"),
            condition("id = 1")
        ])
    );
}

#[test]
fn quotes_are_needed_only_where_a_value_has_spaces_or_signs() {
    same("title = Guide", "TITLE='Guide'");
    same(
        r#"title = "say \"hi\" \\ it's""#,
        r#"title = 'say \"hi\" \\ it\'s'"#,
    );
    assert_eq!(test(r#"title = "a b""#), Test::Title(vec!["a b".into()]));
    assert_eq!(
        test("space=~5b10ac8d82e05b22cc7d4ef5"),
        Test::Space(vec![SpaceRef::Key("~5b10ac8d82e05b22cc7d4ef5".into())])
    );
    assert_eq!(
        test("space in (~a, 'B',c)"),
        Test::Space(
            ["~a", "B", "c"]
                .map(|key| SpaceRef::Key(key.into()))
                .to_vec()
        )
    );
    same("label not in (a)", "not label = a");
}

#[test]
fn every_published_field_is_read() {
    for text in [
        "ancestor = 1",
        "ancestor in (1, 2)",
        "container != 3",
        "content = att12",
        "content in (1, att2)",
        "contributor = currentUser()",
        "contributor not in (a, b)",
        "created > now(\"-4w\")",
        "created >= 2026/01/31 and created <= \"2026-02-01 12:00\"",
        "creator = currentUser()",
        "id = 5",
        "label = x",
        "label in (x, \"my:y\")",
        "lastmodified < startOfMonth()",
        "lastModified = endOfDay(\"+1d\")",
        "macro = toc",
        "macro in (info, note)",
        "mention = currentUser()",
        "parent = 7",
        "space = DS",
        "space = currentSpace()",
        "space.key in (A, B)",
        "space.type = personal",
        "space.category = team",
        "space.title ~ docs",
        "text ~ \"hello world\"",
        "text !~ hello",
        "title = x",
        "title ~ 'win*'",
        "title !~ y",
        "title in (a, b)",
        "type = page",
        "type in (blogpost, comment)",
        "type = whiteboard",
        "watcher = currentUser()",
        "siteSearch ~ \"x\"",
        "content = currentContent()",
        "type = 'app:thing'",
    ] {
        condition(text);
    }
    for text in [
        "user = currentUser()",
        "user.fullname ~ jo",
        "user.accountid in (a)",
        "type = user and user.fullname ~ \"jo do\"",
    ] {
        parse_people(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    }
    assert_eq!(
        test("creator in (5b10ac8d82e05b22cc7d4ef5, nobody)"),
        Test::Person(
            Role::Creator,
            vec![
                PersonRef::Account("5b10ac8d82e05b22cc7d4ef5".parse::<AccountId>().ok()),
                PersonRef::Account(None)
            ]
        )
    );
}

#[test]
fn order_is_by_several_fields() {
    let query = parse("type = page ORDER BY created desc, title ASC, lastmodified").unwrap();
    let order: Vec<_> = query
        .order
        .iter()
        .map(|order| (order.by, order.descending))
        .collect();
    assert_eq!(
        order,
        [
            (OrderBy::Created, true),
            (OrderBy::Title, false),
            (OrderBy::Modified, false)
        ]
    );
    assert_eq!(
        parse("order by id").unwrap().condition,
        Expression::And(Vec::new())
    );
}

#[test]
fn errors_say_where_and_why() {
    for (text, at, why) in [
        ("", 1, "found the end, but expected a field"),
        ("title", 6, "one of =, !=, ~"),
        ("title = ", 9, "found the end, but expected a value"),
        (
            "titel = x",
            1,
            "there is no field \"titel\"; the fields are ancestor",
        ),
        ("type = page and (id = 1", 24, "AND, OR or \")\""),
        ("type = page)", 12, "quote values with spaces"),
        ("title = a b", 11, "found \"b\", but expected AND, OR"),
        ("title = \"a", 9, "doesn't end"),
        ("title > a", 7, "the field title takes =, !=, ~"),
        ("text = a", 6, "takes ~ and !~"),
        ("space ~ a", 7, "takes =, !=, IN and NOT IN"),
        ("created ~ a", 9, "takes =, !=, >, >=, < and <="),
        ("created > yesterday", 11, "yyyy-MM-dd"),
        ("created > now(7)", 11, "write it as -7d"),
        ("created > noon()", 11, "there is no function noon()"),
        ("creator = now()", 11, "now() isn't a person"),
        (
            "content in recentlyViewedContent(5)",
            12,
            "doesn't record who viewed what",
        ),
        ("favourite = currentUser()", 1, "label = \"my:favourite\""),
        ("type = pge", 8, "there is no type \"pge\""),
        ("type in page", 9, "must be in parentheses"),
        ("type not page", 10, "expected IN"),
        ("text ~ \"*\"", 8, "two letters"),
        (
            "type = page order by colour",
            22,
            "can't be used in ORDER BY",
        ),
        ("type = page order created", 19, "expected BY"),
        ("user.fullname ~ x", 1, "search/user"),
        ("title = é and ß", 16, "one of"),
    ] {
        let error = parse(text)
            .map(|query| panic!("{text}: {query:?}"))
            .unwrap_err();
        assert_eq!(error.at, at, "{text}: {error}");
        assert!(error.why.contains(why), "{text}: {error}");
    }
    let error = parse_people("title ~ x").unwrap_err();
    assert!(
        error
            .to_string()
            .contains("character 1: \"title\" can't be used to search for people"),
        "{error}"
    );
}

#[test]
fn costly_queries_are_refused() {
    let nested = |n: usize| format!("{}type = page{}", "(".repeat(n), ")".repeat(n));
    assert!(parse(&nested(60)).is_ok());
    assert!(
        parse(&nested(65))
            .unwrap_err()
            .why
            .contains("deep; simplify")
    );
    assert!(
        parse(&format!("{}type = page", "not ".repeat(2_000)))
            .unwrap_err()
            .why
            .contains("deep; simplify")
    );
    let many = vec!["id=1"; 300].join(" or ");
    assert!(parse(&many).unwrap_err().why.contains("clauses"));
    let values = format!("id in ({})", vec!["1"; 1_001].join(","));
    assert!(parse(&values).unwrap_err().why.contains("values"));
    assert!(
        parse(&" ".repeat(LONGEST + 1))
            .unwrap_err()
            .why
            .contains("bytes")
    );
    let wild = ["text ~ 'ab*'"; 9].join(" or ");
    assert!(parse(&wild).unwrap_err().why.contains("words"));
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused_at_a_place_of_it(text in "[a-z =!~<>()',\"\\\\é1-9-]{0,80}|\\PC{0,60}") {
        if let Err(error) = parse(&text) {
            prop_assert!((1..=text.chars().count() + 1).contains(&error.at), "{}", error);
        }
    }
}
