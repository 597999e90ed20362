"""What publishing tools and exporters do through atlassian-python-api, from the first page to the last delete."""

import tempfile
from pathlib import Path

from atlassian import Confluence
from atlassian.errors import ApiError, ApiValueError
from requests import HTTPError

from checks import URL, Story, equal, holds, person

KEY = "DOCS"
CONTENT = "/wiki/rest/api/content/{id}"
HISTORY = f"GET {CONTENT}/history"
SEARCH = "GET /wiki/rest/api/search"
VERSIONS = f"GET {CONTENT}/version"
OLD_VERSION = f"DELETE {CONTENT}/version/{{number}}"
story = Story()


def client(who):
    """A client as its documentation sets it up for Cloud."""
    email, token = person(who)
    return Confluence(url=f"{URL}/wiki", username=email, password=token, cloud=True)


ada, lee, una = client("ADA"), client("LEE"), client("UNA")
ids = {}


def fails(kind, call, words=""):
    """The call has to fail, in this way and with these words."""
    try:
        call()
    except kind as error:
        said = f"{error} {getattr(error, 'reason', '')}"
        holds(words in said, f"{said!r} doesn't say {words!r}")
    else:
        raise AssertionError("it was accepted")


# -- spaces


@story.check("spaces are listed, with what is expanded")
def _():
    answer = ada.get_all_spaces(start=0, limit=10, expand="description.plain,homepage")
    found = [space for space in answer["results"] if space["key"] == KEY]
    equal(len(found), 1)
    holds(isinstance(found[0]["id"], int), "a v1 space has a whole number as id")
    ids["home"] = found[0]["homepage"]["id"]


@story.check("one space is read, and its home page")
def _():
    equal(ada.get_space(KEY)["key"], KEY)
    equal(ada.get_home_page_of_space(KEY)["id"], ids["home"])


@story.check("a space is made and goes with all that is in it")
def _():
    ada.create_space("SOON", "Soon gone")
    equal(ada.get_space("SOON")["name"], "Soon gone")
    ada.delete_space("SOON")
    fails(ApiError, lambda: ada.get_space("SOON"))


# -- pages


@story.check("a page is made below another")
def _():
    parent = ada.create_page(KEY, "Guide", "<p>All about <strong>ferries</strong>.</p>", parent_id=ids["home"])
    child = ada.create_page(KEY, "Timetable", "<p>At nine.</p>", parent_id=parent["id"], editor="v2", full_width=True)
    holds(isinstance(parent["id"], str), "v1 content has a text as id")
    equal(parent["version"]["number"], 1)
    ids.update(guide=parent["id"], timetable=child["id"])


@story.check("a title that is taken is refused in the words that tools look for")
def _():
    fails(HTTPError, lambda: ada.create_page(KEY, "Guide", "<p>again</p>"), "title already exists")


@story.check("pages are found by title")
def _():
    equal(ada.page_exists(KEY, "Guide"), True)
    equal(ada.page_exists(KEY, "Guide", type="page"), True)
    equal(ada.page_exists(KEY, "Never written"), False)
    equal(ada.get_page_id(KEY, "Guide"), ids["guide"])
    equal(ada.get_page_by_title(KEY, "Guide", expand="body.storage,version")["version"]["number"], 1)
    equal(ada.get_page_by_title(KEY, "Never written"), None)


@story.check("a page is read with what is expanded")
def _():
    expand = (
        "ancestors,body.storage,body.view,body.export_view,children.page,children.comment,children.attachment,"
        "history,history.lastUpdated,metadata.labels,metadata.properties,operations,space,version,descendants.page,"
        "restrictions.read.restrictions.user,restrictions.update.restrictions.group"
    )
    page = ada.get_page_by_id(ids["timetable"], expand=expand)
    equal(page["body"]["storage"]["value"], "<p>At nine.</p>")
    holds("At nine." in page["body"]["view"]["value"], "the view has the text")
    equal([above["id"] for above in page["ancestors"]], [ids["home"], ids["guide"]])
    equal(page["space"]["key"], KEY)
    equal(page["history"]["lastUpdated"]["number"], 1)
    equal(page["restrictions"]["read"]["restrictions"]["user"]["results"], [])


@story.check("who wrote a version is who asks who they are")
def _():
    current = ada.get("rest/api/user/current")
    equal(ada.get_page_by_id(ids["guide"])["version"]["by"]["accountId"], current["accountId"])


@story.check("the space of a page, its parent and its ancestors")
def _():
    equal(ada.get_page_space(ids["timetable"]), KEY)
    equal(ada.get_parent_content_id(ids["timetable"]), ids["guide"])
    equal(ada.get_parent_content_title(ids["timetable"]), "Guide")
    equal([page["title"] for page in ada.get_page_ancestors(ids["timetable"])][-1], "Guide")


@story.check("children are paged through to the end")
def _():
    for number in range(30):
        ada.create_page(KEY, f"Crossing {number:02}", f"<p>Boat {number}.</p>", parent_id=ids["guide"])
    titles = ada.get_child_title_list(ids["guide"])
    equal(len(titles), 31)
    equal(len(set(titles)), 31)
    equal(len(ada.get_page_child_by_type(ids["guide"], start=0, limit=7)), 7)
    equal(len(ada.get_child_id_list(ids["guide"])), 31)
    equal(len(list(ada.get_child_pages(ids["guide"]))), 31)


@story.check("all pages of a space, in both versions of the API")
def _():
    listed = list(ada.get_all_pages_from_space_as_generator(KEY, limit=10))
    equal(len(listed), 33)
    raw = ada.get_all_pages_from_space_raw(KEY, limit=5)
    equal(raw["size"], 5)
    holds(raw["_links"]["next"].startswith("/rest/api/content?"), raw["_links"]["next"])
    space = str(ada.get_space(KEY)["id"])
    second = ada.get_all_pages_by_space_ids_confluence_cloud([space], batch_size=10, body_format="storage")
    equal({page["id"] for page in second}, {page["id"] for page in listed})


# -- updates


@story.check("a page is updated, and its version is one more", HISTORY)
def _():
    page = ada.update_page(ids["guide"], "Guide", "<p>All about boats.</p>", version_comment="boats", minor_edit=True)
    equal(page["version"]["number"], 2)
    equal(ada.update_page(ids["guide"], "Guide", "<p>All about boats.</p>")["version"]["number"], 2)
    page = ada.update_page(ids["guide"], "Guide to boats", "<p>All about boats.</p>", always_update=True)
    equal((page["title"], page["version"]["number"]), ("Guide to boats", 3))


@story.check("text is put before and behind what is there", HISTORY)
def _():
    ada.append_page(ids["guide"], "Guide to boats", "<p>The end.</p>")
    ada.prepend_page(ids["guide"], "Guide to boats", "<p>The beginning.</p>")
    value = ada.get_page_by_id(ids["guide"], expand="body.storage")["body"]["storage"]["value"]
    equal(value, "<p>The beginning.</p><p>All about boats.</p><p>The end.</p>")


@story.check("made or updated, whichever it takes", HISTORY)
def _():
    first = ada.update_or_create(ids["guide"], "Fares", "<p>Ten.</p>")
    again = ada.update_or_create(ids["guide"], "Fares", "<p>Eleven.</p>")
    equal((first["id"], again["version"]["number"]), (again["id"], 2))
    ids["fares"] = first["id"]


@story.check("an update on an old version is a conflict", HISTORY)
def _():
    stale = {"version": {"number": 2}, "title": "Fares", "type": "page", "body": {
        "storage": {"value": "<p>Nine.</p>", "representation": "storage"}}}
    fails(HTTPError, lambda: ada.put(f"rest/api/content/{ids['fares']}", data=stale))


@story.check("the history of a page, and a version of the past", HISTORY, f"GET {CONTENT}/version/{{number}}", OLD_VERSION)
def _():
    equal(ada.history(ids["fares"])["lastUpdated"]["number"], 2)
    equal(ada.get_content_history_by_version_number(ids["fares"], 1)["number"], 1)
    old = ada.get_page_by_id(ids["fares"], status="historical", version=1, expand="body.storage")
    equal(old["body"]["storage"]["value"], "<p>Ten.</p>")
    ada.remove_page_history(ids["fares"], 1)
    equal(ada.get_page_by_id(ids["fares"], expand="version")["version"]["number"], 1)


@story.check("wiki markup becomes storage format, and that a view", "POST /wiki/rest/api/contentbody/convert/{to}")
def _():
    storage = ada.convert_wiki_to_storage("h1. Boats")["value"]
    holds("<h1>Boats</h1>" in storage, storage)
    view = ada.convert_storage_to_view("<p>A <em>boat</em></p>")["value"]
    holds("<em>boat</em>" in view, view)
    page = ada.create_page(KEY, "In wiki markup", "*bold*", representation="wiki")
    value = ada.get_page_by_id(page["id"], expand="body.storage")["body"]["storage"]["value"]
    holds("<strong>bold</strong>" in value, value)


# -- attachments


@story.check("a file is attached, and attached again as its next version", VERSIONS)
def _():
    first = ada.attach_content(b"one", "boat.txt", "text/plain", page_id=ids["guide"], comment="the boat")
    equal(first["results"][0]["title"], "boat.txt")
    again = ada.attach_content(b"two", "boat.txt", "text/plain", page_id=ids["guide"])
    equal(again["id"], first["results"][0]["id"])
    holds(again["id"].startswith("att"), again["id"])
    ids["file"] = again["id"]
    equal([version["number"] for version in ada.get_attachment_history(ids["file"])], [2, 1])


@story.check("a file on disk is attached to a page by its title", HISTORY, VERSIONS)
def _():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "deck plan.svg"
        path.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
        attached = ada.attach_file(str(path), title="Guide to boats", space=KEY)
    equal(attached["results"][0]["title"], "deck plan.svg")


@story.check("files are listed and downloaded", HISTORY, VERSIONS)
def _():
    listed = ada.get_attachments_from_content(ids["guide"], expand="version,container")
    equal(sorted(file["title"] for file in listed["results"]), ["boat.txt", "deck plan.svg"])
    equal(len(ada.get_attachments_from_content(ids["guide"], filename="boat.txt")["results"]), 1)
    files = ada.download_attachments_from_page(ids["guide"], to_memory=True)
    equal(files["boat.txt"].read(), b"two")


@story.check("a file is deleted", VERSIONS)
def _():
    ada.remove_content(ids["file"])
    equal(len(ada.get_attachments_from_content(ids["guide"], filename="boat.txt")["results"]), 0)


# -- labels, properties, comments


@story.check("labels are given, found and taken away", f"POST {CONTENT}/label", f"GET {CONTENT}/label", f"DELETE {CONTENT}/label", "GET /wiki/rest/api/content/search")
def _():
    ada.set_page_label(ids["guide"], "boats")
    ada.set_page_label(ids["guide"], "summer")
    equal(sorted(label["name"] for label in ada.get_page_labels(ids["guide"])["results"]), ["boats", "summer"])
    equal(ada.get_page_labels(ids["guide"], prefix="global", limit=1)["size"], 1)
    equal([page["id"] for page in ada.get_all_pages_by_label("boats")], [ids["guide"]])
    ada.remove_page_label(ids["guide"], "summer")
    equal([label["name"] for label in ada.get_page_labels(ids["guide"])["results"]], ["boats"])


@story.check("properties of a page", f"GET {CONTENT}/property", f"POST {CONTENT}/property", f"PUT {CONTENT}/property/{{key}}")
def _():
    ada.set_page_property(ids["guide"], {"key": "tide", "value": {"height": 3, "words": ["high"]}})
    equal(ada.get_page_property(ids["guide"], "tide")["value"], {"height": 3, "words": ["high"]})
    changed = {"key": "tide", "value": "low", "version": {"number": 2}}
    equal(ada.update_page_property(ids["guide"], changed)["version"]["number"], 2)
    holds("tide" in [entry["key"] for entry in ada.get_page_properties(ids["guide"])["results"]], "it is listed")
    ada.delete_page_property(ids["guide"], "tide")
    fails(ApiError, lambda: ada.get_page_property(ids["guide"], "tide"))


@story.check("comments")
def _():
    said = ada.add_comment(ids["guide"], "<p>When does it leave?</p>")
    equal(said["type"], "comment")
    listed = ada.get_page_comments(
        ids["guide"], expand="body.view,version,extensions.inlineProperties,extensions.resolution", depth="all",
    )
    equal([comment["id"] for comment in listed["results"]], [said["id"]])
    ada.remove_content(said["id"])
    equal(ada.get_page_comments(ids["guide"])["size"], 0)


# -- search


@story.check("CQL finds what was just written", SEARCH, HISTORY, f"POST {CONTENT}/label")
def _():
    def found(cql, **more):
        return [hit["content"]["id"] for hit in ada.cql(cql, **more)["results"]]

    equal(found(f'type=page and space={KEY} and title="Fares"'), [ids["fares"]])
    equal(found('text ~ "eleven"'), [ids["fares"]])
    equal(found('siteSearch ~ "eleven"'), [ids["fares"]])
    equal(found('label = "boats" and type in (page, blogpost)'), [ids["guide"]])
    equal(len(found(f"ancestor = {ids['guide']}", limit=100)), 32)
    equal(len(found(f'parent = {ids["guide"]} and title ~ "Crossing*"', limit=50)), 30)
    equal(found(f"id in ({ids['fares']}, {ids['guide']}) order by title"), [ids["fares"], ids["guide"]])
    holds(ids["fares"] in found('creator = currentUser() and lastmodified > now("-1d")', limit=200), "mine, of today")
    equal(found("text ~ fares and not (title = Fares)"), [])


@story.check("a search is counted, paged and cut", SEARCH, HISTORY)
def _():
    none = ada.cql(f"ancestor = {ids['guide']}", limit=0)
    equal((none["results"], none["totalSize"]), ([], 32))
    first = ada.cql(f"ancestor = {ids['guide']}", limit=20)
    equal((first["size"], first["totalSize"]), (20, 32))
    holds("next" in first["_links"], "there is more")


@story.check("a query that makes no sense is refused with where and why", SEARCH)
def _():
    fails(ApiValueError, lambda: ada.cql("type = page and and"))


# -- who may see


@story.check("a restriction closes a page to everybody else", SEARCH, HISTORY)
def _():
    me = ada.get("rest/api/user/current")["accountId"]
    holds(lee.get_page_by_id(ids["fares"])["id"] == ids["fares"], "Lee reads it before")
    only = [
        {"operation": operation, "restrictions": {"user": [{"type": "known", "accountId": me}], "group": []}}
        for operation in ("read", "update")
    ]
    ada.put(f"rest/api/content/{ids['fares']}/restriction", data=only)
    told = ada.get_all_restrictions_for_content(ids["fares"])
    equal([user["accountId"] for user in told["read"]["restrictions"]["user"]["results"]], [me])
    equal(told["update"]["restrictions"]["group"]["results"], [])
    fails(ApiError, lambda: lee.get_page_by_id(ids["fares"]))
    equal(lee.cql('title = "Fares"')["totalSize"], 0)
    equal(lee.page_exists(KEY, "Fares"), False)


@story.check("without a restriction it is open again", SEARCH, HISTORY)
def _():
    ada.delete(f"rest/api/content/{ids['fares']}/restriction")
    equal(lee.get_page_by_id(ids["fares"])["id"], ids["fares"])


@story.check("who has no licence sees nothing until the call", SEARCH)
def _():
    fails(ApiError, lambda: una.get_page_by_id(ids["guide"]))
    equal(una.cql("type = page")["totalSize"], 0)
    equal(una.get_all_spaces()["results"], [])


@story.check("groups and their members")
def _():
    names = [group["name"] for group in ada.get_all_groups(limit=100)]
    holds("writers" in names, names)
    equal([member["displayName"] for member in ada.get_group_members("writers")], ["Lee Wren"])
    account = ada.get("rest/api/user/current")["accountId"]
    equal(ada.get_user_details_by_accountid(account)["displayName"], "Ada Lind")
    equal(ada.anonymous()["type"], "anonymous")


@story.check("the audit log")
def _():
    holds(ada.audit(limit=5)["results"], "something has happened")


# -- moving and deleting


@story.check("a page is moved below another, and back to the top", HISTORY)
def _():
    ada.move_page(KEY, ids["fares"], target_id=ids["timetable"], position="append")
    equal(ada.get_parent_content_id(ids["fares"]), ids["timetable"])
    ada.move_page(KEY, ids["fares"], target_id=ids["timetable"], position="above")
    equal(ada.get_parent_content_id(ids["fares"]), ids["guide"])
    ada.move_page(KEY, ids["fares"], target_title="Timetable", position="append")
    equal(ada.get_parent_content_id(ids["fares"]), ids["timetable"])


@story.check("a page goes to the trash, and from there for good", HISTORY)
def _():
    ada.remove_page(ids["fares"])
    fails(ApiError, lambda: ada.get_page_by_id(ids["fares"]))
    equal([page["id"] for page in ada.get_all_pages_from_space_trash(KEY)], [ids["fares"]])
    ada.remove_page_from_trash(ids["fares"])
    equal(ada.get_all_pages_from_space_trash(KEY), [])


@story.check("a draft")
def _():
    draft = ada.create_page(KEY, "Not yet", "<p>Soon.</p>", status="draft")
    equal(ada.get_draft_page_by_id(draft["id"])["status"], "draft")
    equal([page["id"] for page in ada.get_all_draft_pages_from_space(KEY)], [draft["id"]])
    ada.remove_page_as_draft(draft["id"])
    equal(ada.get_all_draft_pages_from_space(KEY), [])


@story.check("a tree is deleted from its leaves")
def _():
    # This client deletes while it pages by number, so it passes over what moves up from the second list.
    below = [page["id"] for page in ada.get_page_child_by_type(ids["guide"])][:25]
    assert below, "there is something below the page"
    ada.remove_page(ids["guide"], recursive=True)
    for page in [*below, ids["guide"]]:
        fails(ApiError, lambda: ada.get_page_by_id(page))


story.end()
