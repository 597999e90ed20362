//! Scenes of the administration: of spaces, people, groups and the switches of the site.

use crate::inspection::Inspection;
use narthex_served::{Who, World};

pub(super) async fn play(at: &mut Inspection<'_>, world: &World) {
    at.be(world, Who::Ada).await;
    spaces(at, world).await;
    people(at, world).await;
    switches(at).await;
}

async fn spaces(at: &mut Inspection<'_>, world: &World) {
    let permissions = |name: &str| format!("/wiki/spaces/{}/permissions", world.aim(name).key);
    let (docs, team, guests) = (
        permissions("DOCS"),
        permissions("TEAM"),
        permissions("GUESTS"),
    );
    at.visit(
        &format!("{docs}?change=unlicensed_view&to=off"),
        "stays open to anyone on the internet",
    )
    .await;
    at.visit(
        &format!("{team}?change=unlicensed_view&to=on"),
        "Who gains or loses what",
    )
    .await;
    at.open(&team).await;
    at.page()
        .click("input[name=principal_id][value=all-licensed-users] ~ button")
        .await;
    at.look("Lena").await;
    at.send(
        &team,
        &[("do", "grant"), ("to", "group"), ("principal", "nobodies")],
        "Grant more",
    )
    .await;
    let grant = [
        ("do", "grant"),
        ("to", "class:all-licensed-users"),
        ("permission", "read/space"),
    ];
    at.send(&guests, &grant, "Lena").await;
    at.open(&docs).await;
    at.page()
        .click("form:has(input[name=do][value=take-over]) button")
        .await;
    at.look("list").await;
}

async fn people(at: &mut Inspection<'_>, world: &World) {
    let accounts = "/wiki/admin/accounts";
    let guest = [
        ("name", ""),
        ("email", "no address"),
        ("access", "guest"),
        ("space", ""),
    ];
    at.send(accounts, &guest, "Add an account").await;
    let new = [
        ("name", "New Person"),
        ("email", "new@example.org"),
        ("access", "none"),
    ];
    at.send(accounts, &new, "One-time link").await;
    let account = |who| format!("{accounts}/{}", world.account(who));
    let (una, lena, dan) = (account(Who::Una), account(Who::Lena), account(Who::Dan));
    let guest = [
        ("do", "set-access"),
        ("confluence", "guest"),
        ("space", ""),
        ("service_desk", "none"),
    ];
    at.send(&una, &guest, "Choose the space").await;
    at.send(
        &lena,
        &[("do", "deactivate")],
        "Deactivate the account of Lena?",
    )
    .await;
    let administrator = [("do", "site-administrator"), ("to", "on")];
    at.send(&lena, &administrator, "Make Lena a site administrator?")
        .await;
    at.visit(&dan, "Deactivated").await;

    at.send(
        "/wiki/admin/groups",
        &[("name", ""), ("access", "none")],
        "Groups",
    )
    .await;
    at.open("/wiki/admin/groups").await;
    let users = "[...document.querySelectorAll('main table a')].find(a => a.textContent === 'confluence-users').getAttribute('href')";
    let users = at.page().evaluate(users).await;
    let users = users.as_str().unwrap_or_default();
    let delete = [("do", "delete")];
    at.send(users, &delete, "confluence-users").await;
    let typed = [
        ("do", "delete"),
        ("confirmed", "yes"),
        ("typed", "something else"),
    ];
    at.send(users, &typed, "confluence-users").await;
    let nobody = [("do", "add-member"), ("email", "nobody@example.net")];
    at.send(users, &nobody, "Members").await;
}

/// Checks each confirmation of a switch; closes the site in the end, and checks what is left for
/// people without access.
async fn switches(at: &mut Inspection<'_>) {
    let global = "/wiki/admin/permissions/global";
    for (tab, change, to) in [
        ("jsm", "jsm_access", "off"),
        ("anonymous", "anonymous_access", "off"),
        ("anonymous", "enforce_anonymous", "off"),
        ("anonymous", "user_profiles", "on"),
        ("anonymous", "author_names", "on"),
        ("anonymous", "indexing", "on"),
    ] {
        at.visit(
            &format!("{global}?tab={tab}&change={change}&to={to}"),
            "Cancel",
        )
        .await;
    }
    for (tab, change, said) in [
        ("anonymous", "enforce_anonymous", "Enforcement is off."),
        ("anonymous", "anonymous_access", "By the older rule"),
        ("jsm", "jsm_access", "JSM access is off."),
    ] {
        let off = [("change", change), ("to", "off"), ("confirmed", "yes")];
        at.send(&format!("{global}?tab={tab}"), &off, said).await;
    }
    at.visit("/wiki/admin/spaces", "Set, no effect").await;
}
