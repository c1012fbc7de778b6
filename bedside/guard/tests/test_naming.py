"""Names in a reply: the displayed one, another one, and what only looks like one."""

import pytest

from bedside.guard import Context, check


@pytest.mark.parametrize(
    ("text", "reviewer", "language", "rules"),
    [
        ("Hola Fer, gracias por escribir.", "Fernanda", "es", {"identity.name"}),
        ("Thanks Dave, we heard you.", "bigdave", "en", {"identity.name"}),
        ("Ciao Torino, grazie della critica.", "Sergio_TO", "it", {"identity.name"}),
        ("Dear Mr Waleed, thank you for writing.", "M. R.", "en", {"identity.unmask"}),
        ("Thank you, Maria!", "gartenfee77", "en", {"identity.unmask"}),
        ("Liebe Grüsse", "Jasmina", "de", set()),
        ("Estimado Sr., gracias por escribir.", "Luis Alberto C.", "es", set()),
        ("GRAZIE MILLE!", "Aldo", "it", set()),
        ("Infekte und Vorsorge trennen wir durch zwei Eingänge.", "Lena und Tim", "de", set()),
        ("Knitted hats are made by volunteers, and the lounge has a basket.", "The Patels", "en", set()),
        ("Estimada familia, gracias por el mensaje.", "Hugo y familia", "es", set()),
        ("Gracias, Hugo.", "Hugo y familia", "es", {"identity.name"}),
    ],
)
def test_a_name_unmasks_only_when_it_is_another(text, reviewer, language, rules):
    found = check(text, Context(language=language, reviewer=reviewer)).findings
    assert {finding.rule for finding in found if finding.rule.startswith("identity.")} == rules
