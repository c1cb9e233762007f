"""Letters: a file each without a server; with one, handed over by SMTP."""

from __future__ import annotations

import email
import email.policy
import logging
import socketserver
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from catalogue.adapters import mailer as post_room
from catalogue.adapters.mailer import Letter, Mailer, Server
from catalogue.kernel.errors import OutsideFailure
from tests.served import free_port

LETTER = Letter("lan@example.test", "Lời mời\nvào danh mục", "Kính chào chị Lan.\n")
SENDER = "Catalogue <no-reply@example.test>"


class Post(socketserver.StreamRequestHandler):
    """Takes mail as a server does, and keeps it."""

    def handle(self) -> None:
        self.wfile.write(b"220 post\r\n")
        while line := self.rfile.readline():
            word = line.split()[0].upper() if line.split() else b""
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                lines = []
                while (line := self.rfile.readline()) != b".\r\n":
                    lines.append(line)
                self.server.received.append(b"".join(lines))  # type: ignore[attr-defined]
            answers = {b"EHLO": b"250-post\r\n250 8BITMIME\r\n", b"QUIT": b"221 bye\r\n"}
            self.wfile.write(answers.get(word, b"250 ok\r\n"))
            if word == b"QUIT":
                return


@pytest.fixture
def post() -> Iterator[socketserver.TCPServer]:
    with socketserver.TCPServer(("127.0.0.1", 0), Post) as server:
        server.received = []  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def read(content: bytes) -> email.message.EmailMessage:
    return email.message_from_bytes(content, policy=email.policy.default)


def test_without_a_server_a_letter_is_a_file_and_the_log_says_where(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(post_room.log, "disabled", False)  # whatever the commands of other tests set up
    with caplog.at_level(logging.WARNING, logger=post_room.log.name):
        Mailer(SENDER, None, tmp_path / "mail").send(LETTER)
    [path] = (tmp_path / "mail").iterdir()
    letter = read(path.read_bytes())
    assert (letter["To"], letter["Subject"]) == ("lan@example.test", "Lời mời vào danh mục")
    assert letter.get_content() == LETTER.text
    assert str(path) in caplog.text
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_with_a_server_a_letter_is_handed_over(tmp_path: Path, post: socketserver.TCPServer) -> None:
    server = Server("127.0.0.1", post.server_address[1], "", "", "none")
    Mailer(SENDER, server, tmp_path / "mail").send(LETTER)
    [content] = post.received  # type: ignore[attr-defined]
    assert read(content)["From"] == SENDER
    assert "chị Lan" in read(content).get_content()
    assert not (tmp_path / "mail").exists()


def test_a_server_that_is_not_there_is_a_failure_outside(tmp_path: Path) -> None:
    mailer = Mailer(SENDER, Server("127.0.0.1", free_port(), "", "", "starttls"), tmp_path)
    with pytest.raises(OutsideFailure, match=r"mail\.not_sent"):
        mailer.send(LETTER)


def test_nobody_writes_headers_of_his_own(tmp_path: Path) -> None:
    Mailer(SENDER, None, tmp_path).send(Letter("a@example.test", "x\r\nBcc: all@example.test", "y"))
    [path] = tmp_path.iterdir()
    assert read(path.read_bytes())["Bcc"] is None
