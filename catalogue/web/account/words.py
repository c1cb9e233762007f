"""What the sign-in library says, in our words.

It looks each text up in our translations when it speaks; here `gettext` only marks them to be collected.
"""

from __future__ import annotations

from collections.abc import Callable


def _marked(text: str) -> str:
    return text


gettext: Callable[[str], str] = _marked

WRONG = gettext("E-mail or password is not right. Check both, or ask for a link by e-mail.")
CODE_WRONG = gettext(
    "This code is not right, or it has run out. Wait for the next one in your app and type its six digits."
)
START_AGAIN = gettext("That took too long, or the page was old. Please start again.")
NOT_A_PASSKEY = gettext("This passkey was not taken. Try again, or sign in with your password.")

# By the library's names: the text, and whether it tells of an error.
MESSAGES: dict[str, tuple[str, str]] = {
    "API_ERROR": (START_AGAIN, "error"),
    "GENERIC_AUTHN_FAILED": (WRONG, "error"),
    "UNAUTHORIZED": (gettext("You may not open this page."), "error"),
    "UNAUTHENTICATED": (gettext("Please sign in to go on."), "info"),
    "REAUTHENTICATION_REQUIRED": (gettext("Please show once more that it is you, then go on."), "info"),
    "REAUTHENTICATION_SUCCESSFUL": (gettext("Thank you. You can go on."), "info"),
    "ANONYMOUS_USER_REQUIRED": (gettext("You are signed in already."), "info"),
    "EMAIL_ALREADY_ASSOCIATED": (gettext("Another account has this address."), "error"),
    "EMAIL_NOT_PROVIDED": (gettext("Type your e-mail address."), "error"),
    "INVALID_EMAIL_ADDRESS": (gettext("Check the address: it looks like lan@example.com."), "error"),
    "INVALID_CODE": (CODE_WRONG, "error"),
    "INVALID_INPUT": (gettext("Only letters, digits and blanks, please."), "error"),
    "INVALID_PASSWORD": (gettext("This password is not right."), "error"),
    "INVALID_PASSWORD_CODE": (WRONG, "error"),
    "INVALID_RECOVERY_CODE": (
        gettext("This recovery code is not right, or it was used before. Type it with its hyphens."),
        "error",
    ),
    "INVALID_REDIRECT": (gettext("That address leads away from this site."), "error"),
    "NO_RECOVERY_CODES_SETUP": (gettext("You have no recovery codes yet."), "info"),
    "DISABLED_ACCOUNT": (gettext("This account is closed. Ask the trade promotion office."), "error"),
    "PASSWORD_NOT_PROVIDED": (gettext("Type your password."), "error"),
    "PASSWORD_INVALID_LENGTH": (
        gettext("A password has at least %(length)s signs. A short sentence is easy to remember."),
        "error",
    ),
    "PASSWORD_IS_THE_SAME": (gettext("This is the password you have. Choose another."), "error"),
    "PASSWORD_CHANGE": (gettext("Your password is changed. You stay signed in here only."), "success"),
    "RETYPE_PASSWORD_MISMATCH": (gettext("The two passwords are not the same."), "error"),
    "USER_DOES_NOT_EXIST": (WRONG, "error"),
    "LOGIN": (gettext("Please sign in to go on."), "info"),
    "REFRESH": (gettext("Please show once more that it is you, then go on."), "info"),
    "TWO_FACTOR_INVALID_TOKEN": (CODE_WRONG, "error"),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": (gettext("The code is right. You are signed in."), "success"),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": (
        gettext("Codes from your app are asked for from now on. Now make recovery codes and keep them."),
        "success",
    ),
    "TWO_FACTOR_PERMISSION_DENIED": (START_AGAIN, "error"),
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": (START_AGAIN, "error"),
    "TWO_FACTOR_DISABLED": (gettext("No code is asked for any more."), "success"),
    "TWO_FACTOR_SETUP_EXPIRED": (START_AGAIN, "error"),
    "WEBAUTHN_EXPIRED": (START_AGAIN, "error"),
    "WEBAUTHN_NAME_REQUIRED": (gettext("Give the passkey a name, such as: my phone."), "error"),
    "WEBAUTHN_NAME_INUSE": (gettext("You have a passkey named %(name)s already."), "error"),
    "WEBAUTHN_NAME_NOT_FOUND": (gettext("You have no passkey named %(name)s."), "error"),
    "WEBAUTHN_NAME_DISALLOWED_CHARACTERS": (gettext("Only letters, digits and blanks, please."), "error"),
    "WEBAUTHN_CREDENTIAL_DELETED": (gettext("The passkey %(name)s is removed."), "success"),
    "WEBAUTHN_REGISTER_SUCCESSFUL": (gettext("The passkey %(name)s can sign in from now on."), "success"),
    "WEBAUTHN_CREDENTIAL_ID_INUSE": (gettext("This passkey is known already."), "error"),
    "WEBAUTHN_UNKNOWN_CREDENTIAL_ID": (NOT_A_PASSKEY, "error"),
    "WEBAUTHN_ORPHAN_CREDENTIAL_ID": (NOT_A_PASSKEY, "error"),
    "WEBAUTHN_NO_VERIFY": (NOT_A_PASSKEY, "error"),
    "WEBAUTHN_CREDENTIAL_WRONG_USAGE": (NOT_A_PASSKEY, "error"),
    "WEBAUTHN_MISMATCH_USER_HANDLE": (NOT_A_PASSKEY, "error"),
    "CHANGE_EMAIL_EXPIRED": (START_AGAIN, "error"),
    "CHANGE_EMAIL_CONFIRMED": (gettext("Your new address counts from now on."), "success"),
    "CHANGE_EMAIL_SENT": (
        gettext("Open the link that was sent to %(email)s. Until then the old address counts."),
        "success",
    ),
}
