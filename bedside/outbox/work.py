"""Delivering what is due, once.

A row is claimed with a lease, an Attempt is written, the platform is called, the outcome is recorded. A worker that dies in
between leaves a row in `sending` whose lease runs out: its outcome is unknown, and it is looked up, never sent again blindly.
The lease is longer than any call to a platform may take, so a row that comes back is one that nobody is sending.
"""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connections, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from bedside.accounts.models import ChannelState
from bedside.connectors import errors
from bedside.connectors.base import Publication, Receipt, Session
from bedside.connectors.sending import publishes, replies
from bedside.governance import audit
from bedside.governance.models import Decision
from bedside.lib.due import kept_alive
from bedside.lib.sealing import SealBroken
from bedside.outbox.checking import check_outgoing, keep_verdict
from bedside.outbox.models import Attempt, Outcome, Outgoing, OutgoingKind, State

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=settings.LEASE_SECONDS)
BATCH = 16
THREADS = 8
MOST_TRIES = 12  # with the waits below, about a day and a half
WAITS = [timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1)]
LOOK_AGAIN = timedelta(minutes=2)
MOST_LOOKS = 4  # then a person looks

# Kept in English; who reads them does so in their own language.
STOPPED = gettext_noop("The guard stopped this on its way out.")
NOT_APPROVED = gettext_noop("The text is not the one that was approved.")
UNREACHABLE = gettext_noop("The platform could not be reached for more than a day. Send it again.")


def deliver_due(now: datetime) -> int:
    """Send, or look up, up to BATCH due rows. Return how many were taken."""
    rows = Outgoing.objects.filter(
        state__in=[State.QUEUED, State.SENDING, State.UNKNOWN],
        needs_person=False,
        channel__state=ChannelState.CONNECTED,
    ).claim(now, limit=BATCH, lease=LEASE)
    if not rows:
        return 0
    with kept_alive(rows, LEASE), ThreadPoolExecutor(THREADS, thread_name_prefix="deliver") as pool:
        list(pool.map(_deliver_alone, rows))
    return len(rows)


def _deliver_alone(row: Outgoing) -> None:
    """Deliver one row; whatever goes wrong with it does not touch the others."""
    try:
        outgoing = Outgoing.objects.select_related("channel__location", "organisation", "approval").get(pk=row.pk)
        outgoing.lease = row.lease
        deliver(outgoing)
    except Exception:  # whatever it was, the rows beside it must go on
        logger.exception("outgoing %s could not be delivered; its lease runs out and it is looked up", row.pk)
    finally:
        connections.close_all()


def deliver(outgoing: Outgoing) -> None:
    """Take one claimed row a step further: a queued one is sent, any other is looked up."""
    if outgoing.state == State.QUEUED:
        if _may_leave(outgoing):
            _send(outgoing)
    else:
        _look_up(outgoing)


def _may_leave(outgoing: Outgoing) -> bool:
    """Ask the guard and the approval once more; what may not leave is held, and says why."""
    verdict = check_outgoing(outgoing)
    approval = outgoing.approval
    if verdict.is_blocked:
        problem = STOPPED
    elif approval and (approval.decision != Decision.APPROVED or approval.text_hash != outgoing.text_hash):
        problem = NOT_APPROVED
    else:
        return True
    with transaction.atomic():
        keep_verdict(outgoing, verdict)
        now = timezone.now()
        attempt = _new_attempt(outgoing, now)
        if _finish(outgoing, attempt, Outcome.HELD, now, state=State.DRAFT, problem=problem):
            _record(outgoing, "outgoing.stopped", reason=problem)
    return False


def _send(outgoing: Outgoing) -> None:
    now = timezone.now()
    with transaction.atomic():
        mine = Outgoing.objects.filter(pk=outgoing.pk, lease=outgoing.lease, state=State.QUEUED)
        if not mine.update(state=State.SENDING, tries=outgoing.tries + 1):
            return
        attempt = _new_attempt(outgoing, now)
    try:
        receipt = _call(outgoing, _open(outgoing))
    except errors.Unavailable as exc:
        _try_later(outgoing, attempt, exc)
    except (errors.AuthExpired, SealBroken) as exc:
        _wait_for_reconnect(outgoing, attempt, str(exc))
    except (errors.Rejected, errors.NotSupported) as exc:
        _conclude(outgoing, attempt, Outcome.REJECTED, state=State.REJECTED, problem=exc.message)
    except Exception as exc:
        # Anything else may have happened after the platform took it: find out, do not send again.
        if not isinstance(exc, errors.OutcomeUnknown):
            logger.exception("outgoing %s: sending failed in an unforeseen way", outgoing.pk)
        due_at = timezone.now() + outgoing.channel.manifest.found_after
        _conclude(outgoing, attempt, Outcome.UNKNOWN, state=State.UNKNOWN, due_at=due_at)
    else:
        _arrived(outgoing, attempt, Outcome.SENT, receipt)


def _open(outgoing: Outgoing) -> Session:
    """Connect. Whatever fails here fails before anything is sent."""
    try:
        return outgoing.channel.connect()
    except errors.OutcomeUnknown as exc:
        raise errors.Unavailable(exc.message, code=exc.code) from exc


def _call(outgoing: Outgoing, session: Session) -> Receipt:
    platform = outgoing.channel.platform
    if outgoing.kind == OutgoingKind.REPLY:
        return replies(platform).reply(session, outgoing.to, outgoing.text, outgoing.key)
    return publishes(platform).publish(session, Publication(outgoing.text, outgoing.language), outgoing.key)


def _look_up(outgoing: Outgoing) -> None:
    """Find out what became of a send whose outcome nobody knows."""
    attempt = _new_attempt(outgoing, timezone.now())
    try:
        receipt = _find(outgoing, outgoing.channel.connect())
    except (errors.AuthExpired, SealBroken) as exc:
        _wait_for_reconnect(outgoing, attempt, str(exc), state=State.UNKNOWN)
    except errors.NotSupported as exc:
        _conclude(outgoing, attempt, Outcome.UNKNOWN, state=State.UNKNOWN, problem=exc.message, needs_person=True)
    except Exception as exc:
        if not isinstance(exc, errors.ConnectorError):
            logger.exception("outgoing %s: looking it up failed in an unforeseen way", outgoing.pk)
        is_enough = outgoing.attempts.filter(outcome=Outcome.UNKNOWN).count() >= MOST_LOOKS
        due_at = None if is_enough else timezone.now() + LOOK_AGAIN
        _conclude(outgoing, attempt, Outcome.UNKNOWN, state=State.UNKNOWN, due_at=due_at, needs_person=is_enough)
    else:
        if receipt:
            _arrived(outgoing, attempt, Outcome.FOUND, receipt)
        else:
            _conclude(outgoing, attempt, Outcome.ABSENT, state=State.QUEUED, due_at=timezone.now())


def _find(outgoing: Outgoing, session: Session) -> Receipt | None:
    platform = outgoing.channel.platform
    if outgoing.kind == OutgoingKind.REPLY:
        return replies(platform).find_reply(session, outgoing.to, outgoing.text, outgoing.key)
    return publishes(platform).find_post(session, Publication(outgoing.text, outgoing.language), outgoing.key)


def _arrived(outgoing: Outgoing, attempt: Attempt, outcome: str, receipt: Receipt) -> None:
    state = State.LIVE if receipt.is_live else State.SENT
    _conclude(
        outgoing,
        attempt,
        outcome,
        state=state,
        external_id=receipt.external_id,
        url=receipt.url,
        sent_at=timezone.now(),
        problem="",
    )


def _try_later(outgoing: Outgoing, attempt: Attempt, exc: errors.Unavailable) -> None:
    refused = outgoing.attempts.filter(outcome=Outcome.UNAVAILABLE).count() + 1
    if refused >= MOST_TRIES:
        _conclude(outgoing, attempt, Outcome.UNAVAILABLE, state=State.REJECTED, problem=UNREACHABLE)
        return
    wait = max(WAITS[min(refused, len(WAITS)) - 1], exc.retry_after or timedelta(0))
    due_at = timezone.now() + wait
    _conclude(outgoing, attempt, Outcome.UNAVAILABLE, state=State.QUEUED, due_at=due_at, problem=exc.message)


def _wait_for_reconnect(outgoing: Outgoing, attempt: Attempt, problem: str, *, state: str = State.QUEUED) -> None:
    """Stop the whole channel; its rows stay due and go on when a person has reconnected it."""
    outgoing.channel.expire()
    _conclude(outgoing, attempt, Outcome.EXPIRED, state=state, due_at=timezone.now(), problem=problem)


def _conclude(outgoing: Outgoing, attempt: Attempt, outcome: str, *, state: str, **changes: Any) -> None:
    """Write how a try ended; nothing when the lease was lost, for then another worker is looking it up."""
    with transaction.atomic():
        if _finish(outgoing, attempt, outcome, timezone.now(), state=state, **changes):
            _record(outgoing, f"outgoing.{outcome}", attempt=attempt.number, state=state)


def _finish(outgoing: Outgoing, attempt: Attempt, outcome: str, now: datetime, **changes: Any) -> bool:
    problem = str(changes.get("problem", ""))[:300]
    Attempt.objects.filter(pk=attempt.pk).update(outcome=outcome, ended_at=now, problem=problem)
    return outgoing.release(**changes | {"problem": problem})


def _new_attempt(outgoing: Outgoing, now: datetime) -> Attempt:
    return Attempt.objects.create(outgoing=outgoing, number=outgoing.attempts.count() + 1, started_at=now)


def _record(outgoing: Outgoing, action: str, **details: Any) -> None:
    audit.record(outgoing.organisation, action, by=audit.WORKER, subject=f"outgoing {outgoing.pk}", **details)
