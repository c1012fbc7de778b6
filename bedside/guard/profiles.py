"""The jurisdictions as data: what each changes in the strict default, by which law, and what a clinic may choose.

Where sources disagree, the disagreement is an option: a profile has its choice, and a clinic may make another.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bedside.guard.rule import Rule, Source
from bedside.guard.sources import (
    AEPD,
    AESTHETICS_AT,
    AMA,
    BAYLDA,
    BVWG,
    CHAMBER_FR,
    CSP,
    EYECARE,
    FLORIDA,
    GDPR,
    HEALTH_NEWS_IT,
    HETHCOAT,
    HIPAA_IDENTITY,
    HWG,
    MEDBG,
    NEW_VISION,
    PENAL_CODE_IT,
    RD_1907,
    REPLY_GUIDE,
    SECRECY_CH,
    SECRECY_FR,
    STGB_DE,
    VELOCE,
)
from bedside.guard.verdict import Context, Severity

STRICTEST = "us-hipaa"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to an option, who gives it, and what a check does then."""

    value: str
    means: str
    source: Source


@dataclass(frozen=True, slots=True)
class Option:
    """A question on which sources disagree; the first choice is that of the strict default."""

    name: str
    asks: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A rule that weighs otherwise in a profile, and why."""

    rule: str
    severity: Severity
    why: str
    source: Source


@dataclass(frozen=True, slots=True)
class Profile:
    """A jurisdiction: the law it stands on, the rules that weigh otherwise there, and its choices."""

    name: str
    title: str
    law: Source
    changes: tuple[Change, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)

    def change(self, rule: str) -> Change | None:
        """Return what the profile changes in a rule; None when it changes nothing."""
        return next((change for change in self.changes if change.rule == rule), None)


OPTIONS = {
    option.name: option
    for option in (
        Option(
            "apology",
            "May a reply apologise?",
            (
                Choice("generic", "In general words: sorry to read this. For an event it warns.", REPLY_GUIDE),
                Choice("none", "Never: any word of regret warns.", VELOCE),
            ),
        ),
        Option(
            "privacy",
            "May a reply say that privacy keeps the clinic from answering?",
            (
                Choice("generic", "Yes, of anyone’s care; speaking of this person’s case blocks.", EYECARE),
                Choice("none", "Never: any mention of privacy or secrecy warns.", AMA),
            ),
        ),
        Option(
            "reply",
            "Answer reviews in public at all?",
            (
                Choice("allowed", "Yes.", AMA),
                Choice("praise", "Only reviews of four or five stars; an answer to another one warns.", FLORIDA),
                Choice("none", "No: any public answer warns.", STGB_DE),
            ),
        ),
        Option(
            "name",
            "May a reply repeat the displayed name of the reviewer?",
            (
                Choice("avoid", "Better not: it warns.", NEW_VISION),
                Choice("displayed", "As the platform shows it: it is a note.", BAYLDA),
                Choice("never", "No: it blocks.", NEW_VISION),
            ),
        ),
        Option(
            "experience",
            "May a reply say “experience”?",
            (
                Choice("word", "The word alone passes; the experience with the clinic warns.", HETHCOAT),
                Choice("strict", "Any experience warns.", VELOCE),
            ),
        ),
        Option(
            "patient",
            "May a reply use the bare fact that the reviewer is a patient?",
            (
                Choice("never", "No: it blocks, whatever the review says.", AMA),
                Choice("stated", "Where the review itself says it: it warns. Everything else stays as it is.", BVWG),
            ),
        ),
    )
}

PROFILES = {
    profile.name: profile
    for profile in (
        Profile("us-hipaa", "United States (HIPAA), the strict default", HIPAA_IDENTITY),
        Profile("eu", "European Union", GDPR, options={"name": "displayed"}),
        Profile(
            "de",
            "Germany",
            STGB_DE,
            (
                Change(
                    "post.before_after",
                    Severity.BLOCK,
                    "Forbidden for plastic operations and injections that nothing indicates.",
                    HWG,
                ),
            ),
        ),
        Profile(
            "at",
            "Austria",
            BVWG,
            (
                Change(
                    "post.before_after",
                    Severity.BLOCK,
                    "Advertising for aesthetic treatment may not praise itself; before and after does.",
                    AESTHETICS_AT,
                ),
            ),
            {"name": "displayed", "patient": "stated"},
        ),
        Profile(
            "ch",
            "Switzerland",
            SECRECY_CH,
            (
                Change(
                    "post.before_after",
                    Severity.BLOCK,
                    "Advertising must be objective, answer a public need and not be intrusive.",
                    MEDBG,
                ),
            ),
        ),
        Profile(
            "fr",
            "France",
            SECRECY_FR,
            (
                Change(
                    "post.before_after",
                    Severity.BLOCK,
                    "The professional orders punish before and after; information must be loyal and not incite.",
                    CHAMBER_FR,
                ),
                Change("post.testimonial", Severity.BLOCK, "Communication may not use testimonies of others.", CSP),
                Change(
                    "post.promotion", Severity.BLOCK, "Communication may not compare with other practitioners.", CSP
                ),
            ),
        ),
        Profile(
            "it",
            "Italy",
            PENAL_CODE_IT,
            (
                Change(
                    "post.before_after",
                    Severity.BLOCK,
                    "Nothing attractive or suggestive that may lead to improper treatment.",
                    HEALTH_NEWS_IT,
                ),
                Change(
                    "post.price",
                    Severity.BLOCK,
                    "Offers, discounts and promotions are named in the law.",
                    HEALTH_NEWS_IT,
                ),
            ),
        ),
        Profile(
            "es",
            "Spain",
            AEPD,
            (
                Change(
                    "post.before_after", Severity.BLOCK, "It suggests a certain effect and shows a patient.", RD_1907
                ),
                Change(
                    "post.testimonial",
                    Severity.BLOCK,
                    "Art. 4.7: no testimonies of real or supposed patients.",
                    RD_1907,
                ),
            ),
        ),
    )
}
BARE_FACT = {  # what weighs less where the review says that its author is a patient
    "relationship.patient": Severity.WARN,
    "visit.thanks": Severity.NOTE,
    "relationship.chosen": Severity.NOTE,
    "relationship.experience": Severity.NOTE,
}
VALUES = {option.name: tuple(choice.value for choice in option.choices) for option in OPTIONS.values()}
NAMED = {"avoid": Severity.WARN, "displayed": Severity.NOTE, "never": Severity.BLOCK}


def profile_of(name: str) -> Profile:
    """Return the profile of a name; the strict default for one that is not known."""
    return PROFILES.get(name, PROFILES[STRICTEST])


def default_of(profile: str, name: str) -> str:
    """Return the choice of a profile for an option; the strict default's where the profile has none or is not known."""
    return profile_of(profile).options.get(name, VALUES[name][0])


def option(context: Context, name: str) -> str:
    """Return the choice that holds: the clinic's, else the profile's, else the strict default's."""
    chosen = context.options.get(name) or default_of(context.profile, name)
    return chosen if chosen in VALUES[name] else VALUES[name][0]


def severity_of(rule: Rule, context: Context, *, is_told: bool) -> Severity:
    """Return how bad a finding is; `is_told` says that the review itself calls its author a patient."""
    if rule.id == "identity.name":
        return NAMED[option(context, "name")]
    if is_told and rule.id in BARE_FACT and option(context, "patient") == "stated":
        return BARE_FACT[rule.id]
    profile = profile_of(context.profile)
    change = profile.change(rule.id)
    return change.severity if change else rule.severity_in(profile.name)
