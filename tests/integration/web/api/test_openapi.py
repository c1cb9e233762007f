"""The API's description is sound, and the API keeps to it whatever it is asked."""

from __future__ import annotations

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from openapi_spec_validator import validate
from schemathesis import GenerationMode

from catalogue.web.api.kinds import KINDS

DESCRIPTION = "/api/v1/openapi.json"
FRONT = "/api/v1/"
LISTS = [f"/api/v1/{kind}" for kind in KINDS] + ["/api/v1/search", "/api/v1/suggest"]
SINGLE = [f"/api/v1/{kind}/{{code}}" for kind in KINDS]
LAYERS = [f"/api/v1/{kind}.geojson" for kind in ("villages", "producers", "sights", "routes")]
# The tests read answers as they are, not compressed.
PLAIN = {"Accept-Encoding": "identity"}
QUICK = settings(max_examples=6, suppress_health_check=list(HealthCheck))


# Codes can be described by their form alone: one that nothing has is refused where it is asked for by itself.
REAL = {"near": "thanh-pho-da-lat", "along": "da-lat-lang-biang"}


@pytest.fixture(scope="module")
def described(loaded: Flask) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_wsgi(DESCRIPTION, loaded)


def test_the_description_is_openapi_3_1(client: FlaskClient) -> None:
    document = client.get(DESCRIPTION).json
    validate(document)
    assert document["openapi"].startswith("3.1")
    assert sorted(document["paths"]) == sorted([FRONT, *LISTS, *SINGLE, *LAYERS])
    assert all(set(operations) <= {"get", "parameters"} for operations in document["paths"].values())


def test_the_description_says_on_which_terms_and_whom_to_ask(client: FlaskClient) -> None:
    about = client.get(DESCRIPTION).json["info"]
    for address in (about["termsOfService"], about["license"]["url"], about["contact"]["url"]):
        answer = client.get(address.removeprefix("http://catalogue.test"), follow_redirects=True)
        assert (answer.status_code, answer.mimetype) == (200, "text/html")


def test_every_field_of_an_answer_is_described_as_always_there(client: FlaskClient) -> None:
    schemas = client.get(DESCRIPTION).json["components"]["schemas"]
    for name in ("Product", "Producer", "Village", "Route", "Scheme", "Place", "CertificateInFull"):
        assert sorted(schemas[name]["required"]) == sorted(schemas[name]["properties"]), name


@pytest.mark.parametrize("path", [FRONT, *LISTS, *SINGLE, *LAYERS])
def test_the_api_answers_as_described(described: schemathesis.BaseSchema, path: str) -> None:
    @QUICK
    @given(case=described[path]["GET"].as_strategy(generation_mode=GenerationMode.POSITIVE))
    def ask(case: schemathesis.Case) -> None:
        if path == "/api/v1/search":
            case.query = {name: REAL.get(name, value) for name, value in case.query.items()}
        case.call_and_validate(headers=PLAIN)

    ask()


@pytest.mark.parametrize("path", ["/api/v1/products", "/api/v1/producers", "/api/v1/search"])
def test_the_api_refuses_what_it_does_not_describe(described: schemathesis.BaseSchema, path: str) -> None:
    @QUICK
    @given(case=described[path]["GET"].as_strategy(generation_mode=GenerationMode.NEGATIVE))
    def ask(case: schemathesis.Case) -> None:
        case.call_and_validate(headers=PLAIN)

    ask()
