//! Scenes of writing: pages, drafts, comments, restrictions, the trash, and the own account.

use crate::inspection::Inspection;
use narthex_served::served::MINUTE;
use narthex_served::table::segment;
use narthex_served::{Who, World};

pub(super) async fn play(inspection: &mut Inspection<'_>, world: &World) {
    inspection.be(world, Who::Ada).await;
    pages(inspection, world).await;
    restrictions(inspection, world).await;
    search(inspection).await;
    account(inspection, world).await;
}

async fn pages(at: &mut Inspection<'_>, world: &World) {
    let guide = world.aim("Guide");
    let key = segment(&guide.key);
    let unnamed = [("name", ""), ("key", "")];
    at.send("/wiki/create-space", &unnamed, "Create a space")
        .await;
    let new = [("name", "Brand new"), ("key", "BRANDNEW")];
    at.send("/wiki/create-space", &new, "Nothing is written here yet")
        .await;

    let create = format!("/wiki/pages/create?spaceKey={key}");
    let untitled = new_page("", "publish");
    at.send(&create, &untitled, "Create page").await;
    let new = new_page("Just published", "publish");
    at.send(&create, &new, "Published.").await;
    let draft = new_page("Just begun", "draft");
    at.send(&create, &draft, "Saved as a draft").await;

    let edit = format!("/wiki/pages/edit?pageId={}", guide.page);
    let mut over = new_page("Guide, changed", "draft").to_vec();
    over.push(("version", "4"));
    at.send(&edit, &over, "Saved as a draft").await;
    at.visit(&edit, "Discard draft").await;
    let mut late = new_page("Guide", "publish").to_vec();
    late.push(("version", "2"));
    at.send(&edit, &late, "Edit page").await;

    let path = format!("/wiki/spaces/{key}/pages/{}", guide.page);
    let remark = [("do", "comment"), ("comment", "said by a form")];
    at.send(&path, &remark, "Your comment is added.").await;
    let empty = [("do", "comment"), ("comment", " ")];
    at.send(&path, &empty, "The comment is empty").await;

    let gone = world.aim("Install");
    let delete = format!("/wiki/pages/delete?pageId={}", gone.page);
    at.send(&delete, &[("confirmed", "yes")], "Moved to the trash")
        .await;
    let edit = format!("/wiki/pages/edit?pageId={}", gone.page);
    let late = new_page("Install, changed", "publish");
    at.send(&edit, &late, "Copy it before you leave").await;
    at.visit(&format!("/wiki/spaces/{key}/trash"), "Delete for good")
        .await;
    let unknown = [("do", "something"), ("page", &*gone.page)];
    at.send(
        &format!("/wiki/spaces/{key}/trash"),
        &unknown,
        "There is no such form",
    )
    .await;
}

/// Returns all fields that the form of a new page sends.
fn new_page<'a>(title: &'a str, wanted: &'a str) -> [(&'a str, &'a str); 4] {
    [
        ("title", title),
        ("parent", ""),
        ("body", "<p>text</p>"),
        ("do", wanted),
    ]
}

async fn restrictions(at: &mut Inspection<'_>, world: &World) {
    let page = &world.aim("To do").page;
    let restrictions = format!("/wiki/pages/restrictions?pageId={page}");
    let unknown = [
        ("view_mode", "listed"),
        ("view_add", "nobody@example.net"),
        ("edit_mode", "open"),
    ];
    at.send(&restrictions, &unknown, "nobody@example.net").await;
    let listed = [
        ("view_mode", "listed"),
        ("view_add", world.email(Who::Lena)),
        ("edit_mode", "listed"),
    ];
    at.send(&restrictions, &listed, "Only you and Lena can view")
        .await;
    let open = [("view_mode", "open"), ("edit_mode", "open")];
    at.send(&restrictions, &open, "Anyone on the internet")
        .await;
}

async fn search(at: &mut Inspection<'_>) {
    at.visit("/wiki/search?text=guide", "found").await;
    at.visit("/wiki/search?text=zqxwvu", "Nothing was found")
        .await;
    at.visit("/wiki/search?text=%22guide", "Search").await;
    at.visit("/wiki/search?label=guide", "Labelled").await;
}

async fn account(at: &mut Inspection<'_>, world: &World) {
    let account = "/account";
    at.send(account, &[("do", "create-token")], "Choose at least one")
        .await;
    let token = [
        ("do", "create-token"),
        ("label", "A program"),
        ("expires_days", "7"),
        ("scope", "read"),
    ];
    at.send(account, &token, "Your new API token").await;
    // When it is loaded again, the page no longer shows the secret.
    let path = at.page().evaluate("location.pathname").await;
    at.visit(path.as_str().unwrap_or_default(), "was shown once")
        .await;
    at.visit(account, "A program").await;
    let password = [
        ("do", "change-password"),
        ("current_password", "wrong"),
        ("password", "short"),
        ("password_again", "other"),
    ];
    at.send(account, &password, "Change password").await;
    world.served.pass(11 * MINUTE);
    at.send(account, &token, "Enter your password again").await;
    let mut wrong = token.to_vec();
    wrong.push(("password_again_to_go_on", "not mine"));
    at.send(account, &wrong, "That isn’t your password").await;
    at.be_anew(world, Who::Ada).await;
}
