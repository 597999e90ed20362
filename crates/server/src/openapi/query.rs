//! The query parameters of the routes, as far as they are described.

use super::shape;
use crate::route::Route;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::Type;

/// A parameter's name, type and description; they are the same on every route.
type Meaning = (&'static str, Type, &'static str);

/// The description of each parameter.
#[rustfmt::skip]
const MEANINGS: &[Meaning] = &[
    ("accessType", Type::String, "what groups give their members: user, admin or site-admin"),
    ("accountId", Type::String, "an account, by its id"),
    ("allowCache", Type::Boolean, "whether a conversion may be kept; none is"),
    ("allowDuplicated", Type::Boolean, "whether a file of a name that is there becomes its next version"),
    ("assignee", Type::String, "accounts that tasks are assigned to"),
    ("body-format", Type::String, "the representation that bodies are answered in"),
    ("completedateFrom", Type::Integer, "done at this instant or later, in milliseconds since 1970"),
    ("completedateTo", Type::Integer, "done at this instant or earlier, in milliseconds since 1970"),
    ("completedUser", Type::String, "accounts that have done tasks"),
    ("conflictPolicy", Type::String, "what is done in a conflict: abort"),
    ("contentIdContext", Type::String, "the content whose page a text is rendered as"),
    ("cql", Type::String, "a query in CQL"),
    ("cqlcontext", Type::String, "where a query is asked: space and content"),
    ("createdateFrom", Type::Integer, "made at this instant or later, in milliseconds since 1970"),
    ("createdateTo", Type::Integer, "made at this instant or earlier, in milliseconds since 1970"),
    ("creator", Type::String, "accounts that have written tasks"),
    ("cursor", Type::String, "where the list goes on: from the link to the next page"),
    ("depth", Type::String, "how far below is listed"),
    ("draft", Type::Boolean, "whether it is a draft that is meant"),
    ("dryRun", Type::Boolean, "whether only the effect is told, and nothing done"),
    ("duedateFrom", Type::Integer, "due at this instant or later, in milliseconds since 1970"),
    ("duedateTo", Type::Integer, "due at this instant or earlier, in milliseconds since 1970"),
    ("embeddedContentRender", Type::String, "which version of what is embedded is shown: current"),
    ("endDate", Type::String, "the end, in milliseconds since 1970"),
    ("excerpt", Type::String, "how hits are shown"),
    ("excludeCurrentSpaces", Type::Boolean, "whether only archived spaces are searched"),
    ("expand", Type::String, "what is answered beside what always is, separated by commas"),
    ("favorited-by", Type::String, "the account whose favourites are answered; only your own are told"),
    ("favourite", Type::Boolean, "whether only favourites are answered"),
    ("favouriteUserKey", Type::String, "whose favourites; refused, as accounts have no user keys"),
    ("filename", Type::String, "a file name"),
    ("format", Type::String, "the format of the answer"),
    ("get-draft", Type::Boolean, "whether its draft is answered"),
    ("groupId", Type::String, "a group, by its id"),
    ("id", Type::String, "ids, separated by commas"),
    ("ids", Type::String, "ids, separated by commas"),
    ("include-operations", Type::Boolean, "whether what one may do to it is answered within it"),
    ("include-properties", Type::Boolean, "whether its properties are answered within it"),
    ("includeArchivedSpaces", Type::Boolean, "whether archived spaces are searched too"),
    ("key", Type::String, "a key"),
    ("keys", Type::String, "keys, separated by commas"),
    ("label", Type::String, "labels, separated by commas"),
    ("label-id", Type::String, "labels, by their ids"),
    ("labels", Type::String, "labels, separated by commas"),
    ("limit", Type::Integer, "the most entries of the answer; v2 answers 250 at most, v1 1,000, or 250 with bodies"),
    ("location", Type::String, "where comments stand: footer, inline or resolved"),
    ("mediaType", Type::String, "a media type"),
    ("name", Type::String, "a name"),
    ("next", Type::Boolean, "whether the cursor goes on"),
    ("not-favorited-by", Type::String, "the account whose favourites are left out; only your own are told"),
    ("number", Type::Integer, "how many units of time"),
    ("orderby", Type::String, "the order"),
    ("pageId", Type::String, "pages or blog posts, by their ids"),
    ("parentVersion", Type::Integer, "the version of the parent; the newest is meant in any case"),
    ("postingDay", Type::String, "the day of a blog post: yyyy-mm-dd"),
    ("prefix", Type::String, "the prefix of labels"),
    ("prev", Type::Boolean, "whether the cursor goes back"),
    ("private", Type::Boolean, "whether only its author may see it at first"),
    ("purge", Type::Boolean, "whether it goes from the trash for good"),
    ("query", Type::String, "a text that names have in them"),
    ("resolution-status", Type::String, "whether comments are open or resolved"),
    ("root-level", Type::Boolean, "whether it stands beside the home page, and not below it"),
    ("searchString", Type::String, "a text that entries have in them"),
    ("shouldReturnTotalSize", Type::Boolean, "whether the length of the whole list is answered"),
    ("sitePermissionTypeFilter", Type::String, "whom people search finds"),
    ("sort", Type::String, "the order; after a hyphen the other way round"),
    ("space-id", Type::String, "spaces, by their ids"),
    ("spaceId", Type::String, "spaces, by their ids"),
    ("spaceKey", Type::String, "a space, by its key"),
    ("spaceKeyContext", Type::String, "the space that a text is rendered in"),
    ("start", Type::Integer, "how many entries are left out before the first"),
    ("startDate", Type::String, "the beginning, in milliseconds since 1970"),
    ("state-id", Type::Integer, "a content state, by its id"),
    ("status", Type::String, "states, separated by commas"),
    ("title", Type::String, "a title"),
    ("trigger", Type::String, "what is noted about the caller: viewed, which notes nothing"),
    ("type", Type::String, "a kind"),
    ("units", Type::String, "a unit of time"),
    ("version", Type::Integer, "a version, by its number"),
];

/// For each route its method, its template and the names of the parameters that it reads.
const READ: &[&str] = &[
    "GET /wiki/api/v2/attachments sort mediaType filename cursor limit",
    "DELETE /wiki/api/v2/attachments/{id} purge",
    "GET /wiki/api/v2/attachments/{id} version",
    "GET /wiki/api/v2/attachments/{id}/footer-comments body-format sort version cursor limit",
    "GET /wiki/api/v2/attachments/{id}/labels prefix sort cursor limit",
    "GET /wiki/api/v2/attachments/{id}/properties key sort cursor limit",
    "GET /wiki/api/v2/attachments/{id}/thumbnail/download version",
    "GET /wiki/api/v2/attachments/{id}/versions sort cursor limit",
    "GET /wiki/api/v2/blogposts id space-id sort status title body-format cursor limit",
    "POST /wiki/api/v2/blogposts private",
    "DELETE /wiki/api/v2/blogposts/{id} purge draft",
    "GET /wiki/api/v2/blogposts/{id} body-format get-draft status version",
    "GET /wiki/api/v2/blogposts/{id}/attachments sort mediaType filename cursor limit",
    "GET /wiki/api/v2/blogposts/{id}/footer-comments body-format sort cursor limit",
    "GET /wiki/api/v2/blogposts/{id}/inline-comments body-format resolution-status sort cursor limit",
    "GET /wiki/api/v2/blogposts/{id}/labels prefix sort cursor limit",
    "GET /wiki/api/v2/blogposts/{id}/likes/users cursor limit",
    "GET /wiki/api/v2/blogposts/{id}/properties key sort cursor limit",
    "GET /wiki/api/v2/blogposts/{id}/versions body-format sort cursor limit",
    "GET /wiki/api/v2/comments/{id}/properties key sort cursor limit",
    "GET /wiki/api/v2/folders/{id} include-operations include-properties",
    "GET /wiki/api/v2/folders/{id}/ancestors limit",
    "GET /wiki/api/v2/folders/{id}/descendants limit depth cursor",
    "GET /wiki/api/v2/folders/{id}/direct-children cursor limit sort",
    "GET /wiki/api/v2/folders/{id}/properties key sort cursor limit",
    "GET /wiki/api/v2/footer-comments body-format sort cursor limit",
    "GET /wiki/api/v2/footer-comments/{id} body-format version",
    "GET /wiki/api/v2/footer-comments/{id}/children body-format sort cursor limit",
    "GET /wiki/api/v2/footer-comments/{id}/likes/users cursor limit",
    "GET /wiki/api/v2/footer-comments/{id}/versions body-format sort cursor limit",
    "GET /wiki/api/v2/inline-comments body-format sort cursor limit",
    "GET /wiki/api/v2/inline-comments/{id} body-format version",
    "GET /wiki/api/v2/inline-comments/{id}/children body-format sort cursor limit",
    "GET /wiki/api/v2/inline-comments/{id}/likes/users cursor limit",
    "GET /wiki/api/v2/inline-comments/{id}/versions body-format sort cursor limit",
    "GET /wiki/api/v2/labels label-id prefix sort cursor limit",
    "GET /wiki/api/v2/labels/{id}/attachments sort cursor limit",
    "GET /wiki/api/v2/labels/{id}/blogposts space-id body-format sort cursor limit",
    "GET /wiki/api/v2/labels/{id}/pages space-id body-format sort cursor limit",
    "GET /wiki/api/v2/pages id space-id sort status title body-format cursor limit",
    "POST /wiki/api/v2/pages private root-level",
    "DELETE /wiki/api/v2/pages/{id} purge draft",
    "GET /wiki/api/v2/pages/{id} body-format get-draft status version",
    "GET /wiki/api/v2/pages/{id}/ancestors limit",
    "GET /wiki/api/v2/pages/{id}/attachments sort mediaType filename cursor limit",
    "GET /wiki/api/v2/pages/{id}/children cursor limit sort",
    "GET /wiki/api/v2/pages/{id}/descendants limit depth cursor",
    "GET /wiki/api/v2/pages/{id}/direct-children cursor limit sort",
    "GET /wiki/api/v2/pages/{id}/footer-comments body-format sort cursor limit",
    "GET /wiki/api/v2/pages/{id}/inline-comments body-format resolution-status sort cursor limit",
    "GET /wiki/api/v2/pages/{id}/labels prefix sort cursor limit",
    "GET /wiki/api/v2/pages/{id}/likes/users cursor limit",
    "GET /wiki/api/v2/pages/{id}/properties key sort cursor limit",
    "GET /wiki/api/v2/pages/{id}/versions body-format sort cursor limit",
    "GET /wiki/api/v2/space-permissions cursor limit",
    "GET /wiki/api/v2/spaces ids keys type status labels favorited-by not-favorited-by sort cursor limit",
    "GET /wiki/api/v2/spaces/{id}/blogposts sort status title body-format cursor limit",
    "GET /wiki/api/v2/spaces/{id}/content/labels prefix sort cursor limit",
    "GET /wiki/api/v2/spaces/{id}/labels prefix sort cursor limit",
    "GET /wiki/api/v2/spaces/{id}/pages depth sort status title body-format cursor limit",
    "GET /wiki/api/v2/spaces/{id}/permissions cursor limit",
    "GET /wiki/api/v2/spaces/{id}/properties key cursor limit",
    "GET /wiki/rest/api/audit startDate endDate searchString start limit",
    "GET /wiki/rest/api/audit/export startDate endDate searchString format",
    "GET /wiki/rest/api/audit/since number units searchString start limit",
    "GET /wiki/rest/api/content type spaceKey title status postingDay expand orderby start limit trigger",
    "POST /wiki/rest/api/content status expand",
    "PUT /wiki/rest/api/content-states status",
    "POST /wiki/rest/api/content-states/delete status",
    "POST /wiki/rest/api/content/blueprint/instance/{draft} status expand",
    "PUT /wiki/rest/api/content/blueprint/instance/{draft} status expand",
    "GET /wiki/rest/api/content/search cql cqlcontext expand limit cursor start",
    "DELETE /wiki/rest/api/content/{id} status",
    "GET /wiki/rest/api/content/{id} status version expand trigger embeddedContentRender",
    "PUT /wiki/rest/api/content/{id} status conflictPolicy expand",
    "GET /wiki/rest/api/content/{id}/child expand parentVersion",
    "GET /wiki/rest/api/content/{id}/child/attachment expand start limit filename mediaType",
    "POST /wiki/rest/api/content/{id}/child/attachment status allowDuplicated",
    "PUT /wiki/rest/api/content/{id}/child/attachment status",
    "GET /wiki/rest/api/content/{id}/child/attachment/{attachment}/download version",
    "GET /wiki/rest/api/content/{id}/child/comment expand start limit location depth parentVersion",
    "GET /wiki/rest/api/content/{id}/child/{type} expand start limit parentVersion",
    "POST /wiki/rest/api/content/{id}/copy expand",
    "GET /wiki/rest/api/content/{id}/descendant expand",
    "GET /wiki/rest/api/content/{id}/descendant/{type} depth expand start limit",
    "GET /wiki/rest/api/content/{id}/history expand",
    "DELETE /wiki/rest/api/content/{id}/label name",
    "GET /wiki/rest/api/content/{id}/label prefix start limit",
    "GET /wiki/rest/api/content/{id}/notification/child-created start limit",
    "GET /wiki/rest/api/content/{id}/notification/created start limit",
    "GET /wiki/rest/api/content/{id}/property start limit key expand",
    "GET /wiki/rest/api/content/{id}/restriction start limit expand",
    "GET /wiki/rest/api/content/{id}/restriction/byOperation/{operation} start limit expand",
    "DELETE /wiki/rest/api/content/{id}/restriction/byOperation/{operation}/user accountId",
    "GET /wiki/rest/api/content/{id}/restriction/byOperation/{operation}/user accountId",
    "PUT /wiki/rest/api/content/{id}/restriction/byOperation/{operation}/user accountId",
    "DELETE /wiki/rest/api/content/{id}/state status",
    "GET /wiki/rest/api/content/{id}/state status",
    "PUT /wiki/rest/api/content/{id}/state status",
    "GET /wiki/rest/api/content/{id}/version start limit expand",
    "POST /wiki/rest/api/content/{id}/version expand",
    "GET /wiki/rest/api/content/{id}/version/{number} expand",
    "GET /wiki/rest/api/contentbody/convert/async/bulk/tasks ids",
    "POST /wiki/rest/api/contentbody/convert/async/{to} spaceKeyContext contentIdContext allowCache embeddedContentRender",
    "POST /wiki/rest/api/contentbody/convert/{to} spaceKeyContext contentIdContext embeddedContentRender",
    "DELETE /wiki/rest/api/group name",
    "GET /wiki/rest/api/group accessType start limit",
    "DELETE /wiki/rest/api/group/by-id id",
    "GET /wiki/rest/api/group/by-id id",
    "GET /wiki/rest/api/group/by-name name",
    "GET /wiki/rest/api/group/member name shouldReturnTotalSize start limit",
    "GET /wiki/rest/api/group/picker query shouldReturnTotalSize start limit",
    "DELETE /wiki/rest/api/group/user name accountId",
    "POST /wiki/rest/api/group/user name",
    "DELETE /wiki/rest/api/group/userByGroupId groupId accountId",
    "POST /wiki/rest/api/group/userByGroupId groupId",
    "GET /wiki/rest/api/group/{group}/member shouldReturnTotalSize start limit",
    "GET /wiki/rest/api/group/{group}/membersByGroupId shouldReturnTotalSize start limit",
    "GET /wiki/rest/api/inlinetasks/search status spaceKey pageId assignee creator completedUser duedateFrom duedateTo createdateFrom createdateTo completedateFrom completedateTo start limit",
    "GET /wiki/rest/api/label name type start limit",
    "GET /wiki/rest/api/longtask start limit key",
    "GET /wiki/rest/api/search cql cqlcontext limit start includeArchivedSpaces excludeCurrentSpaces excerpt sitePermissionTypeFilter expand cursor next prev",
    "GET /wiki/rest/api/search/user cql start limit expand sitePermissionTypeFilter",
    "GET /wiki/rest/api/space spaceKey spaceId type status label expand start limit favourite favouriteUserKey",
    "GET /wiki/rest/api/space/{key} expand",
    "GET /wiki/rest/api/space/{key}/content depth expand start limit",
    "GET /wiki/rest/api/space/{key}/content/{type} depth expand start limit",
    "DELETE /wiki/rest/api/space/{key}/label name prefix",
    "GET /wiki/rest/api/space/{key}/label prefix start limit",
    "GET /wiki/rest/api/space/{key}/property start limit key expand",
    "GET /wiki/rest/api/space/{key}/state/content state-id expand limit start",
    "GET /wiki/rest/api/space/{key}/watch start limit",
    "GET /wiki/rest/api/user accountId expand",
    "GET /wiki/rest/api/user/anonymous expand",
    "GET /wiki/rest/api/user/bulk accountId expand",
    "GET /wiki/rest/api/user/current expand",
    "GET /wiki/rest/api/user/email accountId",
    "GET /wiki/rest/api/user/email/bulk accountId",
    "GET /wiki/rest/api/user/memberof accountId start limit",
    "DELETE /wiki/rest/api/user/watch/content/{id} accountId",
    "GET /wiki/rest/api/user/watch/content/{id} accountId",
    "POST /wiki/rest/api/user/watch/content/{id} accountId",
    "DELETE /wiki/rest/api/user/watch/label/{label} accountId",
    "GET /wiki/rest/api/user/watch/label/{label} accountId",
    "POST /wiki/rest/api/user/watch/label/{label} accountId",
    "DELETE /wiki/rest/api/user/watch/space/{key} accountId",
    "GET /wiki/rest/api/user/watch/space/{key} accountId",
    "POST /wiki/rest/api/user/watch/space/{key} accountId",
    "GET /wiki/rest/api/user/{user}/property start limit",
    "GET /wiki/rest/knowledge-base/1.0/permissions/space spaceKey",
    "POST /wiki/rest/knowledge-base/1.0/permissions/space/{switch} dryRun",
    "GET /wiki/rest/knowledge-base/1.0/permissions/spaces start limit",
    "POST /wiki/rest/knowledge-base/1.0/permissions/spaces dryRun",
    "GET /wiki/rest/api/content/{id}/child/page parentVersion expand start limit",
    "PUT /wiki/rest/api/content/{id}/restriction expand",
    "POST /wiki/rest/api/content/{id}/restriction expand",
    "DELETE /wiki/rest/api/content/{id}/restriction expand",
    "GET /wiki/rest/api/content/{id}/restriction/byOperation expand",
    "GET /wiki/rest/api/content/{id}/property/{property} expand status",
    "GET /wiki/rest/api/space/{key}/property/{property} expand",
    "GET /wiki/rest/api/template/page spaceKey expand start limit",
    "GET /wiki/rest/api/template/{id} expand",
];

/// Splits an entry of [`READ`] into method, template and the names of the parameters.
fn parts(entry: &'static str) -> Option<(&'static str, &'static str, Vec<&'static str>)> {
    let mut words = entry.split(' ');
    Some((words.next()?, words.next()?, words.collect()))
}

/// Returns the described parameters of a route.
pub(super) fn known(route: &Route) -> Vec<Parameter> {
    let names = READ.iter().copied().filter_map(parts).find_map(|entry| {
        let (method, template, names) = entry;
        (route.method == *method && route.template == template).then_some(names)
    });
    let meaning = |name: &str| MEANINGS.iter().find(|(known, _, _)| *known == name);
    let described = names.unwrap_or_default().into_iter().filter_map(meaning);
    described
        .map(|(name, kind, words)| {
            ParameterBuilder::new()
                .name(*name)
                .parameter_in(ParameterIn::Query)
                .description(Some(*words))
                .schema(Some(shape::a(kind.clone())))
                .build()
        })
        .collect()
}

/// Returns the routes that have an entry, as method and template.
pub(super) fn routes() -> Vec<String> {
    let entries = READ.iter().copied().filter_map(parts);
    entries
        .map(|(method, template, _)| format!("{method} {template}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_parameter_that_is_read_has_a_meaning() {
        for (method, template, names) in READ.iter().copied().filter_map(parts) {
            for name in names {
                let known = MEANINGS.iter().any(|(known, _, _)| *known == name);
                assert!(known, "{method} {template}: {name}");
            }
        }
    }
}
