"""What came of it: for the terminal, and as a table in docs/rest-api.md."""

HEADINGS = {
    "confluence-v1": "REST API v1",
    "confluence-v1-legacy": "REST API v1, no longer in the published document",
    "confluence-v2": "REST API v2",
    "jsm": "Service desk",
}
BEGIN = "<!-- schemas: written by tests/schemas/run --write -->\n"
END = "<!-- end of schemas -->\n"


class Report:
    """The results of all documents."""

    def __init__(self):
        self.documents = {}
        self.seen = set()
        self.failed = 0
        self.now = None

    def begin(self, name, narrow):
        """The results that follow are of this document; what another had already is left out of it."""
        for path in list(narrow["paths"]):
            item = narrow["paths"][path]
            for method in list(item):
                if (method, path) in self.seen:
                    del item[method]
                self.seen.add((method, path))
            if not item:
                del narrow["paths"][path]
        self.now = self.documents.setdefault(name, [])

    def take(self, result):
        """One operation's result."""
        self.now.append(result)
        name, faults = f"{result['method']} {result['path']}", result["faults"]
        statuses = ", ".join(f"{status}: {count}" for status, count in sorted(result["statuses"].items()))
        print(f"{'FAILED' if faults else 'ok    '} {name} ({statuses})", flush=True)
        self.failed += bool(faults)
        for fault in faults:
            print("   " + fault["words"].replace("\n", "\n   "))
            print(f"   {fault['curl']}\n   {fault['body']}", flush=True)

    def rows(self):
        """One row a document."""
        for name, results in self.documents.items():
            answered = sum(any(status.startswith("2") for status in map(str, one["statuses"])) for one in results)
            requests = sum(sum(one["statuses"].values()) for one in results)
            failed = sum(bool(one["faults"]) for one in results)
            yield HEADINGS[name], len(results), requests, answered, failed

    def summary(self):
        """The rows as lines of text."""
        return "\n".join(
            f"     {heading}: {operations} operations, {requests} requests, {answered} operations answered with 2xx, {failed} that don't conform"
            for heading, operations, requests, answered, failed in self.rows()
        )

    def write(self, page):
        """Puts the table between its marks in a page."""
        lines = ["| Document | Operations tried | Requests | Answered with 2xx | Don't conform |", "|---|---|---|---|---|"]
        lines += ["| " + " | ".join(map(str, row)) + " |" for row in self.rows()]
        for results in self.documents.values():
            for one in results:
                lines += [f"\n- `{one['method']} {one['path']}`: {fault['words'].splitlines()[0]}" for fault in one["faults"]]
        text = page.read_text(encoding="utf-8")
        before, rest = text.split(BEGIN)
        _, after = rest.split(END)
        page.write_text(before + BEGIN + "\n" + "\n".join(lines) + "\n\n" + END + after, encoding="utf-8")
