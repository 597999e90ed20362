//! `narthex group`: manages groups and their members.

use super::{Context, OPERATOR, account_of};
use crate::args::{GroupCommand, Member};
use crate::exit::Failure;
use crate::output::table::table;
use crate::output::{Answer, Style};
use narthex_access::{AccountId, GroupId};
use narthex_site::Site;
use narthex_site::group::{GroupInfo, NewGroup};
use serde::Serialize;

/// Runs one of the commands.
///
/// # Errors
/// Returns the error of the site.
pub(super) async fn run(context: &Context, command: GroupCommand) -> Result<(), Failure> {
    let site = context.site().await?;
    match command {
        GroupCommand::Create(args) => {
            let new = NewGroup {
                name: args.name,
                confluence: args.confluence.into(),
                service_desk: args.service_desk,
            };
            let id = site.create_group(OPERATOR, new).await?;
            show(context, &site, |group| group.row.id == id).await
        }
        GroupCommand::List => show(context, &site, |_| true).await,
        GroupCommand::Add(args) => {
            let (group, account) = both(&site, &args).await?;
            site.add_member(OPERATOR, group, account).await?;
            show(context, &site, |info| info.row.id == group).await
        }
        GroupCommand::Remove(args) => {
            let (group, account) = both(&site, &args).await?;
            site.remove_member(OPERATOR, group, account).await?;
            show(context, &site, |info| info.row.id == group).await
        }
        GroupCommand::Delete(args) => {
            let group = group_of(&site, &args.name).await?;
            site.delete_group(OPERATOR, group).await?;
            context
                .output
                .say(&format!("The group {} is deleted.", args.name));
            Ok(())
        }
    }
}

async fn both(site: &Site, args: &Member) -> Result<(GroupId, AccountId), Failure> {
    let group = group_of(site, &args.name).await?;
    Ok((group, account_of(site, &args.email).await?.id))
}

/// Finds the group with a name, ignoring case.
async fn group_of(site: &Site, name: &str) -> Result<GroupId, Failure> {
    let groups = site.groups(OPERATOR).await?;
    let found = groups
        .iter()
        .find(|group| group.row.name.to_lowercase() == name.trim().to_lowercase());
    found.map(|group| group.row.id).ok_or_else(|| {
        Failure::Failed(format!(
            "there is no group {name}; narthex group list shows all"
        ))
    })
}

async fn show(
    context: &Context,
    site: &Site,
    wanted: impl Fn(&GroupInfo) -> bool,
) -> Result<(), Failure> {
    let groups = site.groups(OPERATOR).await?;
    context.output.answer(&Groups(
        groups
            .iter()
            .filter(|group| wanted(group))
            .map(Shown::from)
            .collect(),
    ))
}

/// The list of groups that is printed.
#[derive(Debug, Serialize)]
#[serde(transparent)]
struct Groups(Vec<Shown>);

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
    group_id: String,
    name: String,
    confluence: &'static str,
    service_desk: bool,
    members: usize,
}

impl From<&GroupInfo> for Shown {
    fn from(info: &GroupInfo) -> Self {
        Self {
            group_id: info.row.id.to_string(),
            name: info.row.name.to_string(),
            confluence: info.row.confluence.word(),
            service_desk: info.row.service_desk,
            members: info.members,
        }
    }
}

impl Answer for Groups {
    fn text(&self, style: Style) -> String {
        let rows = self.0.iter().map(|group| {
            [
                group.name.clone(),
                group.confluence.to_owned(),
                if group.service_desk {
                    "agent".to_owned()
                } else {
                    String::new()
                },
                group.members.to_string(),
            ]
        });
        table(
            style,
            &["group", "access to Confluence", "service desk", "members"],
            rows,
        )
    }
}
