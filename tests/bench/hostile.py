"""How long, and how much memory, a reader needs for a file that means harm or is only enormous."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_ONE = """
import resource, sys, time
from quiz.core.interchange import NotThisFormat
from quiz.formats import guess_format
data = open(sys.argv[1], "rb").read()
guess_format(b"::a:: b {=c}").read(b"::a:: b {=c}")
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.perf_counter()
try:
    found = guess_format(data)
    reading = found.read(data)
    errors = sum(remark.severity == "error" for remark in reading.remarks)
    said = f"{found.name}: {len(reading.items)} questions, {errors} errors"
except NotThisFormat as refusal:
    said = f"refused: {refusal}"
took = time.perf_counter() - start
print(f"{took:.2f}\\t{(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024:.0f}\\t{said[:90]}")
"""


def measure_hostile(folder: Path) -> None:
    """Print seconds and megabytes for each file, in a process of its own; then the worst of both."""
    from tests.hostile_files import ENORMOUS, REFUSED

    worst_s = worst_mb = 0.0
    for name, make in (REFUSED | ENORMOUS).items():
        file = folder / "hostile"
        file.write_bytes(make())
        done = subprocess.run(
            [sys.executable, "-c", _ONE, str(file)], capture_output=True, text=True, check=True
        )
        seconds, megabytes, said = done.stdout.rstrip("\n").split("\t", 2)
        print(f"{name:36s} {seconds:>6s} s {megabytes:>5s} MB  {said}")
        worst_s, worst_mb = max(worst_s, float(seconds)), max(worst_mb, float(megabytes))
    print(f"worst: {worst_s:.2f} s, {worst_mb:.0f} MB (wanted: at most 2 s and 100 MB)")
