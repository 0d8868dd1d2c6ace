"""What form an answer takes: which clause, which place, yes or no, how, or simply what is said.

And where a question asks for one thing (how long, how much, where), the words of the quotes that state it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from assistant.answer import Citation
from assistant.question.answer_types import Kind, asked_kinds, states
from index.index import Index
from index.text.normalizer import normalize

SHORT = 60  # characters up to which a sentence is repeated whole; of a longer one, the clauses that state the thing
LEADS = frozenset(["rate", "amount", "hours", "duration", "date", "count"])  # what a number in one phrase can say
_NUMBER = re.compile(r"\d|当[日天场]|即时|即办|百分之")
NEAREST = 0.9  # share of the best sentence's cosine that the stating sentence must reach to lead the answer
_PHRASE = re.compile(r"[^，,]+(?:,(?=\d{3})[^，,]+)*")
_NUMBERING = re.compile(r"^(?:\d+[.．、]|[一二三四五六七八九十]+是|第[^\s　]{1,8}条)\s*")


class Form(StrEnum):
    """What a question wants, beside the kind of thing it asks for."""

    WHICH_CLAUSE = "which_clause"
    WHICH_PLACE = "which_place"
    YES_NO = "yes_no"
    HOW = "how"
    WHAT = "what"


_ASKED = {
    Form.WHICH_CLAUSE: r"(?:哪|第几)(?:一)?(?:条|款|点)(?:措施|规定|政策)?(?!街|路|线|河)|哪(?:项|个)(?:措施|条款|案例)"
    r"|\bwhich (?:clause|measure|article|case)\b|\bwhat (?:clause|article|measure) (?:number|says)\b",
    Form.WHICH_PLACE: r"哪(?:个|些|几个|座)(?:城市|市|地方|地区|省)|哪(?:里|儿)(?:已经)?(?:有|实行|推行|出台)"
    r"|\bwhich (?:city|cities|places?|provinces?)\b|\bwhere (?:is|are) .{0,40} (?:offered|available|in force)\b",
    Form.HOW: r"怎么|怎样|咋|如何|步骤|流程|\bhow (?:do|does|can|could|should|to|is|are)\b|\bsteps?\b|\bprocedure\b",
    Form.YES_NO: r"吗|(?<![什怎那])么(?=[?？]|$)|不(?=[?？]|$)|能不能|可不可以|是否|是不是|有没有"
    r"|行不行|要不要|会不会|用不用|(?:^|[.?!,;] )(?:can|may|could|is|are|do|does|did|will|must|should|has|have)\b",
}
_PATTERNS = {form: re.compile(pattern) for form, pattern in _ASKED.items()}


def form_of(question: str) -> Form:
    """The first form whose way of asking the question shows; WHAT for all others."""
    text = normalize(question)
    return next((form for form, pattern in _PATTERNS.items() if pattern.search(text)), Form.WHAT)


@dataclass(frozen=True, slots=True)
class Stated:
    """The words of a quote that state the thing asked for; `words` is a stretch of the quote of that number."""

    kind: Kind
    words: str
    number: int


def stated(question: str, citations: Sequence[Citation], index: Index) -> Stated | None:
    """The sentence of the quotes that states what is asked for; None where it lies off what the question is about."""
    kinds = [kind for kind in asked_kinds(question) if kind.name in LEADS]
    quotes = [(index.sentences(citation.quote), citation.number) for citation in citations]
    sentences = [(sentence, number) for quote, number in quotes for sentence in quote.written]
    if not kinds or not sentences:
        return None
    cosines = np.concatenate([quote.vectors for quote, _ in quotes]) @ index.read([question])[0].vector
    for kind in kinds:
        holding = [
            i
            for i, (sentence, _) in enumerate(sentences)
            if states(kind, sentence) and _NUMBER.search(normalize(sentence))
        ]
        best = max(holding, key=lambda i: (float(cosines[i]), -i), default=None)
        if best is not None and cosines[best] >= NEAREST * np.max(cosines):
            sentence, number = sentences[best]
            return Stated(kind, _shortened(kind, sentence), number)
    return None


def _shortened(kind: Kind, sentence: str) -> str:
    """The sentence without its number; of a long one the unbroken stretch of phrases that state the thing."""
    sentence = _NUMBERING.sub("", sentence)
    if len(sentence) <= SHORT:
        return sentence
    spans = [match.span() for match in _PHRASE.finditer(sentence) if states(kind, match.group())]
    return sentence[spans[0][0] : spans[-1][1]] if spans else sentence
