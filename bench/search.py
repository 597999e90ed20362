"""Searching by two words, as somebody without a licence who sees a tenth of the site.

The index is warm: every query was asked once before. Queries come one after the other on one
connection, and are timed on this side. The site of the target has 100,000 pages. Words come in
two kinds: those of the site's vocabulary, from words that every tenth page has to words that a
handful has; and two words that every page of the site has, which is the most work there is.
"""

import json
import random
import sys
import time
from urllib.parse import quote

import client
import program as narthex
from failure import Failure
from machine import Result, Row

TARGET_PAGES = 100_000
TARGET_MS = 20
# As bench/site makes them.
VOCABULARY = 2_000


def options(parser):
    parser.add_argument("--data", metavar="DIR", help="keep the generated site in this folder")
    parser.add_argument("--pages", type=int, default=TARGET_PAGES, help="pages of the site (%(default)s)")
    parser.add_argument("--queries", type=int, default=200, help="different queries (%(default)s)")
    parser.add_argument("--rounds", type=int, default=10, help="how often each is asked (%(default)s)")


def queries(number):
    """Pairs of words, common ones as often as people ask for them."""
    dice = random.Random(20)
    def word():
        return f"word{int(VOCABULARY ** dice.random()) - 1:04}"
    return [f"{word()} {word()}" for _ in range(number)]


def measure(asked, program):
    data, site = program.site(asked.data, asked.pages)
    target = TARGET_MS if asked.pages == TARGET_PAGES else None
    with program.serve(data) as server:
        server.wait_for(narthex.READY)
        headers = narthex.by_token(site["reader"])
        sees = wait_for_index(server, headers)
        kinds = {
            "words of the vocabulary": queries(asked.queries),
            "words that every page has": ["printer light"] * (asked.queries // 4),
        }
        rows = []
        for name, words in kinds.items():
            print(f"{name}: {len(words)} queries, {asked.rounds} times each", file=sys.stderr)
            seconds, totals = ask(server, headers, words, asked.rounds)
            rows.append(Row(
                name,
                {
                    "queries": len(seconds),
                    "hits, median": sorted(totals)[len(totals) // 2],
                    "median ms": round(1e3 * seconds[len(seconds) // 2], 2),
                },
                value=round(1e3 * seconds[int(len(seconds) * 0.99)], 2), unit="ms", target=target,
            ))
        rows.append(Row("resident", {}, value=round(server.memory() / 1e6, 1), unit="MB"))
    return Result("search", f"one connection, p99; site of {asked.pages} pages, {sees} seen", rows)


def search(connection, server, headers, words):
    cql = quote(f'text ~ "{words}"')
    url = f"{server.base}wiki/rest/api/search?cql={cql}&limit=25"
    answer = client.on(connection, "GET", url, headers)
    if answer.status == 503:
        return answer, 0
    if answer.status != 200:
        raise Failure(f"{url} was answered {answer.status}: {answer.body.decode()}")
    return answer, json.loads(answer.body)["totalSize"]


def wait_for_index(server, headers, seconds=600):
    """Waits until the index is there; gives how many pages the asker sees."""
    connection = client.connect(server.base)
    begun = time.perf_counter()
    while time.perf_counter() - begun < seconds:
        answer, total = search(connection, server, headers, "printer light")
        if answer.status == 200 and total > 0:
            return total
        time.sleep(0.5)
    raise Failure(f"the search index wasn't there after {seconds} s:\n{server.tail()}")


def ask(server, headers, queries, rounds):
    """Seconds of all answers, sorted, and the number of hits of each query."""
    connection = client.connect(server.base)
    totals = [search(connection, server, headers, words)[1] for words in queries]
    seconds = []
    for _ in range(rounds):
        seconds += [search(connection, server, headers, words)[0].seconds for words in queries]
    return sorted(seconds), totals
