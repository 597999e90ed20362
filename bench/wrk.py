"""Load by wrk."""

import re
import subprocess
from dataclasses import dataclass

from failure import Failure, need

UNITS = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0}


@dataclass
class Load:
    """What one run of wrk saw: requests a second, and the 99th percentile in seconds."""

    rate: float
    p99: float


def run(url, headers, seconds, threads, connections):
    """Runs wrk once. Any answer but 2xx or 3xx, or a broken connection, is a `Failure`."""
    command = [need("wrk", "wrk"), f"-t{threads}", f"-c{connections}", f"-d{seconds}s", "--latency"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    done = subprocess.run([*command, url], capture_output=True, text=True)
    said = done.stdout
    if done.returncode != 0:
        raise Failure(f"wrk {url} ended with {done.returncode}: {done.stderr.strip()}")
    for trouble in (r"Non-2xx or 3xx responses: .*", r"Socket errors: .*"):
        found = re.search(trouble, said)
        if found:
            raise Failure(f"wrk {url}: {found[0]}")
    tail = re.search(r"^\s+99%\s+([\d.]+)(us|ms|s|m)$", said, re.MULTILINE)
    rate = re.search(r"^Requests/sec:\s+([\d.]+)$", said, re.MULTILINE)
    if not tail or not rate:
        raise Failure(f"wrk said something unexpected about {url}:\n{said}")
    return Load(float(rate[1]), float(tail[1]) * UNITS[tail[2]])
