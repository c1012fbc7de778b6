"""How fast reviews come in: 100,000 invented ones through parse, dedupe, triage and conversation, on SQLite.

python bench/import.py [ROWS]      prints a table; the last line is JSON
"""

from __future__ import annotations

import csv
import json
import os
import random
import resource
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

ROWS = 100_000
HEADER = ("Review ID", "Date", "Rating", "Author", "Review", "Owner answer", "Answer date")
ANSWERED = 0.4  # of all reviews hold our own old answer
SHARES = {"en": 30, "de": 30, "fr": 15, "es": 13, "it": 12}  # of the languages, in percent
# Sentences of invented patients about an invented practice: good, middling, bad.
SENTENCES = {
    "en": (
        "The staff at the front desk were friendly and found me a place on the same day.|Dr. Furrer took her time and explained every step.|The rooms are bright and clean, and I never felt rushed.|Best dentist I have had in years, I will be back.",
        "Parking is difficult, but the tram stops outside.|You wait about twenty minutes, as everywhere.|The website says half past six, the door closes at six.|Can you be reached on Saturdays as well?",
        "I waited for an hour and a half and nobody said a word.|The bill was twice what I had been told on the telephone.|The filling came out after two days and it hurts again.|Nobody answers the telephone, I have tried for a week.",
    ),
    "de": (
        "Das Team am Empfang ist freundlich und hat mir noch am selben Tag einen Termin gegeben.|Frau Dr. Furrer hat sich Zeit genommen und jeden Schritt erklärt.|Helle Räume, alles sauber, man fühlt sich gut aufgehoben.|Seit Jahren die beste Praxis, sehr zu empfehlen.",
        "Parkplätze sind knapp, das Tram hält aber vor der Tür.|Zwanzig Minuten Wartezeit, wie überall.|Auf der Website steht halb sieben, um sechs ist zu.|Sind Sie auch am Samstag erreichbar?",
        "Anderthalb Stunden gewartet, und niemand hat etwas gesagt.|Die Rechnung war doppelt so hoch wie am Telefon genannt.|Nach zwei Tagen ist die Füllung herausgefallen und es tut wieder weh.|Am Telefon geht seit einer Woche niemand ran.",
    ),
    "fr": (
        "L'accueil est chaleureux et on m'a trouvé un rendez-vous le jour même.|La docteure a pris son temps et a tout expliqué.|Des locaux clairs et propres, on se sent en confiance.|Le meilleur cabinet depuis des années, je recommande.",
        "Le stationnement est difficile, mais le tram s'arrête devant.|Vingt minutes d'attente, comme partout.|Le site annonce dix-huit heures trente, on ferme à dix-huit heures.|Peut-on vous joindre aussi le samedi ?",
        "Une heure et demie d'attente et personne n'a rien dit.|La facture était le double de ce qu'on m'avait annoncé.|Le plombage est tombé après deux jours et j'ai de nouveau mal.|Personne ne répond au téléphone depuis une semaine.",
    ),
    "es": (
        "El personal de recepción fue muy amable y me dieron cita el mismo día.|La doctora se tomó su tiempo y explicó cada paso.|Las salas son luminosas y están limpias.|La mejor clínica en años, la recomiendo.",
        "Es difícil aparcar, pero el tranvía para delante.|Se esperan veinte minutos, como en todas partes.|La página dice seis y media, pero cierran a las seis.|¿Se les puede llamar también los sábados?",
        "Esperé una hora y media y nadie dijo nada.|La factura fue el doble de lo que me dijeron por teléfono.|El empaste se cayó a los dos días y vuelve a doler.|Nadie contesta al teléfono desde hace una semana.",
    ),
    "it": (
        "Il personale all'accoglienza è gentile e mi ha dato un appuntamento lo stesso giorno.|La dottoressa si è presa il tempo e ha spiegato tutto.|Locali luminosi e puliti, ci si sente a proprio agio.|Il miglior studio da anni, lo consiglio.",
        "Parcheggiare è difficile, ma il tram si ferma davanti.|Si aspettano venti minuti, come ovunque.|Il sito dice le sei e mezza, ma chiudono alle sei.|Siete raggiungibili anche il sabato?",
        "Ho aspettato un'ora e mezza e nessuno ha detto niente.|La fattura era il doppio di quanto detto al telefono.|L'otturazione è caduta dopo due giorni e fa di nuovo male.|Nessuno risponde al telefono da una settimana.",
    ),
}  # fmt: skip
NAMES = [
    "Alva",
    "Bence",
    "Chiara",
    "Dario",
    "Elin",
    "Fritz",
    "Giulia",
    "Hana",
    "Ivo",
    "Jana",
    "Karim",
    "Lucía",
    "Marc",
    "Nora",
    "Olivier",
    "Petra",
    "Quirin",
    "Rosa",
    "Sven",
    "Teresa",
]
ANSWERS = {
    "en": "Thank you for your feedback. We take every comment seriously.",
    "de": "Vielen Dank für Ihre Rückmeldung. Wir nehmen jeden Hinweis ernst.",
    "fr": "Merci pour votre retour. Nous prenons chaque remarque au sérieux.",
    "es": "Gracias por su comentario. Nos tomamos en serio cada observación.",
    "it": "Grazie per il suo commento. Prendiamo sul serio ogni osservazione.",
}


def write_reviews(path: Path, rows: int) -> None:
    """Write invented reviews of the last three years, the same every time."""
    chance = random.Random(20260303)
    now = datetime.now(UTC).replace(microsecond=0)
    sentences = {language: [part.split("|") for part in parts] for language, parts in SENTENCES.items()}
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(HEADER)
        for number in range(rows):
            language = chance.choices(list(SHARES), list(SHARES.values()))[0]
            stars = chance.choices((1, 2, 3, 4, 5), (16, 6, 8, 15, 55))[0]
            mood = sentences[language][0 if stars > 3 else 1 if stars == 3 else 2]
            said = chance.sample(mood, chance.randint(1, 3)) + chance.sample(
                sentences[language][1], chance.randint(0, 1)
            )
            posted_at = now - timedelta(minutes=chance.randrange(60 * 24 * 365 * 3))
            answer = ANSWERS[language] if chance.random() < ANSWERED else ""
            answered_at = (posted_at + timedelta(hours=5)).isoformat() if answer else ""
            author = f"{chance.choice(NAMES)} {chr(65 + number % 26)}."
            text = " ".join(said) + (f" ({number} m)" if number % 7 == 0 else "")
            table.writerow((f"r-{number}", posted_at.isoformat(), stars, author, text, answer, answered_at))


def run(file: Path) -> dict[str, Any]:
    """Import the file once and say how long it took."""
    from bedside.accounts.models import Channel
    from bedside.listening.command import import_file

    started, worked = perf_counter(), process_time()
    done = import_file(Channel.objects.get(), file, tell=lambda row: None)
    seconds, worked = perf_counter() - started, process_time() - worked
    counts = {name: getattr(done, name) for name in ("new", "changed", "known", "bad")}
    speed = {"seconds": round(seconds, 2), "rows_per_second": round(done.rows / seconds)}
    return {**speed, "processor_seconds": round(worked, 2), **counts}


def main(rows: int) -> int:
    with tempfile.TemporaryDirectory(prefix="bedside-bench-") as home:
        os.environ |= {"BEDSIDE_HOME": home, "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "bedside.settings"}
        os.environ["BEDSIDE_LOG_LEVEL"] = "WARNING"
        import django

        django.setup()
        from django.core.management import call_command

        from bedside.testing import make_channel
        from bedside.text import assess

        call_command("migrate", verbosity=0)
        make_channel(secrets={})
        file = Path(home) / "reviews.csv"
        write_reviews(file, rows)
        assess("Bonjour")  # loads the models, as a running worker has
        runs = {"first time": run(file), "same file again": run(file)}
        return report(rows, file.stat().st_size, runs)


def report(rows: int, size: int, runs: dict[str, dict[str, Any]]) -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    status = Path("/proc/self/status").read_text().splitlines()
    own = next(int(line.split()[1]) for line in status if line.startswith("RssAnon")) // 1024
    print(f"{rows:,} reviews in five languages, {size / 1e6:.1f} MB of CSV, SQLite")
    print(f"{'':16} {'seconds':>8} {'rows/s':>8} {'of CPU':>8} {'new':>9} {'changed':>8} {'known':>9} {'bad':>6}")
    for name, found in runs.items():
        counts = f"{found['new']:>9,} {found['changed']:>8,} {found['known']:>9,} {found['bad']:>6,}"
        print(
            f"{name:16} {found['seconds']:>8.1f} {found['rows_per_second']:>8,} {found['processor_seconds']:>8.1f} {counts}"
        )
    print(f"memory: {peak} MB at most, {own} MB of its own at the end; the rest is the database file, mapped")
    print(json.dumps({"bench": "import", "rows": rows, "peak_rss_mb": peak, "own_mb": own, **runs}))
    first, again = runs.values()
    return 0 if first["new"] == rows and again["known"] == rows else 1


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS))
