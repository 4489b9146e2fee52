"""Workers end when their parent says so or is gone: one that outlives it would keep the port from the next start."""

from __future__ import annotations

import os
import signal
import threading
import time

_LOOK_EVERY_S = 0.3


def stop_with_parent() -> None:
    """End this process soon after the one that started it is gone, however that ended.

    What was acknowledged is committed by then; whatever else was under way is as good as never sent.
    """
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOK_EVERY_S)
        os._exit(1)

    threading.Thread(target=watch, daemon=True, name="stop-with-parent").start()


def hear_parent_alone() -> None:
    """Let this process, a worker, be ended by SIGTERM at any time, and not by the terminal's Ctrl-C.

    A worker has its parent's handlers until it installs its own: a SIGTERM that came in between was lost, and the
    parent waited for good. Ctrl-C reaches the workers too; the parent alone must decide then.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
