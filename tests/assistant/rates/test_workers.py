"""Four processes that count one limit let through exactly as many as it allows."""

import subprocess
import sys
from pathlib import Path

LIMIT, EACH, WORKERS = 150, 100, 4
WORKER = """
import sys
from pathlib import Path
from limits import parse
from assistant.rates.counters import Counters
from assistant.rates.counting import Counting, Demand
where, limit, each = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
counting = Counting(Counters(where if "://" in where else Path(where)))
print("ready", flush=True)
sys.stdin.readline()
demand = [Demand(parse(f"{limit}/hour"), "the same client")]
allowed = sum(counting.hit(demand)[0].allowed for _ in range(each))
print(allowed, counting.away, flush=True)
counting.close()
"""


def test_a_limit_is_exact_over_four_workers(where: Path | str) -> None:
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, str(where), str(LIMIT), str(EACH)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(WORKERS)
    ]
    for worker in workers:
        assert worker.stdout
        assert worker.stdout.readline() == "ready\n"
    said = []
    for worker in workers:
        assert worker.stdin
        worker.stdin.write("go\n")
        worker.stdin.flush()
    for worker in workers:
        out, _ = worker.communicate(timeout=120)
        said.append(out.split())
    assert [away for _, away in said] == ["False"] * WORKERS
    assert sum(int(allowed) for allowed, _ in said) == LIMIT
