"""How many texts a second triage assesses on one core, how long one takes, and how much memory it needs.

    python bench/triage.py [seconds]      # a table, then one line of JSON

The texts are invented, in five languages, 50 words each and one short. Each text is new; words already met are remembered, as in a worker.
"""

import json
import resource
import subprocess
import sys
import time
from itertools import count

TEXTS = (
    "I waited two hours for my appointment and the receptionist was rude to my mother. The doctor listened and explained "
    "everything, but the bill was wrong and nobody called me back although I left three messages. Parking is a nightmare. "
    "It would be nice if somebody answered the phone number {} for once.",
    "Sehr freundliches Team und eine kompetente Ärztin, die sich Zeit nimmt. Leider war die Wartezeit wieder über eine "
    "Stunde und am Telefon geht niemand ran. Das Wartezimmer ist sauber, die Rechnung {} war nicht verständlich. Können "
    "Sie mir bitte sagen, ob man Termine auch online buchen kann? Danke im Voraus.",
    "La doctora fue muy amable y me explicó todo con calma, pero esperé más de una hora y la recepcionista fue bastante "
    "borde. La factura {} estaba mal y nadie contesta al teléfono. Las instalaciones son modernas y limpias. ¿Se puede pedir "
    "cita por internet? Gracias por todo, espero que mejoren la atención.",
    "Le médecin est très compétent et à l'écoute, mais deux heures d'attente malgré un rendez-vous, c'est inadmissible. La "
    "secrétaire raccroche au nez et le dossier {} a été perdu. Les locaux sont propres. Serait-il possible de prendre rendez-"
    "vous en ligne ? Merci d'avance pour votre réponse.",
    "Medico bravissimo e molto gentile, ma due ore di attesa nonostante l'appuntamento numero {} sono troppe. La segretaria è "
    "stata maleducata e al telefono non risponde nessuno. La sala è pulita e moderna. È possibile prenotare la visita online? "
    "Grazie, spero che miglioriate il servizio.",
    "Great place, thanks! {}",
)


def import_seconds() -> float:
    """Return how long a fresh interpreter takes to import the package, the best of five, less its own start."""
    code = "import time; t = time.perf_counter(); import bedside.text; print(time.perf_counter() - t)"
    runs = (subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in range(5))
    return min(float(run.stdout) for run in runs)


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 5.0
    started = time.perf_counter()
    from bedside.text import assess

    for text in TEXTS:
        assess(text)
    first = time.perf_counter() - started
    taken: list[float] = []
    end = time.perf_counter() + seconds
    for number in count():
        text = TEXTS[number % len(TEXTS)].format(number)
        before = time.perf_counter()
        assess(text)
        after = time.perf_counter()
        taken.append(after - before)
        if after > end:
            break
    taken.sort()
    result = {
        "texts_per_second": round(len(taken) / sum(taken)),
        "p50_ms": round(taken[len(taken) // 2] * 1000, 3),
        "p99_ms": round(taken[len(taken) * 99 // 100] * 1000, 3),
        "first_use_s": round(first, 3),
        "import_s": round(import_seconds(), 3),
        "max_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    }
    for name, value in result.items():
        print(f"{name:20}{value:>10}")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
