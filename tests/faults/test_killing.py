"""A server that is killed while answers are being saved. The full form: ``python -m tests.bench kill --rounds 200``."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import time

from tests.bench.killing import kill_rounds
from tests.bench.site import BenchSite


def test_what_was_acknowledged_is_there_after_kill_9(tmp_path):
    report = kill_rounds(tmp_path, rounds=3)

    assert report.acknowledged > 10
    assert (report.lost, report.doubled, report.stale) == (0, 0, 0)


def test_workers_do_not_keep_the_port_when_only_their_parent_was_killed(tmp_path):
    site = BenchSite(tmp_path, workers=2)
    site.start()

    os.kill(site.process.pid, signal.SIGKILL)
    site.process.wait()

    try:
        deadline = time.monotonic() + 60
        while is_listening(site.port) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert not is_listening(site.port)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(site.process.pid, signal.SIGKILL)


def is_listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
