"""An invented clinic group in three countries, with people, channels on the invented platform, and a past.

Nobody here exists. New mentions keep arriving, so that a newcomer sees a living inbox within seconds.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from bedside.accounts.models import (
    Channel,
    Credential,
    Location,
    Member,
    Organisation,
    Practitioner,
    User,
    new_webhook_secret,
)
from bedside.accounts.roles import Role
from bedside.connectors.sandbox import demo as sandbox
from bedside.governance import audit
from bedside.governance.models import Policy
from bedside.inbox import actions
from bedside.inbox.models import NEVER, Conversation, Status
from bedside.inbox.thread import entries, newest_heard
from bedside.lib.installation import secret_key
from bedside.lib.opening import DAYS
from bedside.listening.models import Sync
from bedside.listening.work import poll_due

GROUP = "Fährmatt Praxen"
CONNECTED = timedelta(days=120)
FRESH = timedelta(hours=30)  # what was said longer ago has been dealt with
DAILY = [["08:00", "12:00"], ["13:30", "18:00"]]
HOURS = dict.fromkeys(DAYS, DAILY)  # a demo is opened on any day
PLACES: tuple[dict[str, Any], ...] = (
    {
        "name": "Zürich",
        "page": "faehrmatt-zuerich",
        "country": "CH",
        "language": "de",
        "time_zone": "Europe/Zurich",
        "profile": "ch",
        "phone": "+41 44 555 01 40",
        "website": "https://zuerich.faehrmatt.example",
        "address": "Fährmattweg 3, Zürich",
        "practitioners": ("Dr. Ilse Furrer", "Dr. Beda Lüthi"),
    },
    {
        "name": "Oxford",
        "page": "faehrmatt-oxford",
        "country": "GB",
        "language": "en",
        "time_zone": "Europe/London",
        "profile": "us-hipaa",
        "phone": "+44 1632 960 140",
        "website": "https://oxford.faehrmatt.example",
        "address": "12 Ferry Lane, Oxford",
        "practitioners": ("Dr Orla Whitcombe",),
    },
    {
        "name": "Valencia",
        "page": "faehrmatt-valencia",
        "country": "ES",
        "language": "es",
        "time_zone": "Europe/Madrid",
        "profile": "es",
        "phone": "+34 960 555 140",
        "website": "https://valencia.faehrmatt.example",
        "address": "Calle del Vado 8, Valencia",
        "practitioners": ("Dra. Nuria Bosch",),
    },
)
PEOPLE = (
    ("Noël Jaquier", "noel", Role.OWNER),
    ("Mira Ackeret", "mira", Role.COMMUNITY_MANAGER),
    ("Dr. Ilse Furrer", "ilse", Role.CLINICIAN),
    ("Tim Oehri", "tim", Role.COMMUNITY_MANAGER),
)


def fill(*, now: datetime) -> list[str]:
    """Make the group unless it is there, listen once, and return the lines that say how to sign in."""
    password = _password()
    if not Organisation.objects.filter(is_demo=True).exists():
        with transaction.atomic():
            organisation = _organisation(password, now)
            _channels(organisation, now)
        poll_due(now)
        _put_the_past_away(organisation, now)
        _begin_a_day(organisation, now)
    lines = [f"  {name:<16} {_address(short)}" for name, short, _role in PEOPLE]
    return ["Sign in as one of these invented people:", *lines, f"  The password of all four: {password}"]


def _password() -> str:
    return secret_key(settings.HOME / "demo-password")[:16]


def _address(short: str) -> str:
    return f"{short}@faehrmatt.example"


def _organisation(password: str, now: datetime) -> Organisation:
    organisation = Organisation.objects.create(name=GROUP, is_demo=True, created_at=now - CONNECTED)
    Policy.objects.create(organisation=organisation, version=1, published_at=now - CONNECTED)
    for name, short, role in PEOPLE:
        user = User.objects.create_user(_address(short), password, name=name)
        Member.objects.create(organisation=organisation, user=user, role=role, joined_at=now - CONNECTED)
    audit.record(organisation, "organisation.created", by=audit.WORKER, subject=f"organisation {organisation.pk}")
    return organisation


def _channels(organisation: Organisation, now: datetime) -> None:
    file = settings.HOME / "sandbox.db"
    file.unlink(missing_ok=True)
    sandbox.seed(file, now=now)
    for place in PLACES:
        fields = {name: value for name, value in place.items() if name not in {"page", "practitioners"}}
        location = Location.objects.create(organisation=organisation, hours=HOURS, created_at=now - CONNECTED, **fields)
        for name in place["practitioners"]:
            Practitioner.objects.create(organisation=organisation, location=location, name=name)
        channel = Channel.objects.create(
            organisation=organisation,
            location=location,
            platform="sandbox",
            name=f"Fährmatt {location.name}",
            external_id=str(place["page"]),
            created_at=now - CONNECTED,
        )
        kept = {
            "file": str(file),
            "channel": str(place["page"]),
            "webhook_secret": new_webhook_secret(),
        }
        Credential(channel=channel).keep(kept, now=now)
        Sync.objects.create(channel=channel, due_at=now)


def _put_the_past_away(organisation: Organisation, now: datetime) -> None:
    """What was said days ago has been answered; a living inbox shows what is left."""
    past = Conversation.objects.of(organisation).open().filter(last_mention_at__lt=now - FRESH)
    answered = F("last_mention_at") + timedelta(hours=5)
    put_away = {"status": Status.RESOLVED, "is_read": True, "due_at": None, "sort_at": NEVER, "paused_left": None}
    past.update(answered_at=answered, **put_away)


def _begin_a_day(organisation: Organisation, now: datetime) -> None:
    """One is late, one is due soon, one answer waits to be read along, and a colleague left a word."""
    people = Member.objects.of(organisation).select_related("user")
    mira, ilse = (people.get(user__email=_address(short)) for short in ("mira", "ilse"))
    rows = list(Conversation.objects.of(organisation).open().by_clock().select_related("channel", "location"))
    for row, wait in zip(rows, (-timedelta(minutes=40), timedelta(minutes=36)), strict=False):
        row.due_at = row.sort_at = now + wait
        row.save(update_fields=["due_at", "sort_at"])
    for row in rows[:1]:
        actions.assign(row, mira, by=ilse)
        actions.add_note(row, "Nothing about the day itself, please, and no question in public. I will call.", by=ilse)
    praised = next((row for row in rows[2:] if (row.rating or 0) >= 4 and row.language in ANSWERS), None)
    heard = newest_heard(entries(praised)) if praised else None
    if praised and heard:
        actions.answer(praised, heard, ANSWERS[praised.language], by=mira)


ANSWERS = {
    "en": "Thank you for these kind words. We will pass them on to the whole team.",
    "de": "Herzlichen Dank für Ihre freundlichen Worte. Wir geben sie gern an das ganze Team weiter.",
    "es": "Muchas gracias por sus amables palabras. Se las haremos llegar a todo el equipo.",
    "fr": "Merci beaucoup pour vos mots aimables. Nous les transmettrons à toute l’équipe.",
}
