//! The routes of the pages for people: log-in, forms and administration.

use super::{Entry, Near, segment, way};
use crate::exchange::Ask;
use crate::world::{Aim, Kind};

const PAGE: &[Kind] = &[Kind::Page, Kind::BlogPost, Kind::Folder];
const SPACE: &[Kind] = &[Kind::Space];

const LINK: &str = "/link/{secret}";
const GLOBAL: &str = "/wiki/admin/permissions/global";
const ACCOUNT: &str = "/wiki/admin/accounts/{id}";
const GROUP: &str = "/wiki/admin/groups/{id}";
const PERMISSIONS: &str = "/wiki/spaces/{key}/permissions";
const TRASH: &str = "/wiki/spaces/{key}/trash";
const CREATE_SPACE: &str = "/wiki/create-space";
const CREATE_PAGE: &str = "/wiki/pages/create";
const EDIT_PAGE: &str = "/wiki/pages/edit";
const DELETE_PAGE: &str = "/wiki/pages/delete";
const RESTRICTIONS: &str = "/wiki/pages/restrictions";
const MOVE_PAGE: &str = "/wiki/pages/movepage.action";

pub(super) const ENTRIES: &[Entry] = &[
    Entry::new("GET", "/login", &[], nothing, |_, _| {
        vec![way(""), way("?return=/wiki/home")]
    }),
    Entry::new("POST", "/login", &[], nothing, |_, _| {
        vec![way("").form(&[
            ("email", "stranger@example.net"),
            ("password", "not theirs"),
        ])]
    }),
    Entry::plain("GET", "/logout"),
    Entry::new("POST", "/logout", &[], nothing, |_, _| {
        vec![way("").form(&[])]
    }),
    Entry::new("GET", LINK, &[], secret, just),
    Entry::new("POST", LINK, &[], secret, |_, _| {
        let words = "some quiet words of mine";
        vec![way("").form(&[("password", words), ("password_again", words)])]
    }),
    Entry::new("GET", "/setup", &[], nothing, |_, _| {
        vec![way(""), way("?token=guess")]
    }),
    Entry::new("POST", "/setup", &[], nothing, |_, _| {
        vec![way("").form(&[
            ("token", "guess"),
            ("email", "m@example.net"),
            ("name", "Mallory"),
        ])]
    }),
    Entry::plain("GET", "/account"),
    Entry::new("GET", GLOBAL, &[], nothing, |_, _| {
        [
            "",
            "?tab=user-groups",
            "?tab=guests",
            "?tab=jsm",
            "?tab=anonymous",
            "?change=jsm_access&to=off",
            "?change=author_names&to=on",
            "?change=indexing&to=on",
        ]
        .map(way)
        .into()
    }),
    Entry::new("GET", "/wiki/admin/accounts", &[], nothing, |_, _| {
        vec![
            way(""),
            way("?q=a"),
            way("?start=1"),
            way("?state=deactivated"),
        ]
    }),
    Entry::new("GET", ACCOUNT, &[Kind::Account], account, just),
    Entry::new(
        "GET",
        "/wiki/admin/accounts/{id}/link",
        &[Kind::Account],
        account,
        just,
    ),
    Entry::new("GET", "/account/tokens/{id}", &[], nothing, just),
    Entry::plain("GET", "/wiki/admin/groups"),
    Entry::new("GET", GROUP, &[Kind::Group], group, just),
    Entry::plain("GET", "/wiki/admin/spaces"),
    Entry::new("GET", "/wiki/admin/audit", &[], nothing, |_, _| {
        vec![way(""), way("?start=10")]
    }),
    Entry::new("GET", PERMISSIONS, SPACE, key, |_, _| {
        let ask = "?change=unlicensed_view&to=off";
        vec![way(""), way(ask), way("?change=anonymous_view&to=on")]
    }),
    Entry::plain("GET", CREATE_SPACE),
    Entry::new(
        "GET",
        CREATE_PAGE,
        &[Kind::Space, Kind::Page],
        nothing,
        |aim, near| {
            let (key, id) = (segment(&aim.key), segment(&aim.page));
            vec![
                way(format!("?spaceKey={key}")),
                way(format!("?spaceKey={key}&parentId={id}")),
                way(format!("?spaceKey={}&parentId={id}", near.page.key)),
            ]
        },
    ),
    Entry::new("GET", "/wiki/pages/access", PAGE, nothing, |aim, near| {
        let about = |who: &str| way(format!("?pageId={}&about={who}", segment(&aim.page)));
        vec![
            way(format!("?pageId={}", segment(&aim.page))),
            about("me"),
            about("anonymous"),
            about(&near.account),
            about("nobody@example.net"),
        ]
    }),
    Entry::new("GET", EDIT_PAGE, PAGE, nothing, by_id),
    Entry::new("GET", DELETE_PAGE, PAGE, nothing, by_id),
    Entry::new("GET", RESTRICTIONS, PAGE, nothing, by_id),
    Entry::new("POST", "/wiki/spaces/{key}/pages/{id}", PAGE, page, remark),
    Entry::new(
        "POST",
        "/wiki/spaces/{key}/pages/{id}/{title}",
        PAGE,
        |aim| vec![aim.key.clone(), aim.page.clone(), aim.title.clone()],
        remark,
    ),
    Entry::new(
        "POST",
        "/wiki/spaces/{key}/blog/{*place}",
        PAGE,
        |aim| vec![aim.key.clone(), format!("2026/01/05/{}", aim.page)],
        remark,
    ),
    Entry::new("POST", CREATE_SPACE, &[], nothing, |_, _| {
        vec![way("").form(&[("key", "BYFORM"), ("name", "By a form")])]
    }),
    Entry::new(
        "POST",
        CREATE_PAGE,
        &[Kind::Space, Kind::Page],
        nothing,
        |aim, near| {
            let text = [
                ("title", "By a form"),
                ("body", "<p>by a form</p>"),
                ("parent", &*aim.page),
                ("do", "publish"),
            ];
            let with = |key: &str| {
                way(format!(
                    "?spaceKey={}&parentId={}",
                    segment(key),
                    segment(&aim.page)
                ))
                .form(&text)
            };
            vec![with(&aim.key), with(&near.page.key)]
        },
    ),
    Entry::new("POST", EDIT_PAGE, PAGE, nothing, |aim, _| {
        let text = [
            ("title", "Edited by a form"),
            ("body", "<p>by a form</p>"),
            ("version", "3"),
            ("parent", ""),
            ("do", "publish"),
        ];
        vec![way(format!("?pageId={}", segment(&aim.page))).form(&text)]
    }),
    Entry::new("POST", RESTRICTIONS, PAGE, nothing, |aim, _| {
        let lists = [
            ("view_mode", "open"),
            ("edit_mode", "listed"),
            ("confirmed", "yes"),
        ];
        vec![way(format!("?pageId={}", segment(&aim.page))).form(&lists)]
    }),
    Entry::new("POST", MOVE_PAGE, PAGE, nothing, |aim, near| {
        let moved = |page: &str, target: &str| {
            let (page, target) = (segment(page), segment(target));
            way(format!("?pageId={page}&targetId={target}&position=append")).form(&[])
        };
        let titled = format!(
            "?pageId={}&spaceKey={}&targetTitle={}",
            near.other.page,
            segment(&aim.key),
            segment(&aim.title)
        );
        vec![
            moved(&near.other.page, &aim.page),
            way(titled).form(&[]),
            moved(&aim.page, &near.page.page),
        ]
    }),
    Entry::new("POST", PERMISSIONS, SPACE, key, |_, near| {
        let switch = |to| [("change", "unlicensed_view"), ("to", to)];
        let confirmed = |to| {
            let [change, to] = switch(to);
            way("").form(&[change, to, ("confirmed", "yes")])
        };
        let over = [
            ("do", "take-over"),
            ("page", &*near.page.page),
            ("confirmed", "yes"),
        ];
        vec![
            way("").form(&switch("on")),
            confirmed("on"),
            confirmed("off"),
            way("").form(&over),
        ]
    }),
    Entry::plain("GET", "/wiki/drafts"),
    Entry::new("POST", "/wiki/drafts", PAGE, nothing, |aim, _| {
        vec![way("").form(&[("do", "discard"), ("page", &*aim.page)])]
    }),
    Entry::new("GET", TRASH, SPACE, key, just),
    Entry::new(
        "POST",
        TRASH,
        &[Kind::Space, Kind::Page],
        key,
        |aim, near| {
            let act = |what: &str, page: &str| way("").form(&[("do", what), ("page", page)]);
            let hung =
                |what: &str, field: &str, id: &str| way("").form(&[("do", what), (field, id)]);
            vec![
                act("restore", &aim.page),
                act("restore", &near.page.page),
                act("purge", &aim.page),
                hung("restore", "comment", &aim.comment),
                hung("purge", "comment", &aim.comment),
                hung("restore", "attachment", &aim.attachment),
                hung("purge", "attachment", &aim.attachment),
            ]
        },
    ),
    Entry::new("POST", GLOBAL, &[], nothing, |_, _| {
        // The switch is on, and is turned on again at the end.
        let turn = |to| [("change", "jsm_access"), ("to", to)];
        let confirmed = |to| {
            let [change, to] = turn(to);
            way("").form(&[change, to, ("confirmed", "yes")])
        };
        vec![
            way("").form(&turn("off")),
            confirmed("off"),
            confirmed("on"),
        ]
    }),
    Entry::new("POST", "/wiki/admin/accounts", &[], nothing, |_, _| {
        vec![way("").form(&[
            ("email", "new@example.net"),
            ("name", "New"),
            ("access", "none"),
        ])]
    }),
    Entry::new("POST", ACCOUNT, &[Kind::Account], account, |_, near| {
        let join = [
            ("do", "add-group"),
            ("group", &*near.group),
            ("confirmed", "yes"),
        ];
        vec![way("").form(&join)]
    }),
    Entry::new("POST", "/wiki/admin/spaces", SPACE, nothing, |aim, near| {
        vec![
            way("").form(&[("do", "restore"), ("space", &*aim.key)]),
            // This space isn't in the trash: the one that is must stay there for the requests that
            // follow.
            way("").form(&[
                ("do", "restore"),
                ("space", &*near.page.key),
                ("confirmed", "yes"),
            ]),
        ]
    }),
    Entry::new("POST", "/wiki/admin/groups", &[], nothing, |_, _| {
        vec![way("").form(&[("name", "by-form"), ("access", "none")])]
    }),
    Entry::new("POST", GROUP, &[Kind::Group], group, |_, near| {
        let leave = [
            ("do", "remove-member"),
            ("account", &*near.account),
            ("confirmed", "yes"),
        ];
        vec![way("").form(&leave)]
    }),
    Entry::new("POST", DELETE_PAGE, PAGE, nothing, |aim, _| {
        let id = format!("?pageId={}", segment(&aim.page));
        vec![way(&id).form(&[]), way(&id).form(&[("confirmed", "yes")])]
    }),
    Entry::new("POST", "/account", &[], nothing, |_, _| {
        let token = [
            ("do", "create-token"),
            ("label", "one more"),
            ("expires_days", "7"),
            ("scope", "read"),
        ];
        vec![
            way("").form(&token),
            way("").form(&[("do", "revoke-token"), ("token", "4503599627370497")]),
        ]
    }),
];

fn nothing(_: &Aim) -> Vec<String> {
    Vec::new()
}

fn secret(_: &Aim) -> Vec<String> {
    vec!["guess".into()]
}

fn account(aim: &Aim) -> Vec<String> {
    vec![aim.account.clone()]
}

fn group(aim: &Aim) -> Vec<String> {
    vec![aim.group.clone()]
}

fn key(aim: &Aim) -> Vec<String> {
    vec![aim.key.clone()]
}

fn page(aim: &Aim) -> Vec<String> {
    vec![aim.key.clone(), aim.page.clone()]
}

fn just(_: &Aim, _: &Near) -> Vec<Ask> {
    vec![way("")]
}

fn by_id(aim: &Aim, _: &Near) -> Vec<Ask> {
    vec![way(format!("?pageId={}", segment(&aim.page)))]
}

fn remark(_: &Aim, _: &Near) -> Vec<Ask> {
    vec![way("").form(&[("do", "comment"), ("comment", "said by a form")])]
}
