"""Fold case and accents one character for one, so that every offset in the folded text is an offset in the original."""

import unicodedata

KEPT = "äöü"  # German tells schön from schon by them
SPELLED = {
    "ß": "s",
    "æ": "a",
    "œ": "o",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ı": "i",
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "´": "'",
    "`": "'",
}


def _plain(character: str) -> str:
    """Return the lower-case letter without its accent; the character itself when that would change the length."""
    lower = character.lower()
    if lower in KEPT:
        return lower
    base = unicodedata.normalize("NFKD", lower)[:1]
    return base.lower() if len(base) == 1 and base.isalnum() else lower if len(lower) == 1 else character


def _table() -> dict[int, str]:
    """Latin letters with their accents and full-width forms, each to one plain letter."""
    ranges = (range(0x41, 0x5B), range(0xC0, 0x250), range(0x1E00, 0x1F00), range(0xFF10, 0xFF5B))
    table = {code: _plain(chr(code)) for codes in ranges for code in codes}
    table.update({ord(character): plain for character, plain in SPELLED.items()})
    table.update({ord(character.upper()): plain for character, plain in SPELLED.items() if len(character.upper()) == 1})
    return {code: plain for code, plain in table.items() if chr(code) != plain}


_TABLE = _table()


def fold(text: str) -> str:
    """Return the text in lower case without accents (ä, ö and ü stay), exactly as long as the original."""
    return text.translate(_TABLE)
