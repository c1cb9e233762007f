"""What the two commands say when something is in the way, and that all they started ends with them."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.served import PATIENCE_S, ROOT, environment, free_port

# `serve.py`, two servers with a worker each, and a worker of the queue for each processor, two at most.
PROGRAMS = 5 + min(os.cpu_count() or 1, 2)

# What Debian always has, and what the scripts may use before there is a Python.
ALWAYS_THERE = ("bash", "cat", "dirname", "env", "flock", "id", "make", "mkdir", "sed", "sha256sum", "tail")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Makefile and tools in a folder with blanks and accents, without a virtual environment."""
    folder = tmp_path / "bản sao của tôi"
    shutil.copytree(ROOT / "tools", folder / "tools")
    shutil.copy(ROOT / "Makefile", folder)
    return folder


@pytest.fixture
def bare_path(tmp_path: Path) -> Path:
    """A folder for PATH with nothing but Debian's own small programs."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ALWAYS_THERE:
        (programs / name).symlink_to(shutil.which(name) or name)
    return programs


def make(target: str, clone: Path, path: str, **variables: str) -> str:
    """What `make` says when it fails."""
    done = subprocess.run(
        ["make", target],
        cwd=clone,
        env={"PATH": path} | variables,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert done.returncode != 0
    return done.stderr


def program(path: Path, script: str) -> None:
    path.write_text(f"#!{shutil.which('bash')}\n{script}\n", "utf-8")
    path.chmod(0o755)


@pytest.mark.parametrize("target", ["run", "test", "check"])
def test_a_missing_python_is_named_with_what_to_install(target: str, clone: Path, bare_path: Path) -> None:
    assert "python3 python3-venv" in make(target, clone, str(bare_path))


def test_a_missing_venv_module_is_named_with_what_to_install(clone: Path, bare_path: Path) -> None:
    program(bare_path / "python3", 'case "$*" in *ensurepip*) exit 1;; esac')

    said = make("run", clone, str(bare_path))

    assert "cannot make virtual environments" in said
    assert "python3-venv" in said


def test_an_old_python_is_named_with_its_version(clone: Path, bare_path: Path) -> None:
    program(bare_path / "python3", 'case "$*" in -V) echo "Python 3.9.2";; *) exit 1;; esac')

    assert "Python 3.11 or newer is needed; this machine has Python 3.9.2" in make(
        "run", clone, str(bare_path)
    )


@pytest.mark.parametrize("port", ["0", "65536", "eight", "80 80", "-1"])
def test_a_senseless_port_is_refused(port: str, clone: Path) -> None:
    assert "give a number from 1 to 65535" in make("run", clone, os.environ["PATH"], PORT=port)


def test_a_busy_port_is_named_before_anything_is_set_up(clone: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]

        assert f"Opening port {port}: another program uses it" in make(
            "run", clone, os.environ["PATH"], PORT=str(port)
        )
    assert not (clone / ".venv").exists()


@pytest.mark.parametrize("wish", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda wish: wish.name)
def test_all_programs_end_within_ten_seconds_of_a_signal(
    wish: signal.Signals, migrated_instance: Path, tmp_path: Path
) -> None:
    port = free_port()
    site = subprocess.Popen(
        [sys.executable, "tools/serve.py", str(port)],
        cwd=ROOT,
        env=environment(shutil.copytree(migrated_instance, tmp_path / "instance"), PORT=str(port)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    wait_until_served(port)
    until = time.monotonic() + PATIENCE_S
    while len(members_of_session(site.pid)) < PROGRAMS and time.monotonic() < until:
        time.sleep(0.05)
    assert len(members_of_session(site.pid)) >= PROGRAMS

    os.killpg(site.pid, wish)

    assert site.wait(10) == 0
    assert members_of_session(site.pid) == []


def wait_until_served(port: int) -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the site did not start")


def members_of_session(leader: int) -> list[str]:
    """Living processes that the leader of a session has left behind."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, session = stat.read_text("utf-8").rpartition(")")[2].split()[:4]
        except OSError:  # it ended meanwhile
            continue
        if int(session) == leader and state != "Z":
            found.append(stat.parent.name)
    return found
