"""Asking the guard about an Outgoing, with what its row may say about the clinic and the review."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from bedside.guard import Context, TextKind, Verdict, check
from bedside.outbox.models import Finding, Outgoing

TUPLES = {"clinic", "contacts", "staff", "recent"}


def context_from_row(context: dict[str, Any], *, ui_language: str) -> Context:
    """Return the guard's context from what is stored as JSON; unknown names are left out."""
    known = {field.name for field in fields(Context)}
    values: dict[str, Any] = {
        name: tuple(value) if name in TUPLES else value for name, value in context.items() if name in known
    }
    values["kind"] = TextKind(values.get("kind", "reply"))
    return Context(**values | {"ui_language": ui_language})


def check_outgoing(outgoing: Outgoing, *, ui_language: str = "en") -> Verdict:
    """Return the guard's verdict on what this Outgoing says now, by the rules that its location follows now."""
    context = outgoing.context | outgoing.channel.location.rules
    return check(outgoing.text, context_from_row(context, ui_language=ui_language))


def keep_verdict(outgoing: Outgoing, verdict: Verdict) -> None:
    """Replace the stored verdict and findings by these, in the caller's transaction."""
    outgoing.severity, outgoing.guard_version = verdict.severity, verdict.version[:40]
    outgoing.language = verdict.language or outgoing.language
    outgoing.save(update_fields=["severity", "guard_version", "language"])
    outgoing.findings.all().delete()
    Finding.objects.bulk_create(
        Finding(
            outgoing=outgoing,
            rule=finding.rule,
            family=finding.family,
            severity=finding.severity,
            start=finding.start,
            end=finding.end,
            message=finding.message[:300],
            suggestion=finding.suggestion,
            source=finding.source[:300],
        )
        for finding in verdict.findings
    )
