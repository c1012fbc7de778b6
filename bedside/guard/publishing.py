"""Checks of posts and requests that are not a matter of patterns: channel rules, sources, a way to opt out."""

import re
from collections.abc import Iterator

from bedside.guard.identifiers import contacts
from bedside.guard.pack import Pack
from bedside.guard.reading import Reading, sentences
from bedside.guard.spot import Spot
from bedside.guard.verdict import Context, TextKind
from bedside.guard.words import Word
from bedside.text.normalise import Folded

HASHTAG = re.compile(r"#\w+")
HASHTAGS = {"instagram": 5, "tiktok": 5, "threads": 1, "bluesky": 8, "youtube": 15}  # field study 4.3, read 2026-11-21
MOST_HASHTAGS = 13
SOURCE = re.compile(
    r"(?i)\bdoi\b|10\.\d{4,9}/|\bpmid\b|pubmed|cochrane|\bwho\.int|\bnih\.gov|\bcdc\.gov|\bnice\.org|\bnhs\.uk|\brki\b|\bbfarm\b|\bhas-sante|\bameli\.fr|\biss\.it|\bsalute\.gov|\bawmf\b"
    r"|\.gov\b|\b(?:source|sources|quelle|quellen|fuente|fuentes|fonte|fonti|according to the|laut (?:rki|who|bzga|awmf)|seg[uú]n la oms|selon l'oms|secondo l'oms)\b\s{0,2}:?"
    r"|\b(?:bag\.admin|gesundheitsinformation|infektionsschutz|cancer\.org|sanidad\.gob|aemps|aepd|ema\.europa|inserm|santepubliquefrance|aifa|iqwig|lancet|nejm|bmj)\b"
)
OPT_OUT = re.compile(
    r"(?i)\bstop\b|opt[- ]?out|unsubscribe|\bbaja\b|darse de baja|salir\b|cancelar la suscripci|abmeld|abbestell|austragen|desinscri|d[eé]sinscri|d[eé]sabonn|ne plus recevoir"
    r"|disiscri|cancellarsi|cancellazione|non ricevere|no recibir|keine (?:sms|mails|nachrichten)|no more messages|opt out|dejar de recibir|bajas?@|se d[eé]sinscrire|annullare l'iscrizione"
)
DENIABLE = frozenset({"request.stars", "request.reward", "request.care"})
LONGEST_SENTENCE = 45  # words


def spots(folded: Folded, found: list[Word], context: Context) -> Iterator[Spot]:
    """Yield what is wrong with a post or a request besides its words."""
    if context.kind is TextKind.POST:
        yield from _post(folded.original, context)
    elif not OPT_OUT.search(folded.original) and any(word.text.isalpha() for word in found):
        yield Spot(*folded.span(found[0].start, found[-1].end), "request.opt_out")


def without_denials(spots: list[Spot], reading: Reading, pack: Pack) -> Iterator[Spot]:
    """Yield the spots but for wishes and rewards that the sentence denies: "we do not look for five stars"."""
    denied = []
    for first, last in sentences(reading):
        if any("not" in pack.meanings.get(symbol, ()) for symbol in reading.symbols[first:last]):
            denied.append(reading.span(first, last))
    for spot in spots:
        if spot.rule not in DENIABLE or not any(start <= spot.start < end for start, end in denied):
            yield spot


def _post(text: str, context: Context) -> Iterator[Spot]:
    tags = list(HASHTAG.finditer(text))
    if len(tags) > HASHTAGS.get(context.channel, MOST_HASHTAGS):
        yield Spot(tags[0].start(), tags[-1].end(), "post.hashtags")
    if context.channel.startswith("google"):
        for start, end in contacts.phones(text):
            yield Spot(start, end, "post.phone")
    for match in re.finditer(r"[^.!?\n]{1,2000}", text):
        if len(match.group().split()) > LONGEST_SENTENCE:
            yield Spot(match.start(), match.end(), "post.reading")


def has_source(text: str) -> bool:
    """Return whether a text names a source: a DOI, a PMID, an authority or the word itself."""
    return SOURCE.search(text) is not None
