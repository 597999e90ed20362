//! Scenes around logging in: log-in, one-time links, set-up, and the pages of people for whom
//! nothing is open.

use crate::host::Host;
use crate::inspection::Inspection;
use narthex_access::Credential;
use narthex_served::table::segment;
use narthex_served::{Actor, Served, Who, World, must};
use narthex_server::Config;
use narthex_site::secret::Secret;
use narthex_store::Entropy;
use narthex_testdb::TestDatabase;

/// A password that nobody has.
const WRONG: (&str, &str) = ("password", "not the password");

pub(super) async fn play(at: &mut Inspection<'_>, world: &World) {
    nothing_open(at, world).await;
    refusals(at, world).await;
    log_in(at, world).await;
    set_up(at).await;
}

/// Checks the pages after the switches of the site have been turned off.
async fn nothing_open(at: &mut Inspection<'_>, world: &World) {
    at.be(world, Who::Una).await;
    at.visit("/wiki", "No space is open to your account").await;
    at.be(world, Who::Nobody).await;
    at.visit("/wiki", "Nothing here is open to everyone").await;
}

async fn refusals(at: &mut Inspection<'_>, world: &World) {
    at.visit("/wiki/nowhere", "If you have an account").await;
    at.visit("/account", "Log in").await;
    at.be(world, Who::Lena).await;
    at.visit("/wiki/nowhere", "Check the address").await;
    at.visit("/wiki/admin/accounts", "site administrators")
        .await;
    at.carry(&Actor::Cookie("a session that has ended".into()))
        .await;
    at.visit("/wiki", "Log in").await;
    at.carry(&Actor::Cookie("a session that has ended".into()))
        .await;
    let key = segment(&world.aim("Guide").key);
    let create = format!("/wiki/pages/create?spaceKey={key}");
    let typed = [("title", "Written for an hour"), ("body", "<p>text</p>")];
    at.send(&create, &typed, "come back to this one").await;
}

async fn log_in(at: &mut Inspection<'_>, world: &World) {
    at.be(world, Who::Nobody).await;
    let link = must(
        world
            .served
            .site
            .create_one_time_link(&Credential::Operator, world.account(Who::Una))
            .await,
    );
    let link = format!("/link/{}", link.reveal());
    at.visit(&link, "Choose a password").await;
    let short = [("password", "short"), ("password_again", "other")];
    at.send(&link, &short, "Choose a password").await;
    at.visit("/link/guess", "This link no longer works").await;
    at.visit("/logout", "Logged out").await;

    at.visit("/login", "Log in").await;
    let carla = [
        ("email", world.email(Who::Carla)),
        ("password", world.password),
    ];
    at.send("/login", &carla, "help centre").await;
    let wrong = [("email", "somebody@example.org"), WRONG];
    at.send("/login", &wrong, "don’t match an account").await;
    for _ in 0..30 {
        at.page().submit("/login", &wrong).await;
    }
    at.send("/login", &wrong, "Too many attempts").await;
}

/// Checks the set-up of a site without an account, and its first pages.
async fn set_up(at: &mut Inspection<'_>) {
    let secret = Secret::random(&Entropy::seeded(5));
    let path = format!("/setup?token={}", secret.reveal());
    let config = Config {
        set_up: Some(secret),
        ..Config::default()
    };
    let served = Served::over(TestDatabase::sqlite(), 13, config).await;
    at.serve(Host::of(&served).await);
    at.carry(&Actor::Anonymous).await;
    at.visit("/wiki", "isn’t set up yet").await;
    at.send(
        "/login",
        &[("email", "a@example.org"), WRONG],
        "isn’t set up yet",
    )
    .await;
    at.visit(&path, "Set up this site").await;
    at.send(
        &path,
        &[("name", ""), ("email", "none")],
        "Set up this site",
    )
    .await;
    let words = "some quiet words of mine";
    let first = [
        ("name", "Ada"),
        ("email", "ada@example.org"),
        ("password", words),
        ("password_again", words),
    ];
    at.send(&path, &first, "Create your first space").await;
}
