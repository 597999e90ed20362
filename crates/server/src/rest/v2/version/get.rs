//! `GET .../versions/{number}`: one version, with the numbers of those before and after it.

use super::Subject;
use crate::call::{Call, OrAbsent as _};
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v2::represent::version::Version;
use crate::route::Answer;
use narthex_store::past::VersionRun;
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Detailed {
    #[serde(flatten)]
    version: Version,
    content_type_modified: bool,
    collaborators: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    prev_version: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_version: Option<u32>,
}

pub(super) async fn handle(call: Call, subject: Subject) -> Answer {
    let of = subject(&call)?;
    let number: u32 = call.id("number")?;
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let found = lens.site.version(lens.view, of, number).await?;
    let version = found.or_absent()?;
    let beside = async |newest_first| {
        let run = VersionRun {
            newest_first,
            after: Some(number),
            limit: 1,
        };
        let read = lens.site.versions(lens.view, of, run).await?;
        Ok::<_, crate::failure::Failure>(read.first().map(|version| version.number))
    };
    let version = Version::read(lens, &version);
    respond::ok(&Detailed {
        collaborators: version.author().map(str::to_owned).into_iter().collect(),
        version,
        content_type_modified: false,
        prev_version: beside(true).await?,
        next_version: beside(false).await?,
    })
}
