"""A container ends with the platform that started it."""

import os
import signal
import threading


def follow():
    """Ends this process group when standard input ends; user code gets an empty standard input instead."""
    lifeline = os.dup(0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)

    def wait():
        while os.read(lifeline, 4096):
            pass
        os.killpg(os.getpgid(0), signal.SIGKILL)

    threading.Thread(target=wait, daemon=True).start()
