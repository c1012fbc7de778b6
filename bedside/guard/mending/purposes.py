"""Choose what a neutral sentence is for: which one may stand in which place, after which review."""

from bedside.guard.mending.draft import Draft, speaks
from bedside.guard.mending.neutral import is_familiar, neutral
from bedside.guard.profiles import option
from bedside.guard.verdict import Context, Finding
from bedside.text.normalise import fold

GOOD = 4  # stars from which a review is praise
MOST_NEW = 2  # neutral sentences in one reply; what is more is left out
LONGEST_GREETING = 6

# What to say instead, by rule or family, in the order in which it is tried; "" leaves the sentence out.
PRIVATE = ("privacy", "contact", "listen", "thanks")
HEARD = ("listen", "contact", "thanks")
INVITED = ("contact", "listen", "thanks")
THANKED = ("thanks",)
WISHED = ("wish", "thanks")
INSTEAD = {
    "denial": PRIVATE,
    "clinical": PRIVATE,
    "appointment": PRIVATE,
    "billing": PRIVATE,
    "relative": PRIVATE,
    "record": PRIVATE,
    "identifier": INVITED,
    "relationship.privacy": PRIVATE,
    "relationship.conditional": PRIVATE,
    "relationship.yours": PRIVATE,
    "relationship.dismissed": PRIVATE,
    "relationship": THANKED,
    "visit": THANKED,
    "visit.return": WISHED,
    "relationship.future": WISHED,
    "relationship.again": WISHED,
    "relative.event": WISHED,
    "record.contact": INVITED,
    "record.link": INVITED,
    "record.complaint": INVITED,
    "record.agree": HEARD,
    "conduct": HEARD,
    "conduct.question": INVITED,
    "conduct.incentive": INVITED,
    "manners.case": INVITED,
    "manners.apology": ("regret", "listen", "thanks"),
    "manners.stuffed": THANKED,
}
PRAISED = ("thanks", "glad", "wish")  # after a good review, whatever the finding


def purpose_of(draft: Draft, place: int, finding: Finding, said: str, is_new: list[str]) -> str:
    """Return what the sentence in this place should be for; "" when it is better left out."""
    known, sentence = neutral(draft.language), draft.sentences[place]
    is_short = len(sentence.words) <= LONGEST_GREETING and len(draft.sentences) > 1
    if finding.family == "name" and is_short and not known["thanks"].is_said(sentence.folded):
        return ""  # a salutation
    is_last_hope = place == max(draft.gone) and not is_new and not any(speaks(s) for _, s in draft.kept())
    if len(is_new) >= MOST_NEW:
        return ""
    for purpose in _order(draft, finding):
        if purpose in is_new or not _fits(draft, place, purpose) or not _is_allowed(draft.context, purpose):
            continue
        if _names_reviewer(draft.context, spoken(draft, purpose)):
            continue
        if not known[purpose].is_said(said):
            return purpose
    if not is_last_hope:
        return ""
    return next((purpose for purpose in ("thanks", "listen", "contact") if not known[purpose].is_said(said)), "thanks")


def more(draft: Draft, finding: Finding) -> str:
    """Return what else a reply should say of which nothing but the thanks is left; "" for nothing."""
    order = [purpose for purpose in _order(draft, finding) if purpose not in {"thanks", "wish", "glad"}]
    return next((purpose for purpose in order if _is_allowed(draft.context, purpose)), "")


def _order(draft: Draft, finding: Finding) -> tuple[str, ...]:
    family = finding.rule.split(".")[0]
    if draft.context.stars and draft.context.stars >= GOOD:
        return PRAISED
    order = INSTEAD.get(finding.rule) or INSTEAD.get(family, THANKED)
    return ("thanks", *(purpose for purpose in order if purpose != "thanks"))


def _fits(draft: Draft, place: int, purpose: str) -> bool:
    """Return whether a sentence may stand here: thanks before all that is said, wishes after it, nothing after those."""
    before = draft.sentences[place - 1] if place and place - 1 not in draft.gone else None
    if before and len(before.words) <= LONGEST_GREETING and neutral(draft.language)["wish"].is_said(before.folded):
        return False
    if purpose == "thanks":
        return not any(speaks(s) for p, s in draft.kept() if p < place)
    if purpose == "wish":
        return not any(p > place for p, _ in draft.kept()) and place == max(draft.gone) and place > 0
    return True


def _names_reviewer(context: Context, said: str) -> bool:
    """Return whether a sentence happens to hold the name of the reviewer: somebody may be called Best."""
    return not set(fold(context.reviewer).text.split()).isdisjoint(fold(said).text.rstrip(".").split())


def _is_allowed(context: Context, purpose: str) -> bool:
    """Return whether the profile's options let a reply say this."""
    name = {"regret": "apology", "privacy": "privacy"}.get(purpose)
    return name is None or option(context, name) != "none"


def spoken(draft: Draft, purpose: str) -> str:
    return neutral(draft.language)[purpose].say(draft.text, is_familiar=is_familiar(draft.language, draft.text))
