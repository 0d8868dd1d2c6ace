"""Work on a question grows with its length and no faster, whatever it is made of.

Processor time of the same step over a text and over one four times as long is compared; a step that is quadratic takes
sixteen times as long. Nothing is measured in seconds.
"""

from collections.abc import Callable, Sequence
from time import process_time

import pytest

from assistant.composition.exclusion import exclusions_in
from assistant.confidence.wording import ngrams
from assistant.privacy.masking import mask, without_personal_data
from assistant.question.history import TURN_CHARACTERS, TURNS
from assistant.question.intents import intents_of
from assistant.question.language import is_readable
from assistant.question.listing import may_list, opens_business
from assistant.question.needs import split_needs
from assistant.question.pinyin import from_pinyin
from assistant.question.places import place_words, without_places
from assistant.question.references import is_bare_anaphor, references_in
from assistant.question.sounds import Vocabulary
from assistant.question.spelling import correct
from assistant.question.talk import act_of
from assistant.service import Assistant, Turn
from corpus.addresses.references import contains_id
from corpus.corpus import Corpus
from index.index import Index
from index.query import Query, Text
from index.retriever import EVERYTHING
from index.text.answer_types import expected_types
from index.text.normalizer import Normal, normalize
from index.text.tokenizer import segment

# What a pattern may begin to match again and again: numerals, brackets, blanks, addresses, personal data, fillers.
ALPHABETS = [
    *(
        "百千",
        "十",
        "第",
        "不",
        "几",
        "（一）",
        "一、",
        "第1条、",
        "第3条到",
        "33条 ",
        "附件",
        "之一",
        "款项",
        "办法",
        "法第",
    ),
    *("1", "1,", "1.", "1-", "-", "x1", "1380013", "6222 ", "a", "a@", "a@b.", "ab:", "clause 1 ", "1 and ", "the "),
    *(
        "《",
        "》",
        "(",
        "【",
        "〔2023〕",
        "和",
        "与 ",
        "，",
        "、",
        "？",
        " ",
    ),
    *("zhang", "shi ", "℃", "㎡", "é"),
]
_LEAST_SECONDS = 0.002  # of processor time, below which the clock says too little
_LONGEST = 4_000
_TIMES = 4  # as long is the text that a step is compared on
_GROWTH = 8.0  # between 4 for a linear step and 16 for a quadratic one


def _seconds(step: Callable[[str], object], text: str) -> float:
    best = float("inf")
    for _ in range(4):
        started = process_time()
        step(text)
        best = min(best, process_time() - started)
    return best


def _growth(step: Callable[[str], object], unit: str) -> float:
    """How many times longer the step takes on a text `_TIMES` as long; 1 where it is too quick to tell."""
    length = 1000
    while length <= _LONGEST:
        text = (unit * length)[:length]
        if (seconds := _seconds(step, text)) >= _LEAST_SECONDS:
            return _seconds(step, (unit * _TIMES * length)[: _TIMES * length]) / seconds
        length *= 2
    return 1.0


@pytest.fixture(scope="module")
def steps(index: Index, corpus: Corpus) -> dict[str, Callable[[str], object]]:
    vocabulary = Vocabulary(index)
    clause = index.view(corpus.clauses[0]).normal
    return {
        "normalize": normalize,
        "segment": lambda text: segment(Normal(text)),
        "expand": lambda text: index.lexicon.expand(Normal(text)),
        "read": lambda text: index.read([text]),
        "mask": mask,
        "exclusions_in": lambda text: exclusions_in(Normal(text)),
        "may_list": lambda text: may_list(Normal(text)),
        "opens_business": lambda text: opens_business(Normal(text)),
        "without_personal_data": without_personal_data,
        "intents": lambda text: list(intents_of(Normal(text))),
        "expected_types": lambda text: expected_types(Normal(text)),
        "is_readable": lambda text: is_readable(Normal(text)),
        "from_pinyin": lambda text: from_pinyin(Normal(text), vocabulary),
        "correct": lambda text: correct(segment(Normal(text)).pieces, vocabulary),
        "places": place_words,
        "without_places": without_places,
        "references": lambda text: references_in(text, corpus, EVERYTHING, (), None),
        "contains_id": lambda text: contains_id(Normal(text), corpus),
        "is_bare_anaphor": lambda text: is_bare_anaphor(Normal(text)),
        "split_needs": split_needs,
        "act_of": lambda text: act_of(Normal(text)),
        "ngrams": lambda text: ngrams(Normal(text), clause),
    }


@pytest.mark.parametrize("unit", ALPHABETS)
def test_no_step_grows_faster_than_its_text(steps: dict[str, Callable[[str], object]], unit: str) -> None:
    growth = {name: _growth(step, unit) for name, step in steps.items()}
    slow = [name for name, ratio in growth.items() if ratio > _GROWTH]
    assert [name for name in slow if _growth(steps[name], unit) > _GROWTH] == []  # once may be the machine's doing


def test_a_long_history_is_read_by_its_beginnings(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    lengths: list[int] = []
    read = assistant.index.read

    def counting(texts: Sequence[str | Text]) -> list[Query]:
        lengths.extend(len(text if isinstance(text, str) else text.text) for text in texts)
        return read(texts)

    monkeypatch.setattr(assistant.index, "read", counting)
    assistant.ask("多久能办完", history=[Turn("user", "公司搬家" * 500)] * 20)
    assert len("多久能办完") < max(lengths) <= TURNS * TURN_CHARACTERS + TURNS + len("多久能办完")
