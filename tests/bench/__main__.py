"""``python -m tests.bench``: measure, and print each figure beside its baseline."""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    kill = commands.add_parser(
        "kill", help="kill -9 while answers are saved: none that was acknowledged may be lost"
    )
    kill.add_argument("--rounds", type=int, default=200)
    repeat = commands.add_parser("repeat", help="the same posts again and again: each has its effect once")
    repeat.add_argument("--posts", type=int, default=10_000)
    clock = commands.add_parser("clock", help="the server's clock is set back and forth: no deadline moves")
    clock.add_argument("--jumps", type=int, default=1_000)
    submit = commands.add_parser("submit", help="one attempt, submitted many times at once: one result")
    submit.add_argument("--posts", type=int, default=50)
    for name, text in (
        ("page", "a question page, beside an empty Flask route"),
        ("save", "a saved answer, beside an empty Flask route and a bare SQLite commit"),
        ("export", "the score export, beside csv.writer over the same rows"),
        ("search", "the search over a million questions, beside a bare look-up by primary key"),
        ("import", "an import of many questions, beside writing the bare rows"),
        ("hostile", "reading files that mean harm or are only enormous: seconds and megabytes"),
        ("lint", "lint of a bank of many questions, beside only reading them"),
    ):
        command = commands.add_parser(name, help=text)
        command.add_argument("--size", type=int, default=None)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="footnote-bench-") as folder:
        run(options, Path(folder))


def run(options: argparse.Namespace, folder: Path) -> None:
    if options.command == "kill":
        from tests.bench.killing import kill_rounds

        report = kill_rounds(folder, options.rounds)
        print(
            f"{report.rounds} rounds of kill -9 under 8 clients: {report.acknowledged} acknowledged, "
            f"{report.lost} lost, {report.doubled} doubled, {report.stale} stale; "
            f"restart {statistics.median(report.restarts_s):.2f} s (median)"
        )
        return
    if options.command == "clock":
        from tests.bench.clock_jumps import jump_clock

        print(jump_clock(folder, options.jumps).told())
        return
    if options.command in ("repeat", "submit"):
        from tests.bench.repeats import repeat_posts, submit_at_once

        measured = repeat_posts if options.command == "repeat" else submit_at_once
        print(measured(folder, options.posts).told())
        return
    if options.command == "hostile":
        from tests.bench.hostile import measure_hostile

        measure_hostile(folder)
        return
    from tests.bench import measures

    measures.MEASURES[options.command](folder, options.size)


if __name__ == "__main__":
    main()
