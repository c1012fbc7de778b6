"""The two probes are answered before anything can redirect or refuse them."""

import pytest
from django.db import OperationalError, connection
from django.test import Client


@pytest.mark.django_db
def test_probes_answer_under_any_name(client: Client) -> None:
    assert client.get("/healthz", headers={"host": "10.0.0.7"}).content == b"alive\n"
    assert client.get("/readyz", headers={"host": "10.0.0.7"}).status_code == 200


@pytest.mark.django_db
def test_readiness_says_no_when_the_database_is_away(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", gone)
    monkeypatch.setattr(connection, "close", lambda: None)
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200
