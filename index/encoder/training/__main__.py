"""`python -m index.encoder.training --data DIR --output FOLDER`: train the shipped encoder from nothing."""

import argparse
from dataclasses import fields
from pathlib import Path

import torch

from index.encoder.training.run import Workshop, train
from index.encoder.training.trainer import Recipe


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m index.encoder.training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training files (*.jsonl.gz)")
    parser.add_argument("--output", type=Path, required=True, help="model folder to write, e.g. index/encoder/model")
    parser.add_argument(
        "--work", type=Path, default=Path(".policyqa/training"), help="tokenizer, pairs, checkpoint, log"
    )
    parser.add_argument("--benchmark", type=Path, help="folder of the development sets; their figures go to the log")
    parser.add_argument("--threads", type=int, default=1, help="more are faster; sums then come in another order")
    for field in fields(Recipe):
        parser.add_argument(f"--{field.name.replace('_', '-')}", type=type(field.default), default=field.default)
    return parser.parse_args()


def main() -> None:
    """Run the training that the command line describes and print the development figures."""
    given = _arguments()
    torch.set_num_threads(given.threads)
    recipe = Recipe(**{field.name: getattr(given, field.name) for field in fields(Recipe)})
    shop = Workshop(given.data, given.work, recipe)
    for name, value in train(shop, given.output, given.benchmark).items():
        print(f"{name:24} {value:.3f}")


if __name__ == "__main__":
    main()
