"""Sends generated requests for every operation of a document, and says what came of it: one JSON object a line."""

import base64
import json
import os
import sys

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from narrow import METHODS, ORDER

CHECKS = [
    schemathesis.checks.not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance,
]


def authorization():
    pair = f"{os.environ['ADA_EMAIL']}:{os.environ['ADA_TOKEN']}".encode()
    return "Basic " + base64.b64encode(pair).decode()


def probe(operation, examples):
    """The statuses that came, and what the answers had against them, once each."""
    statuses, faults = {}, {}
    headers = {"Authorization": authorization(), "X-Atlassian-Token": "no-check"}

    @seed(1)
    @settings(
        max_examples=examples, deadline=None, database=None, phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def run(case):
        answer = case.call(base_url=os.environ["NARTHEX_HERE"], headers=headers, timeout=30)
        statuses[answer.status_code] = statuses.get(answer.status_code, 0) + 1
        try:
            case.validate_response(answer, checks=CHECKS)
        except FailureGroup as group:
            for failure in group.exceptions:
                words = f"{answer.status_code} {failure.title}: {failure.message}"
                faults.setdefault(words[:160], {"words": words[:1500], "curl": case.as_curl_command()[:600], "body": answer.text[:600]})

    try:
        run()
    except Unsatisfiable:
        faults["unsatisfiable"] = {"words": "no request can be made from the document", "curl": "", "body": ""}
    return statuses, list(faults.values())


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        document = json.load(file)
    schema = schemathesis.openapi.from_dict(document)
    operations = [result.ok() for result in schema.get_all_operations()]
    operations.sort(key=lambda operation: ORDER[operation.method.lower()])
    for operation in operations:
        assert operation.method.lower() in METHODS
        statuses, faults = probe(operation, int(sys.argv[2]))
        told = {"method": operation.method.upper(), "path": operation.path, "statuses": statuses, "faults": faults}
        print(json.dumps(told), flush=True)


main()
