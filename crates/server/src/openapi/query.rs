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
    ("accessType", Type::String, "Only groups that give their members this access: user, admin or site-admin"),
    ("accountId", Type::String, "The id of an account"),
    ("allowCache", Type::Boolean, "Whether the result of the conversion may be cached; accepted, but nothing is cached"),
    ("allowDuplicated", Type::Boolean, "Whether a file whose name is already in use becomes the next version of that attachment, instead of being refused"),
    ("assignee", Type::String, "Only tasks that are assigned to these accounts: ids, separated by commas"),
    ("body-format", Type::String, "The representation in which bodies are returned"),
    ("completedateFrom", Type::Integer, "Only tasks that were completed at this time or later, in milliseconds since 1970"),
    ("completedateTo", Type::Integer, "Only tasks that were completed at this time or earlier, in milliseconds since 1970"),
    ("completedUser", Type::String, "Only tasks that these accounts completed: ids, separated by commas"),
    ("conflictPolicy", Type::String, "What to do when the content has changed meanwhile: abort"),
    ("contentIdContext", Type::String, "The id of the content as whose body the text is rendered"),
    ("cql", Type::String, "A query in CQL, the Confluence Query Language"),
    ("cqlcontext", Type::String, "The space and the content that the query refers to, as a JSON object"),
    ("createdateFrom", Type::Integer, "Only tasks that were created at this time or later, in milliseconds since 1970"),
    ("createdateTo", Type::Integer, "Only tasks that were created at this time or earlier, in milliseconds since 1970"),
    ("creator", Type::String, "Only tasks that these accounts created: ids, separated by commas"),
    ("cursor", Type::String, "Where to continue the list: a value from the link to the next page of results"),
    ("depth", Type::String, "How far below to list"),
    ("draft", Type::Boolean, "Whether to delete the draft"),
    ("dryRun", Type::Boolean, "Whether to return only what the change would do, without making it"),
    ("duedateFrom", Type::Integer, "Only tasks that are due at this time or later, in milliseconds since 1970"),
    ("duedateTo", Type::Integer, "Only tasks that are due at this time or earlier, in milliseconds since 1970"),
    ("embeddedContentRender", Type::String, "Which version of embedded content to render: current"),
    ("endDate", Type::String, "The end of the time range, in milliseconds since 1970"),
    ("excerpt", Type::String, "How to return the excerpt of each hit"),
    ("excludeCurrentSpaces", Type::Boolean, "Whether to search only archived spaces"),
    ("expand", Type::String, "Additional members to return, separated by commas"),
    ("favorited-by", Type::String, "Only favourites of this account; only your own favourites are shown"),
    ("favourite", Type::Boolean, "Whether to return only favourites"),
    ("favouriteUserKey", Type::String, "Always refused, because accounts have no user keys"),
    ("filename", Type::String, "Only attachments with this file name"),
    ("format", Type::String, "The format of the export: csv or zip"),
    ("get-draft", Type::Boolean, "Whether to return the draft instead of the published version"),
    ("groupId", Type::String, "The id of a group"),
    ("id", Type::String, "Ids, separated by commas"),
    ("ids", Type::String, "Ids, separated by commas"),
    ("include-operations", Type::Boolean, "Whether to include the operations that the caller may perform"),
    ("include-properties", Type::Boolean, "Whether to include the content properties"),
    ("includeArchivedSpaces", Type::Boolean, "Whether to search archived spaces too"),
    ("key", Type::String, "Only entries with this key"),
    ("keys", Type::String, "Keys, separated by commas"),
    ("label", Type::String, "Labels, separated by commas"),
    ("label-id", Type::String, "Ids of labels, separated by commas"),
    ("labels", Type::String, "Labels, separated by commas"),
    ("limit", Type::Integer, "The maximum number of entries to return: at most 250 in v2; at most 1,000 in v1, or 250 with bodies"),
    ("location", Type::String, "Only comments at this location: footer, inline or resolved"),
    ("mediaType", Type::String, "Only attachments with this media type"),
    ("name", Type::String, "A name"),
    ("next", Type::Boolean, "Whether the cursor leads to the next page of results"),
    ("not-favorited-by", Type::String, "Leave out favourites of this account; only your own favourites are shown"),
    ("number", Type::Integer, "How many of the given units of time to look back"),
    ("orderby", Type::String, "The field to sort by, with or without asc or desc after it"),
    ("pageId", Type::String, "Ids of pages or blog posts, separated by commas"),
    ("parentVersion", Type::Integer, "The version of the parent; accepted, but the current version is always used"),
    ("postingDay", Type::String, "The day on which a blog post was published, as yyyy-mm-dd"),
    ("prefix", Type::String, "The prefix of the labels"),
    ("prev", Type::Boolean, "Whether the cursor leads to the previous page of results"),
    ("private", Type::Boolean, "Whether only the author can view the content at first"),
    ("purge", Type::Boolean, "Whether to delete permanently what is in the trash"),
    ("query", Type::String, "Text that names must contain"),
    ("resolution-status", Type::String, "Only inline comments with these states, separated by commas"),
    ("root-level", Type::Boolean, "Whether to create the page at the root of the space instead of below the home page"),
    ("searchString", Type::String, "Text that entries must contain"),
    ("shouldReturnTotalSize", Type::Boolean, "Whether to return the total number of entries"),
    ("sitePermissionTypeFilter", Type::String, "Which accounts a search for people finds"),
    ("sort", Type::String, "The field to sort by; a hyphen before it reverses the order"),
    ("space-id", Type::String, "Ids of spaces, separated by commas"),
    ("spaceId", Type::String, "Ids of spaces, separated by commas"),
    ("spaceKey", Type::String, "The key of a space"),
    ("spaceKeyContext", Type::String, "The key of the space in which the text is rendered"),
    ("start", Type::Integer, "How many entries to skip before the first that is returned"),
    ("startDate", Type::String, "The beginning of the time range, in milliseconds since 1970"),
    ("state-id", Type::Integer, "The id of a content state"),
    ("status", Type::String, "States, separated by commas"),
    ("title", Type::String, "Only content with this title"),
    ("trigger", Type::String, "What to record about the request: viewed; accepted, but nothing is recorded"),
    ("type", Type::String, "Only entries of this type"),
    ("units", Type::String, "The unit of time for \"number\", such as DAYS"),
    ("version", Type::Integer, "The number of a version"),
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
