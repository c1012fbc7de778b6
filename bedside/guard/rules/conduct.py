"""Rules on how the clinic behaves."""

from bedside.guard.rule import Rule
from bedside.guard.sources import CRFA, FTC_REVIEWS, GOOGLE_REVIEWS, IGBINADOLOR, REPLY_GUIDE, VANGUARD, VELOCE
from bedside.guard.verdict import Severity

RULES = (
    Rule(
        id="conduct.blame",
        family="conduct",
        severity=Severity.BLOCK,
        finds="Insults, blames, mocks or accuses of lying.",
        blind="Irony without a cue word.",
        sources=(
            IGBINADOLOR,
            REPLY_GUIDE,
        ),
        covers="R10",
    ),
    Rule(
        id="conduct.threat",
        family="conduct",
        severity=Severity.BLOCK,
        finds="Threatens with lawyers, courts, police or the platform.",
        blind="A threat between the lines.",
        sources=(
            FTC_REVIEWS,
            CRFA,
        ),
        covers="R11",
    ),
    Rule(
        id="conduct.delete",
        family="conduct",
        severity=Severity.BLOCK,
        finds="Asks to delete or change the review.",
        blind="A request by hint.",
        sources=(
            FTC_REVIEWS,
            CRFA,
            GOOGLE_REVIEWS,
        ),
        covers="R11",
    ),
    Rule(
        id="conduct.incentive",
        family="conduct",
        severity=Severity.BLOCK,
        finds="Offers money, a discount or a free service in public.",
        blind="A favour without a word for it.",
        sources=(
            GOOGLE_REVIEWS,
            FTC_REVIEWS,
        ),
        covers="R12",
    ),
    Rule(
        id="conduct.advice",
        family="conduct",
        severity=Severity.BLOCK,
        finds="Gives individual medical advice or a diagnosis.",
        blind="Advice told as an anecdote.",
        sources=(VANGUARD,),
        covers="R13",
    ),
    Rule(
        id="conduct.fault",
        family="conduct",
        severity=Severity.WARN,
        finds="Admits a failing of premises, hours or organisation.",
        blind="An admission by tone.",
        sources=(REPLY_GUIDE,),
        covers="R19",
    ),
    Rule(
        id="conduct.question",
        family="conduct",
        severity=Severity.WARN,
        finds="Asks in public for details.",
        blind="A question without a question word or mark.",
        sources=(VELOCE,),
        covers="R21",
    ),
)
