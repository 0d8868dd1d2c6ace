"""Texts as they stand while gaps are closed: records that hold few ways of asking, on some clauses or on all.

Of the shipped records a few ways of asking are kept. A clause of the other corpora on which two questions or more were
asked gets a record of half of them, with the lines that `documents suggest` drafts; so does every third with one. What
went into records is not asked again.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from random import Random

import numpy as np

from assistant.service import Assistant
from corpus.clause import Clause
from corpus.corpus import Corpus
from corpus.records.record import UNWRITTEN, PlainRecord
from corpus.text.characters import has_han
from eval.fitting.adapter import SIGNALS, Sample, look_up
from eval.fitting.confidence import Floats, Labels, fit, importance, out_of_fold
from eval.fitting.corpora import UNRECORDED, FittingCorpus
from eval.questions.questionset import LabelledQuestion
from index.building import build_index
from index.index import Index
from index.induced import induced
from index.suggested import suggested_texts

_KEPT, _KEPT_EN = (2, 5), (1, 2)  # ways of asking that are kept of a shipped record, from and to
_DRAFTED, _DRAFTED_EN = 5, 2  # drafted lines beside the questions, at most
_ALONE = 1 / 3  # share of the clauses with one question that get a record
_GIST = 60  # characters of a clause that stand for what a clerk writes of it


def with_few_ways(corpora: Sequence[FittingCorpus]) -> Iterator[FittingCorpus]:
    """Each as it would be with few ways of asking, indexed in memory; the same at every call."""
    for corpus in corpora:
        if corpus.name == UNRECORDED:
            continue
        random, index = Random(0), corpus.assistant.index
        asked = {} if corpus.has_records else dict(_asked(corpus.questions, random))
        plain = _thinned(index.corpus, random) if corpus.has_records else _written(index, asked)
        changed = build_index(replace(index.corpus, plain=plain), index.encoder)
        used = {question.id for questions in asked.values() for question in questions}
        left = [question for question in corpus.questions if question.id not in used]
        yield replace(corpus, assistant=Assistant(changed, corpus.assistant.settings), questions=left)


def few_weights(found: Sequence[tuple[FittingCorpus, Sequence[Sample]]]) -> tuple[Mapping[str, float], Floats, Labels]:
    """The weights by name, then for each question its probability out of fold and whether it is right."""
    samples = [sample for _, of_one in found for sample in of_one]
    values = np.array([[sample.signals[name] for name in SIGNALS] for sample in samples])
    right = np.array([sample.right for sample in samples])
    counts = np.concatenate([importance(of_one, corpus.weight) for corpus, of_one in found])
    weights = np.round(fit(values, right, counts), 3).tolist()
    return dict(zip(["bias", *SIGNALS], weights, strict=True)), out_of_fold(values, right, counts), right


def recorded(corpus: FittingCorpus) -> list[Sample]:
    """The samples of the questions whose first clause has a record."""
    samples = []
    for question in corpus.questions:
        found = look_up(corpus.assistant, question)
        reading = found.reading
        if not found.hits or reading.refusal or reading.references.ids or found.place_not_covered:
            continue
        clause = found.hits[0].clause
        if corpus.assistant.index.has_records(clause):
            signals = asdict(corpus.assistant.judge.signals(found))
            right = clause.id in question.relevant
            samples.append(Sample(signals, reading.alone.vector.astype(np.float64), (), question.answerable, right))
    return samples


def _thinned(corpus: Corpus, random: Random) -> dict[str, PlainRecord]:
    return {
        key: replace(record, ask=_some(record.ask, _KEPT, random), ask_en=_some(record.ask_en, _KEPT_EN, random))
        for key, record in corpus.plain.items()
    }


def _some(lines: Sequence[str], bounds: tuple[int, int], random: Random) -> tuple[str, ...]:
    return tuple(random.sample(lines, min(random.randint(*bounds), len(lines))))


def _asked(questions: Sequence[LabelledQuestion], random: Random) -> Iterator[tuple[str, Sequence[LabelledQuestion]]]:
    """The questions that go into the record of a clause, by its id."""
    by_clause: dict[str, list[LabelledQuestion]] = defaultdict(list)
    for question in questions:
        if question.relevant and not question.history:
            by_clause[question.relevant[0]].append(question)
    for id_, those in by_clause.items():
        random.shuffle(those)
        if len(those) > 1 or random.random() < _ALONE:
            yield id_, those[: (len(those) + 1) // 2]


def _written(index: Index, asked: Mapping[str, Sequence[LabelledQuestion]]) -> dict[str, PlainRecord]:
    clauses = {id_: index.corpus.clause(id_) for id_ in asked}
    return {id_: _record(index, clause, [one.question for one in asked[id_]]) for id_, clause in clauses.items()}


def _record(index: Index, clause: Clause, asked: Sequence[str]) -> PlainRecord:
    texts, lists = suggested_texts(clause, induced(clause, index.lexicon, index.text.lexical.weights.rarity))
    name = clause.text[:_GIST] if texts["name"] == UNWRITTEN else texts["name"]
    title_en = name if texts["title_en"] == UNWRITTEN else texts["title_en"]
    ask = [question for question in asked if has_han(question)] + list(lists["ask"][:_DRAFTED])
    ask_en = [question for question in asked if not has_han(question)] + list(lists["ask_en"][:_DRAFTED_EN])
    return PlainRecord(
        clause.id, name, clause.text[:_GIST], title_en, title_en, tuple(ask), tuple(ask_en), tuple(lists["keywords"]), 1
    )
