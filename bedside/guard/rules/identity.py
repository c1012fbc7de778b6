"""Rules on who the person is."""

from bedside.guard.rule import Rule
from bedside.guard.sources import ACCOUNTABLE, AEPD, AMA, HIPAA_IDENTIFIERS, IGBINADOLOR, NEW_VISION, REPLY_GUIDE
from bedside.guard.verdict import Severity

RULES = (
    Rule(
        id="identity.name",
        family="name",
        severity=Severity.WARN,
        finds="Repeats the displayed name of the reviewer.",
        blind="A name the context does not give and no list holds.",
        sources=(
            NEW_VISION,
            IGBINADOLOR,
        ),
        covers="D45",
    ),
    Rule(
        id="identity.unmask",
        family="name",
        severity=Severity.BLOCK,
        finds="Uses a name that the platform does not display, or says that the person is known.",
        blind="A name that is also a common word.",
        sources=(
            IGBINADOLOR,
            NEW_VISION,
        ),
        covers="D46",
    ),
    Rule(
        id="identity.staff",
        family="staff",
        severity=Severity.WARN,
        finds="Names a clinician or a colleague.",
        blind="A colleague without a title whom the context does not list.",
        sources=(
            ACCOUNTABLE,
            AMA,
        ),
        covers="R23",
    ),
    Rule(
        id="identity.role",
        family="name",
        severity=Severity.BLOCK,
        finds="Names occupation, employer or residence of the person.",
        blind="A profession that is in no list.",
        sources=(
            HIPAA_IDENTIFIERS,
            AEPD,
        ),
        covers="D47",
    ),
    Rule(
        id="identity.placeholder",
        family="placeholder",
        severity=Severity.BLOCK,
        finds="Leaves a placeholder unresolved.",
        blind="A placeholder without brackets.",
        sources=(REPLY_GUIDE,),
        covers="D65",
    ),
)
