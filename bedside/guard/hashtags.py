"""Cut hashtags without capitals into words that the language knows: #danktermin is no single word."""

from bedside.guard.lexicon import Lexicon
from bedside.guard.tongue import SMALL_WORDS
from bedside.guard.words import HASH, Word, word_set

LONGEST = 60  # letters of a hashtag that is looked at
LONGEST_PART = 24
SHORTEST_PART = 2
MOST = 30  # hashtags of a text that are cut; a post has half as many
SMALL = {language: word_set(words) for language, words in SMALL_WORDS.items()}


def parted(found: list[Word], lexicon: Lexicon, language: str) -> list[Word]:
    """Return the words with every hashtag that consists of known words cut into them."""
    if not any(word.text == HASH for word in found):
        return found
    cut: list[Word] = []
    left = MOST
    for place, word in enumerate(found):
        after_hash = place > 0 and found[place - 1].text == HASH and found[place - 1].end == word.start
        left -= after_hash
        lengths = _cut(word.text, lexicon, SMALL[language]) if after_hash and left >= 0 else None
        start = word.start
        for length in lengths or [len(word.text)]:
            cut.append(Word(word.text[start - word.start :][:length], start, start + length))
            start += length
    return cut


def _cut(text: str, lexicon: Lexicon, small: frozenset[str]) -> list[int] | None:
    """Return the lengths of the fewest known words that make up a text; None when none do. Quadratic, of few letters."""
    if not text.isalpha() or len(text) > LONGEST:
        return None
    best: list[list[int] | None] = [[], *([None] * len(text))]
    for end in range(1, len(text) + 1):
        for start in range(max(0, end - LONGEST_PART), end - SHORTEST_PART + 1):
            before, part = best[start], text[start:end]
            if before is None or not (part in small or lexicon.has(part) or (start and lexicon.concepts(part))):
                continue
            current = best[end]
            if current is None or len(before) + 1 < len(current):
                best[end] = [*before, end - start]
    return best[-1]
