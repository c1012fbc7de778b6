"""What hides words from a reader of symbols, and does not hide them from a reader: none of it hides a block."""

import re
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedside.guard import Context, check
from bedside.guard.examples import Example, read_examples
from bedside.guard.misspelling import SHORTEST, TELLING
from bedside.guard.pack import LANGUAGES, load
from bedside.guard.rules import RULES
from bedside.guard.verdict import Severity, TextKind
from bedside.text.normalise import LOOKALIKES

BLOCKING = [
    example
    for language in LANGUAGES
    for example in read_examples(language)
    if RULES[example.rule].severity is Severity.BLOCK
    and TextKind.REPLY in RULES[example.rule].kinds
    and check(example.positive, example.context).is_blocked
]
ALIKE = {plain: strange for strange, plain in LOOKALIKES.items()}
INVISIBLE = ["\u200b", "\u200c", "\u200d", "\u2060", "\u00ad", "\ufeff"]


def insert(text: str, data: st.DataObject) -> str:
    place = data.draw(st.integers(0, len(text)))
    return text[:place] + data.draw(st.sampled_from(INVISIBLE)) + text[place:]


def entity(text: str, data: st.DataObject) -> str:
    place = data.draw(st.integers(0, len(text) - 1))
    return f"{text[:place]}&#{ord(text[place])};{text[place + 1 :]}"


def lookalike(text: str, data: st.DataObject) -> str:
    places = [place for place, letter in enumerate(text) if letter.isalpha() and letter in ALIKE]
    place = data.draw(st.sampled_from(places)) if places else 0
    return text[:place] + ALIKE.get(text[place], text[place]) + text[place + 1 :]


def wide(text: str, data: st.DataObject) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalpha() else c for c in text)


def recased(text: str, data: st.DataObject) -> str:
    return "".join(data.draw(st.sampled_from([str.lower, str.upper]))(c) if len(c.upper()) == 1 else c for c in text)


@pytest.mark.parametrize("trick", [insert, entity, lookalike, wide], ids=lambda f: f.__name__)
@given(example=st.sampled_from(BLOCKING), data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_trick_with_letters_hides_no_block(
    trick: Callable[[str, st.DataObject], str], example: Example, data: st.DataObject
) -> None:
    if example.rule.startswith("identi"):
        return  # numbers, addresses and placeholders are read as they stand
    assert check(trick(example.positive, data), example.context).is_blocked


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_swapped_letters_hide_no_telling_word(language: str) -> None:
    lexicon = load(language).lexicon
    tellings = sorted(
        word
        for word, concepts in lexicon.exact.items()
        if TELLING & concepts and word.isalpha() and len(word) >= SHORTEST
    )
    seen = hidden = 0
    for word in tellings:
        for place in range(1, len(word) - 3):
            slip = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
            if slip != word and not lexicon.has(slip):
                seen += 1
                hidden += not TELLING & lexicon.concepts(slip)
    assert seen > 1000 and hidden / seen < 0.03  # where a slip may mean two words


MISSPELT = [
    ("en", "Your appoinment was cancelled by you."),
    ("en", "Your tratement went as planned."),
    ("en", "Your isnurance denied the claim."),
    ("en", "Your sugrery went well."),
    ("de", "Ihre Opreation verlief gut."),
    ("de", "Ihre Krankenkase hat das abgelehnt."),
    ("es", "Su opreación salió bien."),
    ("fr", "Votre opréation s'est bien passée."),
    ("it", "Il suo intrevento è andato bene."),
]


@pytest.mark.parametrize(("language", "text"), MISSPELT)
def test_a_misspelt_word_is_read_as_the_word_that_is_meant(language: str, text: str) -> None:
    assert check(text, Context(language=language)).is_blocked


ORDINARY = ["mediation", "selling", "singles", "created", "patience", "carefully", "messages", "historical"]


@pytest.mark.parametrize("word", ORDINARY)
def test_an_ordinary_word_is_no_misspelling(word: str) -> None:
    assert not TELLING & load("en").lexicon.concepts(word)


TAGS = [
    ("en", "Thank you! #YourRootCanal"),
    ("en", "Thank you! #yourrootcanal"),
    ("en", "#ThankYouForYourVisit"),
    ("en", "#thankyouforyourvisit"),
    ("de", "Danke! #IhrTermin"),
    ("de", "Danke! #ihrtermin"),
    ("es", "¡Gracias! #SuCita"),
    ("fr", "Merci ! #VotreRendezVous"),
    ("it", "Grazie! #IlSuoAppuntamento"),
]


@pytest.mark.parametrize(("language", "text"), TAGS)
def test_a_hashtag_hides_nothing(language: str, text: str) -> None:
    verdict = check(text, Context(language=language))
    assert verdict.severity.rank >= Severity.WARN.rank
    assert all(0 <= f.start <= f.marked[0] < f.marked[1] <= f.end for f in verdict.findings)


def test_a_hashtag_of_the_clinic_passes() -> None:
    assert check("We are hiring! #TeamWork #openinghours", Context(language="en")).severity is Severity.PASS


LINKS = [
    "https://clinic.example/your-root-canal",
    "clinic.example/your_surgery_went_well",
    "clinic.example/YourBiopsy",
]


@pytest.mark.parametrize("link", LINKS)
def test_words_in_the_path_of_the_clinics_own_link_are_read(link: str) -> None:
    context = Context(language="en", contacts=("clinic.example", "https://clinic.example"))
    assert check(f"Thank you. {link}", context).is_blocked
    assert not check("Thank you. https://clinic.example/opening-hours", context).findings


WRAPPED = ["You missed\ntwo appointments.", "You missed<br>two appointments."]


@pytest.mark.parametrize("text", WRAPPED)
def test_a_sentence_that_goes_on_in_the_next_line_is_one(text: str) -> None:
    spans = [f.marked for f in check(text, Context(language="en")).findings if f.rule == "appointment.missed"]
    assert any(re.search("missed.*two", text[slice(*span)], re.DOTALL) for span in spans)


def test_many_hashtags_take_no_more_time_than_they_have_letters() -> None:
    begun = time.process_time()
    check(" ".join(f"#{'thankyou' * 7}{number:x}" for number in range(1500)), Context(language="en"))
    assert time.process_time() - begun < 3
