"""A published document, limited to what is served, and with ids that are there."""

import copy
from pathlib import Path

METHODS = ("get", "post", "put", "patch", "delete")
# Allowed beyond the documents, on every operation.
BEYOND = ("401", "405", "413", "415", "429", "503")
# Demanded by the law of the project.
LAW = Path(__file__).resolve().parent / "beyond.txt"
# Reading comes first, and what deletes last.
ORDER = {"get": 0, "post": 1, "put": 2, "patch": 2, "delete": 3}


def narrowed(document, served, known, only):
    """The document with the operations that are served, and whose method and path contain `only`."""
    base = "/wiki/api/v2" if "/wiki/api/v2" in document["servers"][0]["url"] else ""
    here = {(method, blank(path)) for path, item in served["paths"].items() for method in item}
    narrow = copy.deepcopy({name: value for name, value in document.items() if name not in ("paths", "security")})
    narrow["servers"] = [{"url": "/"}]
    nullable(narrow["components"])
    law = demanded()
    narrow["paths"] = {}
    for path, item in document["paths"].items():
        shared = item.get("parameters", [])
        for method in METHODS:
            whole = base + path
            if method not in item or (method, blank(whole)) not in here or only not in f"{method.upper()} {whole}":
                continue
            operation = copy.deepcopy(item[method])
            operation.pop("security", None)
            operation["parameters"] = [
                with_values(resolve(one, document), whole, method, known) for one in [*shared, *operation.get("parameters", [])]
            ]
            body = operation.get("requestBody")
            if body:
                operation["requestBody"] = with_known(resolve(body, document), document, known.body(method, whole))
            for status in BEYOND:
                operation["responses"].setdefault(status, {"description": "Allowed beyond the document"})
            for status in law.get((method.upper(), whole), ()):
                operation["responses"].setdefault(status, {"description": "Demanded by the law of the project"})
            narrow["paths"].setdefault(whole, {})[method] = operation
    return narrow


def nullable(value):
    """Some shapes say in words that there may be none, and not in their type."""
    if isinstance(value, list):
        for one in value:
            nullable(one)
    elif isinstance(value, dict):
        words = value.get("description")
        if isinstance(words, str) and ("or null" in words or "Null until" in words) and "type" in value:
            value["nullable"] = True
            if "enum" in value:
                value["enum"] = [*value["enum"], None]
        for one in list(value.values()):
            nullable(one)


def demanded():
    """The statuses of beyond.txt, by method and path."""
    lines = [line.split(" ") for line in LAW.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    found = {}
    for method, path, status, *_ in lines:
        found.setdefault((method, path), []).append(status)
    return found


def blank(path):
    """A path, whatever its parameters are called."""
    return "/".join("{}" if segment.startswith("{") else segment for segment in path.split("/"))


def resolve(value, document):
    """What a reference leads to."""
    while "$ref" in value:
        target = document
        for name in value["$ref"].removeprefix("#/").split("/"):
            target = target[name.replace("~1", "/").replace("~0", "~")]
        value = target
    return value


def with_values(parameter, path, method, known):
    """A parameter that takes only values that make sense here."""
    values = known.values(parameter["in"], parameter["name"], path, method)
    if values is None:
        return parameter
    return parameter | {"required": parameter["in"] == "path" or parameter.get("required", False), "schema": {"enum": values}}


def with_known(body, document, known, depth=0):
    """A schema of a body whose members of these names take only known values."""
    if isinstance(body, list):
        return [with_known(one, document, known, depth) for one in body]
    if not isinstance(body, dict):
        return body
    if "$ref" in body:
        # Some shapes contain themselves; below this depth anything may stand.
        if depth > 8:
            return {}
        body = resolve(body, document)
    changed = {name: with_known(value, document, known, depth + 1) for name, value in body.items()}
    if isinstance(changed.get("properties"), dict):
        for name, values in known.items():
            if name in changed["properties"]:
                changed["properties"][name] = {"enum": values}
    return changed
