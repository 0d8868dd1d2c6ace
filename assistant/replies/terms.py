"""What a word means: in the documents' own words where they explain it, else in plain words with a source, else not."""

import re
from collections.abc import Callable, Sequence

from assistant.answer import Audience, Block, BlockKind, Reason, Related, Status
from assistant.composition.citations import relate
from assistant.composition.compose import Composer
from assistant.composition.terms import defines, explanation
from assistant.glossary.glossary import Glossary, Term
from assistant.privacy.masking import without_personal_data
from assistant.question.intents import intent
from assistant.question.question import Reading
from assistant.replies.reply import Message, Reply
from assistant.retrieval.result import RetrievalResult
from index.index import Index
from index.retriever import Hit
from index.text.normalizer import normalize

LookUp = Callable[[Reading], tuple[RetrievalResult, Reason | None]]  # what is found, and why it is no answer

NEAR = 10  # hits among which a definition is looked for
_SURELY = re.compile(r"意思|含义|\bmean|stands? for")  # other forms may ask for anything: 什么是开公司最快的办法
_MARKS = str.maketrans("", "", "\"“”'‘’「」『』")  # “4567”产业体系 is asked about as one word
_QUOTED = re.compile(r"[\"“‘「『《]([^\"”’」』》]{1,30})[\"”’」』》]")
_WHERE = re.compile(r"^.{0,20}(?:里面|里|中|上|说|写|讲|提到)的")  # 文件里说的…
_AROUND = re.compile(r"^(?:那个|这个|所谓的?|an? |the )|(?:这个词|这个说法|一词|这个|的)$")
_POINTING = re.compile(r"(?:这|那|它|上面|前面|刚才|以上|this|that|it|these|those|you)(?:个|些|句话?|条|段话?|里)?")
# A number that is a name says nothing by itself; one before a unit is an amount.
_NUMBER = re.compile(r"(?<![\d.])\d{2,}(?![\d.]|[年月日天元条号款项%岁周级万亿]|千瓦|平方|分钟|小时|个)")


class TermResponder:
    """Replies to questions about a word, over one index. Safe from several threads."""

    def __init__(self, glossary: Glossary, look_up: LookUp, composer: Composer, index: Index) -> None:
        self._glossary = glossary
        self._look_up = look_up
        self._composer = composer
        self._index = index

    def __call__(self, message: Message) -> Reply | None:
        """None where no word is asked about, or where the documents answer as they would any question."""
        reading = message.reading
        word = asked_word(reading)
        if not word or reading.refusal:
            return None
        term = self._glossary.named(word)
        asks = "asks_meaning" in reading.intents or _NUMBER.search(word)
        if term is None and (not asks or reading.references.names_clause):
            return None
        found, reason = self._look_up(reading)
        if term is None and not self._using(found, (word,)):
            term = self._only_term_in(word)
        names = term.names if term else (word,)
        using = self._using(found, names)
        if saying := [hit for hit in using[:NEAR] if self._says(hit, names, term)]:
            return self._quoted(message, found, saying[0], reason)
        if term:
            return self._explained(message, term, word, using)
        number = bool(using and _NUMBER.search(word))
        if reason is None and using[:1] == found.hits[:1] and not number:
            return None  # the clause that is quoted has the word, and what it tells of it
        surely = number or _SURELY.search(reading.normal)
        return self._unexplained(message, word, using) if surely and reason is not Reason.PLACE_NOT_COVERED else None

    def _only_term_in(self, word: str) -> Term | None:
        """The term in what is asked about, where it is the only one and most of it."""
        inside = self._glossary.find(word)
        return inside[0] if len(inside) == 1 and len(word) <= 2 * len(inside[0].term) else None

    def _using(self, found: RetrievalResult, names: Sequence[str]) -> list[Hit]:
        """The hits whose clauses use one of these names."""
        bare = [name.translate(_MARKS) for name in names]
        texts = ((hit, self._index.view(hit.clause).normal.translate(_MARKS)) for hit in found.hits)
        return [hit for hit, text in texts if any(name in text for name in bare)]

    def _says(self, hit: Hit, names: Sequence[str], term: Term | None) -> bool:
        """Whether a clause says what a word is: it defines it, or is what our explanation is drawn from.

        Of a number used as a name it says so where it comes back to each of its digits.
        """
        if term and term.defined and self._related([hit])[0].label.startswith(term.source):
            return True
        text, numbers = normalize(hit.clause.text).translate(_MARKS), () if term else _NUMBER.findall(names[0])
        explains_number = bool(numbers) and all(text.count(number) > 1 for number in numbers)
        return explains_number or any(defines(text, name.translate(_MARKS)) for name in names)

    def _related(self, hits: Sequence[Hit]) -> tuple[Related, ...]:
        return relate(hits, self._index.corpus)

    def _quoted(self, message: Message, found: RetrievalResult, hit: Hit, reason: Reason | None) -> Reply | None:
        """The clause that says what it is; as an ordinary question where that finds it too."""
        if reason is None and hit is found.hits[0]:
            return None
        blocks, citations = self._composer.quoting(found, [hit], message.words, message.audience)
        related = self._composer.related(found, None, citations, message.limit)
        return Reply(Status.ANSWERED, None, blocks, citations, related=related)

    def _explained(self, message: Message, term: Term, word: str, using: Sequence[Hit]) -> Reply:
        said = "term.not_explained" if using else "term.not_used"
        meaning = explanation(term, word, message.words)
        return self._reply(message, using, meaning, message.words(said))

    def _unexplained(self, message: Message, word: str, using: Sequence[Hit]) -> Reply:
        said = "term.unexplained" if using else "term.unknown"
        start = message.reading.text.lower().find(word)
        word = message.reading.text[start : start + len(word)] if start >= 0 else word  # in its own capitals
        call = "call.agent" if message.audience is Audience.AGENT else "call.verify"
        inside = [explanation(term, word, message.words) for term in self._glossary.find(word)]
        return self._reply(message, using, message.words(said, word=word), *inside, call=message.words(call))

    def _reply(self, message: Message, using: Sequence[Hit], *notices: str, call: str = "") -> Reply:
        """Notices, with the clauses that use the word beside them."""
        blocks = [Block(BlockKind.NOTICE, text) for text in notices]
        blocks += [Block(BlockKind.CALL, call)] if call else []
        related = self._related(using[: message.limit])
        return Reply(Status.NO_ANSWER, Reason.CONVERSATION, tuple(blocks), related=related)


def asked_word(reading: Reading) -> str:
    """The word that a message asks the meaning of; empty where it asks for none.

    As it was typed, for a word that is unknown here may have been taken for another one that sounds alike.
    """
    typed = " ".join(without_personal_data(reading.text).split())
    for name in ("asks_meaning", "asks_what"):
        if name in reading.intents:
            pattern = intent(name).pattern
            match = pattern.search(normalize(typed)) or pattern.search(reading.normal)
            return _bare(match[match.lastindex]) if match and match.lastindex else ""
    return ""


def _bare(asked: str) -> str:
    """Without quotation marks and what stands around the word: 文件里说的“…”这个词."""
    quoted = _QUOTED.search(asked)
    bare = quoted[1] if quoted else _WHERE.sub("", asked.strip(' ?.!"“”'))
    previous = ""
    while bare != previous:
        previous, bare = bare, _AROUND.sub("", bare).strip()
    return "" if _POINTING.fullmatch(bare) or len(bare) < 2 else bare
