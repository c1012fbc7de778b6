"""What the composer draws under the words, and what a rewrite puts in their place."""

import pytest
from django.urls import reverse

from bedside.guard import Context, Severity, check
from bedside.inbox.composing import compose, marks, use
from bedside.testing import make_member, make_review

TEXT = "Thanks for dropping in! We have no record of you in our files. Parking is free behind the house."


def test_the_words_that_count_are_marked_and_not_the_sentence():
    verdict = check(TEXT, Context(language="en"))
    drawn = [mark for mark in marks(TEXT, verdict.findings) if mark.number]
    assert "".join(mark.text for mark in marks(TEXT, verdict.findings)) == TEXT
    assert drawn and all(not mark.text.endswith(".") for mark in drawn)


def test_a_rewrite_replaces_what_cannot_be_said():
    verdict = check(TEXT, Context(language="en"))
    text = TEXT
    for number in range(len(verdict.findings), 0, -1):
        text = use(text, verdict.findings, number)
    assert check(text, Context(language="en")).severity is Severity.PASS
    assert text.endswith("Parking is free behind the house.")


@pytest.fixture
def review(db):
    return make_review(text="Nobody answers the telephone.", stars=2)


def test_a_finding_in_a_mended_sentence_names_its_rewrite(review):
    text = "Dr. Weber, who saw you on Monday, recalls your surgery. Parking is free."
    composer = compose(review.conversation, review, text=text)
    numbers = [composer.mended_by(finding) for finding in composer.verdict.findings]
    carrier = numbers.index(0) + 1
    assert composer.verdict.findings[carrier - 1].suggestion is not None
    assert set(numbers) == {0, carrier}


def test_all_rewrites_at_once_leave_nothing_to_mend(client, review):
    member = make_member(organisation=review.conversation.organisation)
    client.force_login(member.user)
    answer = client.post(
        reverse("check", args=[review.conversation.pk]), {"text": TEXT, "mention": review.pk, "use": "all"}
    )
    assert answer.status_code == 200
    assert b"no record of you" not in answer.content and b"Parking is free" in answer.content


def test_the_page_says_what_a_rewrite_replaces(client, review):
    member = make_member(organisation=review.conversation.organisation)
    client.force_login(member.user)
    text = "Dr. Weber, who saw you on Monday, recalls your surgery. Parking is free."
    page = client.post(reverse("check", args=[review.conversation.pk]), {"text": text, "mention": review.pk})
    assert "Instead of the sentence:" in page.content.decode() and "mends this too" in page.content.decode()
