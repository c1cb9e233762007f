"""Mail: by SMTP where the owner has set a server, else each letter as a file that anybody can open."""

from __future__ import annotations

import logging
import smtplib
import ssl
import tempfile
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path

from catalogue.kernel.clock import LOCAL, now
from catalogue.kernel.errors import OutsideFailure

PATIENCE_S = 20
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    """A mail in plain text."""

    to: str
    subject: str
    text: str


@dataclass(frozen=True)
class Server:
    """An SMTP server. `encryption`: starttls, tls or none."""

    host: str
    port: int
    user: str
    password: str
    encryption: str


class Mailer:
    """Sends letters from `sender`; without a server into `folder`, and the log says where."""

    def __init__(self, sender: str, server: Server | None, folder: Path) -> None:
        self._sender, self._server, self._folder = sender, server, folder

    def send(self, letter: Letter) -> None:
        """Send one letter; OutsideFailure where the server does not take it."""
        message = self._message(letter)
        if self._server is None:
            self._keep(message)
            return
        try:
            self._hand_over(message, self._server)
        except (OSError, smtplib.SMTPException) as trouble:
            raise OutsideFailure("mail.not_sent") from trouble

    def _message(self, letter: Letter) -> EmailMessage:
        message = EmailMessage()
        message["From"] = self._sender
        message["To"] = letter.to
        message["Subject"] = " ".join(letter.subject.split())
        message["Date"] = formatdate(localtime=False)
        message["Message-ID"] = make_msgid(domain=self._sender.rpartition("@")[2].rstrip(">"))
        message.set_content(letter.text, cte="8bit")
        return message

    def _keep(self, message: EmailMessage) -> None:
        """Only the instance's owner may read letters: they hold links that sign in."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        stamp = now().astimezone(LOCAL).strftime("%Y%m%d-%H%M%S-")
        with tempfile.NamedTemporaryFile(dir=self._folder, prefix=stamp, suffix=".eml", delete=False) as file:
            file.write(message.as_bytes())
        log.warning("No mail server is set; the letter to %s lies in %s", message["To"], file.name)

    def _hand_over(self, message: EmailMessage, server: Server) -> None:
        secure = ssl.create_default_context()
        if server.encryption == "tls":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=PATIENCE_S, context=secure
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=PATIENCE_S)
        with connection:
            if server.encryption == "starttls":
                connection.starttls(context=secure)
            if server.user:
                connection.login(server.user, server.password)
            connection.send_message(message)
