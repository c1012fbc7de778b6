"""Check one text: the one question the guard answers."""

from collections import Counter
from collections.abc import Iterable, Iterator

from bedside.guard import echo, grammar, judging, manners, naming, publishing, strangers
from bedside.guard.identifiers import spots as identifiers
from bedside.guard.pack import LANGUAGES, VERSION, Pack, load, wording
from bedside.guard.reading import read_text
from bedside.guard.rule import Rule
from bedside.guard.rules import RULES
from bedside.guard.slots import fill
from bedside.guard.spot import Spot
from bedside.guard.tongue import tongue
from bedside.guard.verdict import Context, Finding, Severity, TextKind, Verdict
from bedside.guard.words import Word, words
from bedside.text.normalise import Folded, fold

MOST_FINDINGS = 50  # of one rule in one text; more say nothing new
NO_CONTEXT = Context()


def check(text: str, context: Context = NO_CONTEXT) -> Verdict:
    """Return the verdict on a text: its findings in the order of the words, and the worst severity among them."""
    folded = fold(text)
    found = words(folded)
    spoken = context.language if context.language in LANGUAGES else tongue(found, text)
    language = spoken if spoken in LANGUAGES else "en"
    pack = load(language)
    spots = list(_spots(folded, found, pack, context))
    if spoken != language and found:
        spots = [spot for spot in spots if not spot.rule.startswith("disclosure.")]  # the model was not taught it
        spots.append(Spot(*folded.span(found[0].start, found[-1].end), "language.unread"))
    findings = tuple(_findings(text, spots, language, context))
    severity = max((finding.severity for finding in findings), key=lambda s: s.rank, default=Severity.PASS)
    notes = {} if spoken == language else {"language": "not one the guard reads: a person must check"}
    return Verdict(severity, spoken, findings, VERSION, notes)


def _spots(folded: Folded, found: list[Word], pack: Pack, context: Context) -> Iterator[Spot]:
    """Yield everything that any detector points at."""
    slots = fill(found, folded, context, pack.lexicon)
    raw = read_text(folded, found, pack, slots)
    reading = grammar.mask(raw, pack, context.kind)
    by_pattern = list(grammar.spots(reading, pack, context.kind))
    if context.kind is TextKind.POST and publishing.has_source(folded.original):
        by_pattern = [spot for spot in by_pattern if spot.rule != "post.unsourced"]
    if context.kind is not TextKind.REPLY:
        yield from publishing.without_denials(by_pattern, reading, pack)
        yield from publishing.spots(folded, found, context)
    else:
        by_pattern += naming.spots(folded, found, slots, pack.lexicon, context)
        by_pattern += echo.spots(raw, pack, context)
        yield from judging.judge(reading, pack, by_pattern, context)
        yield from manners.spots(folded, found, context)
        yield from strangers.spots(folded, found, slots, pack, by_pattern)
    yield from identifiers.spots(folded.original, context)


def _findings(text: str, spots: Iterable[Spot], language: str, context: Context) -> Iterable[Finding]:
    screen = wording(context.ui_language if context.ui_language in LANGUAGES else "en")
    own = wording(language)
    for spot in _kept(spots, context):
        rule = RULES[spot.rule]
        yield Finding(
            rule=rule.id,
            family=rule.family,
            severity=spot.severity or rule.severity_in(context.profile),
            start=spot.start,
            end=spot.end,
            text=text[spot.start : spot.end],
            message=screen[rule.id].message,
            suggestion=_suggestion(text[spot.start : spot.end], spot, own[rule.id].suggestion),
            source=str(rule.sources[0]),
            explanation=own[rule.id].message,
        )


def _kept(spots: Iterable[Spot], context: Context) -> list[Spot]:
    """Drop what another finding of the same rule covers, and what this kind of text does not ask for."""
    kept: list[Spot] = []
    last: dict[str, int] = {}
    count: Counter[str] = Counter()
    for spot in sorted(set(spots), key=lambda s: (s.start, -s.end, s.rule)):
        rule: Rule = RULES[spot.rule]
        if context.kind not in rule.kinds:
            continue
        if last.get(spot.rule, -1) >= spot.end or count[spot.rule] >= MOST_FINDINGS:
            continue
        count[spot.rule] += 1
        last[spot.rule] = spot.end
        kept.append(spot)
    return kept


def _suggestion(flagged: str, spot: Spot, usual: str | None) -> str | None:
    suggestion = usual if spot.suggestion is None else spot.suggestion
    if suggestion and flagged[:1].isupper():
        return suggestion[0].upper() + suggestion[1:]
    return suggestion
