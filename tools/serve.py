"""Runs the site's programs until Ctrl-C, SIGTERM or the closing of the window; all of them end with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from http.client import HTTPConnection
from types import FrameType

# A thread waits for as long as a phone on a weak signal takes to send: readers have the others.
WEB = (
    "granian --interface wsgi --factory --host 127.0.0.1 --workers 1 --blocking-threads 24 --no-ws"
    " --respawn-failed-workers --respawn-interval 0.5 --workers-kill-timeout 3"
    " --log-level warning"
)
# Two servers of one worker each listen on the port, and the kernel deals connections out between them. Two
# workers of one server share a socket, where the quicker takes all: sixteen readers sat with one of the two.
SERVERS = 2
# glibc gives each thread a heap of its own, none of which shrinks: a quarter more memory after ten minutes.
HEAPS = {"MALLOC_ARENA_MAX": "2"}
# One photograph keeps one processor busy; more than two at a time would need too much memory.
WORKERS = min(os.cpu_count() or 1, 2)
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# Granian gives its worker three seconds, and ours end the photographs that they are working on.
PATIENCE_S = 8
LOOK_AGAIN_S = 0.1


def main(port: str) -> int:
    """Start every program, wait for the first to end or for a wish to stop, then end all of them."""
    for wish in STOPPING:
        signal.signal(wish, _stop)
    running: list[subprocess.Popen[bytes]] = []
    code = 0
    try:
        running += [_started(f"{WEB} --port {port} catalogue:create_site", port) for _ in range(SERVERS)]
        _settle(running)
        # The site opens sooner where no worker takes half of the processors meanwhile.
        if _answers(port, running):
            running += [_started("flask --app catalogue worker", port) for _ in range(WORKERS)]
        code = _first_to_end(running)
    except KeyboardInterrupt:
        pass
    for wish in STOPPING:
        signal.signal(wish, signal.SIG_IGN)
    _end(running)
    return code


def _started(program: str, port: str) -> subprocess.Popen[bytes]:
    # A process group of its own: Ctrl-C then reaches a program once, as the SIGTERM of `_end`. A second
    # signal makes granian's workers hang, and the SIGHUP of a closed window makes it start afresh.
    return subprocess.Popen(
        [sys.executable, "-m", *program.split()],
        stdin=subprocess.DEVNULL,
        process_group=0,
        env=os.environ | HEAPS | {"PORT": port},
    )


def _answers(port: str, servers: Sequence[subprocess.Popen[bytes]]) -> bool:
    """Wait until the site answers; False where a server ended before."""
    while all(server.poll() is None for server in servers):
        with suppress(OSError), closing(HTTPConnection("127.0.0.1", int(port), timeout=PATIENCE_S)) as site:
            site.request("GET", "/healthz")
            site.getresponse()
            return True
        time.sleep(LOOK_AGAIN_S)
    return False


def _first_to_end(running: Sequence[subprocess.Popen[bytes]]) -> int:
    """Wait until one of them ends, which none should; its code, 1 for 0."""
    while True:
        for program in running:
            if (code := program.poll()) is not None:
                return code or 1
        time.sleep(LOOK_AGAIN_S)


def _settle(servers: Sequence[subprocess.Popen[bytes]]) -> None:
    """Give each server a processor to stay on, where the system lets us.

    A request goes from granian's thread to one of Python's and back. Waking a thread on another processor
    costs more than a kept page does, and for Python's lock a server has no use for a second processor.
    """
    if not hasattr(os, "sched_setaffinity"):
        return
    processors = sorted(os.sched_getaffinity(0))
    for number, server in enumerate(servers):
        with suppress(OSError):  # it has ended already, or the system does not allow it
            os.sched_setaffinity(server.pid, {processors[number % len(processors)]})


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _end(running: list[subprocess.Popen[bytes]]) -> None:
    until = time.monotonic() + PATIENCE_S  # for all of them together
    for program in running:
        program.terminate()
    for program in running:
        try:
            program.wait(max(until - time.monotonic(), 0))
        except subprocess.TimeoutExpired:
            os.killpg(program.pid, signal.SIGKILL)
            program.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
