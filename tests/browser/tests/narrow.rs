//! Pages in small windows: everything is within reach, and nothing but its own frame scrolls
//! sideways.

use crate::story::Story;
use narthex_served::{Ask, Who};
use serde_json::{Value, json};

/// The widths of small and large windows, in CSS pixels.
const WIDTHS: [u32; 7] = [320, 360, 390, 430, 600, 820, 1440];

/// Returns what of an element is outside the window, to the left and to the right, in CSS pixels.
async fn outside(story: &Story, selector: &str) -> Value {
    let script = format!(
        "(() => {{
            const box = document.querySelector({}).getBoundingClientRect();
            const width = document.documentElement.clientWidth;
            return [Math.max(0, -box.left), Math.max(0, box.right - width)];
        }})()",
        json!(selector)
    );
    story.page().evaluate(&script).await
}

#[tokio::test]
async fn a_menu_that_is_opened_is_within_the_window() {
    let story = Story::begin().await;
    let page = story.page();
    let aim = story.world.aim("Guide");
    for width in WIDTHS {
        page.set_viewport(width, 900).await;
        story
            .open(&format!("/wiki/spaces/{}/pages/{}", aim.key, aim.page))
            .await;
        for menu in [".actions details.menu", ".top details.menu"] {
            page.click(&format!("{menu} > summary")).await;
            let body = format!("{menu} .menu-body");
            assert!(!page.text(&body).await.is_empty(), "{menu} is shut");
            let outside = outside(&story, &body).await;
            assert_eq!(outside, json!([0, 0]), "{menu} at {width}");
        }
    }
}

#[tokio::test]
async fn a_page_does_not_scroll_sideways_whatever_its_author_made_wide() {
    let story = Story::begin().await;
    let word = "Wort".repeat(40);
    let column = |width: &str, text: &str| {
        format!(
            "<ac:structured-macro ac:name=\"column\"><ac:parameter ac:name=\"width\">{width}</ac:parameter>\
             <ac:rich-text-body><p>{text}</p></ac:rich-text-body></ac:structured-macro>"
        )
    };
    let columns = format!("{}{}", column("600px", &word), column("50%", "half"));
    let body = [
        "<ac:structured-macro ac:name=\"toc\" />".to_owned(),
        format!("<h2>{word}</h2><h3>https://example.org/{word}</h3>"),
        format!(
            "<ac:structured-macro ac:name=\"section\"><ac:rich-text-body>{columns}\
             </ac:rich-text-body></ac:structured-macro>"
        ),
        column("600px", "It stands alone."),
        format!(
            "<p><ac:structured-macro ac:name=\"status\"><ac:parameter ac:name=\"title\">{word}\
             </ac:parameter></ac:structured-macro></p>"
        ),
        "<div style=\"width: 900px;\"><p>A wide block.</p></div>".to_owned(),
        "<p style=\"margin-left: 500px;\">It is indented.</p>".to_owned(),
    ];
    let label = json!({"prefix": "global", "name": "label".repeat(30)});
    let key = &story.world.aim("DOCS").key;
    // Each by itself: what is wide must not hide behind the frame of something else.
    for (n, body) in body.into_iter().enumerate() {
        let page = json!({
            "type": "page", "title": format!("Wide {n}"), "space": { "key": key },
            "body": { "storage": { "value": body, "representation": "storage" } },
            "metadata": { "labels": [label] },
        });
        let ask = Ask::post("/wiki/rest/api/content", &page);
        let ada = story.world.actor(Who::Ada);
        let made = story.world.served.expect(200, &ada, &ask).await.json();
        let id = made["id"].as_str().expect("an id").to_owned();
        for width in WIDTHS {
            story.page().set_viewport(width, 900).await;
            story.open(&format!("/wiki/spaces/{key}/pages/{id}")).await;
            let over =
                "document.documentElement.scrollWidth - document.documentElement.clientWidth";
            let over = story.page().evaluate(over).await;
            assert_eq!(over, 0, "{body} at {width}");
        }
    }
}

#[tokio::test]
async fn a_text_that_was_typed_while_the_session_ended_is_published_after_logging_in() {
    let story = Story::begin().await;
    let page = story.page();
    let key = &story.world.aim("DOCS").key;
    for scripts in [true, false] {
        page.run_scripts(scripts).await;
        story.hand_to(Who::Ada).await;
        story
            .open(&format!("/wiki/pages/create?spaceKey={key}"))
            .await;
        let title = format!("Written for an hour, with scripts: {scripts}");
        page.type_into("#title", &title).await;
        page.type_into("#body", "<p>All of it</p>").await;
        let ended = narthex_served::Actor::Cookie("a session that has ended".into());
        page.carry(&story.host.url("/"), &ended).await;
        page.click("button[value=publish]").await;
        assert!(page.has("form[action='/login'][target=_blank]").await);
        let typed = "document.querySelector('.typed textarea').value";
        assert_eq!(page.evaluate(typed).await, "<p>All of it</p>");
        // Another window of the same browser has logged in.
        story.hand_to(Who::Ada).await;
        page.click(".typed button.primary").await;
        assert_eq!(page.text("h1").await, title);
        assert!(page.text("main").await.contains("All of it"));
    }
}
