from datetime import date

import pytest

from bedside.guard import Context, Severity, TextKind, check, rewrite
from bedside.guard.command import context_of
from bedside.guard.document import changes
from bedside.guard.profiles import OPTIONS, PROFILES, Profile, option
from bedside.guard.rule import PROFILES as NAMES
from bedside.guard.rules import RULES

POSTS = [
    ("de", "post.before_after", "Vorher-Nachher-Bilder unserer Lippenbehandlungen."),
    ("at", "post.before_after", "Vorher-Nachher-Bilder unserer Lippenbehandlungen."),
    ("ch", "post.before_after", "Vorher-Nachher-Bilder unserer Lippenbehandlungen."),
    ("fr", "post.before_after", "Photos avant/après de nos blanchiments."),
    ("fr", "post.testimonial", "Témoignage de Sophie : « Le docteur m'a sauvé la vie, je recommande ce cabinet ! »"),
    ("fr", "post.promotion", "Nous sommes les meilleurs dentistes de la ville."),
    ("it", "post.before_after", "Guarda il prima e dopo di questa rinoplastica!"),
    ("it", "post.price", "Pulizia dei denti con sconto del 20 % in maggio."),
    ("es", "post.before_after", "Vea el antes y el después de nuestras pacientes de rinoplastia."),
    ("es", "post.testimonial", "«Esta clínica me cambió la vida», cuenta Marta, paciente nuestra."),
]


@pytest.mark.parametrize(("name", "rule", "text"), POSTS, ids=lambda part: str(part)[:20])
def test_a_post_is_judged_by_the_law_of_its_country(name: str, rule: str, text: str) -> None:
    def severity(profile: str) -> Severity:
        verdict = check(text, Context(kind=TextKind.POST, profile=profile))
        assert rule in {finding.rule for finding in verdict.findings}
        return verdict.severity

    assert severity("us-hipaa") is Severity.WARN
    assert severity(name) is Severity.BLOCK
    assert severity("nowhere") is severity("us-hipaa")


def test_every_change_of_every_profile_has_such_a_text() -> None:
    shown = {(name, rule) for name, rule, _ in POSTS}
    assert {(p.name, change.rule) for p in PROFILES.values() for change in p.changes} == shown


@pytest.mark.parametrize("name", ["eu", "at"])
def test_the_displayed_name_is_a_note_where_the_reviewer_made_it_public(name: str) -> None:
    text = "Thank you for your feedback, Alma."
    assert check(text, Context(reviewer="Alma Q.")).severity is Severity.WARN
    assert check(text, Context(reviewer="Alma Q.", profile=name)).severity is Severity.NOTE


def test_austria_lets_a_reply_use_the_bare_fact_that_the_review_states() -> None:
    text, review = "Sie sind Patientin bei uns.", "Ich war als Patientin dort und kam nie dran."
    for name in ("us-hipaa", "de", "ch", "es", "eu"):
        assert check(text, Context(language="de", review=review, profile=name)).is_blocked
    assert not check(text, Context(language="de", review=review, profile="at")).is_blocked
    assert check(text, Context(language="de", review="Unfreundlich am Telefon.", profile="at")).is_blocked
    assert check("Ihre Sehnenreizung heilt.", Context(language="de", review=review, profile="at")).is_blocked


CHOICES = [
    ("apology", "none", "We are sorry to read this.", {}, Severity.PASS, Severity.WARN),
    ("privacy", "none", "For privacy we do not discuss anyone's care here.", {}, Severity.PASS, Severity.WARN),
    ("reply", "none", "Thank you for your feedback.", {}, Severity.PASS, Severity.WARN),
    ("reply", "praise", "Thank you for your feedback.", {"stars": 2}, Severity.PASS, Severity.WARN),
    ("reply", "praise", "Thank you for your feedback.", {"stars": 5}, Severity.PASS, Severity.PASS),
    ("name", "displayed", "Thank you, Alma, for your feedback.", {"reviewer": "Alma"}, Severity.WARN, Severity.NOTE),
    ("name", "never", "Thank you, Alma, for your feedback.", {"reviewer": "Alma"}, Severity.WARN, Severity.BLOCK),
    ("experience", "strict", "Every experience counts.", {}, Severity.PASS, Severity.WARN),
    (
        "patient",
        "stated",
        "You are a patient of ours.",
        {"review": "I have been a patient there and nobody called."},
        Severity.BLOCK,
        Severity.WARN,
    ),
]


@pytest.mark.parametrize(("name", "value", "text", "told", "usual", "then"), CHOICES)
def test_a_choice_changes_the_verdict(
    name: str, value: str, text: str, told: dict[str, object], usual: Severity, then: Severity
) -> None:
    asked = {"text": text, "language": "en", **told}
    assert check(text, context_of(asked)).severity is usual
    assert check(text, context_of(asked | {"options": {name: value}})).severity is then


def test_every_choice_but_the_usual_ones_has_such_a_text() -> None:
    shown = {(name, value) for name, value, *_ in CHOICES}
    assert {(o.name, choice.value) for o in OPTIONS.values() for choice in o.choices[1:]} == shown


SORRY = [
    ("es", "Lamentamos leer esto."),
    ("de", "Es tut uns leid, das zu lesen."),
    ("fr", "Nous sommes désolés."),
    ("it", "Ci dispiace leggerlo."),
]


@pytest.mark.parametrize(("language", "text"), SORRY)
def test_the_choices_hold_in_every_language(language: str, text: str) -> None:
    context = Context(language=language, options={"apology": "none"})
    verdict = check(text, context)
    assert "manners.apology" in {finding.rule for finding in verdict.findings}
    assert check(rewrite(text, verdict), context).severity is Severity.PASS


def test_a_choice_nobody_offers_is_the_usual_one() -> None:
    assert option(Context(options={"apology": "loud"}), "apology") == "generic"


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda profile: profile.name)
def test_a_profile_cites_the_law_for_all_it_changes(profile: Profile) -> None:
    sources = [profile.law, *(change.source for change in changes(profile))]
    sources += [choice.source for name in profile.options for choice in OPTIONS[name].choices]
    for source in sources:
        assert source.title and source.url.startswith("http") and date.fromisoformat(source.read)
    assert all(change.rule in RULES and change.why for change in changes(profile))
    assert all(value in {c.value for c in OPTIONS[name].choices} for name, value in profile.options.items())


def test_the_profiles_are_those_that_rules_know() -> None:
    assert tuple(PROFILES) == NAMES
