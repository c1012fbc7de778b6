"""Rules on visits: thanks for them, their time, number and place."""

from bedside.guard.rule import Rule
from bedside.guard.sources import BVWG, HIPAA_IDENTIFIERS, IGBINADOLOR, NEW_VISION, VELOCE
from bedside.guard.verdict import Severity

RULES = (
    Rule(
        id="visit.thanks",
        family="visit",
        severity=Severity.WARN,
        finds="Thanks for a visit without any detail.",
        blind="A thanks that never says visit, coming or stopping by.",
        sources=(VELOCE,),
        covers="D01",
    ),
    Rule(
        id="visit.detail",
        family="visit",
        severity=Severity.BLOCK,
        finds="Speaks of a visit of this person.",
        blind="A visit told without naming it.",
        sources=(
            NEW_VISION,
            IGBINADOLOR,
            BVWG,
        ),
        covers="D01 D09",
    ),
    Rule(
        id="visit.return",
        family="visit",
        severity=Severity.BLOCK,
        finds="Says see you again or next time.",
        blind="A return implied by a gift.",
        sources=(VELOCE,),
        covers="D09",
    ),
    Rule(
        id="visit.time",
        family="visit",
        severity=Severity.BLOCK,
        finds="Ties a day, date or time of day to the person.",
        blind="A time told by an event everybody knows.",
        sources=(
            NEW_VISION,
            IGBINADOLOR,
        ),
        covers="D34 D38",
    ),
    Rule(
        id="visit.count",
        family="visit",
        severity=Severity.BLOCK,
        finds="Counts the visits of the person.",
        blind="A count spread over sentences.",
        sources=(IGBINADOLOR,),
        covers="D35",
    ),
    Rule(
        id="visit.place",
        family="visit",
        severity=Severity.BLOCK,
        finds="Says in which ward, room or branch the person was.",
        blind="A place named by a nickname.",
        sources=(HIPAA_IDENTIFIERS,),
        covers="D39",
    ),
)
