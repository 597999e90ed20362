//! The pages of the administration: accounts, groups, spaces, the audit log.

use narthex_access::{Credential, Tier};
use narthex_served::Stage;
use narthex_site::account::Access;

#[tokio::test]
async fn an_account_is_added_with_a_link_that_is_shown_once() {
    let stage = Stage::for_browsers().await;
    let mut root = stage.browser_of("root").await;
    let wrong = [("name", ""), ("email", "ute"), ("access", "none")];
    let reply = root.post("/wiki/admin/accounts", &wrong).await;
    assert_eq!(reply.status, 400);
    assert!(
        reply.text().contains("id=\"name-error\"") && reply.text().contains("id=\"email-error\"")
    );
    let space = [
        ("name", "Ute"),
        ("email", "ute@example.org"),
        ("access", "guest"),
        ("space", "NONE"),
    ];
    let reply = root.post("/wiki/admin/accounts", &space).await;
    assert_eq!(reply.status, 400);
    assert!(
        reply.text().contains("id=\"space-error\"") && reply.text().contains("ute@example.org")
    );

    let right = [
        ("name", "Ute"),
        ("email", "ute@example.org"),
        ("access", "none"),
    ];
    let made = root.post("/wiki/admin/accounts", &right).await;
    let at = made.location().to_owned();
    let made = root.get(&at).await;
    let page = made.text();
    let (_, after) = page.split_once("value=\"http://localhost").unwrap();
    let link = after.split('"').next().unwrap().to_owned();
    assert!(link.starts_with("/link/"));
    assert_eq!(stage.browser().get(&link).await.status, 200);
    let taken = root.post("/wiki/admin/accounts", &right).await;
    assert_eq!(taken.status, 400);
    assert!(taken.text().contains("id=\"email-error\""));
    let list = root
        .get("/wiki/admin/accounts?q=UTE&access=none&state=active")
        .await
        .text();
    assert!(list.contains("ute@example.org"));
    assert_eq!(list.matches("<th scope=\"row\">").count(), 1);
    assert!(list.contains("1 account<"));
}

#[tokio::test]
async fn access_to_both_products_is_set_on_an_accounts_page() {
    let stage = Stage::for_browsers().await;
    stage.new_space("DOCS").await;
    let ute = stage.add("ute", Access::None).await;
    let mut root = stage.browser_of("root").await;
    let path = format!("/wiki/admin/accounts/{ute}");
    let set =
        async |root: &mut narthex_served::browser::Browser, confluence, space, service_desk| {
            let fields = [
                ("do", "set-access"),
                ("confluence", confluence),
                ("space", space),
                ("service_desk", service_desk),
            ];
            root.confirm(&path, &fields).await
        };
    let info = async || {
        let info = stage
            .site
            .account(&Credential::Operator, ute)
            .await
            .unwrap();
        (info.tier.unwrap(), info.agent)
    };
    let done = set(&mut root, "user", "", "agent").await;
    assert_eq!(done.location(), path);
    assert_eq!(info().await, (Tier::Licensed, true));
    set(&mut root, "guest", "docs", "agent").await.location();
    assert_eq!(info().await, (Tier::Guest, true));
    set(&mut root, "none", "", "none").await.location();
    assert_eq!(info().await, (Tier::Unlicensed, false));
    set(&mut root, "none", "", "customer").await.location();
    assert_eq!(info().await, (Tier::Customer, false));
    assert!(root.get(&path).await.text().contains("badge customer"));
    set(&mut root, "none", "", "agent").await.location();
    assert_eq!(info().await, (Tier::Unlicensed, true));

    assert_eq!(set(&mut root, "user", "", "customer").await.status, 400);
    let wrong = set(&mut root, "guest", "NONE", "none").await;
    assert_eq!(wrong.status, 400);
    assert!(wrong.text().contains("id=\"space-error\""));
}

#[tokio::test]
async fn the_last_site_administrator_stays() {
    let stage = Stage::for_browsers().await;
    let mut root = stage.browser_of("root").await;
    let found = stage
        .site
        .account_by_email(&Credential::Operator, "root@example.org");
    let path = format!("/wiki/admin/accounts/{}", found.await.unwrap().id);
    for fields in [
        vec![("do", "site-administrator"), ("to", "off")],
        vec![("do", "deactivate")],
    ] {
        let reply = root.post(&path, &fields).await;
        assert_eq!(reply.status, 400);
        assert!(reply.text().contains("This is the last site administrator"));
    }
    assert_eq!(
        root.get("/wiki/admin/accounts/000000000000000000000001")
            .await
            .status,
        404
    );
    assert_eq!(root.get("/wiki/admin/accounts/x").await.status, 404);
}

#[tokio::test]
async fn an_account_is_deactivated_reactivated_and_given_a_new_link() {
    let stage = Stage::for_browsers().await;
    let ute = stage.add("ute", Access::None).await;
    let mut browser = stage.browser_of("ute").await;
    let mut root = stage.browser_of("root").await;
    let path = format!("/wiki/admin/accounts/{ute}");
    let done = root.confirm(&path, &[("do", "deactivate")]).await;
    assert_eq!(done.location(), path);
    assert_eq!(browser.get("/account").await.status, 401);
    let refused = root.post(&path, &[("do", "one-time-link")]).await;
    assert_eq!(refused.status, 400);
    root.confirm(&path, &[("do", "reactivate")])
        .await
        .location();
    let made = root.post(&path, &[("do", "one-time-link")]).await;
    assert_eq!(made.location(), format!("{path}/link"));
    let at = made.location().to_owned();
    assert!(!root.cookie("narthex_once").unwrap().contains("link"));
    let link = root.get(&at).await;
    assert!(link.text().contains("http://localhost/link/"));
    // Loading the page again makes no other link, and doesn't show this one again.
    let again = root.get(&at).await.text();
    assert!(!again.contains("http://localhost/link/"), "{again}");
    assert!(again.contains("A link is shown once"), "{again}");
    let page = link.text();
    let (_, secret) = page.split_once("http://localhost/link/").unwrap();
    let secret = secret.split('"').next().unwrap();
    let holds = stage.browser().get(&format!("/link/{secret}")).await;
    assert_eq!(holds.status, 200);
}

#[tokio::test]
async fn a_group_is_created_filled_and_deleted() {
    let stage = Stage::for_browsers().await;
    stage.add("ute", Access::None).await;
    let mut root = stage.browser_of("root").await;
    let create = [("name", "harbour-pilots"), ("access", "user")];
    let made = root.post("/wiki/admin/groups", &create).await;
    let path = made.location().split('?').next().unwrap().to_owned();
    let taken = root.post("/wiki/admin/groups", &create).await;
    assert_eq!(taken.status, 400);
    assert!(taken.text().contains("id=\"name-error\"") && taken.text().contains("harbour-pilots"));

    let nobody = root
        .post(&path, &[("do", "add-member"), ("email", "x@example.org")])
        .await;
    assert_eq!(nobody.status, 400);
    assert!(nobody.text().contains("x@example.org"));
    root.confirm(&path, &[("do", "add-member"), ("email", "ute@example.org")])
        .await
        .location();
    let page = root.get(&path).await.text();
    assert!(page.contains("ute@example.org") && page.contains("badge user"));
    root.confirm(&path, &[("do", "set-access"), ("access", "none")])
        .await
        .location();
    let info = stage
        .site
        .account_by_email(&Credential::Operator, "ute@example.org");
    assert_eq!(info.await.unwrap().tier, Some(Tier::Unlicensed));
    assert_eq!(root.post(&path, &[("do", "delete")]).await.status, 200);
    let gone = root.confirm(&path, &[("do", "delete")]).await;
    assert_eq!(gone.location(), "/wiki/admin/groups");
    assert_eq!(root.get(&path).await.status, 404);
}

#[tokio::test]
async fn the_role_of_a_group_of_administrators_is_kept_by_its_form() {
    let stage = Stage::for_browsers().await;
    let mut root = stage.browser_of("root").await;
    let groups = stage.site.groups(&Credential::Operator).await.unwrap();
    let admins = groups
        .iter()
        .find(|group| &*group.row.name == "confluence-admins")
        .unwrap();
    let path = format!("/wiki/admin/groups/{}", admins.row.id);
    root.post(&path, &[("do", "set-access"), ("access", "user")])
        .await
        .location();
    assert!(
        root.get(&path)
            .await
            .text()
            .contains("Its members administer Confluence")
    );
}

#[tokio::test]
async fn the_spaces_and_the_audit_log_are_shown_in_parts() {
    let stage = Stage::for_browsers().await;
    let mut root = stage.browser_of("root").await;
    for n in 0..60 {
        stage.new_space(&format!("S{n}")).await;
    }
    let spaces = root.get("/wiki/admin/spaces").await.text();
    assert!(spaces.contains("60 spaces"));
    let log = root.get("/wiki/admin/audit").await.text();
    assert!(log.contains("Space created") && log.contains("The command line"));
    assert!(log.contains("href=\"/wiki/admin/audit?start=50\""));
    let older = root.get("/wiki/admin/audit?start=50").await.text();
    assert!(older.contains("Site set up"));
    assert!(older.contains("href=\"/wiki/admin/audit\" rel=\"prev\""));
}

#[tokio::test]
async fn the_audit_log_names_people_and_groups_where_the_journal_has_ids() {
    let stage = Stage::for_browsers().await;
    stage.new_space("DOCS").await;
    stage.add("lena", Access::Confluence).await;
    let mut root = stage.browser_of("root").await;
    let grant = [
        ("do", "grant"),
        ("to", "account"),
        ("principal", "lena@example.org"),
        ("permission", "create/page"),
    ];
    root.post("/wiki/spaces/DOCS/permissions", &grant)
        .await
        .location();
    let log = root.get("/wiki/admin/audit").await.text();
    assert!(log.contains("<ins>lena read/space</ins>"));
    assert!(log.contains("<ins>lena create/page</ins>"));
    assert!(!log.contains("account:"));
}

#[tokio::test]
async fn a_space_in_the_trash_is_restored_once_it_was_shown_who_sees_it_again() {
    let stage = Stage::for_browsers().await;
    stage.add("lena", Access::Confluence).await;
    stage.new_space("HELP").await;
    let mut root = stage.browser_of("root").await;
    let spaces = "/wiki/admin/spaces";
    assert!(!root.get(spaces).await.text().contains("In the trash"));
    let by = Credential::Operator;
    stage.site.trash_space(&by, "HELP".into()).await.unwrap();
    let mut lena = stage.browser_of("lena").await;
    assert_eq!(lena.get("/wiki/spaces/HELP").await.status, 404);
    assert!(root.get(spaces).await.text().contains("In the trash"));

    let restore = [("do", "restore"), ("space", "HELP")];
    assert_eq!(lena.post(spaces, &restore).await.status, 403);
    let sheet = root.post(spaces, &restore).await;
    assert_eq!(sheet.status, 200, "{}", sheet.text());
    assert!(sheet.text().contains("lena"), "{}", sheet.text());
    assert_eq!(lena.get("/wiki/spaces/HELP").await.status, 404);
    assert_eq!(root.confirm(spaces, &restore).await.location(), spaces);
    assert_eq!(lena.get("/wiki/spaces/HELP").await.status, 200);
    let again = root.post(spaces, &restore).await;
    assert_eq!(again.status, 400);
    assert!(
        again.text().contains("not in the trash"),
        "{}",
        again.text()
    );
}
