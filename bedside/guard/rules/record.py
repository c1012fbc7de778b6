"""Rules on records, past contact and complaints."""

from bedside.guard.rule import Rule
from bedside.guard.sources import AMA, HIPAA_IDENTITY, PROPUBLICA
from bedside.guard.verdict import Severity

RULES = (
    Rule(
        id="record.review",
        family="record",
        severity=Severity.BLOCK,
        finds="Speaks from the record: chart, file, recording, footage.",
        blind="Facts from the record without naming it.",
        sources=(
            PROPUBLICA,
            AMA,
        ),
        covers="D08 D60",
    ),
    Rule(
        id="record.contact",
        family="record",
        severity=Severity.BLOCK,
        finds="Speaks of a call, message or conversation with the person.",
        blind="A contact told by its result.",
        sources=(AMA,),
        covers="D49 D64",
    ),
    Rule(
        id="record.link",
        family="record",
        severity=Severity.BLOCK,
        finds="Points to the person's portal, message or attachment.",
        blind="A link whose address tells nothing.",
        sources=(AMA,),
        covers="D51 D52",
    ),
    Rule(
        id="record.complaint",
        family="record",
        severity=Severity.BLOCK,
        finds="Speaks of a complaint or lawsuit of the person.",
        blind="A procedure named by a number.",
        sources=(HIPAA_IDENTITY,),
        covers="D61",
    ),
    Rule(
        id="record.agree",
        family="record",
        severity=Severity.BLOCK,
        finds="Agrees with, or corrects, what happened.",
        blind="Agreement by tone.",
        sources=(AMA,),
        covers="D54 D58",
    ),
)
