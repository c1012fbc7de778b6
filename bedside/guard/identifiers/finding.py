"""Find everything in a text that identifies somebody: patterns and checksums first, the tagger where they do not reach."""

from collections.abc import Iterable, Iterator

from bedside.guard.identifiers import contacts, dates, numbers, places, tagger
from bedside.guard.identifiers.found import Found

LEAST_MARGIN = (
    120  # of what the tagger sees; chosen on the dev part of MEDDOCAN and half of the texts of presidio-research
)


def find(text: str, language: str) -> list[Found]:
    """Return what identifies somebody, in order; nothing overlaps. `language` is the text's, or "" when unknown.

    Names, addresses and other things that no pattern finds are not sure. Weekdays and years that stand alone are found
    too, as `day` and `year`, although they identify nobody by themselves.
    """
    by_pattern = joined(_by_pattern(text, language))
    return joined([*by_pattern, *without(text, by_tagger(text, language), by_pattern)])


def _by_pattern(text: str, language: str) -> Iterator[Found]:
    yield from contacts.contacts(text, language)
    yield from numbers.births(text)
    yield from numbers.numbers(text)
    yield from dates.dates(text)
    yield from dates.ages(text)
    yield from places.streets(text)
    yield from dates.days(text)


def by_tagger(text: str, language: str) -> Iterator[Found]:
    """Yield what the tagger sees."""
    for run in tagger.tagged(text, language):
        if run.margin >= LEAST_MARGIN:
            yield Found(run.start, run.end, run.label, is_sure=False)


def joined(found: Iterable[Found]) -> list[Found]:
    """Return what does not overlap, the longest of those that do."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (f.start, -f.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
        elif one.end - one.start > kept[-1].end - kept[-1].start:
            kept[-1] = one
    return kept


def without(text: str, found: Iterable[Found], others: list[Found]) -> Iterator[Found]:
    """Yield the parts of what is found that none of the others covers; both are in order."""
    place = 0
    for one in found:
        start = one.start
        while place < len(others) and others[place].end <= start:
            place += 1
        for other in others[place:]:
            if other.start >= one.end:
                break
            yield from _part(text, one, start, other.start)
            start = max(start, other.end)
        yield from _part(text, one, start, one.end)


def _part(text: str, whole: Found, start: int, end: int) -> Iterator[Found]:
    """Yield the part [start, end) of something found, when a letter or digit is in it."""
    if start == whole.start and end == whole.end:
        yield whole
        return
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    if start < end:
        yield whole._replace(start=start, end=end)
