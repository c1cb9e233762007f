"""nginx on a port of its own, from a temporary folder, serving finished pages from disk."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

PATIENCE_S = 10.0
# As many workers as the site has, and like it no line for each answer; the pages are packed already.
CONFIGURATION = """\
{user}
worker_processes 2;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
  access_log off;
  sendfile on;
  tcp_nopush on;
  open_file_cache max=100;
  default_type "text/html; charset=utf-8";
  types {{ }}
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  server {{
    listen 127.0.0.1:{port};
    location / {{ root {folder}/www;
{headers}
    }}
    location {known}/ {{ alias {folder}/www/;
{headers_of_304}
    }}
  }}
}}
"""


def program() -> str | None:
    """Where Debian's nginx lies; it is no command of everybody's."""
    return shutil.which("nginx", path=f"{Path('instance/bench-tools/usr/sbin').resolve()}:/usr/sbin:/usr/bin")


# What nginx says by itself; what else a 304 of the site's says.
OWN = {"connection", "content-length", "content-type", "date", "etag", "server"}
OF_304 = {"cache-control", "vary"}
KNOWN = "/known"  # below it the same files for readers who have them, with the headers of a 304


@contextmanager
def serve(
    folder: Path, port: int, bodies: Mapping[str, bytes], headers: Sequence[tuple[str, str]]
) -> Iterator[str]:
    """Serve these bodies by file name, with the headers of the site, of which a 304 has the same as there.

    Gives the address, without a slash at the end.
    """
    (folder / "www").mkdir(parents=True)
    for name, body in bodies.items():
        (folder / "www" / name).write_bytes(body)
    configuration = folder / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""  # whoever made the folder may read it
    told = [(name, value) for name, value in headers if name.lower() not in OWN]
    configuration.write_text(
        CONFIGURATION.format(
            folder=folder,
            port=port,
            user=user,
            known=KNOWN,
            headers=_headers(told),
            headers_of_304=_headers([pair for pair in told if pair[0].lower() in OF_304]),
        )
    )
    server = subprocess.Popen(  # noqa: S603
        [program() or "nginx", "-c", str(configuration), "-p", str(folder)], stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        if not _answers(f"{address}/{next(iter(bodies))}", server):
            raise RuntimeError("nginx did not start:\n" + (folder / "error.log").read_text())
        yield address
    finally:
        server.terminate()
        server.wait(PATIENCE_S)


def _headers(pairs: Sequence[tuple[str, str]]) -> str:
    return "\n".join(f'      add_header {name} "{value}";' for name, value in pairs)


def _answers(address: str, server: subprocess.Popen[bytes]) -> bool:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=2).close()  # noqa: S310  on this machine
        except OSError:
            time.sleep(0.05)
        else:
            return True
    return False
