"""Rules on relatives, life events and losses."""

from bedside.guard.rule import Rule
from bedside.guard.sources import HIPAA_IDENTIFIERS, HIPAA_IDENTITY
from bedside.guard.verdict import Severity

RULES = (
    Rule(
        id="relative.mention",
        family="relative",
        severity=Severity.BLOCK,
        finds="Mentions a relative or companion of the person.",
        blind="A relative named only by first name.",
        sources=(HIPAA_IDENTIFIERS,),
        covers="D14 D15 R06",
    ),
    Rule(
        id="relative.event",
        family="relative",
        severity=Severity.BLOCK,
        finds="Congratulates or condoles.",
        blind="An event told only by an emoji.",
        sources=(HIPAA_IDENTITY,),
        covers="D56 D57",
    ),
)
