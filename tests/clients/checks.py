"""What the stories in Python share: named checks, and who is there."""

import json
import os
import re
import sys
import traceback
import urllib.request

URL = os.environ["NARTHEX_URL"]
HERE = os.environ["NARTHEX_HERE"]


def person(who):
    """E-mail address and API token."""
    return os.environ[f"{who}_EMAIL"], os.environ[f"{who}_TOKEN"]


def key(operation):
    """Method and path, whatever its parameters are called."""
    return re.sub(r"\{[^}]*\}", "{}", operation)


def served():
    """The operations that the server says that it serves."""
    with urllib.request.urlopen(f"{HERE}/openapi.json", timeout=30) as answer:
        paths = json.load(answer)["paths"]
    return {key(f"{method.upper()} {path}") for path, methods in paths.items() for method in methods}


class Story:
    """A sequence of checks. Each is run, whatever became of those before."""

    def __init__(self):
        self.passed = []
        self.failed = []
        self.waiting = []
        self.served = served()

    def check(self, name, *needs):
        """The decorated function is a check, and is run at once; it waits where what it needs isn't served yet."""
        missing = [need for need in needs if key(need) not in self.served]

        def run(function):
            if missing:
                self.waiting.append(name)
                print(f"waits  {name}: not served yet: {', '.join(missing)}", flush=True)
                return function
            try:
                function()
            except Exception:  # whatever a client throws, the story goes on
                self.failed.append(name)
                print(f"FAILED {name}")
                print(traceback.format_exc(limit=-4), flush=True)
            else:
                self.passed.append(name)
                print(f"ok     {name}", flush=True)
            return function

        return run

    def end(self):
        """Says how it went, in one line, and ends the process."""
        waiting = f", {len(self.waiting)} wait for what isn't served yet" if self.waiting else ""
        print(f"{len(self.passed)} checks passed, {len(self.failed)} failed{waiting}")
        sys.exit(1 if self.failed else 0)


def equal(found, expected):
    """Fails with both values."""
    if found != expected:
        raise AssertionError(f"found {found!r}, expected {expected!r}")


def holds(condition, about):
    """Fails with what it is about."""
    if not condition:
        raise AssertionError(about)
