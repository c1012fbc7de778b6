"""Rules on appointments and waiting."""

from bedside.guard.rule import Rule
from bedside.guard.sources import AMA, IGBINADOLOR, NEW_VISION
from bedside.guard.verdict import Severity

RULES = (
    Rule(
        id="appointment.detail",
        family="appointment",
        severity=Severity.BLOCK,
        finds="Speaks of an appointment of this person.",
        blind="An appointment told without the word.",
        sources=(
            NEW_VISION,
            AMA,
        ),
        covers="D09 D36",
    ),
    Rule(
        id="appointment.missed",
        family="appointment",
        severity=Severity.BLOCK,
        finds="Says that the person missed, cancelled or came late.",
        blind="Lateness told as a joke.",
        sources=(IGBINADOLOR,),
        covers="D36",
    ),
    Rule(
        id="appointment.wait",
        family="appointment",
        severity=Severity.BLOCK,
        finds="Speaks of the waiting or scheduling of this person.",
        blind="Waiting told only by the time on the clock.",
        sources=(AMA,),
        covers="D37",
    ),
)
