"""`python -m eval.channel`: a server answers an official account's followers; what came of every request is told.

Requests that are forged or old, messages sent again, questions of every kind, odd characters, what is no question.
Figures are reported and judged by whoever reads them; the exit code is 1 where a law does not hold.
"""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.channel.simulation import Simulation
from eval.questions.questionset import read_questions
from eval.speed.checkout import HERE, Checkout
from eval.speed.group import serving

TOKEN, SITE = "policyqaToken1", "https://policy.example.gov.cn"


def main() -> None:
    """Prints the figures as JSON."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--callbacks", type=int, default=2000)
    parser.add_argument("--questions", type=Path, default=HERE / "eval" / "questions" / "own.jsonl")
    given = parser.parse_args()
    questions = [one.question for one in read_questions(given.questions)]
    with TemporaryDirectory() as folder:
        settings = {"WECHAT_TOKEN": TOKEN, "PUBLIC_URL": SITE, "WECHAT_RATE": "off"}
        checkout = Checkout(HERE, Path(folder), settings)
        checkout.build_index()
        with serving(checkout, 2) as server:
            found = Simulation(f"http://127.0.0.1:{server.port}", TOKEN, SITE, questions).run(given.callbacks)
    print(json.dumps(found, ensure_ascii=False, indent=1))
    sys.exit(bool(found["broken"]))


if __name__ == "__main__":
    main()
