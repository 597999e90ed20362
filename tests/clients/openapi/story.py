"""Holds `GET /openapi.json` against the specification of OpenAPI 3.1, as tools that read it do."""

import json
import urllib.request

from openapi_spec_validator import OpenAPIV31SpecValidator

from checks import HERE, Story, equal, holds

story = Story()
documents = []


@story.check("the description is served to anybody")
def _():
    with urllib.request.urlopen(f"{HERE}/openapi.json", timeout=30) as answer:
        equal(answer.headers["Content-Type"], "application/json")
        documents.append(json.load(answer))


@story.check("it is valid OpenAPI 3.1")
def _():
    errors = [f"{list(error.absolute_path)}: {error.message}" for error in OpenAPIV31SpecValidator(documents[0]).iter_errors()]
    equal(errors, [])


@story.check("it describes both versions of the API, and how to say who asks")
def _():
    [document] = documents
    holds("/wiki/api/v2/pages" in document["paths"], "version 2")
    holds("/wiki/rest/api/content/{id}" in document["paths"], "version 1")
    equal(sorted(document["components"]["securitySchemes"]), ["basic", "bearer", "cookie"])


story.end()
