"""Sample accounts, invitations and passwords from the command line."""

from __future__ import annotations

import json
import shutil
import stat
from pathlib import Path

import pytest
from flask import Flask

import config
from catalogue import create_app
from catalogue.accounts import queries
from catalogue.producers.queries import voices_of
from tests.people import Browser, Person


@pytest.fixture
def site(loaded_instance: Path, tmp_path: Path) -> Flask:
    return create_app(config.Testing(shutil.copytree(loaded_instance, tmp_path / "instance")))


def samples(site: Flask) -> list[dict[str, str]]:
    done = site.test_cli_runner().invoke(args=["users", "sample", "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.output)


def test_the_samples_can_sign_in_and_are_made_once(site: Flask) -> None:
    made = samples(site)
    assert [account["role"] for account in made] == ["producer", "staff", "administrator"]
    assert all(account["email"].endswith("@example.test") for account in made)
    assert samples(site) == made
    for account, door in zip(made, ("/studio/", "/staff/", "/staff/"), strict=True):
        browser = Browser(site)
        browser.sign_in(Person(0, account["email"], account["password"], account["totp_secret"] or ""))
        assert browser.get(door).status_code == 200
    with site.app_context():
        producer, staff = (queries.user_by_email(made[number]["email"]) for number in (0, 1))
        assert len(voices_of(producer.id)) == 1
        assert staff.role_codes == {"reviewer", "registrar", "curator"}


def test_only_the_owner_of_the_instance_reads_the_passwords(site: Flask) -> None:
    made = samples(site)
    path = Path(site.instance_path) / "sample-accounts.json"
    assert json.loads(path.read_text("utf-8")) == made
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_lost_file_is_made_again_with_new_passwords(site: Flask) -> None:
    first = samples(site)
    (Path(site.instance_path) / "sample-accounts.json").unlink()
    second = samples(site)
    assert {each["email"] for each in first} == {each["email"] for each in second}
    assert first[0]["password"] != second[0]["password"]
    browser = Browser(site)
    browser.sign_in(Person(0, second[0]["email"], second[0]["password"]))
    assert browser.is_in()


def test_a_site_in_earnest_has_no_samples(site: Flask) -> None:
    assert config.Production.SAMPLE_ACCOUNTS is False
    site.config["SAMPLE_ACCOUNTS"] = False
    done = site.test_cli_runner().invoke(args=["users", "sample"])
    assert done.exit_code != 0
    assert "in earnest" in done.output
    with site.app_context():
        assert queries.people() == []


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ([], "Say what for"),
        (["--producer", "none"], "no producer with the code"),
        (["--role", "king"], "Invalid value"),
    ],
)
def test_an_invitation_needs_something_to_invite_to(site: Flask, options: list[str], told: str) -> None:
    done = site.test_cli_runner().invoke(args=["users", "invite", "a@example.test", *options])
    assert done.exit_code != 0
    assert told in done.output
