"""The guard: nothing a clinic publishes gives a patient away.

    from bedside.guard import Context, check

    verdict = check("Thank you for your visit last Tuesday.", Context(reviewer="Alex P."))

Pure: no Django, no database, no network. Rule packs are read on first use.
"""

from bedside.guard.check import check
from bedside.guard.rewriting import rewrite, take
from bedside.guard.verdict import Context, Finding, Severity, TextKind, Verdict

__all__ = ["Context", "Finding", "Severity", "TextKind", "Verdict", "check", "rewrite", "take"]
