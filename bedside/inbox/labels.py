"""The words for what triage hears: topics, risks, moods, languages. One table each, for every screen."""

from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

RISKS = {
    "self_harm": _("Self-harm"),
    "medical_emergency": _("Emergency"),
    "adverse_event": _("Harm after care"),
    "violence": _("Violence"),
    "legal_threat": _("Legal"),
    "media_threat": _("Media"),
    "discrimination": _("Discrimination"),
    "minor_involved": _("Child at risk"),
    "privacy": _("Privacy"),
}
GRAVE = {"self_harm", "medical_emergency", "violence", "minor_involved", "adverse_event"}
TOPICS = {
    "waiting_time": _("Waiting time"),
    "appointments": _("Appointments"),
    "telephone": _("Telephone"),
    "reception": _("Reception"),
    "staff": _("Staff"),
    "communication": _("Communication"),
    "treatment": _("Treatment"),
    "results": _("Results"),
    "medication": _("Medication"),
    "billing": _("Billing"),
    "privacy": _("Privacy"),
    "facilities": _("Premises"),
    "cleanliness": _("Cleanliness"),
    "access": _("Access"),
    "food": _("Food"),
    "continuity": _("Continuity"),
    "organisation": _("Organisation"),
    "online": _("Online"),
    "other": _("Other"),
}
MOODS = {
    "positive": _("positive"),
    "neutral": _("neutral"),
    "negative": _("negative"),
    "mixed": _("mixed"),
}


def risk(name: str) -> str:
    """Return the word for a risk; its own name when it has none yet."""
    return str(RISKS.get(name, capfirst(name.replace("_", " "))))


def topic(name: str) -> str:
    """Return the word for a topic; its own name when it has none yet."""
    return str(TOPICS.get(name, capfirst(name.replace("_", " "))))


def topic_list(names: list[str]) -> str:
    """Return the words for topics."""
    return ", ".join(topic(name) for name in names)


def language(code: str) -> str:
    """Return the name of a language in the interface's language; the code when it is unknown."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def is_grave(name: str) -> bool:
    """Return whether a risk is shown as a stop, not as care."""
    return name in GRAVE
