//! `narthex serve`: runs the site.

use super::Context;
use crate::exit::Failure;
use crate::opening;
use crate::output::{Answer, Style};
use crate::serving::{self, Doors};
use narthex_site::search::PATIENCE;
use narthex_site::secret::Secret;
use narthex_store::{Link, health};
use serde::Serialize;
use tokio::signal::unix::SignalKind;

/// Serves until it is told to stop.
///
/// # Errors
/// Fails if it can't start: because of the database or the address.
pub(super) fn run(context: &Context) -> Result<(), Failure> {
    let server = &context.settings.server;
    let _log = crate::log::start(&server.log)?;
    serving::runtime(server.workers)?.block_on(serve(context))
}

async fn serve(context: &Context) -> Result<(), Failure> {
    let server = &context.settings.server;
    let stop = serving::told_to_stop(SignalKind::quit())?;
    let doors = Doors::open(server).await?;
    let site = opening::create(&context.settings.site)
        .await?
        .with_search(context.settings.site.index(), PATIENCE);
    let set_up = match site.is_set_up().await? {
        true => None,
        false => Some(Secret::random(&opening::entropy()?)),
    };
    if server.is_in_the_clear() {
        tracing::warn!(
            listen = %doors.address(),
            "passwords and tokens cross the network unencrypted: put a proxy with TLS before it and \
             set base_url to its https address and trusted_proxy to its network, or listen on 127.0.0.1"
        );
    }
    match site.store().link().await? {
        Link::Open => tracing::warn!("{}", health::OPEN_LINK),
        Link::Unverified => tracing::warn!("{}", health::UNVERIFIED_LINK),
        Link::Here | Link::Verified => {}
    }
    let origin = server.base_url.clone().unwrap_or_else(|| doors.origin());
    context.output.answer(&Serving {
        listens: format!("http://{}", doors.address()),
        url: format!("{origin}/wiki"),
        set_up: set_up
            .as_ref()
            .map(|secret| format!("{origin}/setup?token={}", secret.reveal())),
        metrics: doors
            .metrics_address()
            .map(|address| format!("http://{address}/metrics")),
    })?;
    doors.serve(site, server, set_up, stop).await?;
    context.output.say("Stopped.");
    Ok(())
}

/// The addresses of the site that is served.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Serving {
    listens: String,
    url: String,
    set_up: Option<String>,
    metrics: Option<String>,
}

impl Answer for Serving {
    fn text(&self, style: Style) -> String {
        let mut text = format!(
            "Narthex listens on {}; the site is {}",
            self.listens,
            style.good(&self.url)
        );
        if let Some(metrics) = &self.metrics {
            text.push_str(&format!("\nMetrics: {metrics}"));
        }
        if let Some(set_up) = &self.set_up {
            text.push_str(&format!(
                "\nThis site has no administrator yet. Open this address to become the administrator, and show it to nobody else; it works once, until this program ends:\n  {set_up}"
            ));
        }
        text
    }
}
