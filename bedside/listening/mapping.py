"""Which column of a file is what: suggested from the columns' names, chosen by a person, applied to every row."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bedside.accounts.models import Channel
from bedside.connectors.base import Incoming, Kind
from bedside.listening import values
from bedside.listening.rows import Reason
from bedside.listening.values import DateOrder

MOST_ID = 200  # characters; a longer id is replaced by its hash


class Part(StrEnum):
    """What a column can be."""

    TEXT = "text"
    RATING = "rating"
    AUTHOR = "author"
    POSTED_AT = "posted_at"
    EXTERNAL_ID = "external_id"
    URL = "url"
    LANGUAGE = "language"
    ANSWER = "answer"
    ANSWERED_AT = "answered_at"


LABELS: Mapping[Part, str | Promise] = MappingProxyType(
    {
        Part.TEXT: gettext_lazy("What was said"),
        Part.RATING: gettext_lazy("Stars"),
        Part.AUTHOR: gettext_lazy("Who said it"),
        Part.POSTED_AT: gettext_lazy("When"),
        Part.EXTERNAL_ID: gettext_lazy("Review number"),
        Part.URL: gettext_lazy("Web address"),
        Part.LANGUAGE: gettext_lazy("Language"),
        Part.ANSWER: gettext_lazy("Our answer"),
        Part.ANSWERED_AT: gettext_lazy("When we answered"),
    }
)

# Names in en, de, es, fr, it, as `_plain` writes them, the surest first. Among them are those of known exports:
# Google Business Profile (comment, starRating, createTime, reviewer.displayName, reviewReply.comment, reviewReply.updateTime)
# and the tables that collect Google reviews (review_text, author_title, owner_answer; publishedAtDate, responseFromOwnerText).
NAMES: Mapping[Part, tuple[str, ...]] = MappingProxyType(
    {
        Part.TEXT: (
            "review text", "review content", "text", "review body", "comment", "review", "content", "message", "feedback",
            "snippet", "bewertungstext", "kommentar", "rezension", "bewertung", "text der bewertung", "inhalt", "nachricht",
            "resena", "comentario", "opinion", "texto", "avis", "commentaire", "texte", "contenu", "temoignage",
            "recensione", "commento", "testo", "testo recensione", "contenuto",
        ),
        Part.RATING: (
            "rating", "stars", "star rating", "starrating", "review rating", "review stars", "score", "note", "sterne",
            "punkte", "anzahl sterne", "sternebewertung", "estrellas", "puntuacion", "calificacion", "valoracion",
            "nota", "etoiles", "nombre d etoiles", "stelle", "valutazione", "voto", "punteggio", "bewertung",
        ),
        Part.AUTHOR: (
            "author", "author name", "author title", "reviewer", "reviewer name", "reviewer displayname", "name", "user",
            "user name", "username", "consumer name", "customer name", "verfasser", "autor", "autorin", "nutzer", "benutzer",
            "nombre", "usuario", "auteur", "nom", "pseudo", "utilisateur", "autore", "nome", "utente",
        ),
        Part.POSTED_AT: (
            "posted at", "date", "review date", "created at", "createtime", "create time", "review created utc",
            "review datetime utc", "publishedatdate", "published at", "publish date", "published", "created", "time",
            "timestamp", "datetime", "updatetime", "datum", "erstellt", "erstellt am", "veroffentlicht", "zeitpunkt",
            "bewertungsdatum", "datum der bewertung", "fecha", "fecha de publicacion", "fecha de la resena",
            "date de publication", "date de l avis", "publie le", "data", "data di pubblicazione", "data recensione",
        ),
        Part.EXTERNAL_ID: (
            "external id", "review id", "reviewid", "id", "uuid", "reference", "reference id", "bewertungs id",
            "nummer", "identificador", "identifiant", "identificativo",
        ),
        Part.URL: (
            "url", "link", "review url", "reviewurl", "review link", "permalink", "adresse", "enlace", "lien", "collegamento",
        ),
        Part.LANGUAGE: (
            "language", "review language", "original language", "originallanguage", "lang", "locale", "sprache", "idioma",
            "langue", "lingua",
        ),
        Part.ANSWER: (
            "answer", "reply", "response", "owner answer", "owner response", "owner reply", "review reply", "company reply",
            "company reply content", "reviewreply comment", "responsefromownertext", "response from owner", "reply text",
            "antwort", "unsere antwort", "antwort des inhabers", "respuesta", "respuesta del propietario", "reponse",
            "reponse du proprietaire", "risposta", "risposta del proprietario",
        ),
        Part.ANSWERED_AT: (
            "answered at", "answer date", "reply date", "replied at", "response date", "company reply date utc",
            "reviewreply updatetime", "responsefromownerdate", "owner answer timestamp datetime utc", "antwortdatum",
            "datum der antwort", "beantwortet am", "fecha de respuesta", "date de reponse", "date de la reponse",
            "data risposta", "data della risposta",
        ),
    }
)  # fmt: skip


class RowProblem(Exception):
    """This row cannot be taken."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class MappingProblem(Exception):
    """The choice of columns is not enough; the message is a translated sentence for a person."""


@dataclass(frozen=True, slots=True)
class Reader:
    """How the rows of one file become what was said on one channel."""

    columns: Mapping[Part, str]
    order: DateOrder
    channel_id: int
    zone: ZoneInfo

    def read(self, row: Mapping[str, str], *, now: datetime) -> list[Incoming]:
        """Return what somebody said and, when the row holds it, our own answer; or raise RowProblem."""
        text, rating = self._words(row, Part.TEXT), self._rating(row)
        if not text and rating is None:
            raise RowProblem(Reason.EMPTY)
        posted_at = self._moment(row, Part.POSTED_AT, Reason.DATE, now)
        if posted_at is None:
            raise RowProblem(Reason.NO_DATE)
        author = self._words(row, Part.AUTHOR)
        external_id = self._external_id(row, author, text)
        review = Incoming(
            external_id=external_id,
            thread_id=external_id,
            kind=Kind.REVIEW,
            text=text,
            posted_at=posted_at,
            author_name=author,
            rating=rating,
            language=values.language(self._words(row, Part.LANGUAGE)),
            url=values.url(self._words(row, Part.URL)),
        )
        answer = self._words(row, Part.ANSWER)
        return [review, self._answer(row, answer, review, now)] if answer else [review]

    def _answer(self, row: Mapping[str, str], text: str, review: Incoming, now: datetime) -> Incoming:
        answered_at = self._moment(row, Part.ANSWERED_AT, Reason.ANSWER_DATE, now) or review.posted_at
        return Incoming(
            external_id=f"{review.external_id}:answer",
            thread_id=review.thread_id,
            kind=Kind.COMMENT,
            text=text,
            posted_at=max(answered_at, review.posted_at),
            parent_id=review.external_id,
            is_own=True,
        )

    def _words(self, row: Mapping[str, str], part: Part) -> str:
        column = self.columns.get(part)
        return values.words(row.get(column, "")) if column else ""

    def _rating(self, row: Mapping[str, str]) -> int | None:
        try:
            return values.rating(self._words(row, Part.RATING))
        except ValueError as exc:
            raise RowProblem(Reason.RATING) from exc

    def _moment(self, row: Mapping[str, str], part: Part, reason: Reason, now: datetime) -> datetime | None:
        text = self._words(row, part)
        if not text:
            return None
        try:
            found = values.moment(text, order=self.order, zone=self.zone).astimezone(UTC)
        except (ValueError, OverflowError, OSError) as exc:
            raise RowProblem(reason) from exc
        if not values.is_plausible(found, now):
            raise RowProblem(Reason.DATE_RANGE)
        return found

    def _external_id(self, row: Mapping[str, str], author: str, text: str) -> str:
        """Return the platform's id; without one a hash, the same whenever the same row is read."""
        given = self._words(row, Part.EXTERNAL_ID)
        if given and len(given) <= MOST_ID:
            return given
        parts = (
            (str(self.channel_id), given)
            if given
            else (str(self.channel_id), author, self._words(row, Part.POSTED_AT), text)
        )
        return "file:" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:40]


def reader_for(channel: Channel, mapping: Mapping[str, str], columns: Sequence[str]) -> Reader:
    """Return the reader of a stored mapping, or raise MappingProblem with what is missing."""
    chosen = {part: mapping[part] for part in Part if mapping.get(part)}
    if missing := [column for column in chosen.values() if column not in columns]:
        raise MappingProblem(_("The file has no column “%(name)s”.") % {"name": missing[0]})
    for column in chosen.values():
        if list(chosen.values()).count(column) > 1:
            raise MappingProblem(_("The column “%(name)s” cannot be two things.") % {"name": column})
    if Part.TEXT not in chosen and Part.RATING not in chosen:
        raise MappingProblem(_("Say which column holds what was said, or the stars."))
    if Part.POSTED_AT not in chosen:
        raise MappingProblem(_("Say which column holds the date. Without it nobody knows what is due."))
    order = DateOrder(mapping.get("order") or DateOrder.DAY)
    return Reader(chosen, order, channel.pk, ZoneInfo(channel.location.time_zone))


def suggest_mapping(columns: Sequence[str]) -> dict[Part, str]:
    """Return which column is probably what, by their names; a part nobody is sure of is left out."""
    plain = {_plain(column): column for column in reversed(columns)}
    found: dict[Part, str] = {}
    for part, names in NAMES.items():
        free = (plain[name] for name in names if name in plain and plain[name] not in found.values())
        if column := next(free, None):
            found[part] = column
    return found


def _plain(column: str) -> str:
    """Return a column's name in small letters without accents and signs: "Datum der Antwort:" is "datum der antwort"."""
    letters = unicodedata.normalize("NFKD", column.lower())
    return " ".join(
        re.findall(r"[a-z0-9]+", "".join(letter for letter in letters if not unicodedata.combining(letter)))
    )
