"""A worker process that outlives its parent would keep the port: the next start could not listen."""

from __future__ import annotations

import os
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
