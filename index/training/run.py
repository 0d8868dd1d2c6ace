"""One training run from the data folder to the model folder, interruptible at any point.

Everything slow is kept under the work folder: the tokenizer, the pairs as token ids, the checkpoint. Started again
with the same arguments, a run continues where it stopped.
"""

import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from random import Random

import numpy as np
from tokenizers import Tokenizer
from tqdm import tqdm

from index.normalizer import normalize
from index.training.dataset import Batch, PairSet, batches, count_batches, load_pairs
from index.training.evaluation import DevSet, figures, load_dev_sets
from index.training.folder import dequantize, quantize, save_folder
from index.training.mixture import MIXTURE, TOKENIZER_SHARE, Source
from index.training.pieces import piece_units, train_tokenizer
from index.training.sources import read_rows
from index.training.trainer import Recipe, Trainer

_TEXT_FIELDS = ("q", "p", "n", "text", "zh", "en", "title", "law", "abbr", "full")
_LONGEST_SAMPLE = 1500


def tokenizer_texts(sources: Iterable[Source], data: Path, seed: int) -> Iterator[str]:
    """A sample of every file of the mixture, normalised; English three times, since it is the smaller part."""
    rng = Random(seed)
    for file in sorted({source.file for source in sources}):
        share = TOKENIZER_SHARE.get(file, 1.0)
        for row in read_rows(data / f"{file}.jsonl.gz"):
            if rng.random() > share:
                continue
            for field in _TEXT_FIELDS:
                if isinstance(text := row.get(field), str):
                    yield from [normalize(text[:_LONGEST_SAMPLE])] * (3 if field == "en" else 1)


def load_tokenizer(sources: Iterable[Source], data: Path, work: Path, recipe: Recipe) -> Tokenizer:
    """The tokenizer of the work folder, trained first when absent."""
    path = work / f"tokenizer-{recipe.vocabulary}-{recipe.seed}.json"
    if not path.exists():
        train_tokenizer(tokenizer_texts(sources, data, recipe.seed), recipe.vocabulary).save(str(path))
    return Tokenizer.from_file(str(path))


def _stream(sets: list[PairSet], recipe: Recipe, done: int) -> Iterator[Batch]:
    """All batches of all passes in their fixed order, from step `done` on."""
    each = count_batches(sets, recipe.batch)
    for number in range(done // each, recipe.passes):
        rng = np.random.default_rng([recipe.seed, number])
        skip = done - number * each if number == done // each else 0
        for position, batch in enumerate(batches(sets, recipe.batch, rng)):
            if position >= skip:
                yield batch


class Log:
    """One JSON line an entry: the mean loss of each source since the last one, and the development figures."""

    def __init__(self, path: Path, dev: list[DevSet]) -> None:
        self.path, self.dev, self.losses, self.started = path, dev, dict[str, list[float]](), time.monotonic()

    def add(self, source: str, loss: float) -> None:
        self.losses.setdefault(source, []).append(loss)

    def write(self, trainer: Trainer) -> dict[str, float]:
        table = dequantize(*quantize(trainer.table.folded()))
        measured = {name: round(value, 4) for dev in self.dev for name, value in figures(dev, table).items()}
        loss = {name: round(float(np.mean(values)), 3) for name, values in sorted(self.losses.items())}
        entry = {"step": trainer.done, "seconds": round(time.monotonic() - self.started), "dev": measured, "loss": loss}
        with self.path.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(entry, ensure_ascii=False) + "\n")
        self.losses.clear()
        return measured


def train(
    data: Path,
    output: Path,
    work: Path,
    recipe: Recipe,
    *,
    benchmark: Path | None = None,
    sources: tuple[Source, ...] = MIXTURE,
) -> dict[str, float]:
    """Train by `recipe` and write the model folder; returns the development figures of what was written."""
    work.mkdir(parents=True, exist_ok=True)
    tokenizer = load_tokenizer(sources, data, work, recipe)
    sets = [load_pairs(source, data, tokenizer, work / "pairs", recipe.seed) for source in tqdm(sources, "pairs")]
    steps = count_batches(sets, recipe.batch) * recipe.passes
    trainer = Trainer(recipe, tokenizer.get_vocab_size(), piece_units(tokenizer), steps)
    identity = sha256(
        json.dumps([asdict(recipe), [(pairs.name, pairs.copies, len(pairs.queries)) for pairs in sets]]).encode()
    )
    checkpoint = work / f"checkpoint-{identity.hexdigest()[:12]}.pt"
    if checkpoint.exists():
        trainer.restore(checkpoint)
    log = Log(work / "log.jsonl", load_dev_sets(benchmark, tokenizer) if benchmark else [])
    with tqdm(total=steps, initial=trainer.done, desc="train", unit="step") as bar:
        for batch in _stream(sets, recipe, trainer.done):
            loss = trainer.step(batch)
            log.add(batch.source, loss)
            bar.update()
            bar.set_postfix(loss=f"{loss:.2f}")
            if trainer.done % max(1, steps // (2 * recipe.passes)) == 0 and trainer.done < steps:
                trainer.save(checkpoint)
                log.write(trainer)
    save_folder(output, tokenizer, trainer.table.folded())
    measured = log.write(trainer)
    checkpoint.unlink(missing_ok=True)
    return measured
