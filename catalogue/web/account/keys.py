"""The library's keys, made from the instance's secret when something is first signed or locked with them.

The library wants them when it is set up, so that any command would have the secret made and kept.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from functools import cache, partial
from typing import Any

from flask import Flask, current_app
from flask_security import MfRecoveryCodesUtil, Security
from itsdangerous import Serializer
from werkzeug.local import LocalProxy

from catalogue.web.account.library import Totp


def totp(_secrets: Any, issuer: str) -> Any:
    """What makes and checks codes; the key of each person's secret comes from the instance's."""
    return _on_use(lambda: Totp({"1": _key("codes").hex()}, issuer))


def recovery_codes(app: Flask) -> Any:
    """What makes and checks recovery codes, which are kept locked."""
    return _on_use(partial(_recovery_codes, app))


def sign_on_use(security: Security) -> None:
    """Let each of the library's signers ask for the secret whenever it signs."""
    signers = {name: made for name, made in vars(security).items() if isinstance(made, Serializer)}
    for name, signer in signers.items():
        setattr(security, name, LocalProxy(partial(_with_secret, signer)))


def _recovery_codes(app: Flask) -> MfRecoveryCodesUtil:
    codes = MfRecoveryCodesUtil(app)
    codes.setup_cryptor([base64.urlsafe_b64encode(_key("recovery codes"))])
    return codes


def _with_secret(signer: Serializer[str]) -> Serializer[str]:
    signer.secret_keys = [str(current_app.secret_key).encode()]
    return signer


def _on_use(make: Callable[[], Any]) -> Any:
    """Stands for what `make` gives, which is made when it is first used."""
    return LocalProxy(cache(make))


def _key(use: str) -> bytes:
    """A key for one use."""
    return hashlib.sha256(f"{use}\0{current_app.secret_key!s}".encode()).digest()
