"""A scene for tests with real processes: a database of its own, filled and read by `python -m tests.scene`.

prepare: reads {platform, secrets, answers: [[external id, text], …]} from standard input and queues that many replies.
report: prints {state: count}, and whether every audit chain holds.
tamper: changes one letter of the first audit event, behind Bedside's back.
"""

import json
import os
import sys


def prepare(what: dict[str, object]) -> dict[str, object]:
    """Queue a reply to each entry, all due now."""
    from django.core.management import call_command
    from django.utils import timezone

    from bedside.accounts.roles import Role
    from bedside.outbox.models import Outgoing, State
    from bedside.testing import make_channel, make_member, make_outgoing

    call_command("migrate", verbosity=0)
    channel = make_channel(platform=what["platform"], secrets=what["secrets"], external_id=what["page"])
    author = make_member(organisation=channel.organisation, email="mira@clinic.example", role=Role.COMMUNITY_MANAGER)
    make_member(organisation=channel.organisation, email="ilse@clinic.example", role=Role.CLINICIAN, name="Ilse Furrer")
    for to, text in what["answers"]:
        make_outgoing(author=author, channel=channel, to=to, text=text)
    Outgoing.objects.update(state=State.QUEUED, due_at=timezone.now())
    return {}


def report() -> dict[str, object]:
    """Count the states, and verify the chains."""
    from collections import Counter

    from bedside.accounts.models import Organisation
    from bedside.governance import audit
    from bedside.outbox.models import Attempt, Outgoing

    return {
        "states": Counter(Outgoing.objects.values_list("state", flat=True)),
        "outcomes": Counter(Attempt.objects.values_list("outcome", flat=True)),
        "holds": all(audit.verify(organisation).holds for organisation in Organisation.objects.all()),
    }


def tamper() -> dict[str, object]:
    """Flip one bit of one letter."""
    from bedside.governance.models import AuditEvent

    event = AuditEvent.objects.order_by("number").first()
    changed = chr(ord(event.action[0]) ^ 1) + event.action[1:]
    AuditEvent.objects.filter(pk=event.pk).update(action=changed)
    return {}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bedside.settings")
    import django

    django.setup()
    acts = {"prepare": lambda: prepare(json.load(sys.stdin)), "report": report, "tamper": tamper}
    print(json.dumps(acts[sys.argv[1]]()))


if __name__ == "__main__":
    main()
