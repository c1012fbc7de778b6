"""Rules on words that deny the relationship or an act of care."""

from bedside.guard.rule import Rule
from bedside.guard.sources import AMA, HIPAA_IDENTITY, IGBINADOLOR, VELOCE
from bedside.guard.verdict import Severity

RULES = (
    Rule(
        id="denial.patient",
        family="denial",
        severity=Severity.BLOCK,
        finds="Denies that the person is or was a patient.",
        blind="A denial by irony alone.",
        sources=(
            AMA,
            HIPAA_IDENTITY,
        ),
        covers="D05",
    ),
    Rule(
        id="denial.lookup",
        family="denial",
        severity=Severity.BLOCK,
        finds="Says that records were searched for the person.",
        blind="A search told as a question.",
        sources=(VELOCE,),
        covers="D06",
    ),
    Rule(
        id="denial.procedure",
        family="denial",
        severity=Severity.BLOCK,
        finds="Denies that something was done to the person.",
        blind="A denial without a verb of care.",
        sources=(IGBINADOLOR,),
        covers="D30",
    ),
)
