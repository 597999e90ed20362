"""Opening and closing a space by the call: as quick for many pages as for few.

Two spaces of one site, one small and one large, are opened and closed in turn over one
connection. The time is the server's own where it answers `Server-Timing` (total;dur=, in ms), else
this side's clock on the loopback address.
"""

import re
import statistics
from urllib.parse import urljoin

import client
import program as narthex
from failure import Failure
from machine import Result, Row

TARGET = 1.2


def options(parser):
    parser.add_argument("--data", metavar="DIR", help="keep the generated site in this folder")
    parser.add_argument("--pages", type=int, default=101_000, help="pages of the site (%(default)s)")
    parser.add_argument("--large", type=int, default=100_000, help="pages of the large space (%(default)s)")
    parser.add_argument("--alternations", type=int, default=100,
                        help="openings and closings of each space (%(default)s)")


def measure(asked, program):
    data, site = program.site(asked.data, asked.pages, large_space=asked.large)
    spaces = {"small": site["small"], "large": site["large"]}
    headers = narthex.by_token(site["admin"]) | {"Content-Type": "application/json"}
    times = {(size, enabled): [] for size in spaces for enabled in (True, False)}
    clocks = set()
    with program.serve(data) as server:
        server.wait_for(narthex.READY)
        url = urljoin(server.base, narthex.SWITCH)
        connection = client.connect(url)
        # Some unmeasured alternations first, closed before and after.
        for number in range(-5, asked.alternations):
            for enabled in (True, False):
                order = list(spaces) if number % 2 else list(reversed(spaces))
                for size in order:
                    answer = client.on(connection, "POST", url, headers,
                                       narthex.switch_body(spaces[size], enabled))
                    if answer.status != 200:
                        raise Failure(f"The call was answered {answer.status}: {answer.body[:300]!r}")
                    clock, seconds = duration(answer)
                    clocks.add(clock)
                    if number >= 0:
                        times[size, enabled].append(seconds)
    if len(clocks) != 1:
        raise Failure("Some answers carried Server-Timing and some did not.")
    rows = []
    for enabled, name in ((True, "opening"), (False, "closing")):
        few, many = (statistics.median(times[size, enabled]) for size in ("small", "large"))
        rows.append(Row(
            name,
            {"10 pages ms": round(1e3 * few, 3), f"{asked.large} pages ms": round(1e3 * many, 3)},
            value=round(many / few, 3), unit="ratio", target=TARGET,
        ))
    note = f"medians of {asked.alternations} alternations; clock: {clocks.pop()}"
    return Result("switch", note, rows)


def duration(answer):
    """The clock that was used, and the seconds."""
    timing = re.search(r"(?:^|,)\s*total;(?:[^,]*;)?dur=([\d.]+)", answer.header("server-timing") or "")
    if timing:
        return "Server-Timing", float(timing[1]) / 1e3
    return "loopback", answer.seconds
