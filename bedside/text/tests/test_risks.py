"""Every risk in its language, beside near misses that must not alarm anybody."""

import pytest

from bedside.text import Urgency, assess

EMERGENCIES = [
    ("en", "self_harm", "I want to kill myself, nobody at your clinic picks up the phone."),
    ("en", "medical_emergency", "I can't breathe since the injection this morning, please help"),
    ("en", "violence", "I will come back with a gun and shoot every one of you."),
    ("de", "self_harm", "Ich will nicht mehr leben und bei Ihnen geht keiner ans Telefon."),
    ("de", "medical_emergency", "Mein Sohn bekommt seit der Spritze keine Luft mehr!"),
    ("de", "violence", "Ich bringe euch alle um!"),
    ("es", "self_harm", "Quiero morirme, no puedo seguir así y nadie me coge el teléfono."),
    ("es", "medical_emergency", "Mi hijo no puede respirar desde la vacuna, ayuda por favor"),
    ("es", "violence", "Voy a ir con un cuchillo y os voy a matar."),
    ("fr", "self_harm", "J'ai envie de mourir, personne ne me répond."),
    ("fr", "medical_emergency", "Ma fille n'arrive plus à respirer depuis la piqûre !"),
    ("fr", "violence", "Je vais venir avec une arme et vous tuer."),
    ("it", "self_harm", "Voglio farla finita e nessuno mi risponde."),
    ("it", "medical_emergency", "Mio figlio non riesce a respirare dopo il vaccino, aiuto!"),
    ("it", "violence", "Vengo lì con la pistola e vi ammazzo tutti."),
]

GRAVE = [
    ("en", "legal_threat", "You'll hear from my lawyer."),
    ("en", "media_threat", "I'm a journalist at the Evening Herald and writing an article about private clinics."),
    ("en", "privacy", "They sent my test results to my employer without my consent."),
    ("en", "discrimination", "The receptionist told me to go back to my country. Racist place."),
    ("en", "adverse_event", "My 4-year-old got an infection after the surgery and nobody answered."),
    ("en", "minor_involved", "My 4-year-old got an infection after the surgery and nobody answered."),
    ("en", "violence", "I know where Dr Keller lives. You will regret this."),
    ("en", "violence", "The nurse slapped my mother."),
    ("de", "legal_threat", "Sie hören von meinem Anwalt!"),
    ("de", "media_threat", "Ich recherchiere für die Abendpost über Wartezeiten in Kliniken."),
    ("de", "privacy", "Die Arzthelferin hat meine Diagnose laut im Wartezimmer gerufen."),
    ("de", "discrimination", "Wegen meines Kopftuchs wurde ich schlechter behandelt."),
    ("de", "adverse_event", "Nach der OP hat sich die Wunde entzündet, Dr. Huber hat mich weggeschickt."),
    ("de", "violence", "Die Pflegerin hat meine Mutter geschlagen."),
    ("es", "legal_threat", "Mi abogado se pondrá en contacto con ustedes."),
    ("es", "media_threat", "Soy periodista de El Faro y preparo un reportaje sobre clínicas dentales."),
    ("es", "privacy", "Contaron mi diagnóstico a mi jefe sin mi consentimiento."),
    ("es", "discrimination", "Me trataron mal por ser extranjera."),
    ("es", "adverse_event", "Después de la cirugía la herida se infectó."),
    ("es", "violence", "Sé dónde vive la doctora Ruiz, se va a arrepentir."),
    ("fr", "legal_threat", "Vous aurez des nouvelles de mon avocat."),
    ("fr", "media_threat", "Je suis journaliste à La Gazette et je prépare un article sur les cliniques."),
    ("fr", "privacy", "La secrétaire a crié mon diagnostic devant tout le monde."),
    ("fr", "discrimination", "On a refusé de me soigner parce que je suis voilée."),
    ("fr", "adverse_event", "L'opération m'a laissé une infection, j'ai fini aux urgences."),
    ("fr", "violence", "Je sais où vous habitez, vous allez le regretter."),
    ("it", "legal_threat", "Sentirete il mio avvocato."),
    ("it", "media_threat", "Sono una giornalista del Corriere Alpino e sto scrivendo un articolo sulle attese."),
    ("it", "privacy", "Hanno mandato i miei referti a un'altra persona."),
    ("it", "discrimination", "Mi hanno trattata male perché sono straniera."),
    ("it", "adverse_event", "Dopo l'intervento la ferita si è infettata."),
    ("it", "violence", "So dove abita la dottoressa, ve ne pentirete."),
]

NEAR_MISSES = [
    ("en", "Dr Marlow is the bomb! Killed it again."),
    ("en", "Five years ago I wanted to die. Your therapist saved my life, thank you."),
    ("en", "My brother was suicidal last year and this clinic helped him a lot."),
    ("en", "I went to the ER with chest pain and they were wonderful."),
    ("en", "Wonderful care, I never had to wait and was never in pain."),
    ("en", "My neighbour is a lawyer and recommended this clinic."),
    ("en", "I saw you on the local news, great interview."),
    ("de", "Vor zehn Jahren wollte ich mich umbringen, heute geht es mir dank Ihnen gut."),
    ("de", "Die Ärztin ist der Hammer, sie hat den Nerv schmerzlos abgetötet."),
    ("de", "Keine Komplikationen, alles bestens."),
    ("de", "Ich bin Anwalt und gehe seit Jahren gern in diese Praxis."),
    ("es", "Hace años quería suicidarme; hoy estoy bien gracias a la doctora Peña."),
    ("es", "La doctora es la bomba, me encanta."),
    ("fr", "Il y a dix ans je voulais mourir, aujourd'hui je vais bien grâce au docteur Morel."),
    ("fr", "Aucune complication, équipe formidable."),
    ("it", "Dieci anni fa volevo uccidermi, oggi sto bene grazie alla dottoressa."),
    ("it", "Il dottore è una bomba!"),
]


@pytest.mark.parametrize(("language", "risk", "text"), EMERGENCIES)
def test_danger_to_life_is_an_emergency(language: str, risk: str, text: str) -> None:
    found = assess(text, language=language)
    assert risk in found.risks
    assert found.urgency is Urgency.EMERGENCY


@pytest.mark.parametrize(("language", "risk", "text"), GRAVE)
def test_harm_or_a_threat_is_of_high_urgency(language: str, risk: str, text: str) -> None:
    found = assess(text, language=language)
    assert risk in found.risks
    assert found.urgency is Urgency.HIGH


@pytest.mark.parametrize(("language", "text"), NEAR_MISSES)
def test_near_miss_alarms_nobody(language: str, text: str) -> None:
    found = assess(text, language=language)
    assert found.risks == ()
    assert found.urgency is Urgency.LOW


def test_every_risk_is_explained_by_words_of_the_text() -> None:
    for language, _, text in EMERGENCIES + GRAVE:
        found = assess(text, language=language)
        assert set(found.risks) <= {span.label for span in found.spans}
