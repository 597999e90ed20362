"""Searching for a word that only hidden pages have, against a word that no page has.

The asker has no licence and doesn't see the space LARGE, nor restricted pages of other spaces. Both
kinds of pages have a word that no other page has. Queries for it and for a word that never was come
by turns on one connection; what they differ by tells of hidden pages. The index is warm.
"""

import statistics
import sys
from urllib.parse import quote

import client
import program as narthex
import search
from failure import Failure
from machine import Result, Row

TARGET = 1.05
# As bench/site writes them.
OF_A_HIDDEN_SPACE = "closeddoor"
OF_RESTRICTED_PAGES = "twolocks"
WAYS = {
    "text": 'text ~ "{}"',
    "title": 'title ~ "{}"',
    "pattern": 'text ~ "{}*"',
    "phrase": 'text ~ "\\"the {}\\""',
    "other than": 'type = page and text !~ "{}"',
}


def options(parser):
    parser.add_argument("--data", metavar="DIR", help="keep the generated site in this folder")
    parser.add_argument("--pages", type=int, default=30_000, help="pages of the site (%(default)s)")
    parser.add_argument("--hidden", type=int, default=10_000, help="pages of the hidden space (%(default)s)")
    parser.add_argument("--rounds", type=int, default=1_000, help="how often each is asked (%(default)s)")


def measure(asked, program):
    data, site = program.site(asked.data, asked.pages, asked.hidden)
    rows = []
    with program.serve(data) as server:
        server.wait_for(narthex.READY)
        headers = narthex.by_token(site["reader"])
        sees = search.wait_for_index(server, headers)
        for word in (OF_A_HIDDEN_SPACE, OF_RESTRICTED_PAGES):
            for name, query in WAYS.items():
                print(f"{word}, {name}", file=sys.stderr)
                rows.append(compare(server, headers, f"{name}: {word}", query, word, asked.rounds))
    note = f"hidden to missing, medians; site of {asked.pages} pages, {asked.hidden} in a hidden space, {sees} seen"
    return Result("hidden", note, rows)


def compare(server, headers, name, query, word, rounds):
    connection = client.connect(server.base)

    def seconds(word):
        url = f"{server.base}wiki/rest/api/search?cql={quote(query.format(word))}&limit=25"
        answer = client.on(connection, "GET", url, headers)
        if answer.status != 200:
            raise Failure(f"{url} was answered {answer.status}: {answer.body.decode()}")
        return answer.seconds

    # Of the same length, and of letters that no page has in this order.
    missing = word[::-1]
    for _ in range(20):
        seconds(word), seconds(missing)
    pairs = [(seconds(word), seconds(missing)) for _ in range(rounds)]
    hidden, absent = (statistics.median(side) for side in zip(*pairs))
    details = {"hidden ms": round(1e3 * hidden, 3), "missing ms": round(1e3 * absent, 3)}
    return Row(name, details, value=round(hidden / absent, 3), unit="x", target=TARGET)
