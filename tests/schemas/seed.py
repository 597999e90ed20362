"""Content for the requests to be about, and the values that name it."""

import json
import urllib.error
import urllib.request
import base64

# How many things are made to be changed and deleted.
SPARE = 12
NEVER_WAS = "4503599627370497"
TASK = (
    "<p>words here</p><ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>incomplete</ac:task-status>"
    "<ac:task-body>Paint</ac:task-body></ac:task></ac:task-list>"
)
MACRO = "0f3a1e4c-1111-4222-8333-123456789abc"
MACROS = (
    f'<ac:structured-macro ac:name="info" ac:macro-id="{MACRO}"><ac:rich-text-body><p>Mind the gap</p>'
    "</ac:rich-text-body></ac:structured-macro>"
)


class Seed:
    """A site with something of every kind that is served."""

    def __init__(self, site):
        self.site = site
        self.known = Known()
        known, v2 = self.known, "/wiki/api/v2"
        space = str(site.space["id"])
        known.add("spaces", space)
        me = self.call("GET", "/wiki/rest/api/user/current")["accountId"]
        known.add("accounts", me)
        groups = self.call("GET", "/wiki/rest/api/group")["results"]
        known.add("groups", *[group["id"] for group in groups if group["name"] == "writers"])
        for name, kind in (("pages", "pages"), ("blogposts", "blogposts")):
            for number in range(SPARE + 1):
                body = {"representation": "storage", "value": TASK + MACROS if number == 0 else f"<p>words {number}</p>"}
                made = self.call("POST", f"{v2}/{kind}", {"spaceId": space, "title": f"{name} {number}", "body": body})
                known.add(name, made["id"], spare=number > 0)
        page, post = known.first("pages"), known.first("blogposts")
        self.call("POST", f"{v2}/pages", {"spaceId": space, "parentId": page, "title": "Below", "body": {"representation": "storage", "value": "<p>x</p>"}})
        for number in range(SPARE + 1):
            self.attach(page, f"file-{number}.txt", number)
            for kind, body in (
                ("footer-comments", {"pageId": page}),
                ("inline-comments", {"pageId": page, "inlineCommentProperties": {"textSelection": "words here", "textSelectionMatchCount": 1, "textSelectionMatchIndex": 0}}),
            ):
                said = self.call("POST", f"{v2}/{kind}", body | {"body": {"representation": "storage", "value": "<p>said</p>"}})
                known.add(kind, said and said["id"], spare=number > 0)
            folder = self.call("POST", f"{v2}/folders", {"spaceId": space, "title": f"Folder {number}"})
            known.add("folders", folder and folder["id"], spare=number > 0)
            template = self.call("POST", "/wiki/rest/api/template", {
                "name": f"Form {number}", "templateType": "page", "body": {"storage": {"value": "<p>x</p>", "representation": "storage"}},
            })
            known.add("templates", template and template.get("templateId"), spare=number > 0)
        for kind, path in self.places():
            for number in range(SPARE + 1):
                made = self.call("POST", f"{path}/properties", {"key": f"tide{number}", "value": {"height": number}})
                known.add(f"properties of {kind}", made and made["id"], spare=number > 0)
        self.call("POST", f"/wiki/rest/api/content/{page}/label", [{"prefix": "global", "name": "boats"}])
        labels = self.call("GET", f"{v2}/pages/{page}/labels") or {"results": []}
        known.add("labels", *[label["id"] for label in labels["results"]])
        tasks = self.call("GET", f"{v2}/tasks") or {"results": []}
        known.add("tasks", *[task["id"] for task in tasks["results"]])
        roles = self.call("GET", f"{v2}/space-roles") or {"results": []}
        known.add("space-roles", *[role["id"] for role in roles["results"]])
        self.call("PUT", f"/wiki/rest/api/content/{page}/state?status=current", {"name": "Draft", "color": "#ff0000"})
        asked = self.call("PUT", "/wiki/rest/api/content-states?status=current", {"ids": [page], "contentState": {"id": 1}})
        known.add("tasks of states", asked and asked["asyncId"])
        self.call("POST", f"/wiki/rest/api/user/{me}/property/tide0", {"value": {"height": 1}})
        copied = self.call("POST", f"/wiki/rest/api/content/{page}/pagehierarchy/copy", {"destinationPageId": known.first("pages", spare=True), "titleOptions": {"prefix": "Copy "}})
        known.add("tasks that are long", copied and copied.get("id"))
        known.add("posts", post)

    def places(self):
        """Where properties hang."""
        for kind in ("pages", "blogposts", "attachments", "spaces", "folders"):
            if self.known.has(kind):
                yield kind, f"/wiki/api/v2/{kind}/{self.known.first(kind)}"
        if self.known.has("footer-comments"):
            yield "comments", f"/wiki/api/v2/comments/{self.known.first('footer-comments')}"

    def attach(self, page, name, number):
        body = (
            f'--part\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: text/plain\r\n\r\ntext\r\n--part--\r\n"
        ).encode()
        answer = self.send("POST", f"/wiki/rest/api/content/{page}/child/attachment", body, "multipart/form-data; boundary=part")
        self.known.add("attachments", answer["results"][0]["id"], spare=number > 0)

    def call(self, method, path, body=None):
        """The answer's JSON; none for what isn't served."""
        return self.send(method, path, None if body is None else json.dumps(body).encode(), "application/json")

    def send(self, method, path, body, media_type):
        pair = base64.b64encode(":".join(self.site.tokens["ADA"]).encode()).decode()
        headers = {"Authorization": f"Basic {pair}", "Content-Type": media_type, "X-Atlassian-Token": "no-check"}
        request = urllib.request.Request(self.site.here + path, body, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                text = answer.read()
        except urllib.error.HTTPError as refused:
            if refused.code not in (404, 405):
                raise RuntimeError(f"{method} {path}: {refused.code} {refused.read().decode()}") from None
            return None
        return json.loads(text) if text else None


class Known:
    """Values that name something, by what they name."""

    def __init__(self):
        self.stays = {}
        self.spare = {}

    def add(self, kind, *values, spare=False):
        """Something was made; what is spare may be changed and deleted."""
        self_ = self.spare if spare else self.stays
        self_.setdefault(kind, []).extend(value for value in values if value)

    def has(self, kind):
        """Whether there is one."""
        return bool(self.stays.get(kind))

    def first(self, kind, spare=False):
        """The first of them."""
        return (self.spare if spare else self.stays)[kind][0]

    def of(self, kind, method):
        """Those that a request of this method may be about, and one that never was."""
        found = self.stays.get(kind, [])
        if method in ("put", "delete"):
            found = self.spare.get(kind) or found
        return [*found, NEVER_WAS]

    def values(self, place, name, path, method):
        """What a parameter takes; none: whatever its schema says."""
        lists = {
            ("query", "accountId"): self.of("accounts", method),
            ("query", "cql"): ["type = page", "text ~ words", "type = and", 'user.fullname ~ "Lee"'],
            ("query", "spaceKey"): ["DOCS", "NOSUCH"],
            ("query", "groupId"): self.of("groups", method),
            ("query", "cursor"): None,
        }
        if (place, name) in lists:
            return lists[(place, name)]
        if place == "query" and name == "id" and path.endswith("/group/by-id"):
            return self.of("groups", method)
        if place != "path":
            return None
        segments = path.split("/")
        before = segments[segments.index(f"{{{name}}}") - 1]
        words = {
            "spaceKey": ["DOCS", "NOSUCH"], "operationKey": ["read", "update"], "groupName": ["writers", "nosuch"],
            "labelName": ["boats", "nosuch"], "label": ["boats", "nosuch"], "version-number": [1, 99],
            "versionNumber": [1, 99], "version": [1, 99], "macroId": [MACRO, "nosuch"], "position": ["append", "before", "after"],
            "type": ["page", "comment", "attachment"],
            "to": ["storage", "view", "export_view"], "key": ["tide0", "nosuch"],
        }
        kinds = {
            "pages": "pages", "blogposts": "blogposts", "spaces": "spaces", "attachments": "attachments", "folders": "folders",
            "footer-comments": "footer-comments", "inline-comments": "inline-comments", "comments": "footer-comments",
            "labels": "labels", "tasks": "tasks", "space-roles": "space-roles", "content": "pages", "move": "pages",
            "attachment": "attachments", "template": "templates", "longtask": "tasks that are long", "byGroupId": "groups",
            "group": "groups", "user": "accounts", "inlinetasks": "tasks", "task": "tasks of states",
        }
        if before == "properties":
            return self.of(f"properties of {segments[segments.index('properties') - 2]}", method)
        if name in words and before not in ("property",) or name == "key":
            return words[name]
        if before in kinds:
            return self.of(kinds[before], method)
        if name in ("targetId", "pageId", "contentId"):
            return self.of("pages", method)
        return None

    def body(self, method, path):
        """What members of a body take."""
        states = {"ids": [[page] for page in self.of("pages", "put")], "contentState": [{"id": 2}, {"name": "Wet", "color": "#00ff00"}]}
        return {
            "spaceId": self.of("spaces", "get"),
            "pageId": self.of("pages", "get"),
            "blogPostId": self.of("blogposts", "get"),
            "parentCommentId": self.of("inline-comments" if "inline" in path else "footer-comments", "get"),
            "accountId": self.of("accounts", "get"),
            "representation": ["storage"],
        } | (states if "/content-states" in path else {})
