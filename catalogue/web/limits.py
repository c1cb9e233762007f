"""How often one reader may send something, by the address that the request comes from."""

from __future__ import annotations

import hmac
import ipaddress

from flask import Flask, current_app, request
from werkzeug.middleware.proxy_fix import ProxyFix

from catalogue.attempts import seconds_to_wait

APPLICATIONS_A_MINUTE = 10
SIGN_INS_A_MINUTE = 10
LINKS_A_MINUTE = 3
ENQUIRIES_A_MINUTE = 10
MESSAGES_A_MINUTE = 10
UPLOADS_A_MINUTE = 120
IPV6_NETWORK = 64  # bits; what a household or phone is given


def register(app: Flask) -> None:
    """Believe what proxies of our own say of a reader's address, and nobody else."""
    if number := app.config["TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=number, x_proto=0, x_host=0, x_port=0, x_prefix=0
        )


def wait_before_application() -> int:
    """0, or the seconds to wait before this reader may apply to join; asking counts as sending."""
    return seconds_to_wait(f"application {reader()}", APPLICATIONS_A_MINUTE)


def wait_before_enquiry() -> int:
    """0, or the seconds to wait before this reader may ask makers again; asking counts as sending."""
    return seconds_to_wait(f"enquiry {reader()}", ENQUIRIES_A_MINUTE)


def wait_before_message() -> int:
    """0, or the seconds to wait before this reader may send another message about a record."""
    return seconds_to_wait(f"message {reader()}", MESSAGES_A_MINUTE)


def wait_before_sign_in() -> int:
    """0, or the seconds to wait before the next try to sign in from here, whatever account is tried."""
    return seconds_to_wait(f"sign-in {reader()}", SIGN_INS_A_MINUTE)


def may_be_written_to(email: str) -> bool:
    """Whether one more link may go to that address now, whoever asks from wherever, and whether or not
    anybody has it: nobody's mail is flooded through us."""
    return not seconds_to_wait(f"letter {_hidden(email)}", LINKS_A_MINUTE)


def wait_before_code(user: str) -> int:
    """0, or the seconds to wait before the next code for this person, from wherever it is tried."""
    return seconds_to_wait(f"code {user}", SIGN_INS_A_MINUTE)


def wait_before_upload(user_id: int) -> int:
    """0, or the seconds to wait before this person may begin to send one more photograph."""
    return seconds_to_wait(f"upload {user_id}", UPLOADS_A_MINUTE)


def reader() -> str:
    """The address as a keyed hash: enough to count by, and nowhere written down."""
    return _hidden(_place(request.remote_addr or ""))


def _hidden(text: str) -> str:
    key = str(current_app.secret_key).encode()
    return hmac.new(key, text.encode(), "sha256").hexdigest()[:32]


def _place(address: str) -> str:
    """Of IPv6 the network: whoever has one has all its addresses, more than anybody could count."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv4Address):
        return address
    if known.ipv4_mapped:
        return str(known.ipv4_mapped)
    return str(ipaddress.ip_network((known, IPV6_NETWORK), strict=False))
