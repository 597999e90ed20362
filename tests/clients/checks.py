"""What the stories in Python share: named checks, and who is there."""

import os
import sys
import traceback

URL = os.environ["NARTHEX_URL"]
HERE = os.environ["NARTHEX_HERE"]


def person(who):
    """E-mail address and API token."""
    return os.environ[f"{who}_EMAIL"], os.environ[f"{who}_TOKEN"]


class Story:
    """A sequence of checks. Each is run, whatever became of those before."""

    def __init__(self):
        self.passed = []
        self.failed = []

    def check(self, name):
        """The decorated function is a check, and is run at once."""

        def run(function):
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
        print(f"{len(self.passed)} checks passed, {len(self.failed)} failed")
        sys.exit(1 if self.failed else 0)


def equal(found, expected):
    """Fails with both values."""
    if found != expected:
        raise AssertionError(f"found {found!r}, expected {expected!r}")


def holds(condition, about):
    """Fails with what it is about."""
    if not condition:
        raise AssertionError(about)
