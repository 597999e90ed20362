"""The published documents, which aren't part of the repository."""

import json
import os
from pathlib import Path

NAMES = ("confluence-v1", "confluence-v1-legacy", "confluence-v2", "jsm")
BESIDE = Path(__file__).resolve().parent.parent.parent.parent / "shared" / "reference"


class MissingReference(Exception):
    """A document isn't there."""


def documents(arguments):
    """All documents by name, from the folder that is named, or the one beside the repository."""
    folder = Path(arguments[0] if arguments else os.environ.get("NARTHEX_REFERENCE") or BESIDE)
    missing = [f"{name}.json" for name in NAMES if not (folder / f"{name}.json").exists()]
    if missing:
        raise MissingReference(
            f"Missing in {folder}: {', '.join(missing)}.\n"
            "They are the OpenAPI documents that Atlassian publishes; name their folder as the argument, "
            "or in NARTHEX_REFERENCE."
        )
    return {name: json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in NAMES}
