//! `POST` at the address of a page or blog post: adds a comment in plain text.

use super::path_of;
use crate::call::Call;
use crate::failure::{Failure, html_escaped};
use crate::route::Answer;
use crate::web::handlers::page::blog_post_id;
use crate::web::notice::{self, Done};
use narthex_access::PageId;
use narthex_site::SiteError;
use narthex_site::comment::NewComment;
use narthex_site::page::{NewBody, Representation};

/// Comments on a page.
pub(super) async fn on_page(call: Call) -> Answer {
    let id = call.id("id")?;
    add(call, id).await
}

/// Comments on a blog post.
pub(super) async fn on_blog_post(call: Call) -> Answer {
    let id = blog_post_id(&call)?;
    add(call, id).await
}

async fn add(mut call: Call, id: PageId) -> Answer {
    call.view.page(id)?;
    let form = call.long_form().await?;
    let fields = form.fields();
    if fields.get("do") != Some("comment") {
        return Err(Failure::bad_request(
            "there is no such form on this page; load the page again",
        ));
    }
    let text = storage(fields.get("comment").unwrap_or_default());
    if text.is_empty() {
        return Err(Failure::bad_request(
            "The comment is empty. Write something, and send it then.",
        ));
    }
    let new = NewComment {
        page: id,
        parent: None,
        body: NewBody {
            representation: Representation::Storage,
            text,
        },
    };
    match call.app.site.create_comment(&call.credential, new).await {
        Ok(comment) => {
            call.forget_typed();
            let path = path_of(&call, call.view.page(id)?)?;
            notice::go_on(format!("{path}#nx-comment-{comment}"), Done::Commented)
        }
        // Logging in may help.
        Err(SiteError::Forbidden(_)) if call.view.subject().account().is_none() => {
            Err(Failure::Unauthorized)
        }
        Err(error) => Err(error.into()),
    }
}

/// Converts plain text into the storage format: a paragraph for each run of lines, with nothing in
/// it read as markup. Returns an empty text if there is no visible character.
fn storage(text: &str) -> String {
    let mut storage = String::with_capacity(text.len() + 16);
    let mut open = false;
    for line in text.lines() {
        let line: String = line.chars().filter(|c| !c.is_control()).collect();
        let line = line.trim();
        if line.is_empty() {
            if open {
                storage.push_str("</p>");
            }
            open = false;
            continue;
        }
        storage.push_str(if open { "<br />" } else { "<p>" });
        storage.push_str(&html_escaped(line));
        open = true;
    }
    if open {
        storage.push_str("</p>");
    }
    storage
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_kept_and_runs_of_them_are_paragraphs() {
        assert_eq!(
            storage("one\r\ntwo\r\n\r\n\n  three  \n"),
            "<p>one<br />two</p><p>three</p>"
        );
    }

    #[test]
    fn nothing_in_a_comment_is_markup() {
        assert_eq!(
            storage("<script>&\"'\u{0}</p><ac:link/>"),
            "<p>&lt;script&gt;&amp;&quot;&#39;&lt;/p&gt;&lt;ac:link/&gt;</p>"
        );
    }

    #[test]
    fn blanks_are_no_comment() {
        assert_eq!(storage(" \r\n\t\n\u{1}"), "");
    }
}
