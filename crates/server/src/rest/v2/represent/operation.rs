//! A v2 operation: a verb on a type of target that the viewer is permitted.

use super::included::Included;
use crate::rest::lens::Lens;
use narthex_access::Object;
use serde::Serialize;

/// A permitted operation with the type of its target.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Operation {
    operation: &'static str,
    target_type: &'static str,
}

impl Operation {
    /// Returns the operations that the viewer may do on an object.
    pub fn all(lens: Lens<'_>, object: Object) -> Vec<Self> {
        narthex_site::operations::operations(lens.view, object)
            .into_iter()
            .map(|may| Self {
                operation: may.operation,
                target_type: may.target_type,
            })
            .collect()
    }

    /// The same within the object, whose address is `/wiki/api/v2/` and `address`.
    pub fn included(lens: Lens<'_>, object: Object, address: &str) -> Included<Self> {
        let all = Self::all(lens, object);
        Included::whole(all, format!("/wiki/api/v2/{address}/operations"))
    }
}
