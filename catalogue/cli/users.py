"""`flask --app catalogue users …`: invite people, set a password, and make the sample accounts."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import func, select

from catalogue.accounts import actions, queries, rules
from catalogue.accounts.models import User
from catalogue.accounts.passwords import hashed
from catalogue.accounts.rules import Role
from catalogue.database import db, transaction
from catalogue.kernel.actor import Actor
from catalogue.kernel.language import Language
from catalogue.producers.actions import join
from catalogue.producers.models import Producer
from catalogue.producers.rules import Voice
from catalogue.products.models import Product
from catalogue.records import by_code

OPERATOR = Actor(name="command line", roles=frozenset(Role))
SAMPLES = "sample-accounts.json"
STAFF = frozenset({Role.REVIEWER, Role.REGISTRAR, Role.CURATOR})
# Role in the list, name, roles in the office.
PEOPLE: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("producer", "Sample maker", frozenset()),
    ("staff", "Sample staff", frozenset(STAFF)),
    ("administrator", "Sample administrator", frozenset({Role.ADMINISTRATOR})),
)

group = AppGroup("users", help="People who sign in.")


@group.command("invite")
@click.argument("email")
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice([role.value for role in Role]),
    help="A task in the office.",
)
@click.option("--producer", "code", help="The code of the producer that the person will speak for.")
@click.option(
    "--voice",
    type=click.Choice([voice.value for voice in Voice]),
    default=Voice.OWNER.value,
    show_default=True,
)
@click.option(
    "--language",
    type=click.Choice([language.value for language in Language]),
    default=Language.VI.value,
    show_default=True,
)
def invite(email: str, roles: tuple[str, ...], code: str | None, voice: str, language: str) -> None:
    """Send somebody an invitation."""
    producer = by_code(Producer, code) if code else None
    if code and producer is None:
        raise click.ClickException(f"There is no producer with the code {code}.")
    if not roles and producer is None:
        raise click.ClickException("Say what for: --producer CODE, or --role.")
    with transaction():
        invitation = actions.invite(
            OPERATOR,
            email,
            language,
            roles=frozenset(roles),
            producer_id=producer.id if producer else None,
            voice=voice if producer else None,
        )
    click.echo(f"The worker sends an invitation to {invitation.email}; it is good for 14 days.")


@group.command("password")
@click.argument("email")
@click.password_option()
def password(email: str, password: str) -> None:
    """Give somebody a new password; all sessions of the person end."""
    user = queries.user_by_email(email)
    if user is None:
        raise click.ClickException(f"Nobody has the address {email}.")
    if not rules.LEAST_PASSWORD <= rules.letters_of(password) <= rules.MOST_PASSWORD:
        raise click.ClickException(f"A password has at least {rules.LEAST_PASSWORD} signs.")
    with transaction():
        actions.set_password(user, hashed(password), OPERATOR)
    click.echo(f"{user.email} has a new password and is signed out everywhere.")


@group.command("second-step")
@click.argument("email")
def second_step(email: str) -> None:
    """Take codes, passkeys and recovery codes off somebody who has lost them all."""
    user = queries.user_by_email(email)
    if user is None:
        raise click.ClickException(f"Nobody has the address {email}.")
    with transaction():
        actions.forget_second_step(OPERATOR, user)
    click.echo(f"{user.email} signs in with the password alone, and sets up a second step then.")


@group.command("sample")
@click.option("--json", "as_json", is_flag=True, help="As a list for programs.")
def sample(*, as_json: bool) -> None:
    """Make a producer, a staff member and an administrator, and print how they sign in."""
    if not current_app.config["SAMPLE_ACCOUNTS"]:
        raise click.ClickException("This site is in earnest: it has no sample accounts.")
    path = Path(current_app.instance_path) / SAMPLES
    accounts = json.loads(path.read_text("utf-8")) if path.exists() else []
    if not _all_there(accounts):
        accounts = _make()
        _keep(path, accounts)
    if as_json:
        click.echo(json.dumps(accounts, ensure_ascii=False))
        return
    for account in accounts:
        click.echo(f"{account['role']:<14} {account['email']:<32} {account['password']}")
        if account["totp_secret"]:
            click.echo(f"{'':<14} key for codes: {account['totp_secret']}")


def _all_there(accounts: list[dict[str, Any]]) -> bool:
    return len(accounts) == len(PEOPLE) and all(queries.user_by_email(each["email"]) for each in accounts)


def _make() -> list[dict[str, Any]]:
    """New passwords and keys for all three; the people themselves are made once."""
    with transaction():
        return [_person(role, name, roles) for role, name, roles in PEOPLE]


def _person(role: str, name: str, roles: frozenset[str]) -> dict[str, Any]:
    email, secret = f"{role}@example.test", secrets.token_urlsafe(12)
    user = queries.user_by_email(email)
    if user is None:
        user = actions.create_user(email, name, Language.VI.value, hashed(secret), sample=True)
    else:
        actions.set_password(user, hashed(secret), OPERATOR)
    actions.grant(user, roles)
    if not roles:
        join(user.id, _busiest_producer(), Voice.OWNER)
    return {
        "role": role,
        "email": email,
        "password": secret,
        "totp_secret": _give_codes(user) if roles else None,
    }


def _give_codes(user: User) -> str:
    """A key for an authenticator app (RFC 6238: SHA-1, six digits, thirty seconds), in base32."""
    factory = current_app.extensions["security"].totp_factory
    user.tf_totp_secret = factory.generate_totp_secret()
    user.tf_primary_method, user.tf_last_counter = "authenticator", None
    db.session.flush()
    return str(factory.get_totp_b32_key(user.tf_totp_secret))


def _busiest_producer() -> int:
    """The one with most products, so that there is something to see."""
    counted = select(Product.producer_id).group_by(Product.producer_id)
    found = db.session.scalar(counted.order_by(func.count().desc(), Product.producer_id).limit(1))
    if found is None:
        raise click.ClickException("There is no product yet. First type: flask --app catalogue seed load")
    return found


def _keep(path: Path, accounts: list[dict[str, Any]]) -> None:
    """Only the instance's owner may read it, from its first byte."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(
        os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as file:
        json.dump(accounts, file, ensure_ascii=False, indent=2)
    fresh.replace(path)
