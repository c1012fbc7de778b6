"""Read the small language in which packs write patterns, and turn each into a regular expression over symbols.

    thank|thanks   one of these words                 @visit|went   a word of a concept, or this word
    ~4             up to four words in between         _3            up to three words of the same noun phrase
    .              any one word                        ?             at the end of an element: may be missing
    !@word         the next word is not this           ^  $  $?      the sentence starts, ends, ends with a question mark
    ( a b / c )    one of these sequences              [  ]          the words to flag, when not the whole match
    get|come+in    a word or words one after another

A comma or a dash may stand before any element. Gaps are bounded and nothing repeats without bound, so a match costs
at most a constant for each word of the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bedside.guard.lexicon import ENDS, MARK, OTHER, QUESTION, Lexicon

FIXED = {
    "[": "(?P<flag>",
    "]": ")",
    "(": "(?:",
    "/": "|",
    ")": ")",
    ")?": ")?",
    "^": f"(?<=[{ENDS}]){MARK}?",
    "$": f"(?={MARK}?[{ENDS}])",
    "$?": f"(?={MARK}?{QUESTION})",
}
NEVER = "\u0004"  # stands in no text: the class of a concept without words


@dataclass(frozen=True, slots=True)
class Pattern:
    """One compiled pattern. Each of `needed` must share a symbol with the text, or the pattern cannot match."""

    rule: str
    source: str
    written: str  # the regular expression
    needed: tuple[frozenset[str], ...]
    is_strong: bool = False  # says more than that the weigher should look

    @property
    def expression(self) -> re.Pattern[str]:
        """The compiled expression; compiled when first needed, since most patterns of a pack never are."""
        return _compiled(self.written)

    @property
    def group(self) -> int:
        """The group of the words to flag: 1, or 0 for the whole match."""
        return 1 if "(?P<flag>" in self.written else 0


@cache
def _compiled(written: str) -> re.Pattern[str]:
    return re.compile(written)


def literals(source: str) -> Iterator[str]:
    """Yield the plain words that a pattern names."""
    for element in source.split():
        for word in element.strip("!?[]()/^$").replace("+", "|").split("|"):
            if word and word[0].isalpha():
                yield word


def compile_pattern(
    rule: str, source: str, lexicon: Lexicon, unions: dict[str, tuple[str, ...]], *, is_strong: bool = False
) -> Pattern:
    """Compile one pattern of a rule."""
    compiler = _Compiler(lexicon, unions)
    try:
        written = compiler.sequence(source.split())
    except ValueError as exc:
        raise ValueError(f"{rule}: cannot read the pattern {source!r}: {exc}") from exc
    return Pattern(rule, source, written, tuple(compiler.needed), is_strong)


Needed = list[frozenset[str]]


class _Compiler:
    """Writes the expression of a pattern and gathers what any match needs, group by group."""

    def __init__(self, lexicon: Lexicon, unions: dict[str, tuple[str, ...]]) -> None:
        self.lexicon = lexicon
        self.unions = unions
        self.frames: list[list[Needed]] = [[[]]]  # open groups, each with its alternatives

    @property
    def needed(self) -> Needed:
        return self.frames[0][0]

    def sequence(self, elements: list[str]) -> str:
        return "".join(self.element(element) for element in elements)

    def element(self, element: str) -> str:
        if element in FIXED:
            self.follow(element)
            return FIXED[element]
        if element == ".":
            return f"{MARK}?[^{ENDS}{MARK}]"
        if element[0] == "~":
            return f"[^{ENDS}]{{0,{int(element[1:])}}}?"
        if element[0] == "_":
            return f"[^{ENDS}{MARK}{self.symbols('@break')}]{{0,{int(element[1:])}}}?"
        if element[0] == "!":
            return f"(?!{MARK}?[{self.symbols(element[1:])}])"
        return self.word(element)

    def follow(self, element: str) -> None:
        """Open and close groups: what every alternative needs, the whole needs."""
        if element == "(":
            self.frames.append([[]])
        elif element == "/":
            self.frames[-1].append([])
        elif element[0] == ")":
            alternatives = self.frames.pop()
            if element == ")" and len(alternatives) == 1:
                self.frames[-1][-1].extend(alternatives[0])
            elif element == ")" and all(alternatives):
                self.need(frozenset().union(*(min(needed, key=len) for needed in alternatives)))

    def need(self, symbols: frozenset[str]) -> None:
        self.frames[-1][-1].append(symbols)

    def word(self, element: str) -> str:
        if "+" in element:
            self.frames.append([[]])
            written = self.phrases(element.rstrip("?"))
            self.follow(")?" if element.endswith("?") else ")")
            return written + ("?" if element.endswith("?") else "")
        symbols = self.symbols(element.rstrip("?"))
        if element.endswith("?"):
            return f"(?:{MARK}?[{symbols}])?"
        self.need(frozenset(symbols))
        return f"{MARK}?[{symbols}]"

    def phrases(self, element: str) -> str:
        """Return the expression of alternatives of which some have several words, joined by plus signs."""
        alternatives = element.split("|")
        self.need(frozenset("".join(self.symbols(phrase.split("+")[0]) for phrase in alternatives)))
        single = "|".join(word for word in alternatives if "+" not in word)
        several = [
            "".join(f"{MARK}?[{self.symbols(part)}]" for part in phrase.split("+"))
            for phrase in alternatives
            if "+" in phrase
        ]
        return f"(?:{'|'.join([*several, f'{MARK}?[{self.symbols(single)}]'] if single else several)})"

    def symbols(self, alternatives: str) -> str:
        found = set()
        for name in alternatives.split("|"):
            if name == "*":
                found.add(OTHER)
            concept = name[1:] if name[0] == "@" else "=" + name
            for part in self.unions.get(concept, (concept,)):
                found.update(self.lexicon.symbols_of(part))
        return "".join(sorted(found)) or NEVER
