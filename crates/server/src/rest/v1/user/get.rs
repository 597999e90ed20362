//! `GET /wiki/rest/api/user?accountId=`: a person's profile (law 3.6).

use crate::call::Call;
use crate::failure::Failure;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v1::represent::Expand;
use crate::rest::v1::represent::user::User;
use crate::route::Answer;

pub(super) async fn handle(call: Call) -> Answer {
    let query = call.query();
    let id = query
        .required("accountId")?
        .parse()
        .map_err(|_| Failure::Absent)?;
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let user = User::shown(lens, call.view.profile(id)?);
    respond::ok(&user.expanded(lens, &Expand::of(&query)).await?)
}
