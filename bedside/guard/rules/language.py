"""The rule on languages nobody taught the guard."""

from bedside.guard.rule import Rule
from bedside.guard.sources import HIPAA_IDENTITY
from bedside.guard.verdict import Severity, TextKind

RULES = (
    Rule(
        id="language.unread",
        family="form",
        severity=Severity.WARN,
        finds="Is written in a language that the guard does not read.",
        blind="A sentence in another language inside a text it reads.",
        sources=(HIPAA_IDENTITY,),
        kinds=(TextKind.REPLY, TextKind.POST, TextKind.REQUEST),
        covers="R30",
    ),
)
