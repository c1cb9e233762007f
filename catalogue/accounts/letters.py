"""The mail that accounts send: plain text, in the language of whoever gets it.

The worker calls each function after the commit, with ids only. It looks up what it tells, makes the links,
and stays silent where there is nothing to tell: nobody can find out by asking for mail whether an address has
an account.
"""

from __future__ import annotations

from catalogue.accounts import queries, tokens
from catalogue.accounts.tokens import LASTS, Purpose
from catalogue.kernel.clock import now
from catalogue.post import send, site_address


def send_link(user_id: int, purpose: str, language: str) -> None:
    """A link that signs in once, or that leads to a new password; 0 stands for nobody."""
    if not user_id:
        return
    user = queries.user(user_id)
    wanted = Purpose(purpose)
    endpoint = "account.links.open_link" if wanted is Purpose.SIGN_IN else "account.links.new_password"
    send(
        user.email,
        language,
        f"mail/{'sign_in' if wanted is Purpose.SIGN_IN else 'new_password'}.txt",
        name=user.name,
        link=site_address(endpoint, token=tokens.make(user, wanted)),
        minutes=int(LASTS[wanted].total_seconds() // 60),
    )


def send_to_new_address(user_id: int, email: str, language: str) -> None:
    """The link that makes another address count."""
    user = queries.user(user_id)
    send(
        email,
        language,
        "mail/new_email.txt",
        name=user.name,
        link=site_address("security.change_email_confirm", token=tokens.for_new_address(user, email)),
    )


def send_invitation(invitation_id: int, producer: str) -> None:
    """The letter that lets somebody in; `producer` is the name of whom the person will speak for, if any.

    One that was taken back meanwhile is not sent.
    """
    invitation = queries.invitation(invitation_id)
    if not invitation.is_open(now()):
        return
    send(
        invitation.email,
        invitation.language,
        "mail/invitation.txt",
        producer=producer,
        link=site_address("account.invitations.take_up", secret=tokens.for_invitation(invitation)),
        expires=invitation.expires,
    )


def tell_received(application_id: int) -> None:
    """An application has come in."""
    application = queries.application(application_id)
    send(application.email, application.language, "mail/application_received.txt", application=application)


def tell_declined(application_id: int) -> None:
    """An application was declined, and why."""
    application = queries.application(application_id)
    send(application.email, application.language, "mail/application_declined.txt", application=application)


def tell_second_step_gone(user_id: int) -> None:
    """The office took the second step off: the person should know, in case nobody asked for it."""
    user = queries.user(user_id)
    send(
        user.email,
        user.language,
        "mail/second_step_gone.txt",
        name=user.name,
        link=site_address("security.login"),
    )


def tell_password_changed(user_id: int) -> None:
    """A password was changed: the person should know, in case it was somebody else."""
    user = queries.user(user_id)
    send(
        user.email,
        user.language,
        "mail/password_changed.txt",
        name=user.name,
        link=site_address("account.links.forgot"),
    )
