"""Tell the mood of a text from its lexicon: how much praise and how much blame it holds, with negation and emphasis."""

from collections.abc import Collection
from dataclasses import dataclass

from bedside.text.reading import Reading

WEIGHTS = {"p3": 3.0, "p2": 2.0, "p1": 1.0, "n1": -1.0, "n2": -2.0, "n3": -3.0}
NEGATED = {True: -0.8, False: -0.4}  # "not good" is bad; "not bad" is only fair
STRONG = 1.3
HARM = 2.0
HARMFUL = frozenset(
    {"self_harm", "medical_emergency", "violence", "adverse_event", "discrimination", "privacy", "legal_threat"}
)
AFTER_BUT = 1.3  # what follows "but" is what the author came to say


@dataclass(frozen=True, slots=True)
class Feeling:
    """The sums of praise and blame, both 0 or more, in the lexicon's units: 1 faint, 2 plain, 3 strong."""

    praise: float
    blame: float

    @property
    def score(self) -> float:
        """Return the mood from -1 to 1; 0 when nothing was found."""
        return (self.praise - self.blame) / (self.praise + self.blame + 1.0)


def feeling(reading: Reading, risks: Collection[str] = ()) -> Feeling:
    """Return the praise and blame of a text; of overlapping phrases the first and longest counts.

    Each of the risks that means harm done or threatened is blame, however calmly it is told.
    """
    praise = 0.0
    blame = HARM * len(HARMFUL.intersection(risks))
    strong = {match.last for match in reading.matches.get("cue.strong", ())}
    turns = _turns(reading)
    end = 0
    for match in reading.named("feel."):
        if match.first < end:
            continue
        end = match.last
        weight = WEIGHTS[match.label.rpartition(".")[2]]
        if reading.is_negated(match):
            weight *= NEGATED[weight > 0]
        if match.first in strong:
            weight *= STRONG
        if match.first >= turns.get(reading.sentence(match), end):
            weight *= AFTER_BUT
        praise += max(weight, 0.0)
        blame += max(-weight, 0.0)
    return Feeling(praise, blame)


def _turns(reading: Reading) -> dict[int, int]:
    """Return for each sentence with a "but" the word behind it."""
    turns: dict[int, int] = {}
    for match in reading.matches.get("cue.contrast", ()):
        turns.setdefault(reading.sentence(match), match.last)
    return turns
