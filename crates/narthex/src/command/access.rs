//! `narthex access`: shows who sees what, and why.

use super::{Context, OPERATOR, account_of, instant};
use crate::args::{AccessCommand, Explain};
use crate::exit::Failure;
use crate::output::{Answer, Style};
use narthex_access::PageId;
use narthex_site::SiteError;
use narthex_site::explain::Told;
use serde::Serialize;

/// Runs one of the commands.
///
/// # Errors
/// Returns the error of the site.
pub(super) async fn run(context: &Context, command: AccessCommand) -> Result<(), Failure> {
    match command {
        AccessCommand::Explain(args) => explain(context, args).await,
    }
}

async fn explain(context: &Context, args: Explain) -> Result<(), Failure> {
    let page = page_id(&args.page).ok_or_else(|| {
        Failure::Usage(format!(
            "{:?} is neither the id nor the address of a page; the id is the number after /pages/ in the page's address",
            args.page
        ))
    })?;
    let site = context.site().await?;
    let about = match &args.email {
        None => None,
        Some(email) => {
            let account = account_of(&site, email).await?;
            if !account.active {
                return Err(Failure::Failed(format!(
                    "{} is deactivated: it can't log in, so it sees nothing",
                    account.email
                )));
            }
            Some(account.id)
        }
    };
    let told = site
        .explain(OPERATOR, about, page)
        .await
        .map_err(|error| match error {
            SiteError::Absent(_) => Failure::Failed(format!(
                "there is no page with the id {page}; check the number after /pages/ in its address"
            )),
            other => other.into(),
        })?;
    context.output.answer(&Explained {
        page: page.to_string(),
        told,
    })
}

/// Reads the id of a page from a number or from an address of the page.
fn page_id(text: &str) -> Option<PageId> {
    let path = text.split(['?', '#']).next().unwrap_or_default();
    let in_path = || {
        let after_pages = path.split("/pages/").nth(1)?;
        after_pages.split('/').next()?.parse().ok()
    };
    // Older addresses of blog posts have no day before the id.
    let of_blog_post = || {
        let after_blog: Vec<&str> = path.split("/blog/").nth(1)?.split('/').collect();
        let id = match after_blog.as_slice() {
            [_, _, _, id, ..] | [id, ..] => id,
            [] => return None,
        };
        id.parse().ok()
    };
    let in_query = || {
        let query = text.split_once('?')?.1;
        let value = query
            .split('&')
            .find_map(|pair| pair.strip_prefix("pageId="))?;
        value.split('#').next()?.parse().ok()
    };
    text.trim()
        .parse()
        .ok()
        .or_else(in_path)
        .or_else(of_blog_post)
        .or_else(in_query)
}

/// The explanation of a decision about one page.
#[derive(Debug, Serialize)]
struct Explained {
    page: String,
    #[serde(flatten)]
    told: Told,
}

impl Answer for Explained {
    fn text(&self, style: Style) -> String {
        let sentence = match self.told.allowed {
            Some(true) => style.good(&self.told.sentence),
            _ => style.bad(&self.told.sentence),
        };
        let mut text = format!("{sentence}\n");
        for step in &self.told.steps {
            let mark = if step.holds {
                style.good("+")
            } else {
                style.bad("-")
            };
            text.push_str(&format!("  {mark} {}\n", step.sentence));
            if let Some(cause) = &step.cause {
                let by = cause
                    .by
                    .as_ref()
                    .map_or_else(String::new, |by| format!(" by {by}"));
                let at = cause
                    .at
                    .map_or_else(String::new, |at| format!("{} ", instant(at)));
                text.push_str(&format!(
                    "      {}\n",
                    style.dim(&format!("{at}{}{by}", cause.what))
                ));
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_named_by_its_id_or_by_its_address() {
        let id = PageId::new(4_503_599_627_370_497);
        for text in [
            "4503599627370497",
            "/wiki/spaces/HELP/pages/4503599627370497",
            "https://wiki.example.org/wiki/spaces/HELP/pages/4503599627370497/Refunds?a=b#c",
            "https://wiki.example.org/wiki/spaces/HELP/blog/2026/03/01/4503599627370497/News",
            "https://wiki.example.org/wiki/spaces/HELP/blog/4503599627370497/News",
            "/wiki/pages/restrictions?a=b&pageId=4503599627370497#x",
        ] {
            assert_eq!(page_id(text), id, "{text}");
        }
        for text in [
            "",
            "Refunds",
            "/wiki/spaces/HELP",
            "/wiki/spaces/HELP/pages/x",
            "0",
        ] {
            assert_eq!(page_id(text), None, "{text}");
        }
    }
}
