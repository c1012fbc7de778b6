"""Cut a text into words that know where they stand and which sentence they belong to."""

import re
from dataclasses import dataclass

from bedside.text.fold import fold

ELIDING = frozenset({"fr", "it"})  # l'attesa and l'attente are two words; don't is one

_EMOJI = r"[\u2600-\u27bf\u2b50\U0001f300-\U0001faff]"
_FACE = r"[:;]-?[()dp](?![^\W_])"
_END = r"[.!?…;\n]+"
_PAUSE = r"[,:()–—]"
EMOJI, PAUSE, END = 2, 3, 4  # groups of the two patterns; 1 is a word
EMOJIS = 200  # more say nothing more
_WHOLE = re.compile(rf"([^\W_]+(?:'[^\W_]+)*)|({_EMOJI}|{_FACE})|({_PAUSE})|({_END})")
_SPLIT = re.compile(rf"([^\W_]+)|({_EMOJI}|{_FACE})|({_PAUSE})|({_END})")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, folded, without apostrophes, with offsets into the original and the number of the sentence."""

    words: list[str]
    starts: list[int]
    ends: list[int]
    sentences: list[int]
    clauses: list[int]  # a clause ends with its sentence or at a comma; a negation does not reach beyond it
    asked: frozenset[int]  # sentences that end with a question mark


def cut(text: str, language: str) -> Words:
    """Return the words of a text; linear in its length."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    sentences: list[int] = []
    clauses: list[int] = []
    asked: set[int] = set()
    sentence = clause = emoji = 0
    for match in (_SPLIT if language in ELIDING else _WHOLE).finditer(fold(text)):
        group = match.lastindex or 0
        if group >= PAUSE:
            clause += 1
            if "?" in match[0]:
                asked.add(sentence)
            sentence += group == END and _is_end(text, match.start(), match.end())
            continue
        if group == EMOJI and (emoji := emoji + 1) > EMOJIS:
            continue
        words.append(match[0].replace("'", ""))
        starts.append(match.start())
        ends.append(match.end())
        sentences.append(sentence)
        clauses.append(clause)
    return Words(words, starts, ends, sentences, clauses, frozenset(asked))


def _is_end(text: str, start: int, end: int) -> bool:
    """Tell the end of a sentence from the point of an abbreviation (Dr.) or of a number (3.5)."""
    if end - start > 1 or text[start] != ".":
        return True
    inside_number = text[end : end + 1].isalnum()
    word = text[max(0, start - 4) : start].rpartition(" ")[2].lower()
    return not inside_number and word not in {
        "dr",
        "dra",
        "mr",
        "mrs",
        "ms",
        "sr",
        "sra",
        "st",
        "fr",
        "hr",
        "prof",
        "z.b",
        "bzw",
        "dott",
    }
