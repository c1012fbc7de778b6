"""Rules on clinical facts tied to the person."""

from bedside.guard.rule import Rule
from bedside.guard.sources import BVWG, DSB, ELITE, MANASA, PROPUBLICA
from bedside.guard.verdict import Severity

RULES = (
    Rule(
        id="clinical.fact",
        family="clinical",
        severity=Severity.BLOCK,
        finds="Ties a procedure, test, drug, condition, symptom or body part to the person.",
        blind="A clinical word that is in no list.",
        sources=(
            ELITE,
            MANASA,
            DSB,
            BVWG,
        ),
        covers="D16 D17 D18 D19 D23 D26 D27 D28 D32",
    ),
    Rule(
        id="clinical.result",
        family="clinical",
        severity=Severity.BLOCK,
        finds="States a finding, result or outcome of care.",
        blind="A result told in numbers alone.",
        sources=(
            PROPUBLICA,
            DSB,
        ),
        covers="D17 D18 D19 D20 D25 D29",
    ),
    Rule(
        id="clinical.advised",
        family="clinical",
        severity=Severity.BLOCK,
        finds="Says what was advised, declined, refused or not followed.",
        blind="A refusal told as a story over sentences.",
        sources=(PROPUBLICA,),
        covers="D21 D22",
    ),
    Rule(
        id="clinical.mood",
        family="clinical",
        severity=Severity.BLOCK,
        finds="Describes the state of mind or behaviour of the person.",
        blind="Behaviour told by tone.",
        sources=(PROPUBLICA,),
        covers="D24",
    ),
    Rule(
        id="clinical.other",
        family="clinical",
        severity=Severity.BLOCK,
        finds="Judges another provider's work on the person.",
        blind="A colleague named without a word for the profession.",
        sources=(PROPUBLICA,),
        covers="D31",
    ),
    Rule(
        id="clinical.consent",
        family="clinical",
        severity=Severity.BLOCK,
        finds="Says that the person consented or signed a form.",
        blind="A consent implied by a custom.",
        sources=(ELITE,),
        covers="D33",
    ),
)
