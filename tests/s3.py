"""An S3 server of the tests' own, wherever the test command has set one up."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config import Config
from tests.served import ROOT, free_port

PYTHON = ROOT / ".venv" / "s3-server" / "bin" / "python"
MISSING = "the S3 server is not installed: `make test` sets it up where the package registry can be reached"
PATIENCE_S = 60.0


@contextmanager
def s3_server() -> Iterator[str]:
    """Run it; gives its address. It holds one empty bucket, `photographs`."""
    address = f"http://127.0.0.1:{free_port()}"
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(
            [PYTHON, "-m", "moto.server", "--host", "127.0.0.1", "--port", address.rpartition(":")[2]],
            stdout=log,
            stderr=subprocess.STDOUT,
            env={"PATH": os.environ["PATH"], "HOME": tempfile.gettempdir()},
        )
        try:
            _wait_for(address, server)
            urllib.request.urlopen(
                urllib.request.Request(f"{address}/photographs", method="PUT"), timeout=5
            ).close()
            yield address
        finally:
            server.terminate()
            server.wait(PATIENCE_S)


def keep_there(settings: Config, address: str, prefix: str) -> None:
    """Let a site keep its photographs on that server, by configuration alone, as an operator does."""
    settings.MEDIA_URL = f"s3://photographs/{prefix}"
    settings.AWS_ENDPOINT_URL, settings.AWS_REGION = address, "ap-southeast-1"
    settings.AWS_ACCESS_KEY_ID, settings.AWS_SECRET_ACCESS_KEY = "key", "secret"


def installed() -> bool:
    """Whether the server can be started."""
    return Path(PYTHON).exists()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/moto-api/", timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the S3 server did not start")
