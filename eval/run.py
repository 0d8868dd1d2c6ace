"""Ask every question of a set, over the shipped documents, a folder of others, or any corpus given as rows.

Over documents the hybrid leg is what people get, `Assistant.search`, with history and the place chosen beforehand;
the single legs are given the query and scope that it understood. Over rows no answers are composed: the legs and
their fusion are given the question as it stands.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar

from assistant.service import Assistant, Turn
from assistant.settings import Settings
from corpus.corpus import Corpus
from corpus.errors import InputError
from corpus.load import load_corpus, read_jsonl_corpus
from eval.measures.ranking import DEPTH
from eval.questions.questionset import LabelledQuestion, read_questions, to_stderr
from eval.results import QuestionResult
from eval.summary import Evaluation, summarise
from index.building import build_index
from index.encoder.encoder import load_encoder, load_second_encoder
from index.index import Index
from index.retriever import Hit, Retriever

HYBRID = "hybrid"
LEGS = ("bm25", "dense", HYBRID)

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Opened:
    """Questions, and what they are asked of: an assistant, or an index alone where the corpus is given as rows."""

    asked: tuple[LabelledQuestion, ...]
    of: Assistant | Index

    @property
    def corpus(self) -> Corpus:
        return self.of.corpus

    def evaluate(self, legs: Iterable[str]) -> Evaluation:
        """All questions asked. Raises InputError for a leg that does not exist."""
        if isinstance(self.of, Assistant):
            return evaluate_answers(self.of, self.asked, legs)
        return evaluate_index(self.of, self.asked, legs)


def evaluate(
    settings: Settings,
    questions: Path,
    documents: Path | None = None,
    legs: Iterable[str] | None = None,
    report: Callable[[str], None] = to_stderr,
) -> Evaluation:
    """What `policyqa eval` does: `open_questions`, then all of them asked.

    Raises what that raises, and InputError for a leg that does not exist.
    """
    chosen = in_order(legs or LEGS)
    return open_questions(settings, questions, documents, report).evaluate(chosen)


def open_questions(
    settings: Settings, questions: Path, documents: Path | None = None, report: Callable[[str], None] = to_stderr
) -> Opened:
    """Questions with what they are to be asked of, the shipped or served documents unless others are given.

    `documents` is a folder as POLICYQA_CORPUS or a file of rows `{id, title, text}`, indexed in memory; `report` gets
    a line at each step of that. Raises QuestionFileError, and what reading documents and opening index and encoder
    raise.
    """
    settings = replace(settings, max_limit=max(settings.max_limit, DEPTH))  # a caller's limit is no measure's business
    if documents is None:
        assistant = Assistant.open(settings)
        return Opened(read_questions(questions, assistant.corpus, report), assistant)
    corpus = load_corpus(documents) if documents.is_dir() else read_jsonl_corpus(documents)
    asked = read_questions(questions, corpus, report)  # faults come before minutes of indexing
    report(f"正在为 {len(corpus.clauses)} 条建立索引 Indexing {len(corpus.clauses)} clauses of {documents} …")
    second = load_second_encoder(settings.second_encoder)
    index, milliseconds = timed(lambda: build_index(corpus, load_encoder(settings.encoder), second=second))
    report(f"索引已建好 Index ready after {milliseconds / 1000:.1f} s")
    return Opened(asked, Assistant(index, settings) if documents.is_dir() else index)


def evaluate_answers(
    assistant: Assistant, questions: Sequence[LabelledQuestion], legs: Iterable[str] = LEGS
) -> Evaluation:
    """Retrieval and answers over the assistant's own documents; `questions` is not empty."""
    chosen = in_order(legs)
    assistant.ask(questions[0].question)  # dictionaries load on first use: not a latency of searching
    results = [_ask(assistant, question, chosen) for question in questions]
    return summarise(results, index_version=assistant.index.version, encoder=assistant.index.encoder.name)


def evaluate_index(index: Index, questions: Sequence[LabelledQuestion], legs: Iterable[str] = LEGS) -> Evaluation:
    """Retrieval alone; ids are compared on documents. Every figure of answers is None."""
    chosen = in_order(legs)
    index.search(questions[0].question, limit=DEPTH)
    results = [_search(index, question, chosen) for question in questions]
    return summarise(results, index_version=index.version, encoder=index.encoder.name)


def _ask(assistant: Assistant, question: LabelledQuestion, legs: Sequence[str]) -> QuestionResult:
    history = tuple(Turn("user", text) for text in question.history)
    chosen: Mapping[str, Any] = {"history": history, "jurisdiction": places_of(assistant, question)}
    answer, ask_ms = timed(lambda: assistant.ask(question.question, **chosen))
    understood = assistant.look_up(question.question, **chosen).result

    def search(leg: str) -> list[Hit]:
        if leg == HYBRID:
            return assistant.search(question.question, limit=DEPTH, **chosen)
        return assistant.index.legs[leg].search(understood.query.text, limit=DEPTH, scope=understood.candidate.scope)

    timings = {leg: timed(partial(search, leg)) for leg in legs}
    found = {leg: tuple(hit.clause.id for hit in hits) for leg, (hits, _) in timings.items()}
    return QuestionResult(question, found, timings[legs[-1]][1], answer, ask_ms)


def places_of(assistant: Assistant, question: LabelledQuestion) -> tuple[str, ...]:
    """The place chosen beforehand; none where the assistant does not know it, for then nobody can choose it."""
    if not question.jurisdiction:
        return ()
    try:
        assistant.look_up(question.question, jurisdiction=(question.jurisdiction,))
    except InputError as error:
        if not (error.field or "").startswith("jurisdiction"):
            raise
        return ()
    return (question.jurisdiction,)


def _search(index: Index, question: LabelledQuestion, legs: Sequence[str]) -> QuestionResult:
    engines: Mapping[str, Retriever] = {**index.legs, HYBRID: index}
    timings = {leg: timed(partial(engines[leg].search, question.question, limit=DEPTH)) for leg in legs}
    found = {leg: tuple(dict.fromkeys(hit.clause.document_id for hit in hits)) for leg, (hits, _) in timings.items()}
    return QuestionResult(question, found, timings[legs[-1]][1])


def timed(call: Callable[[], Result]) -> tuple[Result, float]:
    """What the call returns, and how long it took in milliseconds."""
    started = perf_counter()
    result = call()
    return result, (perf_counter() - started) * 1000


def in_order(legs: Iterable[str]) -> tuple[str, ...]:
    """The legs in the one order of the reports, hybrid last, because the last one names the misses."""
    wanted = set(legs)
    if unknown := sorted(wanted.difference(LEGS)):
        raise InputError(f"there is no leg {unknown[0]!r}; choose from {', '.join(LEGS)}", field="leg")
    return tuple(leg for leg in LEGS if leg in wanted)
