"""Rules that hold where a clinic, or its profile, chose so: see bedside/guard/profiles.py."""

from bedside.guard.rule import Rule
from bedside.guard.sources import AMA, FLORIDA, STGB_DE
from bedside.guard.verdict import Severity

RULES = (
    Rule(
        id="choice.privacy",
        family="choice",
        severity=Severity.WARN,
        finds="Mentions privacy or secrecy, where the clinic chose not to (option privacy: none).",
        blind="Privacy told in other words.",
        sources=(AMA,),
        covers="5.3 mention of privacy",
    ),
    Rule(
        id="choice.reply",
        family="choice",
        severity=Severity.WARN,
        finds="Answers in public, where the clinic chose not to (option reply: praise or none).",
        blind="Whether the text is sent as a private message.",
        sources=(STGB_DE, FLORIDA),
        covers="5.3 reply at all",
    ),
)
