"""Weigh sentences: small linear models, trained on labelled texts, catch what no pattern names.

There is one for replies, one for posts and one for requests. Each sees words, their beginnings and endings, and the concepts
of the pack, hashed into tables of small integers; the rules that fired in the sentence; what the sentence repeats from the
review; and what else the text speaks of. Concepts are shared by all languages, so that what is learnt in one helps in the
others. There are two tables: one for what blocks, one for what should at least warn.
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple
from zlib import crc32

from bedside.guard.lexicon import MARK
from bedside.guard.pack import Pack
from bedside.guard.reading import Reading
from bedside.guard.rules import RULES
from bedside.guard.verdict import Context
from bedside.guard.words import said

BITS = 20  # of a feature; a model of few texts has a smaller table, and takes the last bits
MASK = (1 << BITS) - 1
SCALE = 16.0  # one unit of log-odds in the table of bytes
BEFORE = 0x9E3779B1  # odd numbers that keep apart two features of the same parts
BEFORE_IT = 0xC2B2AE35
APART = 0x85EBCA6B
BESIDE_YOU = {"you": 0x27D4EB2F, "your": 0x165667B1}
SHORTEST_SHAPED = 4  # letters of a word whose ending tells its form
CLITICS = {"es": frozenset({"la", "lo", "las", "los"}), "it": frozenset({"la", "lo", "li", "l"})}
# What the ending of a word no lexicon knows tells in the Romance languages: who acted, when, and on whom.
SHAPES = {
    language: tuple((form, re.compile(ending)) for form, ending in forms)
    for language, forms in {
        "es": (
            ("we did", r"(?:amos|emos|imos)$"),
            ("you did", r"(?:aste|iste)$"),
            ("they did", r"(?:aron|ieron)$"),
            ("to you", r"(?:ar|er|ir|ndo)(?:la|lo|le|te|os|las|los|les)$"),
            ("done", r"(?:ad|id)[oa]s?$"),
        ),
        "it": (
            ("we did", r"(?:iamo|emmo|ammo)$"),
            ("you did", r"(?:asti|esti|isti)$"),
            ("they did", r"(?:arono|irono)$"),
            ("to you", r"(?:ar|er|ir|ndo)(?:la|lo|le|ti|vi|li)$"),
            ("done", r"(?:at|ut|it)[oaie]$"),
        ),
        "fr": (
            ("we did", r"ons$"),
            ("you did", r"ez$"),
            ("they did", r"(?:aient|erent)$"),
            ("done", r"(?:ees?|is|it|ie|u|ue|us|e)$"),
        ),
    }.items()
}
STEM = 5  # letters
SHORTEST_TOLD = 4  # letters of a word that counts as repeated from the review
STRONG = "!"  # ends the name of a rule of which a strong pattern hit
LENGTHS = 8  # steps of five words in which the length of a sentence is told


class Weight(NamedTuple):
    """The log-odds that a sentence must block, and that it should be flagged at all."""

    blocks: float
    flags: float


class Setting(NamedTuple):
    """What stands around a sentence: the words of the review, its stars, whether it opens or ends the text.

    `cues` are what the text as a whole tells, as concepts. Of posts and requests there are few, so that the stems of
    words are told without their language too: what they promise, fear and sell has Latin and Greek names in all five.
    """

    told: frozenset[str]
    stars: int | None
    place: str = "mid"
    cues: tuple[str, ...] = ()
    is_published: bool = False


class Look(NamedTuple):
    """What is seen of a word wherever it stands."""

    alone: tuple[int, ...]  # its features: itself, its beginning and ending, its concepts
    word: int  # the first of them
    meant: tuple[str, ...]  # its concepts, or what its form tells
    concepts: tuple[int, ...]  # their hashes, to be mixed with others


def setting(context: Context) -> Setting:
    """Return the setting that a context gives."""
    return Setting(_told(context.review), context.stars)


@lru_cache(maxsize=64)
def _told(review: str) -> frozenset[str]:
    return frozenset(word for word in said(review) if len(word) >= SHORTEST_TOLD)


@lru_cache(maxsize=3)
def tables(model: str) -> tuple[bytes, bytes]:
    """Return the weights of a model for blocking and for flagging, one byte each, around 128; of each a power of two."""
    both = files("bedside.guard").joinpath("models", f"{model}.bin").read_bytes()
    half = len(both) // 2
    return both[:half], both[half:]


def weigh(model: str, seen: Set[int]) -> Weight:
    """Return what a sentence with these features weighs."""
    blocking, flagging = tables(model)
    return Weight(_sum(blocking, seen), _sum(flagging, seen))


def _sum(table: bytes, seen: Set[int]) -> float:
    last = len(table) - 1
    if last < MASK:
        seen = {feature & last for feature in seen}
    return (sum([table[feature] for feature in seen]) - 128 * len(seen)) / SCALE


def features(reading: Reading, first: int, last: int, pack: Pack, hits: Iterable[str], around: Setting) -> set[int]:
    """Return the features of a sentence, as places in the tables."""
    language = pack.language
    cues, alone = _of_concepts(language, around.cues)
    found = {*_of_setting(language, around.stars, around.place), *alone}
    for rule in hits:
        found.update(_of_rule(language, rule))
    seen = {concept: concept * APART & MASK for concept in (1, *cues)}
    length = 0
    for own, concepts in _of_each(reading, first, last, pack, around):
        found.update(own)
        length += bool(own)
        for concept in concepts:
            if concept not in seen:
                low = concept & MASK
                found.update([(other + low) & MASK for other in seen.values()])
                seen[concept] = concept * APART & MASK
    found.add(_of_length(length // 5))
    return found


def shares(
    model: str, reading: Reading, first: int, last: int, pack: Pack, around: Setting, *, of_blocks: bool
) -> list[float]:
    """Return what each word of a sentence adds to a weight, by itself and with the word before it."""
    table = tables(model)[0 if of_blocks else 1]
    return [_sum(table, set(own)) for own, _ in _of_each(reading, first, last, pack, around)]


def _of_each(
    reading: Reading, first: int, last: int, pack: Pack, around: Setting
) -> Iterator[tuple[Sequence[int], tuple[int, ...]]]:
    """Yield the features of each word of a sentence, by itself and with the word before it, and its concepts."""
    language, meanings = pack.language, pack.meanings
    text, symbols, starts, ends = reading.folded.text, reading.symbols, reading.starts, reading.ends
    addressed = {concept for symbol in symbols[first:last] for concept in meanings.get(symbol, ())}
    beside = tuple([factor for concept, factor in BESIDE_YOU.items() if concept in addressed])
    before = 1
    concepts_before: tuple[int, ...] = (1,)
    for place in range(first, last):
        symbol = symbols[place]
        if symbol == MARK:
            yield (), ()
            continue
        written = text[starts[place] : ends[place]]
        alone, word, meant, concepts = _look(language, written, meanings.get(symbol, ()), beside, around.is_published)
        own = [*alone, (before * BEFORE + word) & MASK]
        if concepts:
            own += _mixed(concepts_before, concepts)
        if written in around.told:
            own += _of_echo(meant, bool(beside))
        yield own, concepts
        before, concepts_before = word, concepts or (2,)


def _hashed(names: Iterable[str]) -> tuple[int, ...]:
    return tuple(crc32(name.encode()) & MASK for name in names)


@lru_cache(maxsize=256)
def _of_setting(language: str, stars: int | None, place: str) -> tuple[int, ...]:
    return _hashed(("bias", f"{language}bias", f"stars{stars}", f"place{place}"))


@lru_cache(maxsize=16)
def _of_length(steps: int) -> int:
    return crc32(f"length{min(steps, LENGTHS)}".encode()) & MASK


@lru_cache(maxsize=1024)
def _of_rule(language: str, rule: str) -> tuple[int, ...]:
    if rule.endswith(STRONG):
        return _hashed((f"r:{rule}", f"strong {RULES[rule.removesuffix(STRONG)].severity}"))
    return _hashed((f"r:{rule}", f"{language}r:{rule}", f"s:{RULES[rule].severity}"))


@lru_cache(maxsize=4096)
def _of_echo(concepts: tuple[str, ...], is_addressed: bool) -> tuple[int, ...]:
    return _hashed(("echo", f"echo {is_addressed}", *(f"echo {concept}" for concept in concepts)))


@lru_cache(maxsize=8192)
def _of_concepts(language: str, concepts: tuple[str, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the hashes of concepts, to be mixed with others, and the features they are by themselves."""
    names = [f"@{concept}" for concept in concepts]
    return tuple(crc32(name.encode()) for name in names), _hashed([*names, *(f"{language}{name}" for name in names)])


@lru_cache(maxsize=20_000)
def _look(language: str, word: str, known: tuple[str, ...], beside: tuple[int, ...], is_published: bool) -> Look:
    """Return what is seen of a word, of which the lexicon knows some concepts, beside "you" or "your"."""
    names = [f"{language}{word}"]
    if len(word) > 5:
        names.append(f"{language}{word[:5]}*")
    if len(word) > 4:
        names.append(f"{language}*{word[-3:]}")
    if is_published and len(word) > STEM:
        names.append(f"stem {word[:STEM]}")
    meant = known or shape(language, word)
    concepts, alone = _of_concepts(language, meant)
    hashed = _hashed(names)
    return Look((*hashed, *alone, *(hashed[0] * factor & MASK for factor in beside)), hashed[0], meant, concepts)


@lru_cache(maxsize=8192)
def _mixed(before: tuple[int, ...], concepts: tuple[int, ...]) -> tuple[int, ...]:
    """Return the features of the concepts of a word together with those of the word before it."""
    return tuple((other * BEFORE_IT + concept) & MASK for concept in concepts for other in before)


def shape(language: str, word: str) -> tuple[str, ...]:
    """Return what the form of a word tells, as a concept; nothing where its language has no shapes."""
    if word in CLITICS.get(language, ()):
        return ("clitic",)
    if len(word) < SHORTEST_SHAPED:
        return ()
    return next(((form,) for form, ending in SHAPES.get(language, ()) if ending.search(word)), ())


def place_of(number: int, count: int) -> str:
    """Return where in a text of `count` sentences the sentence `number` stands."""
    if number == 0:
        return "first"
    return "last" if number == count - 1 else "mid"
