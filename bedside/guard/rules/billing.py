"""Rules on money and insurance of the person."""

from bedside.guard.rule import Rule
from bedside.guard.sources import ELITE, NEW_VISION
from bedside.guard.verdict import Severity

RULES = (
    Rule(
        id="billing.detail",
        family="billing",
        severity=Severity.BLOCK,
        finds="Speaks of a bill, payment, price or refund of this person.",
        blind="An amount told as a comparison.",
        sources=(
            ELITE,
            NEW_VISION,
        ),
        covers="D42 D43 D44",
    ),
    Rule(
        id="billing.insurance",
        family="billing",
        severity=Severity.BLOCK,
        finds="Speaks of this person's insurance or coverage.",
        blind="A plan known only by its nickname.",
        sources=(
            ELITE,
            NEW_VISION,
        ),
        covers="D40 D41",
    ),
)
