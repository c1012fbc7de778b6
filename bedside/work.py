"""All that a worker does, road by road: a long import holds up no delivery, and no delivery a poll."""

from datetime import timedelta

from bedside.inbox.work import follow_deliveries, wake_snoozed
from bedside.lib.working import Work, every
from bedside.listening.ingest import ingest_waiting
from bedside.listening.work import forget_ingested, forget_uploads, import_due, listen_to_new, poll_due
from bedside.outbox.work import deliver_due

ROADS: dict[str, list[Work]] = {
    "out": [deliver_due, follow_deliveries, wake_snoozed],
    "in": [listen_to_new, poll_due, ingest_waiting, every(timedelta(hours=1), forget_ingested)],
    "files": [import_due, every(timedelta(hours=1), forget_uploads)],
}
