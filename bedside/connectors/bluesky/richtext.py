"""The text of a post: how long it is as Bluesky counts, and which parts of it are links and tags."""

import re
import unicodedata
from collections.abc import Iterator

from bedside.connectors.bluesky.manifest import MAX_BYTES, MAX_GRAPHEMES
from bedside.connectors.errors import Rejected

LINK = re.compile(r"https?://[^\s<>\"“”«»]+")
TAG = re.compile(r"(?:(?<=\s)|^)#(?!\d+(?:\s|$))[^\s#.,;:!?()\[\]\"'«»“”]{1,64}")
TRAILING = ".,;:!?'…"  # ends the sentence, not the link
JOINER = "\u200d"
VARIATION = range(0xFE00, 0xFE10)
SKIN_TONES = range(0x1F3FB, 0x1F400)
FLAG_LETTERS = range(0x1F1E6, 0x1F200)
FLAG_TAGS = range(0xE0020, 0xE0080)


def check_length(text: str) -> None:
    """Raise Rejected for a text that Bluesky would not take."""
    if not text.strip():
        raise Rejected("There is nothing to send. Write something first.", code="empty")
    if count_graphemes(text) > MAX_GRAPHEMES:
        raise Rejected("This is longer than Bluesky takes. Shorten it.", code="too_long")
    if len(text.encode()) > MAX_BYTES:
        raise Rejected(
            "This is longer than Bluesky takes: emoji count as several letters. Shorten it.", code="too_long"
        )


def count_graphemes(text: str) -> int:
    """Return how many characters a person sees: a letter with its accents, or a joined emoji, counts once.

    Follows Unicode Standard Annex #29 for Latin, Greek, Cyrillic, Hebrew, Arabic and East Asian scripts and emoji. For
    scripts of South and South East Asia it may be off by some; then the PDS, which also counts, has the last word.
    """
    count, before, flags = 0, "", 0
    for character in unicodedata.normalize("NFC", text):
        flags = flags + 1 if ord(character) in FLAG_LETTERS else 0
        if not before or not _joins(before, character, flags):
            count += 1
        before = character
    return count


def _joins(before: str, character: str, flags: int) -> bool:
    """Whether `character` continues what a person sees as one; `flags` counts the flag letters up to it."""
    code = ord(character)
    if before == "\r":
        return character == "\n"
    if unicodedata.category(before) in ("Cc", "Zl", "Zp"):
        return False
    if code in VARIATION or code in SKIN_TONES or code in FLAG_TAGS or character in (JOINER, "\u200c"):
        return True
    if unicodedata.category(character) in ("Mn", "Me", "Mc") or character in "\u0e33\u0eb3":
        return True
    if before == JOINER:
        return unicodedata.category(character) == "So" or character in "↔↕"
    return flags > 0 and flags % 2 == 0


def facets(text: str) -> list[dict[str, object]]:
    """Return the links and tags of `text`, in order; Bluesky counts their places in bytes of UTF-8."""
    found = sorted([*_links(text), *_tags(text)], key=lambda part: part[0])
    return [
        {
            "index": {"byteStart": len(text[:start].encode()), "byteEnd": len(text[:end].encode())},
            "features": [feature],
        }
        for start, end, feature in found
    ]


def _links(text: str) -> Iterator[tuple[int, int, dict[str, str]]]:
    for match in LINK.finditer(text):
        link = match[0].rstrip(TRAILING)
        if link.endswith(")") and "(" not in link:
            link = link[:-1].rstrip(TRAILING)
        yield match.start(), match.start() + len(link), {"$type": "app.bsky.richtext.facet#link", "uri": link}


def _tags(text: str) -> Iterator[tuple[int, int, dict[str, str]]]:
    for match in TAG.finditer(text):
        yield match.start(), match.end(), {"$type": "app.bsky.richtext.facet#tag", "tag": match[0][1:]}
