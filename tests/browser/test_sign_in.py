"""Signing in as people do: with a password on a phone, with a code, and with a passkey."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.people import code_at
from tests.served import ROOT, environment, serve


@pytest.fixture(scope="module")
def instance(loaded_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(loaded_instance, tmp_path_factory.mktemp("people") / "instance")


@pytest.fixture(scope="module")
def site(instance: Path) -> Iterator[str]:
    """Under a name, because no browser makes a passkey for a number."""
    with serve(instance, "localhost") as address:
        yield address


@pytest.fixture(scope="module")
def samples(instance: Path) -> dict[str, dict[str, str]]:
    """The sample accounts, as an operator makes them."""
    command = [sys.executable, "-m", "flask", "--app", "catalogue", "users", "sample", "--json"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(instance), capture_output=True, text=True, check=True
    )
    return {account["role"]: account for account in json.loads(done.stdout)}


def sign_in(page: Page, account: dict[str, str]) -> None:
    page.fill("#email", account["email"])
    page.fill("#password", account["password"])
    page.locator("main button[type=submit]").first.click()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_maker_signs_in_on_a_phone_and_out_again(
    new_page: NewPage,
    samples: dict[str, dict[str, str]],
    accessibility_faults: Callable[[Page], list[str]],
    javascript: bool,
) -> None:
    page = new_page(width=320, javascript=javascript)
    page.goto("/studio/")
    assert "/account/sign-in" in page.url
    assert page.locator("html").get_attribute("lang") == "vi"
    if javascript:
        assert accessibility_faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == 320
    sign_in(page, samples["producer"])
    page.wait_for_url("**/studio/")
    if javascript:
        assert accessibility_faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.locator("main ul.lines a[href^='/studio/listings/']").first.click()
    page.wait_for_url("**/studio/listings/**")
    with page.expect_navigation():
        page.locator("form[action*='sign-out'] button").click()
    page.goto("/studio/")
    assert "/account/sign-in" in page.url


def test_staff_sign_in_with_a_code(
    new_page: NewPage,
    samples: dict[str, dict[str, str]],
    accessibility_faults: Callable[[Page], list[str]],
) -> None:
    page = new_page(scheme="dark")
    page.goto("/staff/")
    sign_in(page, samples["staff"])
    page.wait_for_url(re.compile("/account/code"))
    assert accessibility_faults(page) == []
    page.fill("#code", code_at(samples["staff"]["totp_secret"]))
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url("**/staff/")
    for path in ("/staff/people", "/staff/applications", "/account/", "/account/codes"):
        page.goto(path)
        assert accessibility_faults(page) == [], path


def test_a_passkey_of_the_phone_is_made_and_signs_in(
    new_page: NewPage, samples: dict[str, dict[str, str]]
) -> None:
    page = new_page()
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    phone = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    verified = {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": phone | verified})
    page.goto("/account/passkeys")
    sign_in(page, samples["producer"])
    page.wait_for_url("**/account/passkeys")
    page.fill("#name", "điện thoại của tôi")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("main ul.lines")).to_contain_text("điện thoại của tôi")
    with page.expect_navigation():
        page.locator("form[action*='sign-out'] button").click()

    page.goto("/account/passkey?next=/studio/")
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url("**/studio/")

    page.goto("/account/passkeys")
    page.locator("main ul.lines button").click()
    expect(page.locator("main ul.lines")).to_have_count(0)
