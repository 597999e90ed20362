"""What a language model does through mcp-atlassian, over its standard input and output, in its Cloud mode.

That mode is on where the host is one of Cloud's. The host of this site is one by name only: plain HTTP
to it goes through a "proxy", which is the site itself, for a server has to take a request for an
absolute address too.
"""

import asyncio
import base64
import json
import os
import sys

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

from checks import HERE, URL, Story, equal, holds, person

KEY = "DOCS"
V1, V2 = "/wiki/rest/api/content/{id}", "/wiki/api/v2/pages/{id}"
HISTORY = f"GET {V1}/history"
PROPERTIES = f"GET {V1}/property"
SEARCH = "GET /wiki/rest/api/search"
story = Story()
ids = {}


class Tools:
    """The tools of the server, called one after the other."""

    def __init__(self, session, loop):
        self.session = session
        self.loop = loop

    def __call__(self, tool, **arguments):
        """Calls a tool; answers what it said, as JSON where it is."""
        call = self.session.call_tool(f"confluence_{tool}", arguments)
        answer = asyncio.run_coroutine_threadsafe(call, self.loop).result(timeout=120)
        text = "\n".join(part.text for part in answer.content if part.type == "text")
        holds(not answer.isError, f"{tool}: {text}")
        try:
            return json.loads(text)
        except ValueError:
            return text


def play(call):
    """The story."""

    @story.check("a page is created from Markdown")
    def _():
        page = call(
            "create_page", space_key=KEY, title="Harbour", include_content=True,
            content="# Harbour\n\nBoats leave **daily**.\n\n## Fares\n\nTen crowns.",
        )
        ids["harbour"] = page["page"]["id"]
        holds("daily" in json.dumps(page), page)
        below = call(
            "create_page", space_key=KEY, title="Quay", content="<p>North side.</p>", content_format="storage",
            parent_id=ids["harbour"], emoji="⛴", page_width="full-width",
        )
        ids["quay"] = below["page"]["id"]

    @story.check("a page is read by id, by title and as it is stored", PROPERTIES)
    def _():
        read = call("get_page", page_id=ids["harbour"])["metadata"]
        equal((read["id"], read["title"], read["space"]["key"], read["version"]), (ids["harbour"], "Harbour", KEY, 1))
        holds("Boats leave **daily**" in read["content"]["value"], read["content"]["value"])
        equal(call("get_page", title="Harbour", space_key=KEY)["metadata"]["id"], ids["harbour"])
        stored = call("get_page", page_id=ids["quay"], convert_to_markdown=False)["metadata"]
        equal(stored["content"]["value"], "<p>North side.</p>")
        holds(stored["emoji"] in ("⛴", "26f4"), stored)

    @story.check("a page is updated", HISTORY)
    def _():
        told = call(
            "update_page", page_id=ids["harbour"], title="Harbour", content="# Harbour\n\n## Fares\n\nEleven crowns.",
            version_comment="dearer", is_minor_edit=True,
        )
        equal(told["page"]["version"], 2)
        told = call("update_page_section", page_id=ids["harbour"], heading_text="Fares", new_content="Twelve crowns.")
        holds("Twelve" in call("get_page", page_id=ids["harbour"])["metadata"]["content"]["value"], told)

    @story.check("the past of a page, and what changed", HISTORY)
    def _():
        holds("Ten crowns" in json.dumps(call("get_page_history", page_id=ids["harbour"], version=1)), "the first words")
        told = call("get_page_diff", page_id=ids["harbour"], from_version=1, to_version=2)
        holds("+Eleven crowns." in told["diff"], told)

    @story.check("search, in words and in CQL", SEARCH, HISTORY)
    def _():
        equal([hit["id"] for hit in call("search", query="twelve crowns")], [ids["harbour"]])
        equal([hit["id"] for hit in call("search", query=f'type=page AND space="{KEY}" AND title ~ "Quay"')], [ids["quay"]])
        equal([hit["id"] for hit in call("search", query="north side", spaces_filter=KEY)], [ids["quay"]])
        equal(call("search", query="text ~ zanzibar"), [])

    @story.check("children and the tree of the space", f"GET {V2}/direct-children")
    def _():
        children = call("get_page_children", parent_id=ids["harbour"], include_folders=True)
        holds("results" in children, children)
        equal([child["id"] for child in children["results"]], [ids["quay"]])
        with_text = call("get_page_children", parent_id=ids["harbour"], include_content=True)
        holds("North side." in json.dumps(with_text), with_text)
        tree = call("get_space_page_tree", space_key=KEY)
        holds({ids["harbour"], ids["quay"]} <= {page["id"] for page in tree["pages"]}, tree)

    @story.check("comments and answers to them")
    def _():
        said = call("add_comment", page_id=ids["harbour"], body="When does it **leave**?")
        equal(said["success"], True)
        answered = call("reply_to_comment", comment_id=said["comment"]["id"], body="At nine.")
        equal(answered["success"], True)
        listed = json.dumps(call("get_comments", page_id=ids["harbour"]))
        holds("leave" in listed, listed)

    @story.check("a comment on words of the page", "POST /wiki/api/v2/inline-comments", f"GET {V2}/inline-comments")
    def _():
        said = call("add_inline_comment", page_id=ids["quay"], body="Which side?", text_selection="North side")
        equal(said["success"], True)
        holds("Which side?" in json.dumps(call("get_inline_comments", page_id=ids["quay"])), "it is listed")

    @story.check("labels", SEARCH, f"POST {V1}/label", f"GET {V1}/label")
    def _():
        call("add_label", page_id=ids["harbour"], name="boats")
        equal([label["name"] for label in call("get_labels", page_id=ids["harbour"])], ["boats"])
        equal([hit["id"] for hit in call("search", query="label=boats")], [ids["harbour"]])

    @story.check("files are attached, listed, fetched and deleted")
    def _():
        text = base64.b64encode(b"high at noon").decode()
        told = call("upload_attachment", content_id=ids["quay"], content_base64=text, filename="tide.txt", comment="tides")
        holds("tide.txt" in json.dumps(told), told)
        again = base64.b64encode(b"high at one").decode()
        call("upload_attachment", content_id=ids["quay"], content_base64=again, filename="tide.txt", minor_edit=True)
        path = os.path.join(os.environ["NARTHEX_FOLDER"], "crew.txt")
        with open(path, "w", encoding="utf-8") as file:
            file.write("four")
        call("upload_attachments", content_id=ids["quay"], file_paths=path)
        files = call("get_attachments", content_id=ids["quay"])["attachments"]
        equal(sorted(file["title"] for file in files), ["crew.txt", "tide.txt"])
        tide = next(file["id"] for file in files if file["title"] == "tide.txt")
        call("download_attachment", attachment_id=tide)
        call("download_content_attachments", content_id=ids["quay"])
        call("delete_attachment", attachment_id=tide)
        left = call("get_attachments", content_id=ids["quay"])["attachments"]
        equal([file["title"] for file in left], ["crew.txt"])

    @story.check("people are found", "GET /wiki/rest/api/search/user")
    def _():
        found = call("search_user", query='user.fullname ~ "Lee"')
        holds(isinstance(found, list) and found, found)
        equal(found[0]["user"]["display_name"], "Lee Wren")

    @story.check("who may read is asked, restricted and asked again")
    def _():
        asked = {"content_id": ids["quay"], "user_identifier": os.environ["LEE_ACCOUNT"], "operation": "read"}
        equal(call("check_content_permissions", **asked)["hasPermission"], True)
        call("set_page_restrictions", page_id=ids["quay"], read_groups=["confluence-admins"], edit_groups=["confluence-admins"])
        told = call("get_page_restrictions", page_id=ids["quay"])
        equal(told["read"]["groups"], ["confluence-admins"])
        equal(call("check_content_permissions", **asked)["hasPermission"], False)
        call("set_page_restrictions", page_id=ids["quay"])
        equal(call("get_page_restrictions", page_id=ids["quay"])["read"], {"users": [], "groups": []})
        equal(call("check_content_permissions", **asked)["hasPermission"], True)

    @story.check("the permissions of a space")
    def _():
        holds(call("get_space_permissions", space_id=os.environ["DOCS_ID"])["results"], "there are some")

    @story.check("a page is copied, moved and deleted", f"POST {V1}/copy", f"GET {V2}/direct-children")
    def _():
        told = call("copy_page", source_page_id=ids["quay"], destination_space_key=KEY, new_title="Quay, again")
        ids["copy"] = told["page"]["id"]
        holds("crew.txt" in json.dumps(call("get_attachments", content_id=ids["copy"])), "its file came along")
        call("move_page", page_id=ids["copy"], target_parent_id=ids["harbour"])
        below = call("get_page_children", parent_id=ids["harbour"])["results"]
        equal(sorted(page["id"] for page in below), sorted([ids["quay"], ids["copy"]]))
        equal(call("delete_page", page_id=ids["copy"])["success"], True)
        gone = call("get_page", page_id=ids["copy"])
        holds("error" in gone, gone)


async def main():
    email, token = person("ADA")
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": os.environ["NARTHEX_FOLDER"],
        "CONFLUENCE_URL": f"{URL}/wiki",
        "CONFLUENCE_HTTP_PROXY": HERE,
        "CONFLUENCE_USERNAME": email,
        "CONFLUENCE_API_TOKEN": token,
        "MCP_ALLOWED_URL_DOMAINS": URL.removeprefix("http://"),
    }
    program = os.path.join(os.path.dirname(sys.executable), "mcp-atlassian")
    parameters = StdioServerParameters(command=program, env=environment, cwd=os.environ["NARTHEX_FOLDER"])
    with open(os.path.join(os.environ["NARTHEX_FOLDER"], "mcp.log"), "w", encoding="utf-8") as log:
        async with stdio_client(parameters, errlog=log) as (read, write), ClientSession(read, write) as session:
            await session.initialize()
            call = Tools(session, asyncio.get_running_loop())
            await asyncio.to_thread(play, call)


asyncio.run(main())
story.end()
