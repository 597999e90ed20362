//! `GET /wiki/rest/api/user/anonymous`: the user that stands for people who aren't logged in; 403
//! for these people while anonymous access is off.

use crate::call::Call;
use crate::failure::Failure;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v1::represent::Expand;
use crate::rest::v1::represent::user::User;
use crate::route::Answer;

pub(super) async fn handle(call: Call) -> Answer {
    let logged_in = call.view.subject().account().is_some();
    if !logged_in && !call.view.switches().anonymous_access {
        return Err(Failure::Forbidden(
            "anonymous access is off for this site; log in".into(),
        ));
    }
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let user = User::anonymous(lens);
    respond::ok(&user.expanded(lens, &Expand::of(&call.query())).await?)
}
