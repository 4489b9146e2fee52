"""The server's clock is set while somebody takes a quiz. The full form: ``python -m tests.bench clock``."""

from __future__ import annotations

from tests.bench.clock_jumps import jump_clock


def test_clock_jumps_move_no_deadline_and_no_time_left(tmp_path):
    report = jump_clock(tmp_path, jumps=60)

    assert (report.saved, report.deadlines) == (60, 1)
    assert report.moved_s <= 2
