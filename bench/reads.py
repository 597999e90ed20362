"""Reading one page over HTTP, against nginx with the same bytes as a static file.

The page is read anonymously, signed in by API token and by session cookie, and as JSON by token.
For each of them nginx serves a static file of exactly those bytes. In every round wrk drives one,
then the other, in an order that changes from round to round; the ratio is the median of the
rounds' ratios. Rounds are many and short: a machine that others share is faster and slower from one
second to the next, and only what was measured side by side can be compared.
"""

import statistics
import sys

import client
import program as narthex
import wrk
from failure import Failure
from machine import Result, Row
from nginx import Nginx

TARGETS = {"anonymous": 0.8, "token": 0.6, "session": 0.6, "json": 0.6}
NAMES = {
    "anonymous": "HTML, anonymous",
    "token": "HTML, by token",
    "session": "HTML, by session",
    "json": "JSON, by token",
}


def options(parser):
    parser.add_argument("--data", metavar="DIR", help="keep the generated site in this folder")
    parser.add_argument("--pages", type=int, default=20_000, help="pages of the site (%(default)s)")
    parser.add_argument("--rounds", type=int, default=15, help="rounds (%(default)s)")
    parser.add_argument("--seconds", type=int, default=3, help="of each run of wrk (%(default)s)")
    parser.add_argument("--threads", type=int, default=2, help="of wrk (%(default)s)")
    parser.add_argument("--connections", type=int, default=16, help="of wrk (%(default)s)")


def requests(server, site):
    """What is read: name to URL and headers."""
    page = server.base.rstrip("/") + narthex.html_path(site)
    reader = site["reader"]
    return {
        "anonymous": (page, {}),
        "token": (page, narthex.by_token(reader)),
        "session": (page, narthex.by_session(server.base, reader)),
        "json": (server.base.rstrip("/") + narthex.json_path(site), narthex.by_token(reader)),
    }


def measure(asked, program):
    data, site = program.site(asked.data, asked.pages)
    with program.serve(data) as server:
        server.wait_for(narthex.READY)
        ours, bodies = {}, {}
        for name, (url, headers) in requests(server, site).items():
            answer = client.get(url, headers)
            if answer.status != 200:
                raise Failure(f"{NAMES[name]}: {url} was answered {answer.status}.")
            ours[name] = (answer.url, headers)
            bodies[name] = (answer.header("content-type"), answer.body)
        with Nginx(program.scratch, bodies) as nginx:
            loads = rounds(asked, ours, nginx)
    rows = []
    for name, pairs in loads.items():
        rows.append(Row(
            NAMES[name],
            {
                "bytes": len(bodies[name][1]),
                "narthex req/s": round(statistics.median(ours.rate for ours, _ in pairs)),
                "nginx req/s": round(statistics.median(theirs.rate for _, theirs in pairs)),
                "narthex p99 ms": round(1e3 * statistics.median(ours.p99 for ours, _ in pairs), 2),
                "nginx p99 ms": round(1e3 * statistics.median(theirs.p99 for _, theirs in pairs), 2),
            },
            value=round(statistics.median(ours.rate / theirs.rate for ours, theirs in pairs), 3),
            unit="ratio", target=TARGETS[name], at_least=True,
        ))
    note = (
        f"wrk -t{asked.threads} -c{asked.connections} -d{asked.seconds}s, {asked.rounds} rounds, "
        f"medians; site of {site['pages']} pages"
    )
    return Result("http", note, rows)


def rounds(asked, ours, nginx):
    """Name to the pairs of loads (ours, nginx), one pair a round."""
    def load(url, headers, seconds=asked.seconds):
        return wrk.run(url, headers, seconds, asked.threads, asked.connections)

    for name, (url, headers) in ours.items():
        load(url, headers, seconds=1)
        load(nginx.url(name), {}, seconds=1)
    loads = {name: [] for name in ours}
    for number in range(asked.rounds):
        for name, (url, headers) in ours.items():
            print(f"round {number + 1} of {asked.rounds}: {NAMES[name]}", file=sys.stderr)
            if number % 2:
                theirs = load(nginx.url(name), {})
                mine = load(url, headers)
            else:
                mine = load(url, headers)
                theirs = load(nginx.url(name), {})
            loads[name].append((mine, theirs))
    return loads
