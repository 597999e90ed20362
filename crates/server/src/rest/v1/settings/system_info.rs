//! `GET /wiki/rest/api/settings/systemInfo`: product, version and site id, for licensed users,
//! guests and site administrators.

use crate::call::Call;
use crate::failure::Failure;
use crate::respond;
use crate::route::Answer;
use narthex_access::Tier;
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SystemInfo {
    /// The site's own random id.
    cloud_id: String,
    /// The version of the program.
    commit_hash: &'static str,
    base_url: String,
    edition: &'static str,
    default_locale: &'static str,
    default_time_zone: &'static str,
}

pub(super) async fn handle(call: Call) -> Answer {
    call.require_account()?;
    let subject = call.view.subject();
    let uses_confluence = matches!(subject.tier(), Tier::Licensed | Tier::Guest);
    if !uses_confluence && !subject.is_site_admin() {
        return Err(Failure::Forbidden(
            "this account has no access to Confluence; ask a site administrator".into(),
        ));
    }
    let site = &call.app.site;
    respond::ok(&SystemInfo {
        cloud_id: site.store().identity().await.map_err(Failure::Storage)?,
        commit_hash: env!("CARGO_PKG_VERSION"),
        base_url: call.base(),
        edition: "narthex",
        default_locale: "en_US",
        default_time_zone: "UTC",
    })
}
