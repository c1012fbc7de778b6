"""Run the detectors that point at words: what a text of any kind looks like before anything is judged."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from bedside.guard import echo, grammar, naming, publishing, weigher
from bedside.guard.hashtags import parted
from bedside.guard.pack import Pack, load_for
from bedside.guard.reading import Reading, read_text, sentences
from bedside.guard.slots import Slots, fill
from bedside.guard.spot import Spot
from bedside.guard.verdict import Context, TextKind
from bedside.guard.words import Word
from bedside.text.normalise import Folded


class Detected(NamedTuple):
    """A text as it is read, and what the patterns point at: all of it for the weigher to judge."""

    folded: Folded
    found: list[Word]
    slots: Slots
    raw: Reading
    reading: Reading  # the same, with what is safe masked
    pack: Pack
    spots: list[Spot]
    around: weigher.Setting


def detect(folded: Folded, found: list[Word], language: str, context: Context) -> Detected:
    """Return a text, cut into the words `found`, as the pack of its kind and language reads it."""
    pack = load_for(context.kind, language)
    found = parted(found, pack.lexicon, language)
    if context.kind is not TextKind.REPLY:
        found = publishing.without_links(found, folded)
        context = replace(context, clinic=publishing.short_names(context.clinic))
    slots = fill(found, folded, context, pack.lexicon)
    raw = read_text(folded, found, pack, slots)
    reading = grammar.mask(raw, pack, context.kind)
    spots = list(grammar.spots(reading, pack, context.kind))
    around = weigher.setting(context)
    if context.kind is TextKind.REPLY:
        spots += naming.spots(folded, found, slots, pack.lexicon, context)
        spots += echo.spots(raw, pack, context)
    else:
        spots = list(_published(spots, reading, pack, context))
        around = around._replace(cues=publishing.cues(reading, pack), is_published=True)
    return Detected(folded, found, slots, raw, reading, pack, spots, around)


def _published(spots: list[Spot], reading: Reading, pack: Pack, context: Context) -> Iterator[Spot]:
    """Yield the spots of a post or request: a claim needs no source twice, and a quotation is read as one."""
    is_sourced = context.kind is TextKind.POST and publishing.has_source(reading.folded.original)
    for spot in _weakened(spots, reading, pack):
        if not (is_sourced and spot.rule == "post.unsourced"):
            yield spot
    if context.kind is TextKind.POST:
        yield from publishing.quotations(reading, pack)


def _weakened(spots: list[Spot], reading: Reading, pack: Pack) -> Iterator[Spot]:
    """Yield the spots, no longer strong where their sentence says what its rule excuses: "we cannot guarantee"."""
    if not any(spot.is_strong for spot in spots):
        yield from spots
        return
    spoken = [
        (*reading.span(first, last), {c for s in reading.symbols[first:last] for c in pack.meanings.get(s, ())})
        for first, last in sentences(reading)
    ]
    for spot in spots:
        excuses = pack.unless.get(spot.rule, frozenset()) if spot.is_strong else frozenset()
        is_excused = any(start <= spot.start < end and excuses & concepts for start, end, concepts in spoken)
        yield spot._replace(is_strong=False) if is_excused else spot
