"""Where a question asks for one thing (how long, how much, where), the words of the quotes that state it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.answer import Citation
from assistant.question.answer_types import AnswerType, contains, expected_types
from index.encoder.encoder import Encoder
from index.text.normalizer import normalize

SHORT = 60  # characters up to which a sentence is repeated whole; of a longer one, the clauses that state the thing
LEADS = frozenset(["rate", "amount", "hours", "duration", "date", "count"])  # what a number in one phrase can say
_NUMBER = re.compile(r"\d|当[日天场]|即时|即办|百分之")
NEAREST = 0.9  # share of the best sentence's cosine that the stating sentence must reach to lead the answer
_SENTENCE = re.compile(r"[^。；;!?！？\n]+")
_PHRASE = re.compile(r"[^，,]+(?:,(?=\d{3})[^，,]+)*")
_NUMBERING = re.compile(r"^(?:\d+[.．、]|[一二三四五六七八九十]+是|第[^\s　]{1,8}条)\s*")


@dataclass(frozen=True, slots=True)
class ExtractedFact:
    """The words of a quote that state the thing asked for; `words` is a stretch of the quote of that number."""

    answer_type: AnswerType
    words: str
    number: int


def extract_fact(question: str, citations: Sequence[Citation], encoder: Encoder) -> ExtractedFact | None:
    """The sentence of the quotes that states what is asked for; None where it lies off what the question is about."""
    kinds = [kind for kind in expected_types(normalize(question)) if kind.name in LEADS]
    sentences = [
        (match.group().strip(), citation.number)
        for citation in citations
        for match in _SENTENCE.finditer(citation.quote)
        if match.group().strip()
    ]
    if not kinds or not sentences:
        return None
    cosines = encoder.encode_documents([sentence for sentence, _ in sentences]) @ encoder.encode_queries([question])[0]
    for kind in kinds:
        holding = [
            i
            for i, (sentence, _) in enumerate(sentences)
            if contains(kind, normalize(sentence)) and _NUMBER.search(normalize(sentence))
        ]
        best = max(holding, key=lambda i: (float(cosines[i]), -i), default=None)
        if best is not None and cosines[best] >= NEAREST * np.max(cosines):
            sentence, number = sentences[best]
            return ExtractedFact(kind, _shortened(kind, sentence), number)
    return None


def _shortened(kind: AnswerType, sentence: str) -> str:
    """The sentence without its number; of a long one the unbroken stretch of phrases that state the thing."""
    sentence = _NUMBERING.sub("", sentence)
    if len(sentence) <= SHORT:
        return sentence
    spans = [match.span() for match in _PHRASE.finditer(sentence) if contains(kind, normalize(match.group()))]
    return sentence[spans[0][0] : spans[-1][1]] if spans else sentence
