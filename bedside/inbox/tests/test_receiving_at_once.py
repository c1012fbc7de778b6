"""Two workers that receive the same thing at the same moment."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from bedside.inbox.models import Conversation, Mention
from bedside.inbox.receiving import receive
from bedside.testing import NOON, make_channel, make_incoming


@pytest.mark.django_db(transaction=True)
def test_two_workers_receiving_the_same_make_one_of_each():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one of them wait")
    channel = make_channel()
    channel.location.hours, channel.organisation.name  # noqa: B018  fetched before the threads begin
    items = [make_incoming() for _ in range(50)]
    together, failures = Barrier(4), []

    def work():
        try:
            together.wait()
            receive(channel, items, now=NOON)
        except Exception as exc:  # shown by the assertion below
            failures.append(exc)
        finally:
            connection.close()

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert Mention.objects.count() == Conversation.objects.count() == 50
