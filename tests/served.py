"""The site served as `make run` serves it, from an instance folder and on a port of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
PATIENCE_S = 120.0


@contextmanager
def serve(instance: Path, host: str = "127.0.0.1") -> Iterator[str]:
    """Serve an instance folder; gives the address, without a slash at the end."""
    port = free_port()
    address = f"http://{host}:{port}"
    log = instance / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "tools/serve.py", str(port)],
            cwd=ROOT,
            env=environment(instance, PORT=str(port), SITE_URL=address),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_for(address, server, log)
        yield address
    finally:
        server.terminate()
        try:
            server.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def environment(instance: Path, **more: str) -> dict[str, str]:
    """Like a fresh shell: no setting of the developer's own reaches the site under test."""
    chosen = ("DATABASE_URL", "SECRET_KEY", "SITE_URL", "CATALOGUE_ENV", "TRADE_PROMOTION_EMAIL")
    storage = ("MEDIA_URL", "AWS_ENDPOINT_URL", "AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
    mail = ("MAIL_SERVER", "MAIL_PORT", "MAIL_USER", "MAIL_PASSWORD", "MAIL_ENCRYPTION", "MAIL_SENDER")
    settings = (*chosen, *storage, *mail, "TILE_URL", "TILE_ATTRIBUTION", "TRUSTED_PROXIES")
    inherited = {name: value for name, value in os.environ.items() if name not in settings}
    return inherited | {"CATALOGUE_INSTANCE": str(instance), "PYTHONUTF8": "1"} | more


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5):
                return
        except urllib.error.HTTPError as refusal:
            raise AssertionError(f"/healthz answers {refusal.code}") from refusal
        except OSError:
            time.sleep(0.05)
    ended = f"ended with {server.returncode}" if server.poll() is not None else "is not up yet"
    raise AssertionError(f"the site {ended}:\n" + log.read_text("utf-8", "replace"))
