"""One run from the data folder to the model folder: tokenizer, draft, members with hard negatives, merged model.

Everything slow is kept under the work folder, so that a run started again with the same arguments continues where
it stopped: the tokenizer, the pairs as token ids, the checkpoints.
"""

import hashlib
import inspect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer
from tqdm import tqdm

from index.encoder.training.dataset import PASSAGE_PIECES, Batch, PairSet, batches, count_batches, load_pairs, tokenize
from index.encoder.training.derived import WRITERS, write_derived
from index.encoder.training.ensemble import merge, samples_of
from index.encoder.training.evaluation import embed, load_dev_sets
from index.encoder.training.folder import save_folder
from index.encoder.training.log import Log
from index.encoder.training.mixture import HARD, MIXTURE, TOKENIZER_SHARE, Hard, Source, read_pairs
from index.encoder.training.negatives import draw, mine
from index.encoder.training.pieces import piece_units, train_tokenizer
from index.encoder.training.sources import Pair, article_passage, read_rows
from index.encoder.training.trainer import Recipe, Trainer
from index.text.normalizer import VERSION, normalize

_TEXT_FIELDS = ("q", "p", "n", "text", "zh", "en", "title", "law", "abbr", "full")
_LONGEST_SAMPLE = 1500  # characters of one text that the tokenizer is trained on
_ENTRIES = 4  # checkpoints and log entries in one training


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where a run reads and keeps things, what it mixes and by which recipe."""

    data: Path
    work: Path
    recipe: Recipe
    mixture: tuple[Source, ...] = MIXTURE
    hard: tuple[Hard, ...] = HARD

    def pairs(self, source: Source) -> list[Pair]:
        """The pairs of one source."""
        return read_pairs(source, self.work if source.file in WRITERS else self.data, self.recipe.seed)

    def named(self, names: Iterable[str]) -> list[Source]:
        """The sources of these names."""
        return [source for source in self.mixture if source.name in set(names)]


def train(shop: Workshop, output: Path, benchmark: Path | None = None) -> dict[str, float]:
    """Train by the recipe and write the model folder; returns the development figures of what was written."""
    shop.work.mkdir(parents=True, exist_ok=True)
    tokenizer = load_tokenizer(shop)
    log = Log(shop.work / "log.jsonl", load_dev_sets(benchmark, tokenizer) if benchmark else [])
    sets = mixture_pairs(shop, tokenizer)
    replaced = {name for hard in shop.hard for name in hard.sources}
    kept = [pairs for pairs in sets if pairs.name not in replaced]
    recipe = shop.recipe
    tables = [fit("draft", sets, tokenizer, replace(recipe, steps=recipe.draft_steps), work=shop.work, log=log)]
    for number in range(1, recipe.members + 1):
        hard = hard_pairs(shop, tokenizer, tables[-1])  # each member learns from the mistakes of the one before
        member = replace(recipe, seed=recipe.seed + number)
        tables.append(fit(f"member-{number}", [*kept, *hard], tokenizer, member, work=shop.work, log=log))
    merged = merge(tables[1:], samples_of(sets, recipe.seed), recipe.dimension)
    log.write("merged", recipe.members, merged)
    save_folder(output, tokenizer, merged)
    return log.measure(merged)


def load_tokenizer(shop: Workshop) -> Tokenizer:
    """The tokenizer of the work folder, trained first when absent."""
    path = shop.work / f"tokenizer-{shop.recipe.vocabulary}-{shop.recipe.seed}.json"
    if not path.exists():
        train_tokenizer(tokenizer_texts(shop), shop.recipe.vocabulary).save(str(path))
    return Tokenizer.from_file(str(path))


def tokenizer_texts(shop: Workshop) -> Iterator[str]:
    """A sample of every file of the mixture, normalised; English three times, since it is the smaller part."""
    rng = Random(shop.recipe.seed)
    for file in sorted({source.file for source in shop.mixture}.difference(WRITERS)):
        share = TOKENIZER_SHARE.get(file, 1.0)
        for row in read_rows(shop.data / f"{file}.jsonl.gz"):
            if rng.random() > share:
                continue
            for field in _TEXT_FIELDS:
                if isinstance(text := row.get(field), str):
                    yield from [normalize(text[:_LONGEST_SAMPLE])] * (3 if field == "en" else 1)


def mixture_pairs(shop: Workshop, tokenizer: Tokenizer) -> list[PairSet]:
    """The pairs of every source; a file's name carries what shapes them: maker, tokenizer, normaliser, seed."""
    for file in {source.file for source in shop.mixture}.intersection(WRITERS):
        write_derived(file, shop.mixture, shop.data, shop.work, shop.recipe.seed)
    sets = []
    for source in tqdm(shop.mixture, "pairs"):
        key = _digest(VERSION, shop.recipe.seed, inspect.getsource(source.make), tokenizer.to_str())
        path = shop.work / "pairs" / f"{source.name}-{key}.npz"
        sets.append(load_pairs(path, source.name, source.copies, partial(shop.pairs, source), tokenizer))
    return sets


def hard_pairs(shop: Workshop, tokenizer: Tokenizer, table: NDArray[np.float32]) -> list[PairSet]:
    """The pairs of `shop.hard` with negatives mined by the draft's table."""
    laws: list[str] = []
    if any(hard.laws for hard in shop.hard):
        rows = read_rows(shop.data / "laws_articles.jsonl.gz")
        laws = [article_passage(row) for row in rows if not row["category"].startswith("DLC")]

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        return embed(tokenize(texts, tokenizer, PASSAGE_PIECES), table)

    def make(hard: Hard) -> list[Pair]:
        pairs = [pair for source in shop.named(hard.sources) for pair in shop.pairs(source)]
        pool = laws if hard.laws else []
        mined = mine(pairs, pool, encode, each=hard.each, seed=shop.recipe.seed)
        return mined + draw(pairs, pool, hard.random, shop.recipe.seed)

    key = _digest(hashlib.sha256(table.tobytes()).hexdigest(), shop.hard)
    return [
        load_pairs(
            shop.work / "pairs" / f"{hard.name}-{key}.npz", hard.name, hard.copies, partial(make, hard), tokenizer
        )
        for hard in tqdm(shop.hard, "hard negatives")
    ]


def fit(
    name: str, sets: Sequence[PairSet], tokenizer: Tokenizer, recipe: Recipe, *, work: Path, log: Log
) -> NDArray[np.float32]:
    """Train a table on the pairs, from its checkpoint where there is one."""
    steps = recipe.steps
    what = [(pairs.name, pairs.copies, len(pairs.queries)) for pairs in sets]
    checkpoint = work / f"{name}-{_digest(replace(recipe, members=0), what)}.pt"
    trainer = Trainer(recipe, tokenizer.get_vocab_size(), piece_units(tokenizer), steps)
    if checkpoint.exists():
        trainer.restore(checkpoint)
    every = max(1, steps // _ENTRIES)
    stream = _stream(sets, recipe, trainer.done)
    with tqdm(total=steps, initial=trainer.done, desc=name, unit="step") as bar:
        while trainer.done < steps:
            batch = next(stream)
            loss = trainer.step(batch)
            log.add(batch.source, loss)
            bar.update()
            bar.set_postfix(loss=f"{loss:.2f}")
            if trainer.done % every == 0 or trainer.done == steps:
                trainer.save(checkpoint)
                log.write(name, trainer.done, trainer.table.folded())
    return trainer.table.folded()


def _stream(sets: Sequence[PairSet], recipe: Recipe, done: int) -> Iterator[Batch]:
    """Batches without end, pass after pass in their fixed order, from step `done` on."""
    passed, skip = divmod(done, count_batches(sets, recipe.batch))
    while True:
        drawn = batches(sets, recipe.batch, np.random.default_rng([recipe.seed, passed]), recipe.drop)
        for position, batch in enumerate(drawn):
            if position >= skip:
                yield batch
        passed, skip = passed + 1, 0


def _digest(*parts: object) -> str:
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:12]
