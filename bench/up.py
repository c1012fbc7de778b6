"""How long `bedside up` takes to its first page, and how much memory its processes hold.

    script/bench up [STARTS]

Each start is in a prepared data directory with the demo; the first one is in an empty directory. Memory is taken after the
pages were asked for and the worker has taken in the first arrivals of the demo. `resident` counts shared pages in each process,
`proportional` shares them out. The last line is JSON.
"""

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.running import Running, bedside, resident_kilobytes, running

SETTLE_SECONDS = 10.0  # the first arrivals come 3 and 8 seconds after the demo was filled
PAGES = ("/", "/accounts/login/", "/healthz")


def main(starts: int = 5) -> None:
    with tempfile.TemporaryDirectory(prefix="bedside-bench-") as folder:
        first, _ = _start(Path(folder) / "empty")
        home = Path(folder) / "demo"
        bedside(home, "demo")
        timed = [_start(home) for _ in range(starts)]
        seconds = [each[0] for each in timed]
        memory = timed[0][1]  # the start in which the arrivals of the demo came
    print(f"first page, empty directory: {first:.2f} s")
    print(
        f"first page, prepared, {starts} starts: median {statistics.median(seconds):.2f} s, longest {max(seconds):.2f} s"
    )
    print(f"{'process':<12}{'resident MB':>12}{'proportional MB':>17}")
    for name, resident, proportional in memory:
        print(f"{name:<12}{resident / 1024:>12.1f}{proportional / 1024:>17.1f}")
    result = {
        "first_start_seconds": round(first, 2),
        "start_seconds_median": round(statistics.median(seconds), 2),
        "start_seconds_longest": round(max(seconds), 2),
        "resident_megabytes": round(sum(row[1] for row in memory) / 1024, 1),
        "proportional_megabytes": round(sum(row[2] for row in memory) / 1024, 1),
    }
    print(json.dumps(result))


def _start(home: Path) -> tuple[float, list[tuple[str, int, int]]]:
    """Return the seconds to the first page, and (process, resident, proportional kilobytes) once settled."""
    began = time.monotonic()
    with running(home) as up:
        up.wait_for(lambda: _first_page(up))
        seconds = time.monotonic() - began
        up.wait_until_up()
        for page in PAGES * 3:
            up.get(page)
        if home.name == "demo":
            time.sleep(SETTLE_SECONDS)
        memory = [(name, resident_kilobytes(pid), _proportional(pid)) for pid, name in up.pids().items()]
        up.stop()
    return seconds, memory


def _first_page(up: Running) -> bool:
    try:
        return up.get("/accounts/login/")[0] < 500
    except OSError:
        return False


def _proportional(pid: int) -> int:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))


if __name__ == "__main__":
    main(*(int(number) for number in sys.argv[1:]))
