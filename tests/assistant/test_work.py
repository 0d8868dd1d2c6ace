"""How much work a question is: what is counted here is done once, however many steps want the outcome."""

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from functools import wraps
from types import ModuleType
from typing import Any

import pytest

from assistant.service import Assistant, Turn
from index.fusion import FusedQuery
from index.index import Index
from index.query import Query
from index.reranking.reranker import RerankedQuery
from index.retriever import Hit, Scope
from index.text.normalizer import Normal, normalize

QUESTIONS = [
    pytest.param("企业跨区搬迁要重新办证吗", (), 1, id="plain"),
    pytest.param("芜湖小微企业低压接入标准是多少千瓦", (), 2, id="with a place"),
    pytest.param("网上交完还要等人审吗", ("房贷还清后怎么注销抵押登记",), 2, id="the same topic"),
    pytest.param("退休证能自己下载打印吗", ("合肥的首贷有什么支持",), 4, id="a new topic"),
]
OURS = ("assistant", "corpus", "index")


class Work:
    """What was done: texts normalised, calls of the encoder, searches of the index."""

    def __init__(self) -> None:
        self.normalised: list[str] = []
        self.encoded: list[str] = []
        self.opened: list[str] = []
        self.searched: Counter[tuple[str, Scope]] = Counter()

    def clear(self) -> None:
        self.normalised.clear()
        self.encoded.clear()
        self.opened.clear()
        self.searched.clear()

    def normalize(self, text: str) -> Normal:
        if not isinstance(text, Normal):  # which comes back at once
            self.normalised.append(text)
        return normalize(text)


def our_modules() -> Sequence[ModuleType]:
    return [module for name, module in sys.modules.items() if name.partition(".")[0] in OURS]


@pytest.fixture
def work(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> Work:
    """Counts from here on; every place that knows the normaliser, the encoder or the index is looked at."""
    work, encoder, open_query = Work(), type(assistant.index.encoder), Index.open
    for module in our_modules():
        if getattr(module, "normalize", None) is normalize:
            monkeypatch.setattr(module, "normalize", work.normalize)

    def counted(method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)
        def call(self: object, texts: Sequence[str]) -> object:
            work.encoded.append(method.__name__)
            return method(self, texts)

        return call

    def counted_open(self: Index, query: Query) -> RerankedQuery | FusedQuery:
        opened = open_query(self, query)
        work.opened.append(query.normal)
        search = opened.search

        def counted_search(*, limit: int, scope: Scope) -> Sequence[Hit]:
            work.searched[query.normal, scope] += 1
            return search(limit=limit, scope=scope)

        monkeypatch.setattr(opened, "search", counted_search)
        return opened

    for name in ("encode_queries", "encode_documents"):
        monkeypatch.setattr(encoder, name, counted(getattr(encoder, name)))
    monkeypatch.setattr(Index, "open", counted_open)
    return work


@pytest.mark.parametrize(("question", "earlier", "searches"), QUESTIONS)
def test_a_question_is_normalised_encoded_and_searched_once(
    assistant: Assistant, work: Work, question: str, earlier: Sequence[str], searches: int
) -> None:
    history = [turn for text in earlier for turn in (Turn("user", text), Turn("assistant", "……"))]
    assistant.ask(question, history=history)  # what is remembered of the clauses is no work of the question
    assert work.normalised
    assert work.encoded
    work.clear()
    assert assistant.ask(question, history=history).citations
    said = [text for text in work.normalised if text in (question, *earlier)]  # phrases of a quote are none of it
    assert len(said) <= 1 + 2 * len(earlier) <= 3, "itself, and in a conversation what it points with"
    assert work.encoded == ["encode_queries"]
    assert len(work.opened) == len(set(work.opened)) == 1 + len(earlier), "alone and in context"
    assert max(work.searched.values()) == 1, "no query is searched twice in the same scope"
    assert len(work.searched) == searches


def test_the_chosen_result_is_judged_once(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    judged: Counter[tuple[int, str]] = Counter()
    signals = assistant.judge.signals

    def counted(found: Any, hit: Any = None, **how: Any) -> Any:  # noqa: ANN401  (as Judge.signals)
        judged[id(found), (hit or found.hits[0]).clause.id] += 1
        kept.append(found)  # so that no id is given twice
        return signals(found, hit, **how)

    kept: list[object] = []
    monkeypatch.setattr(assistant.judge, "signals", counted)
    for question, earlier in (("怎么申请首贷", None), ("退休证能自己下载打印吗", "合肥的首贷有什么支持")):
        judged.clear()
        answer = assistant.ask(question, history=[Turn("user", earlier)] if earlier else [])
        assert answer.citations
        assert max(judged.values()) == 1
        assert sum(key[1] == answer.citations[0].clause_id for key in judged) == 1


def test_an_answer_in_another_language_looks_nothing_up(assistant: Assistant, work: Work) -> None:
    found = assistant.look_up("企业跨区搬迁要重新办证吗")
    work.clear()
    for language in ("zh", "en"):
        assert assistant.answer(found, 5, language=language).citations
    assert not work.searched
    assert "encode_queries" not in work.encoded
