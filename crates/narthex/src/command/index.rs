//! `narthex index`: manages the search index.

use super::Context;
use crate::args::IndexCommand;
use crate::exit::Failure;
use crate::output::{Answer, Style};
use narthex_site::search::Rebuilt;
use serde::Serialize;

/// Runs one of the commands on the search index of the data folder.
///
/// # Errors
/// Fails if the index can't be read or written.
pub(super) async fn run(context: &Context, command: IndexCommand) -> Result<(), Failure> {
    let site = context.site().await?;
    match command {
        IndexCommand::Rebuild => {
            let home = context.settings.site.index();
            let rebuilt = site.rebuild_index(&home).await?;
            context.output.answer(&match rebuilt {
                Rebuilt::Done(things) => Told {
                    things: Some(things),
                    servers_asked: 0,
                },
                Rebuilt::Asked(servers_asked) => Told {
                    things: None,
                    servers_asked,
                },
            })
        }
    }
}

/// The result of the command.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    #[serde(skip_serializing_if = "Option::is_none")]
    things: Option<usize>,
    servers_asked: usize,
}

impl Answer for Told {
    fn text(&self, _: Style) -> String {
        match self.things {
            Some(things) => {
                format!("The search index is rebuilt: {things} pages, comments and attachments.")
            }
            None => format!(
                "{} running server{} asked to rebuild the search index; the log of each says when it is done.",
                self.servers_asked,
                if self.servers_asked == 1 {
                    " was"
                } else {
                    "s were"
                }
            ),
        }
    }
}
