"""Load from a second process: as many requests as an address answers in a time, on steady connections.

`wrk` where it is installed, else a plain client of threads in a process of its own, which asks so slowly
itself that it understates whatever is quick.
"""

from __future__ import annotations

import http.client
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

CONNECTIONS = 32  # readers at once: enough that no worker of either server waits for the client
TOOLS = Path("instance/bench-tools/usr").resolve()


def wrk() -> str | None:
    """Where wrk lies, if it does."""
    return shutil.which("wrk", path=f"{TOOLS / 'bin'}:{os.environ.get('PATH', '')}")


def rate(address: str, headers: dict[str, str], status: int, seconds: float) -> float:
    """Answers a second; RuntimeError where any answer has another status."""
    if program := wrk():
        return _by_wrk(program, address, headers, status, seconds)
    arguments = [address, str(status), str(seconds), *(f"{name}: {value}" for name, value in headers.items())]
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "benchmarks.load", *arguments], capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def _by_wrk(program: str, address: str, headers: dict[str, str], status: int, seconds: float) -> float:
    options = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    libraries = str(TOOLS / "lib" / f"{os.uname().machine}-linux-gnu")
    done = subprocess.run(  # noqa: S603
        [
            program,
            "-t1",
            f"-c{CONNECTIONS}",
            f"-d{max(1, round(seconds))}s",
            "--timeout",
            "30s",
            *options,
            address,
        ],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"LD_LIBRARY_PATH": libraries},
    )
    errors = re.search(r"(Socket errors|Non-2xx or 3xx).*", done.stdout)
    found = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    if errors or not found or _status(address, headers) != status:
        raise RuntimeError(f"{address} {headers}: {done.stdout}")
    return float(found[1])


def _status(address: str, headers: dict[str, str]) -> int:
    where = urlsplit(address)
    connection = http.client.HTTPConnection(where.netloc, timeout=30)
    connection.request("GET", address.removeprefix(f"http://{where.netloc}"), headers=headers)
    status = connection.getresponse().status
    connection.close()
    return status


def main(address: str, status: int, seconds: float, headers: dict[str, str]) -> None:
    """The plain client: prints the rate."""
    where, until, counts = urlsplit(address), time.monotonic() + seconds, [0] * CONNECTIONS

    def ask(number: int) -> None:
        connection = http.client.HTTPConnection(where.netloc, timeout=30)
        while time.monotonic() < until:
            connection.request("GET", address.removeprefix(f"http://{where.netloc}"), headers=headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status != status:
                raise RuntimeError(f"{address}: {answer.status}")
            counts[number] += 1

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(sum(counts) / seconds)


if __name__ == "__main__":
    named = dict(line.split(": ", 1) for line in sys.argv[4:])
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), named)
