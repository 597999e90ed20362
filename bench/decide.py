"""One decision of the access model, in memory (criterion, crates/access).

Runs `cargo bench` and reads what criterion estimated. The site of the target has 10,000 accounts,
1,000 groups, 500 spaces and 20,000 pages, a tenth of them restricted.
"""

import json
import subprocess
import sys
import time

import program as narthex
from failure import Failure, need
from machine import Result, Row

# Benchmarks of this prefix are held to the target; the others are reported.
TARGET_PREFIX = "decide"
TARGET_NS = 100


def options(parser):
    del parser


def measure(asked, program):
    del asked
    need("cargo", "cargo")
    begun = time.time()
    done = subprocess.run(narthex.DECIDE, cwd=narthex.ROOT, env=program.environment, stdout=sys.stderr)
    if done.returncode != 0:
        raise Failure(f"{' '.join(narthex.DECIDE)} ended with {done.returncode}.")
    rows = []
    for estimates in sorted((program.target / "criterion").glob("**/new/estimates.json")):
        if estimates.stat().st_mtime < begun:
            continue
        name = json.loads(estimates.with_name("benchmark.json").read_text())["full_id"]
        median = json.loads(estimates.read_text())["median"]
        interval = median["confidence_interval"]
        rows.append(Row(
            name,
            {"95 % ns": f"{interval['lower_bound']:.1f}..{interval['upper_bound']:.1f}"},
            value=round(median["point_estimate"], 1), unit="ns",
            target=TARGET_NS if name.startswith(TARGET_PREFIX) else None,
        ))
    if not rows:
        raise Failure("criterion left no estimates behind.")
    return Result("decide", "criterion, medians", rows)
