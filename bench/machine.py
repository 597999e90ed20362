"""What was measured, on which machine, as a table or as JSON."""

import datetime
import json
import os
import platform
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Row:
    """One number with its target (at most, unless `at_least`) and what it was made from."""

    name: str
    details: dict
    value: float
    unit: str
    target: float | None = None
    at_least: bool = False

    @property
    def met(self):
        if self.target is None:
            return True
        return self.value >= self.target if self.at_least else self.value <= self.target


@dataclass
class Result:
    measure: str
    note: str
    rows: list = field(default_factory=list)

    @property
    def met(self):
        return all(row.met for row in self.rows)


def said(*command):
    """The first line of what a command says about itself, or None when it is missing."""
    path = shutil.which(command[0], path="/usr/sbin:/sbin") or shutil.which(command[0])
    if path is None:
        return None
    done = subprocess.run([path, *command[1:]], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          cwd=Path(__file__).parent)
    return next(iter(done.stdout.splitlines()), None)


def describe():
    processor = re.search(r"^model name\s*:\s*(.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    memory = re.search(r"^MemTotal:\s+(\d+) kB$", Path("/proc/meminfo").read_text(), re.MULTILINE)
    return {
        "time": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
        "commit": said("git", "describe", "--always", "--dirty"),
        "processor": processor[1] if processor else platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(int(memory[1]) / 1e6, 1),
        "load_1m": round(os.getloadavg()[0], 2),
        "kernel": platform.release(),
        "rustc": said("rustc", "--version"),
        "nginx": said("nginx", "-v"),
        "wrk": said("wrk", "--version"),
    }


def report(results, as_json):
    about = describe()
    if as_json:
        print(json.dumps({
            "machine": about,
            "results": [
                {
                    "measure": result.measure, "note": result.note, "met": result.met,
                    "rows": [vars(row) | {"met": row.met} for row in result.rows],
                }
                for result in results
            ],
        }, indent=2))
        return
    for result in results:
        print(f"\n{result.measure}: {result.note}")
        table([cells(row) for row in result.rows])
    print()
    for name, value in about.items():
        print(f"{name}: {value}")


def cells(row):
    target = "-"
    if row.target is not None:
        target = f"{'>=' if row.at_least else '<='} {row.target:g}"
    verdict = "-" if row.target is None else ("met" if row.met else "MISSED")
    return {"": row.name, **row.details, row.unit: row.value, "target": target, "verdict": verdict}


def table(rows):
    """Prints rows; rows of different units stand under one heading only when they agree."""
    previous = None
    for row in rows:
        heading = list(row)
        if heading != previous:
            alike = [other for other in rows if list(other) == heading]
            widths = [max(len(str(v)) for v in [h, *(o[h] for o in alike)]) for h in heading]
            print("  ".join(line(heading, widths)).rstrip())
            previous = heading
        print("  ".join(line(row.values(), widths)).rstrip())


def line(values, widths):
    for number, (value, width) in enumerate(zip(values, widths)):
        yield str(value).ljust(width) if number == 0 else str(value).rjust(width)
