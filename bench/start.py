"""From the start of the program to its first page, and the memory that it then holds.

The clock starts when the process is made and stops when the page is answered 200; the memory is
the resident set (VmRSS) at that moment and one second later.
"""

import statistics
import time
from urllib.parse import urljoin, urlsplit

import client
import program as narthex
from failure import Failure
from machine import Result, Row

# For the site of the targets; other sizes are reported without one.
TARGET_PAGES = 20_000
TARGET_MS = 150
TARGET_MB = 80


def options(parser):
    parser.add_argument("--data", metavar="DIR", help="keep the generated site in this folder")
    parser.add_argument("--pages", type=int, default=TARGET_PAGES, help="pages of the site (%(default)s)")
    parser.add_argument("--rounds", type=int, default=11, help="starts (%(default)s)")


def measure(asked, program):
    data, site = program.site(asked.data, asked.pages)
    path = page_path(program, data, site)
    seconds, first, settled = [], [], []
    for _ in range(asked.rounds):
        with program.serve(data) as server:
            seconds.append(server.wait_for(path, seconds=600))
            first.append(server.memory())
            time.sleep(1)
            settled.append(server.memory())
    targets = (TARGET_MS, TARGET_MB) if asked.pages == TARGET_PAGES else (None, None)
    rows = [
        Row("start to first 200", {"worst ms": round(1e3 * max(seconds), 1)},
            value=round(1e3 * statistics.median(seconds), 1), unit="ms", target=targets[0]),
        Row("resident then", {"a second later MB": round(statistics.median(settled) / 1e6, 1)},
            value=round(statistics.median(first) / 1e6, 1), unit="MB", target=targets[1]),
    ]
    return Result("start", f"{asked.rounds} starts, medians; site of {asked.pages} pages", rows)


def page_path(program, data, site):
    """Where the page is in the end: its short address may redirect to one with the title."""
    with program.serve(data) as server:
        server.wait_for(narthex.READY, seconds=600)
        answer = client.get(urljoin(server.base, narthex.html_path(site)))
        if answer.status != 200:
            raise Failure(f"{answer.url} was answered {answer.status}.")
        return urlsplit(answer.url).path
