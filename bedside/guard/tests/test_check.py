import pytest

from bedside.guard import Context, Severity, check, rewrite

BLOCKED = [
    "We have no record of you as a patient.",
    "Your root canal went as planned.",
    "You missed two appointments.",
    "Your insurance denied the claim.",
    "Your mother was in good hands.",
    "See you next time!",
    "Sie waren nie bei uns in Behandlung.",
    "Ihre Krankenkasse hat die Kosten nicht übernommen.",
    "Ihr Termin wurde verschoben.",
]
SAFE = [
    "Thank you for taking the time to share your feedback.",
    "We treat all our patients with respect.",
    "Because of privacy rules we do not discuss anyone's care in public.",
    "Please visit our website.",
    "Vielen Dank für Ihre Rückmeldung.",
    "Aus Datenschutzgründen äussern wir uns öffentlich zu niemandem.",
]


@pytest.mark.parametrize("text", BLOCKED)
def test_a_disclosure_blocks(text: str) -> None:
    assert check(text).severity is Severity.BLOCK


@pytest.mark.parametrize("text", SAFE)
def test_a_safe_reply_passes(text: str) -> None:
    assert check(text).severity is Severity.PASS


@pytest.mark.parametrize("text", BLOCKED)
def test_rewriting_ends_in_a_text_that_passes(text: str) -> None:
    for _ in range(4):
        text = rewrite(text, check(text))
    assert not check(text).is_blocked


def test_the_name_of_the_reviewer_is_a_warning_with_a_rewrite() -> None:
    verdict = check("Thank you for your feedback, Alma.", Context(reviewer="Alma Q."))
    assert verdict.severity is Severity.WARN
    assert rewrite("Thank you for your feedback, Alma.", verdict) == "Thank you for your feedback."


def test_a_finding_points_at_its_words() -> None:
    text = "🙂 Thanks – your surgery went well."
    for finding in check(text).findings:
        assert text[finding.start : finding.end] == finding.text


def test_a_text_in_a_language_without_a_pack_is_for_somebody_who_reads_it() -> None:
    verdict = check("Muito obrigado pela sua avaliação, ficamos à disposição de todos.", Context(ui_language="fr"))
    (finding,) = (finding for finding in verdict.findings if finding.rule == "language.unread")
    assert finding.severity is Severity.WARN
    assert finding.message.startswith("Bedside ne sait pas lire")
