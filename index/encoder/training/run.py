"""One run from the data folder to the model folder: tokenizer, draft, members with hard negatives, merged model.

Everything slow is kept under the work folder, so that a run started again continues where it stopped: the tokenizer,
the pairs as token ids, the checkpoints. Each file's name carries the key of all that shaped it (see `fingerprint`), so
that nothing made from an older lexicon, data file or program is taken for what would be made now.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer
from tqdm import tqdm

from index.encoder.training.citations import LAWS
from index.encoder.training.dataset import PASSAGE_PIECES, Batch, PairSet, Tokens, batches, count_batches, load_pairs
from index.encoder.training.derived import DERIVATIONS, derived_file
from index.encoder.training.devsets import load_dev_sets
from index.encoder.training.ensemble import merge, samples_of
from index.encoder.training.evaluation import embed
from index.encoder.training.fingerprint import code_digest, digest, files_digest
from index.encoder.training.folder import save_folder
from index.encoder.training.log import Log
from index.encoder.training.mixture import HARD, MIXTURE, TOKENIZER_SHARE, HardNegativeSource, Source, read_pairs
from index.encoder.training.negatives import draw, mine
from index.encoder.training.sources import Pair, article_passage, read_rows
from index.encoder.training.subwords import piece_units, train_tokenizer
from index.encoder.training.trainer import Trainer, TrainingConfig
from index.text.normalizer import normalize

_TEXT_FIELDS = ("q", "p", "n", "text", "zh", "en", "title", "law", "abbr", "full")
_LONGEST_SAMPLE = 1500  # characters of one text that the tokenizer is trained on
_ENTRIES = 2  # checkpoints and log entries in one training


@dataclass(frozen=True, slots=True)
class TrainingRun:
    """Where a run reads and keeps things, what it mixes and how it trains."""

    data: Path
    work: Path
    config: TrainingConfig
    mixture: tuple[Source, ...] = MIXTURE
    hard: tuple[HardNegativeSource, ...] = HARD

    def file(self, source: Source) -> Path:
        """Where the rows of a source lie; one that is derived is written first when absent."""
        if source.file in DERIVATIONS:
            return derived_file(source.file, self.mixture, self.data, self.work, self.config.seed)
        return self.data / f"{source.file}.jsonl.gz"

    def pairs(self, source: Source) -> list[Pair]:
        """The pairs of one source."""
        return read_pairs(source, self.file(source), self.config.seed)

    def named(self, names: Iterable[str]) -> list[Source]:
        """The sources of these names."""
        return [source for source in self.mixture if source.name in set(names)]


def train(run: TrainingRun, output: Path, benchmark: Path | None = None) -> dict[str, float]:
    """Train as configured and write the model folder; returns the development figures of what was written."""
    run.work.mkdir(parents=True, exist_ok=True)
    tokenizer = load_tokenizer(run)
    log = Log(run.work / "log.jsonl", load_dev_sets(benchmark, run.data, tokenizer) if benchmark else [])
    sets = mixture_pairs(run, tokenizer)
    replaced = {name for hard in run.hard for name in hard.sources}
    once = {source.name for source in run.mixture if source.once}
    config, tokens = run.config, Tokens(tokenizer)
    tables = [fit("draft", sets, tokenizer, replace(config, steps=config.draft_steps), work=run.work, log=log)]
    for number in range(1, config.members + 1):
        hard = hard_pairs(run, sets, tokens, tables[-1])  # each member learns from the mistakes of the one before
        left_out = replaced if number == 1 else replaced | once
        kept = [pairs for pairs in sets if pairs.name not in left_out]
        member = replace(config, seed=config.seed + number)
        tables.append(fit(f"member-{number}", [*kept, *hard], tokenizer, member, work=run.work, log=log))
    merged = merge(tables[1:], samples_of(sets, config.seed), config.dimension)
    log.write("merged", config.members, merged)
    save_folder(output, tokenizer, merged)
    return log.measure(merged)


def load_tokenizer(run: TrainingRun) -> Tokenizer:
    """The tokenizer of the work folder, trained first when absent."""
    content = files_digest(run.data / f"{file}.jsonl.gz" for file in _tokenizer_files(run))
    key = digest(run.config.vocabulary, run.config.seed, code_digest(), content)
    path = run.work / f"tokenizer-{key}.json"
    if not path.exists():
        train_tokenizer(tokenizer_texts(run), run.config.vocabulary).save(str(path))
    return Tokenizer.from_file(str(path))


def _tokenizer_files(run: TrainingRun) -> list[str]:
    return sorted({source.file for source in run.mixture}.difference(DERIVATIONS))


def tokenizer_texts(run: TrainingRun) -> Iterator[str]:
    """A sample of every file of the mixture, normalised; English three times, since it is the smaller part."""
    rng = Random(run.config.seed)
    for file in _tokenizer_files(run):
        share = TOKENIZER_SHARE.get(file, 1.0)
        for row in read_rows(run.data / f"{file}.jsonl.gz"):
            if rng.random() > share:
                continue
            for field in _TEXT_FIELDS:
                if isinstance(text := row.get(field), str):
                    yield from [normalize(text[:_LONGEST_SAMPLE])] * (3 if field == "en" else 1)


def mixture_pairs(run: TrainingRun, tokenizer: Tokenizer) -> list[PairSet]:
    """The pairs of every source, made anew where its file, the tokenizer or the code has changed."""
    sets = []
    for source in tqdm(run.mixture, "pairs"):
        content = files_digest([run.file(source)])
        key = digest(run.config.seed, source.make.__qualname__, code_digest(), content, tokenizer.to_str())
        make = partial(run.pairs, source)
        pairs = load_pairs(run.work / "pairs", source.name, make, Tokens(tokenizer), key=key, copies=source.copies)
        sets.append(replace(pairs, whole=source.whole))
    return sets


def hard_pairs(run: TrainingRun, sets: Sequence[PairSet], tokens: Tokens, table: NDArray[np.float32]) -> list[PairSet]:
    """The pairs of `run.hard` with negatives mined by a table; `sets` are the pairs of the mixture."""
    law_file = run.data / f"{LAWS}.jsonl.gz"
    laws: list[str] = []
    if any(hard.laws for hard in run.hard):
        rows = read_rows(law_file)
        laws = [article_passage(row) for row in rows if not row["category"].startswith("DLC")]

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        return embed(tokens.bags(texts, PASSAGE_PIECES), table)

    def make(hard: HardNegativeSource) -> list[Pair]:
        pairs = [pair for source in run.named(hard.sources) for pair in run.pairs(source)]
        pool = laws if hard.laws else []
        mined = mine(pairs, pool, encode, each=hard.each, seed=run.config.seed)
        return mined + draw(pairs, pool, hard.random, run.config.seed)

    content = [pairs.key for pairs in sets], files_digest([law_file]), hashlib.sha256(table.tobytes()).hexdigest()
    hard_sets = []
    for hard in tqdm(run.hard, "hard negatives"):
        key = digest(hard, *content)
        hard_sets.append(
            load_pairs(run.work / "pairs", hard.name, partial(make, hard), tokens, key=key, copies=hard.copies)
        )
    return hard_sets


def fit(
    name: str, sets: Sequence[PairSet], tokenizer: Tokenizer, config: TrainingConfig, *, work: Path, log: Log
) -> NDArray[np.float32]:
    """Train a table on the pairs, from its checkpoint where there is one."""
    steps = config.steps
    content = [(pairs.name, pairs.copies, pairs.key) for pairs in sets]
    checkpoint = work / f"{name}-{digest(replace(config, members=0), code_digest(), content)}.pt"
    trainer = Trainer(config, tokenizer.get_vocab_size(), piece_units(tokenizer), steps)
    if checkpoint.exists():
        trainer.restore(checkpoint)
    every = max(1, steps // _ENTRIES)
    stream = _stream(sets, config, trainer.done)
    with tqdm(total=steps, initial=trainer.done, desc=name, unit="step") as bar:
        while trainer.done < steps:
            batch = next(stream)
            loss = trainer.step(batch)
            log.add(batch.source, loss)
            bar.update()
            bar.set_postfix(loss=f"{loss:.2f}")
            if trainer.done % every == 0 or trainer.done == steps:
                trainer.save(checkpoint)
                log.write(name, trainer.done, trainer.table.merged_table())
    return trainer.table.merged_table()


def _stream(sets: Sequence[PairSet], config: TrainingConfig, done: int) -> Iterator[Batch]:
    """Batches without end, pass after pass in their fixed order, from step `done` on."""
    passed, skip = divmod(done, count_batches(sets, config.batch))
    while True:
        drawn = batches(sets, config.batch, np.random.default_rng([config.seed, passed]), config.dropout)
        for position, batch in enumerate(drawn):
            if position >= skip:
                yield batch
        passed, skip = passed + 1, 0
