"""A server that is killed while answers are being saved. The full form: ``python -m tests.bench kill --rounds 200``."""

from __future__ import annotations

from tests.bench.killing import kill_rounds


def test_what_was_acknowledged_is_there_after_kill_9(tmp_path):
    report = kill_rounds(tmp_path, rounds=3)

    assert report.acknowledged > 10
    assert (report.lost, report.doubled, report.stale) == (0, 0, 0)
