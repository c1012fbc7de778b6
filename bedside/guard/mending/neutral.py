"""The sentences of our own that stand where another must go: they thank, listen or invite, and give nobody away."""

from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

from bedside.guard.pack import LANGUAGES, entries_of, read
from bedside.guard.words import said, word_set
from bedside.text.normalise import fold

FAMILIAR = {  # words by which one says du, tú or tu to a person
    "en": frozenset[str](),
    "de": word_set("du dich dir dein deine deinen deinem deiner deines euch euer eure euren eurem eurer"),
    "es": word_set("tu tus te ti contigo tuyo tuya vuestro vuestra os"),
    "fr": word_set("tu te toi ton ta tes"),
    "it": word_set("tu te ti tuo tua tuoi tue"),
}
FORMAL = {
    "en": frozenset[str](),
    "de": word_set("sie ihnen ihr ihre ihren ihrem ihrer ihres"),
    "es": word_set("usted ustedes su sus le les"),
    "fr": word_set("vous votre vos"),
    "it": word_set("lei suo sua suoi sue le la"),
}


@dataclass(frozen=True, slots=True)
class Neutral:
    """Ways to say one thing, formal and familiar, and how words begin by which a text says the same, a space before."""

    texts: tuple[str, ...]
    familiar: tuple[str, ...]
    said: tuple[str, ...]

    def is_said(self, folded: str) -> bool:
        """Return whether folded words, with a space before each, say the same."""
        return any(map(folded.__contains__, self.said))

    def say(self, beside: str, *, is_familiar: bool = False) -> str:
        """Return one of the ways: always the same beside the same text, so that the answer to a text is stable."""
        ways = self.familiar if is_familiar else self.texts
        return ways[crc32(beside.encode()) % len(ways)]


@lru_cache(maxsize=len(LANGUAGES))
def neutral(language: str) -> dict[str, Neutral]:
    """Return the neutral sentences of a language by what they are for, read once."""
    return {
        purpose: Neutral(
            tuple(entry["texts"]),
            tuple(entry.get("familiar", entry["texts"])),
            tuple(f" {beginning}" for beginning in entries_of(entry["said"])),
        )
        for purpose, entry in read("neutral.toml")[language].items()
    }


@lru_cache(maxsize=len(LANGUAGES))
def own_sentences(language: str) -> frozenset[str]:
    """Return our own sentences, folded and without the full stop."""
    said = (text for own in neutral(language).values() for text in (*own.texts, *own.familiar))
    return frozenset(fold(text).text.rstrip(".") for text in said)


@lru_cache(maxsize=16)
def is_familiar(language: str, text: str) -> bool:
    """Return whether a text says du rather than Sie."""
    if not FAMILIAR[language]:
        return False
    spoken = said(text)
    familiar = sum(word in FAMILIAR[language] for word in spoken)
    return familiar > sum(word in FORMAL[language] for word in spoken)
