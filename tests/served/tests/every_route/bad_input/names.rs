//! Ids, keys and names that nothing has.

use super::{answered, callers};
use narthex_served::table::{Near, table};
use narthex_served::{Aim, Ask, Kind, World};
use std::collections::BTreeSet;

/// Returns values that name nothing.
fn absurd() -> Vec<String> {
    let mut values: Vec<String> = [
        "",
        "0",
        "-1",
        "+1",
        "1",
        "007",
        "1.5",
        "1e9",
        "NaN",
        "9007199254740991",
        "9007199254740992",
        "18446744073709551616",
        "99999999999999999999999999",
        "att",
        "att-1",
        "attatt1",
        "null",
        "true",
        "[]",
        "{}",
        "*",
        "%",
        "%25",
        "..",
        ".",
        "../..",
        "..;",
        "a/b",
        "\\",
        "' OR '1'='1",
        "\";--",
        "<script>",
        "{{7*7}}",
        "${7*7}",
        "\u{0}",
        "\r\nX-Injected: 1",
        "\u{202e}abc",
        "😀",
        "ｆｕｌｌ",
        "ÄÖÜß",
        "~",
        "~~",
        "~4503599627370497",
        "0000000000000000000000ff",
        "FFFFFFFFFFFFFFFFFFFFFFFF",
        "DOCS\u{0}",
    ]
    .map(str::to_owned)
    .into();
    values.push("9".repeat(4_000));
    values.push("ä".repeat(2_000));
    values
}

/// Returns a thing whose values are all one absurd value.
fn nonsense(kind: Kind, value: &str) -> Aim {
    let mut aim = Aim::new("nonsense", kind, narthex_served::world::NOBODY);
    for field in [
        &mut aim.space,
        &mut aim.key,
        &mut aim.page,
        &mut aim.title,
        &mut aim.attachment,
        &mut aim.file,
        &mut aim.comment,
        &mut aim.account,
        &mut aim.email,
        &mut aim.group,
        &mut aim.group_name,
        &mut aim.task,
        &mut aim.template,
        &mut aim.to_do,
        &mut aim.label,
        &mut aim.label_id,
        &mut aim.property,
    ] {
        value.clone_into(field);
    }
    aim
}

/// Returns every request of the table that is about something, with absurd names in it.
pub(super) fn requests(world: &World) -> Vec<(String, Ask)> {
    let near = Near::of(world);
    let mut requests = Vec::new();
    for entry in table().iter().filter(|entry| !entry.about.is_empty()) {
        for value in absurd() {
            for kind in entry.about {
                let asks = entry.asks(&nonsense(*kind, &value), &near).into_iter();
                requests.extend(asks.map(|ask| (entry.name(), ask)));
            }
        }
    }
    requests
}

/// Lists that are filtered by a name may be empty; nothing may be changed.
#[tokio::test]
async fn absurd_names_are_refused_on_every_route() {
    let world = World::new(41).await;
    let mut not_refused = BTreeSet::new();
    let requests = requests(&world);
    assert!(requests.len() > 10_000, "{}", requests.len());
    for (route, ask) in requests {
        for actor in callers(&world) {
            let told = answered(&world, &actor, &ask).await;
            if told.status < 400 {
                not_refused.insert(format!("{} {route}", told.status));
            }
        }
    }
    let not_refused: Vec<String> = not_refused.into_iter().collect();
    insta::assert_snapshot!(not_refused.join("\n"));
}
