"""Check one text: the one question the guard answers."""

from collections import Counter
from collections.abc import Iterable, Iterator

from bedside.guard import choosing, judging, manners, publishing, strangers
from bedside.guard.detecting import Detected, detect
from bedside.guard.identifiers import spots as identifiers
from bedside.guard.mending.sentences import sentences
from bedside.guard.mending.suggesting import suggest
from bedside.guard.pack import LANGUAGES, VERSION, wording
from bedside.guard.profiles import severity_of
from bedside.guard.rule import Rule
from bedside.guard.rules import RULES
from bedside.guard.spot import Spot
from bedside.guard.tongue import tongue
from bedside.guard.verdict import Context, Finding, Severity, TextKind, Verdict
from bedside.guard.words import words
from bedside.text.normalise import fold

MOST_FINDINGS = 50  # of one rule in one text; more say nothing new
NO_CONTEXT = Context()


def check(text: str, context: Context = NO_CONTEXT) -> Verdict:
    """Return the verdict on a text: its findings in the order of the words, and the worst severity among them."""
    folded = fold(text)
    cut = words(folded)
    spoken = context.language if context.language in LANGUAGES else tongue(cut, text)
    language = spoken if spoken in LANGUAGES else "en"
    detected = detect(folded, cut, language, context)
    spots = list(_spots(detected, context))
    found = detected.found
    if spoken != language and found:
        spots = [spot for spot in spots if spot.rule not in judging.SPEAKING]  # the model was not taught it
        spots.append(Spot(*folded.span(found[0].start, found[-1].end), "language.unread"))
    findings = list(_findings(text, spots, language, context))
    if findings:
        findings = suggest(text, findings, sentences(folded, found), language, context)
    severity = max((finding.severity for finding in findings), key=lambda s: s.rank, default=Severity.PASS)
    notes = {} if spoken == language else {"language": "not one the guard reads: a person must check"}
    return Verdict(severity, spoken, tuple(findings), VERSION, notes)


def _spots(detected: Detected, context: Context) -> Iterator[Spot]:
    """Yield everything that any detector points at."""
    yield from judging.judge(detected, context.kind)
    yield from unjudged(detected, context)


def unjudged(detected: Detected, context: Context) -> Iterator[Spot]:
    """Yield what is plain without a model: form, channel rules, identifiers."""
    if context.kind is TextKind.REPLY:
        yield from manners.spots(detected.folded, detected.found, context)
        yield from choosing.spots(detected.raw, detected.found, detected.pack, context)
        yield from strangers.spots(detected, context)
    else:
        yield from publishing.spots(detected.folded, detected.found, context)
    yield from identifiers.spots(detected.folded.original, context)


def _findings(text: str, spots: Iterable[Spot], language: str, context: Context) -> Iterable[Finding]:
    screen = wording(context.ui_language if context.ui_language in LANGUAGES else "en")
    own = wording(language)
    is_told = choosing.is_told(context, language)
    for spot in _kept(spots, context):
        rule = RULES[spot.rule]
        yield Finding(
            rule=rule.id,
            family=rule.family,
            severity=spot.severity or severity_of(rule, context, is_told=is_told),
            start=spot.start,
            end=spot.end,
            text=text[spot.start : spot.end],
            message=screen[rule.id].message,
            suggestion=_suggestion(text[spot.start : spot.end], spot, own[rule.id].suggestion),
            source=str(rule.sources[0]),
            explanation=own[rule.id].message,
            marked=(spot.start, spot.end),
        )


def _kept(spots: Iterable[Spot], context: Context) -> list[Spot]:
    """Drop what another finding of the same rule covers, and what this kind of text does not ask for."""
    kept: list[Spot] = []
    last: dict[str, int] = {}
    count: Counter[str] = Counter()
    for spot in sorted(set(spots), key=_order):
        rule: Rule = RULES[spot.rule]
        if context.kind not in rule.kinds:
            continue
        if last.get(spot.rule, -1) >= spot.end or count[spot.rule] >= MOST_FINDINGS:
            continue
        count[spot.rule] += 1
        last[spot.rule] = spot.end
        kept.append(spot)
    return kept


def _order(spot: Spot) -> tuple[int, int, str, int]:
    """Order by place, the longer first; of two alike the graver first."""
    return spot.start, -spot.end, spot.rule, -(spot.severity or Severity.BLOCK).rank


def _suggestion(flagged: str, spot: Spot, usual: str | None) -> str | None:
    suggestion = usual if spot.suggestion is None else spot.suggestion
    if suggestion and flagged[:1].isupper():
        return suggestion[0].upper() + suggestion[1:]
    return suggestion
