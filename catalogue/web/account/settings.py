"""How the sign-in library is set: which ways there are, where they stand, and what they say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from catalogue.kernel.clock import now
from catalogue.web.account.words import MESSAGES

FRESH = timedelta(hours=1)  # how long ago one must have signed in to change how one signs in
LIBRARY = "SECURITY_"


def settings(config: Mapping[str, Any]) -> dict[str, Any]:
    """Settings for the application, from its own; what must not be guessed comes from `keys`."""
    chosen = (
        _ways()
        | _addresses()
        | _templates()
        | {
            "I18N_DOMAIN": "messages",
            "I18N_DIRNAME": [config["BABEL_TRANSLATION_DIRECTORIES"]],
        }
    )
    named = {f"{LIBRARY}{name}": value for name, value in chosen.items()}
    return named | {f"{LIBRARY}MSG_{name}": message for name, message in MESSAGES.items()}


def _ways() -> dict[str, Any]:
    return {
        "CHANGEABLE": True,
        "CHANGE_EMAIL": True,
        "TWO_FACTOR": True,
        "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,  # seconds before and after, for clocks that go wrong
        "TWO_FACTOR_RESCUE_EMAIL": False,
        "TWO_FACTOR_IMPLEMENTATIONS": {
            "code": "flask_security.twofactor.CodeTfPlugin",
            "webauthn": "catalogue.web.account.library.PasskeyFactor",
        },
        "TOTP_ISSUER": "Da Lat",
        "TOTP_SECRETS": {"1": ""},  # stands for the one in `keys`
        "MULTI_FACTOR_RECOVERY_CODES": True,
        "MULTI_FACTOR_RECOVERY_CODES_N": 8,
        "WEBAUTHN": True,
        "WAN_RP_NAME": "Đà Lạt",
        "WAN_ALLOW_USER_HINTS": False,
        "WAN_ALLOW_AS_VERIFY": ["first"],
        "RETURN_GENERIC_RESPONSES": True,
        "SEND_PASSWORD_CHANGE_EMAIL": False,  # ours goes out instead
        "EMAIL_PLAINTEXT": False,  # the worker writes the letters
        "EMAIL_HTML": False,
        "API_ENABLED_METHODS": ["session"],
        "FRESHNESS": FRESH,
        "FRESHNESS_GRACE_PERIOD": timedelta(minutes=10),
        "LOGOUT_CSRF": True,
        "PASSWORD_HASH": "argon2",
        "PASSWORD_SCHEMES": ["argon2"],
        "PASSWORD_SINGLE_HASH": ["argon2"],
        "PASSWORD_HASH_PASSLIB_OPTIONS": {
            "argon2__type": "ID",
            "argon2__memory_cost": 19456,  # KiB; with two passes what OWASP's cheat sheet asks at least
            "argon2__time_cost": 2,
            "argon2__parallelism": 1,
        },
        "PASSWORD_NORMALIZE_FORM": "NFKC",
        "INPUT_NORMALIZE_FORM": "NFKC",
        "DATETIME_FACTORY": now,
        "CACHE_CONTROL": {"no-store": True},
        "STATIC_FOLDER": None,
        "CLI_USERS_NAME": None,
        "CLI_ROLES_NAME": None,
    }


def _addresses() -> dict[str, Any]:
    return {
        "URL_PREFIX": "/account",
        "LOGIN_URL": "/sign-in",
        "LOGOUT_URL": "/sign-out",
        "VERIFY_URL": "/confirm",
        "CHANGE_URL": "/password",
        "CHANGE_EMAIL_URL": "/email",
        "CHANGE_EMAIL_CONFIRM_URL": "/email/new",
        "TWO_FACTOR_SETUP_URL": "/codes",
        "TWO_FACTOR_TOKEN_VALIDATION_URL": "/code",
        "TWO_FACTOR_SELECT_URL": "/second-step",
        "TWO_FACTOR_RESCUE_URL": "/code-lost",
        "MULTI_FACTOR_RECOVERY_CODES_URL": "/recovery-codes",
        "MULTI_FACTOR_RECOVERY_URL": "/recovery-code",
        "WAN_REGISTER_URL": "/passkeys",
        "WAN_DELETE_URL": "/passkeys/remove",
        "WAN_SIGNIN_URL": "/passkey",
        "WAN_VERIFY_URL": "/confirm/passkey",
        "POST_LOGIN_VIEW": "account.home.enter",
        "POST_LOGOUT_VIEW": "security.login",
        "POST_CHANGE_VIEW": "account.home.show",
        "POST_CHANGE_EMAIL_VIEW": "account.home.show",
        "TWO_FACTOR_POST_SETUP_VIEW": "account.home.show",
    }


def _templates() -> dict[str, Any]:
    names = {
        "LOGIN_USER": "sign_in",
        "LOGOUT_USER": "sign_out",
        "VERIFY": "confirm",
        "CHANGE_PASSWORD": "password",
        "CHANGE_EMAIL": "email",
        "TWO_FACTOR_SETUP": "codes",
        "TWO_FACTOR_VERIFY_CODE": "code",
        "TWO_FACTOR_SELECT": "code",
        "MULTI_FACTOR_RECOVERY": "recovery_code",
        "MULTI_FACTOR_RECOVERY_CODES": "recovery_codes",
        "WAN_REGISTER": "passkeys",
        "WAN_SIGNIN": "passkey",
        "WAN_VERIFY": "confirm",
    }
    return {f"{name}_TEMPLATE": f"account/{file}.html" for name, file in names.items()}
