"""`python -m eval.matching [FILE…]`: labelled profiles against the matcher, and how many questions settle a list.

Without a file only what needs no labels is measured, over the documents that the settings name.
"""

import argparse
import statistics
import sys
import time
from pathlib import Path

from assistant.matching.matcher import Matcher
from assistant.settings import Settings
from corpus.errors import PolicyQAError
from corpus.load import load_corpus
from corpus.records.services import read_services
from eval.matching.labels import Figures, figures, judge, read_labelled
from eval.matching.profiles import draw_profiles, questions_to_settle

_SHARES = (0.9, 0.95, 1.0)  # of the entries that are settled
_SHOWN = 40  # differing labels that are listed


def main() -> int:
    """Print the figures. 2 where a file cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m eval.matching", description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="JSONL, see eval/matching/labels.py")
    parser.add_argument("--profiles", type=int, default=60, help="how many to draw (default %(default)s)")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    try:
        folder = Settings.from_environment().documents
        corpus = load_corpus(folder) if folder else load_corpus()
        matcher = Matcher(corpus, read_services(folder, corpus).checked())
        print(f"records: {len(matcher)}, questions: {len(matcher.profile)}")
        for path in asked.files:
            _print_labels(path, figures(judge(read_labelled(path, matcher), matcher)))
        _print_questions(matcher, asked.profiles, asked.seed)
    except PolicyQAError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


def _print_labels(path: Path, found: Figures) -> None:
    print(f"{path.name}: {found.labels} labels")
    print(f"  F1 of applies {found.f1_applies:.3f}   F1 of not {found.f1_not:.3f}   agreement {found.agreement:.3f}")
    for one in found.differing[:_SHOWN]:
        print(f"  {one.profile} {one.clause}: label {one.label}, said {one.said or 'nothing'}")


def _print_questions(matcher: Matcher, count: int, seed: int) -> None:
    drawn = list(draw_profiles(matcher, max(count, 1), seed))
    print(f"{len(drawn)} drawn profiles")
    for share in _SHARES:
        asked = [questions_to_settle(matcher, one, share) for one in drawn]
        print(
            f"questions until {share:.0%} of a list is settled: median {statistics.median(asked):g}, most {max(asked)}"
        )
    times = []
    for one in drawn:
        began = time.perf_counter()
        matcher.match(one.answers, one.places)
        times.append(1000 * (time.perf_counter() - began))
    for places in sorted({one.places for one in drawn}):
        here = [number for number, one in zip(asked, drawn, strict=True) if one.places == places]
        print(f"  {'、'.join(places) or 'no place'}: median {statistics.median(here):g} of {len(here)} profiles")
    print(f"one match of a whole profile in process: p50 {statistics.median(times):.2f} ms")


if __name__ == "__main__":
    sys.exit(main())
