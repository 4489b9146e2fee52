"""A free port for a server of a test's own: no other worker of the same run, and no client, is given it meanwhile."""

from __future__ import annotations

import os
import random
import socket

# Below the ports that the system gives to clients: a test that opens thousands of connections would take one of those
# between our looking and the server's listening.
FIRST, PORTS_A_WORKER, MOST_WORKERS = 12_000, 500, 32
_chance = random.SystemRandom()


def free_port() -> int:
    """Return a port that nobody listens on, from the range of this worker."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % MOST_WORKERS
    start = FIRST + worker * PORTS_A_WORKER
    for port in _chance.sample(range(start, start + PORTS_A_WORKER), PORTS_A_WORKER):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError(f"no port is free from {start} to {start + PORTS_A_WORKER}")
