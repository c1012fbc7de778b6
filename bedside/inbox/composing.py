"""The composer: the text as it stands, what the guard says of it, and which button is the honest one."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from bedside.connectors.base import Manifest
from bedside.governance.actions.policy import policy_of
from bedside.guard import Finding, Severity, Verdict, check, take
from bedside.inbox.actions import current_reply
from bedside.inbox.answering import guard_context
from bedside.inbox.models import Conversation, Mention
from bedside.outbox.actions import needs_second_person
from bedside.outbox.checking import context_from_row
from bedside.outbox.models import Outgoing, State


@dataclass(frozen=True, slots=True)
class Mark:
    """A run of the text in the mirror; `number` is that of its finding, 0 for plain words."""

    text: str
    number: int = 0
    severity: str = ""


@dataclass(frozen=True, slots=True)
class Composer:
    """Everything the composer shows. `outgoing` is None before the first word is kept."""

    text: str
    verdict: Verdict
    marks: tuple[Mark, ...]
    manifest: Manifest
    needs_approval: bool
    outgoing: Outgoing | None = None

    @property
    def is_writable(self) -> bool:
        return self.outgoing is None or self.outgoing.state in {State.DRAFT, State.REJECTED}

    @property
    def blocks(self) -> int:
        return self.verdict.count(Severity.BLOCK)

    def mended_by(self, finding: Finding) -> int:
        """Return the number of the finding whose rewrite replaces the words of this one too; 0 when there is none."""
        start, end = finding.marked
        for number, other in enumerate(self.verdict.findings, start=1):
            if other is not finding and other.suggestion is not None and other.start <= start and end <= other.end:
                return number
        return 0

    @property
    def used(self) -> int:
        """Return how much of the platform's limit the text uses, in the platform's unit."""
        return used(self.text, self.manifest)

    @property
    def verdict_words(self) -> str:
        """Return the verdict as a sentence for the line under the field."""
        if not self.text.strip():
            return _("Write your answer; it is read along as you type.")
        blocks, rest = self.blocks, len(self.verdict.findings) - self.blocks
        said = []
        if blocks:
            said.append(
                ngettext("%(count)s phrase gives somebody away", "%(count)s phrases give somebody away", blocks)
                % {"count": blocks}
            )
        if rest:
            said.append(ngettext("%(count)s needs a look", "%(count)s need a look", rest) % {"count": rest})
        return ", ".join(said) + "." if said else _("Nothing here gives anybody away.")

    @property
    def primary(self) -> str:
        """Return what the one primary button says. It never lies."""
        if self.blocks:
            return ngettext("Mend %(count)s phrase first", "Mend %(count)s phrases first", self.blocks) % {
                "count": self.blocks
            }
        return _("Ask for approval") if self.needs_approval else _("Send")


def used(text: str, manifest: Manifest) -> int:
    """Return the length of a text in the unit in which the platform counts."""
    return len(text.encode()) if manifest.reply_unit == "bytes" else len(text)


def is_too_long(text: str, manifest: Manifest) -> bool:
    """Return whether the platform would not take a text of this length."""
    return bool(manifest.max_reply) and used(text, manifest) > manifest.max_reply


def compose(conversation: Conversation, mention: Mention, *, text: str | None = None) -> Composer:
    """Return the composer with this text, or with what was kept last."""
    reply = current_reply(conversation, mention)
    outgoing = reply.outgoing if reply else None
    text = text if text is not None else (outgoing.text if outgoing else "")
    context = context_from_row(guard_context(conversation, mention), ui_language=get_language() or "en")
    verdict = check(text, context)
    policy = policy_of(conversation.organisation)
    return Composer(
        text=text,
        verdict=verdict,
        marks=marks(text, verdict.findings),
        manifest=conversation.channel.manifest,
        needs_approval=needs_second_person(policy, verdict.severity, is_risky=conversation.is_risky),
        outgoing=outgoing,
    )


def marks(text: str, findings: tuple[Finding, ...]) -> tuple[Mark, ...]:
    """Cut the text at its findings for the mirror; of two that overlap the graver one is drawn."""
    found: list[Mark] = []
    at = 0
    numbered = list(enumerate(findings, start=1))
    for number, finding in _drawn(numbered):
        start, end = finding.marked
        found += [Mark(text[at:start]), Mark(text[start:end], number, finding.severity)]
        at = end
    return tuple(mark for mark in [*found, Mark(text[at:])] if mark.text)


def _drawn(numbered: list[tuple[int, Finding]]) -> list[tuple[int, Finding]]:
    chosen: list[tuple[int, Finding]] = []
    for number, finding in sorted(numbered, key=lambda pair: (-pair[1].severity.rank, pair[1].marked)):
        start, end = finding.marked
        if end > start and all(end <= other.marked[0] or start >= other.marked[1] for _, other in chosen):
            chosen.append((number, finding))
    return sorted(chosen, key=lambda pair: pair[1].marked)


def use(text: str, findings: tuple[Finding, ...], number: int) -> str:
    """Return the text with the suggestion of finding `number` (from 1) in place; unchanged when it has none."""
    return take(text, findings[number - 1]) if 1 <= number <= len(findings) else text
