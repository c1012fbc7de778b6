import time

import pytest

from bedside.guard import Context, Severity, TextKind, check
from bedside.guard.publishing import has_opt_out, has_source, short_names, without_links
from bedside.guard.verdict import Verdict
from bedside.guard.words import words
from bedside.text.normalise import fold

FLAGGED = [
    ("en", "post.guarantee", "We guarantee perfect results."),
    ("de", "post.guarantee", "Wir garantieren ein schmerzfreies Implantat."),
    ("es", "post.guarantee", "Implantes con resultado asegurado al 100 %."),
    ("fr", "post.guarantee", "Réussite garantie à 100 %."),
    ("it", "post.guarantee", "Successo garantito al 100%."),
    ("en", "post.cure", "Say goodbye to migraine for good."),
    ("de", "post.cure", "Unsere Infusion heilt Migräne dauerhaft."),
    ("es", "post.cure", "Adiós para siempre a las migrañas."),
    ("fr", "post.cure", "Guérissez du diabète en 90 jours."),
    ("it", "post.cure", "Guarisci dal diabete in 90 giorni."),
    ("en", "post.drug", "Ozempic is back in stock, book now!"),
    ("de", "post.drug", "Ozempic wieder lieferbar, jetzt Termin sichern!"),
    ("es", "post.drug", "Ozempic para adelgazar, ya disponible."),
    ("fr", "post.drug", "Ozempic pour mincir, disponible chez nous."),
    ("it", "post.drug", "Ozempic per dimagrire, disponibile da noi."),
]
HARMLESS = [
    ("en", "We can guarantee no result; nobody can."),
    ("de", "Unsere Praxis ist am Karfreitag geschlossen."),
    ("es", "Buscamos fisioterapeuta a media jornada."),
    ("fr", "Portes ouvertes samedi de 9 h à 12 h."),
    ("it", "Da lunedì orario continuato dalle 8 alle 18."),
]
WAYS_OUT = [
    "Scrivetelo qui: a.example/vola. Con NO vi togliamo dalla lista.",
    "Schreiben Sie uns: a.example/sicht. „Nein danke“ genügt.",
    "Ihre Meinung: a.example/sicht. Und wer nicht will: a.example/ende",
    "Díganos lo que piensa: a.example/pero. Borrarse: a.example/adios",
    "Tell us how it was: a.example/r. If you'd rather not get this yearly mail, use the link below.",
    'A review would help: a.example/r. Or click "never ask me" below.',
    "Schreiben Sie uns: a.example/r. Wer nicht mag, antwortet mit einem Wort.",
    "Ihre Meinung: a.example/r. „Bitte nicht mehr“ als Antwort genügt.",
    "Díganos qué le pareció: a.example/r. Si no quieres más, dilo.",
    "Votre avis : a.example/r. Pas intéressée ? Un mot suffit.",
    "Ci dica la sua: a.example/r. Non vuole? Basta dirlo.",
    "Reply STOP to opt out.",
    "Don't want these texts? Reply NO.",
    "If you'd rather not hear from us, click here.",
    "Abmelden mit ENDE.",
    "Wollen Sie nicht mehr angeschrieben werden, genügt eine Zeile.",
    "Keine Nachrichten mehr? Antworten Sie NEIN.",
    "Responda BAJA.",
    "Si no desea recibir más avisos, díganoslo.",
    "Pour ne plus rien recevoir, répondez FIN.",
    "Si vous ne souhaitez plus recevoir nos messages, écrivez-nous.",
    "Per non ricevere altro rispondete FINE.",
    "Può cancellarsi con un clic.",
]
NO_WAY_OUT = [
    "Please tell us what you think, good or bad: clinic.example/r",
    "Bitte sagen Sie uns Ihre ehrliche Meinung.",
    "Díganos su opinión sincera.",
    "Dites-nous votre avis sincère.",
    "Ci dica il suo parere sincero.",
]
SOURCED = [
    "Source: cdc.gov/flu",
    "doi:10.1016/S0140-6736(15)01024-7",
    "laut RKI",
    "según la OMS",
    "selon la HAS",
    "secondo l'ISS",
    "S3-Leitlinie Kreuzschmerz",
]
UNSOURCED = ["Who knew?", "That was nice of her.", "Studies show it.", "Wer hat das gedacht?", "A source of joy."]


def post(text: str, **more: str) -> Verdict:
    return check(text, Context(kind=TextKind.POST, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(("language", "rule", "text"), FLAGGED)
def test_a_rule_of_posts_blocks_in_every_language(language: str, rule: str, text: str) -> None:
    verdict = post(text, language=language)
    assert verdict.is_blocked and rule in {finding.rule for finding in verdict.findings}


@pytest.mark.parametrize(("language", "text"), HARMLESS)
def test_a_harmless_post_does_not_block(language: str, text: str) -> None:
    assert not post(text, language=language).is_blocked


@pytest.mark.parametrize("text", WAYS_OUT)
def test_a_way_to_opt_out_is_found(text: str) -> None:
    assert has_opt_out(text)


@pytest.mark.parametrize("text", NO_WAY_OUT)
def test_a_message_without_a_way_out_blocks(text: str) -> None:
    assert not has_opt_out(text)
    assert check(text, Context(kind=TextKind.REQUEST)).is_blocked


def test_a_card_reaches_only_who_takes_it() -> None:
    assert not check("Tell us how it was: a.example/r", Context(kind=TextKind.REQUEST, channel="print")).is_blocked


@pytest.mark.parametrize("text", SOURCED)
def test_a_source_is_found(text: str) -> None:
    assert has_source(text)


@pytest.mark.parametrize("text", UNSOURCED)
def test_an_everyday_word_is_no_source(text: str) -> None:
    assert not has_source(text)


def test_a_testimonial_blocks_where_the_law_forbids_it() -> None:
    text = "«Ils ont changé ma vie, allez-y les yeux fermés», nous écrit une patiente."
    assert post(text, language="fr").severity is Severity.WARN
    assert post(text, language="fr", profile="fr").is_blocked


def test_before_and_after_blocks_where_the_law_forbids_it() -> None:
    text = "Vorher/nachher: drei Monate Retinoid. Wischen!"
    assert post(text, language="de").severity is Severity.WARN
    assert post(text, language="de", profile="de").is_blocked


def test_a_channel_has_its_own_number_of_hashtags() -> None:
    text = "New chairs! #a #b #c #d #e #f"
    assert {finding.rule for finding in post(text, channel="instagram").findings} == {"post.hashtags"}
    assert not post(text, channel="facebook").findings


def test_a_clinic_is_known_by_a_part_of_its_name() -> None:
    assert "Ribera Alta" in short_names(("Policlínica Ribera Alta",))
    assert "Ribera" not in short_names(("Policlínica Ribera Alta",))


def test_a_link_is_one_word() -> None:
    folded = fold("Write to us: clinic.example/r or team@clinic.example. Thanks.")
    assert [word.text for word in without_links(words(folded), folded)][-6:] == ["www", "or", "www", ".", "thanks", "."]


@pytest.mark.parametrize("kind", [TextKind.POST, TextKind.REQUEST])
@pytest.mark.parametrize("piece", ["http://a.b/ ", "«my life» ", "no risk! ", "5 stars. ", "a.bb "])
def test_time_grows_in_step_with_length(kind: TextKind, piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * (length // len(piece) + 1))[:length]
        start = time.process_time()
        check(text, Context(kind=kind, language="en"))
        return time.process_time() - start

    seconds(1000)
    assert seconds(24_000) < 12 * seconds(4_000) + 0.5
