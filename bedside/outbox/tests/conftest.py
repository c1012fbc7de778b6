import pytest

from bedside.connectors import registry
from bedside.outbox import work
from bedside.outbox.tests.platform import Obedient


@pytest.fixture
def platform(monkeypatch):
    """Put a scripted platform in the place of the sandbox; deliver in this thread, so that the test's transaction holds."""
    connector = Obedient()
    monkeypatch.setitem(registry._loaded, "sandbox", connector)
    yield connector
    assert connector.sent_twice == []


@pytest.fixture
def deliver(monkeypatch):
    """Run one round of deliveries at a time, without threads."""

    class Now:
        def __init__(self, *args, **kwargs): ...
        def __enter__(self):
            return self

        def __exit__(self, *exc): ...
        def map(self, function, rows):
            return [function(row) for row in rows]

    monkeypatch.setattr(work, "ThreadPoolExecutor", Now)
    monkeypatch.setattr(work.connections, "close_all", lambda: None)
    return work.deliver_due
