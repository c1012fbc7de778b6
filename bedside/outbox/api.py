"""The guard for programs: POST /api/v1/guard, the contract of `bedside guard --jsonl`."""

from __future__ import annotations

from typing import Any, Literal

from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema

from bedside.accounts.models import ApiKey, Location
from bedside.guard import check
from bedside.guard.command import as_json, context_of

router = Router(tags=["guard"])
MOST_TEXT = 100_000  # characters
Words = list[str] | str


class Question(Schema):
    """A text and what may be known about it. `location` fills in what the organisation keeps of one of its locations."""

    text: str = Field(max_length=MOST_TEXT)
    id: str | int | None = None
    kind: Literal["reply", "post", "request"] = "reply"
    language: str = ""
    ui_language: str = "en"
    profile: str = ""
    channel: str = ""
    review: str = Field("", max_length=MOST_TEXT)
    reviewer: str = ""
    stars: int | None = Field(None, ge=1, le=5)
    clinic: Words = []
    contacts: Words = []
    staff: Words = []
    recent: Words = []
    options: dict[str, str] = {}
    location: int | None = None


class Found(Schema):
    """What one rule flags. `suggestion` replaces the code points from `start` to `end`; `marked` are those that count."""

    rule: str
    family: str
    severity: Literal["note", "warn", "block"]
    start: int
    end: int
    text: str
    marked: tuple[int, int]
    message: str
    suggestion: str | None
    source: str


class Answer(Schema):
    id: str | int | None
    severity: Literal["pass", "note", "warn", "block"]
    language: str
    findings: list[Found]


@router.post("/guard", response=Answer, operation_id="guard", url_name="api_guard")
def guard(request: HttpRequest, question: Question) -> dict[str, Any]:
    """Check one text. Nothing of it is kept."""
    asked = question.dict(exclude_unset=True)
    if question.location is not None:
        key: ApiKey = request.auth  # type: ignore[attr-defined]
        kept = _of_location(key, question.location)
        asked = kept | {name: value for name, value in asked.items() if value}
        asked["options"] = kept["options"] | question.options
    return {"id": question.id, **as_json(check(question.text, context_of(asked)))}


def _of_location(key: ApiKey, pk: int) -> dict[str, Any]:
    location = Location.objects.of(key.organisation).filter(pk=pk).first()
    if location is None:
        raise Http404("There is no such location.")
    return {
        **location.rules,
        "clinic": [key.organisation.name, location.name],
        "contacts": list(location.contacts),
        "staff": list(location.practitioners.values_list("name", flat=True)),
    }
