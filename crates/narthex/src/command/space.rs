//! `narthex space`: manages spaces, and who may view them.

use super::{Context, OPERATOR, account_of, named};
use crate::args::{CreatePersonalSpace, CreateSpace, OnOff, RestoreSpace, SpaceCommand, ViewSpace};
use crate::exit::Failure;
use crate::output::exposure::goes_on;
use crate::output::table::table;
use crate::output::{Answer, Style};
use narthex_access::{Door, SpaceKind, personal_key};
use narthex_site::Site;
use narthex_site::access_change::AccessChange;
use narthex_site::error::SiteError;
use narthex_site::space::NewSpace;
use narthex_site::switch::{SetSpaceSwitch, SpaceSwitch, SpaceSwitches};
use serde::Serialize;
use std::collections::BTreeMap;

const LIST: &str = "narthex space list";
const TRASH: &str = "narthex space trash";

/// Runs one of the commands.
///
/// # Errors
/// Returns the error of the site, or `Failure::Unconfirmed` for a widening that nobody confirmed.
pub(super) async fn run(context: &Context, command: SpaceCommand) -> Result<(), Failure> {
    let site = context.site().await?;
    match command {
        SpaceCommand::Create(args) => create(context, &site, args).await,
        SpaceCommand::CreatePersonal(args) => create_personal(context, &site, args).await,
        SpaceCommand::List => context.output.answer(&shown(&site, |_| true).await?),
        SpaceCommand::View(args) => view(context, &site, args).await,
        SpaceCommand::Trash => context.output.answer(&in_trash(&site).await?),
        SpaceCommand::Restore(args) => restore(context, &site, args).await,
    }
}

async fn create(context: &Context, site: &Site, args: CreateSpace) -> Result<(), Failure> {
    let new = NewSpace {
        key: Some(args.key),
        name: args.name,
        description: args.description,
        kind: SpaceKind::Global,
        private: args.private,
    };
    make(context, site, new).await
}

async fn create_personal(
    context: &Context,
    site: &Site,
    args: CreatePersonalSpace,
) -> Result<(), Failure> {
    let owner = account_of(site, &args.owner).await?;
    let new = NewSpace {
        key: Some(personal_key(owner.id)),
        name: args.name.unwrap_or_else(|| owner.name.to_string()),
        description: args.description,
        kind: SpaceKind::Personal,
        private: args.private,
    };
    make(context, site, new).await
}

async fn make(context: &Context, site: &Site, new: NewSpace) -> Result<(), Failure> {
    let made = site.create_space(OPERATOR, new).await?;
    context
        .output
        .answer(&shown(site, |space| space.space == made.id).await?)
}

async fn view(context: &Context, site: &Site, args: ViewSpace) -> Result<(), Failure> {
    let was = site.space_switches(OPERATOR, &args.key).await;
    let was = was.map_err(named("space", &args.key, LIST))?;
    let set = |switch, on: Option<OnOff>| {
        on.map(|on| SetSpaceSwitch {
            space_key: args.key.clone(),
            switch,
            on: on.is_on(),
        })
    };
    let wanted: Vec<SetSpaceSwitch> = [
        set(SpaceSwitch::UnlicensedView, args.unlicensed),
        set(SpaceSwitch::AnonymousView, args.anonymous),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !wanted.is_empty() {
        let (set, exposure) = site
            .rehearse_space_switches(OPERATOR, wanted.clone())
            .await?;
        let turned_on = set.iter().any(|now| {
            now.unlicensed_view && !was.unlicensed_view || now.anonymous_view && !was.anonymous_view
        });
        let widens = exposure.widens() || turned_on;
        if !goes_on(context.output, args.confirmation, widens, &exposure)? {
            return Ok(());
        }
        site.set_space_switches(OPERATOR, wanted).await?;
    }
    context
        .output
        .answer(&shown(site, |space| space.space == was.space).await?)
}

async fn in_trash(site: &Site) -> Result<Trash, Failure> {
    let view = site.view(OPERATOR, Door::Confluence).await?;
    let spaces = view.trashed_spaces().map_err(SiteError::from)?;
    let mut trash: Vec<Trashed> = spaces
        .map(|space| Trashed {
            key: space.row().key.to_string(),
            name: space.row().name.to_string(),
            kind: space.row().kind.word(),
        })
        .collect();
    trash.sort_by(|a, b| a.key.cmp(&b.key));
    Ok(Trash(trash))
}

async fn restore(context: &Context, site: &Site, args: RestoreSpace) -> Result<(), Failure> {
    let change = AccessChange::RestoreSpace {
        space_key: args.key.clone(),
    };
    let found = site.rehearse_access(OPERATOR, &change).await;
    let found = found.map_err(named("space in the trash", &args.key, TRASH))?;
    let (output, confirmation) = (context.output, args.confirmation);
    if !goes_on(output, confirmation, found.widens(), &found.tiers)? {
        return Ok(());
    }
    site.change_access(OPERATOR, change).await?;
    let restored = site.space_switches(OPERATOR, &args.key).await?.space;
    context
        .output
        .answer(&shown(site, |space| space.space == restored).await?)
}

async fn shown(site: &Site, wanted: impl Fn(&SpaceSwitches) -> bool) -> Result<Spaces, Failure> {
    let view = site.view(OPERATOR, Door::Confluence).await?;
    let rows: BTreeMap<_, _> = view
        .administered_spaces()
        .map(|space| (space.id(), space.row()))
        .collect();
    let facts = site.all_space_switches(OPERATOR).await?;
    let shown = facts.into_iter().filter(wanted).map(|facts| {
        let row = rows.get(&facts.space);
        Shown {
            key: facts.space_key.to_string(),
            name: row.map_or_else(String::new, |row| row.name.to_string()),
            kind: row.map_or("", |row| row.kind.word()),
            state: row.map_or("", |row| row.state.word()),
            unlicensed_view: facts.unlicensed_view,
            unlicensed_view_in_effect: facts.unlicensed_view && facts.jsm_access,
            anonymous_view: facts.anonymous_view,
            anonymous_view_in_effect: facts.anonymous_view && facts.anonymous_access,
            older_anonymous_rule: facts.anonymous_view && facts.older_anonymous_rule,
        }
    });
    Ok(Spaces(shown.collect()))
}

/// The list of spaces that is printed.
#[derive(Debug, Serialize)]
#[serde(transparent)]
struct Spaces(Vec<Shown>);

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
    key: String,
    name: String,
    kind: &'static str,
    state: &'static str,
    unlicensed_view: bool,
    unlicensed_view_in_effect: bool,
    anonymous_view: bool,
    anonymous_view_in_effect: bool,
    older_anonymous_rule: bool,
}

impl Answer for Spaces {
    fn text(&self, style: Style) -> String {
        let rows = self.0.iter().map(|space| {
            let unlicensed = in_words(space.unlicensed_view, space.unlicensed_view_in_effect);
            let anonymous = match space.older_anonymous_rule {
                true => "older rule: signed-in people only",
                false => in_words(space.anonymous_view, space.anonymous_view_in_effect),
            };
            [
                space.key.clone(),
                space.name.clone(),
                space.kind.to_owned(),
                space.state.to_owned(),
                unlicensed.to_owned(),
                anonymous.to_owned(),
            ]
        });
        let head = [
            "key",
            "name",
            "kind",
            "state",
            "any active user can view",
            "anyone can view",
        ];
        table(style, &head, rows)
    }
}

/// The list of spaces in the trash that is printed.
#[derive(Debug, Serialize)]
#[serde(transparent)]
struct Trash(Vec<Trashed>);

#[derive(Debug, Serialize)]
struct Trashed {
    key: String,
    name: String,
    kind: &'static str,
}

impl Answer for Trash {
    fn text(&self, style: Style) -> String {
        let rows = self.0.iter();
        let rows = rows.map(|space| [space.key.clone(), space.name.clone(), space.kind.to_owned()]);
        table(style, &["key", "name", "kind"], rows)
    }
}

fn in_words(set: bool, in_effect: bool) -> &'static str {
    match (set, in_effect) {
        (false, _) => "no",
        (true, true) => "yes",
        (true, false) => "set, but off for the site",
    }
}
