"""What a word means: in the documents' own words where they explain it, else in plain words with a source, else not."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

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

NEAR = 10  # hits among which a definition is looked for
_SURELY = re.compile(r"意思|含义|\bmean|stands? for")  # other forms may ask for anything: 什么是开公司最快的办法
_MARKS = str.maketrans("", "", "\"“”'‘’「」『』")  # “4567”产业体系 is asked about as one word
_QUOTED = re.compile(r"[\"“‘「『《]([^\"”’」』》]{1,30})[\"”’」』》]")
_WHERE = re.compile(r"^.{0,20}(?:里面|里|中|上|说|写|讲|提到)的")  # 文件里说的…
_AROUND = re.compile(r"^(?:那个|这个|所谓的?|an? |the )|(?:这个词|这个说法|一词|这个|的)$")
_POINTING = re.compile(r"(?:这|那|它|上面|前面|刚才|以上|this|that|it|these|those|you)(?:个|些|句话?|条|段话?|里)?")
# A number that is a name says nothing by itself; one before a unit is an amount.
_NUMBER = re.compile(
    r"(?<![\d.\[])\d{2,}(?![\d.\]]|[年月日天元条号款项%岁周级万亿]|千瓦|平方|分钟|小时|个"
    r"| ?(?:days?|yuan|per ?cent|hours?|minutes?|weeks?|months?|years?|km|kw|square|people|firms?)\b)"
)
_NUMERAL = re.compile(r"[\d一二两三四五六七八九双]")  # in a short name: 双告知, 三证合一
_COUNTED = re.compile(r"([二两三四五六七八九双])([^\W\d_一二两三四五六七八九双])")
_COUNTS = {"双": 2, "两": 2} | {sign: n for n, sign in enumerate("二三四五六七八九", 2)}
_NAME = 3  # characters of a short name at least
_ENOUGH = 3  # things that a text must name to have said which a name counts, where it counts more


class TermResponder:
    """Replies to questions about a word, over one index. Safe from several threads."""

    def __init__(self, glossary: Glossary, composer: Composer, index: Index) -> None:
        self._glossary = glossary
        self._composer = composer
        self._index = index

    def __call__(self, message: Message) -> Reply | None:
        """None where no word is asked about, or where the documents answer as they would any question."""
        reading = message.reading
        word = asked_word(reading)
        if not word or reading.refusal:
            return None
        term = self._glossary.named(word)
        counts = "asks_parts" in reading.intents and "which_clause" not in reading.intents
        asks = "asks_meaning" in reading.intents or counts or _NUMBER.search(word)
        if term is None and (not asks or reading.references.names_clause):
            return None
        lookup = message.look_up()
        found, reason = lookup.result, lookup.reason
        name = word if term else self._written(word, found, short=counts)
        if term is None and not self._using(found, (name,)):
            term = self._only_term_in(word)
        names = term.names if term else (name,)
        using = self._using(found, names)
        if saying := [hit for hit in using[:NEAR] if self._says(hit, names, term)]:
            return self._quoted(message, found, saying[0], reason)
        if term:
            return self._explained(message, found, term, word, using)
        counts = bool(using and (_NUMBER.search(name) or (counts and _COUNTED.search(name))))
        told = using[:1] == found.hits[:1] or (not using and word.isascii())  # English words stand in no Chinese text
        if not counts and reason is None and told:
            return None  # the clause that is quoted has the word, and what it tells of it
        surely = counts or _SURELY.search(reading.normal)
        return self._unexplained(message, name, using) if surely and reason is not Reason.PLACE_NOT_COVERED else None

    def _written(self, word: str, found: RetrievalResult, *, short: bool) -> str:
        """The part of what is asked about that the clauses found have for it: 127 of 127 mechanism; else all of it.

        `short` says that a short name with a number in it is asked about.
        """
        texts = [text for _, text in self._texts(found.hits[:NEAR])]
        if any(word.translate(_MARKS) in text for text in texts):
            return word
        number = _NUMBER.search(word)
        parts = [number[0]] if number else list(_short_names(word.translate(_MARKS))) if short else []
        return next((part for part in parts if any(part in text for text in texts)), word)

    def _only_term_in(self, word: str) -> Term | None:
        """The term in what is asked about, where it is the only one and most of it."""
        inside = self._glossary.find(word)
        return inside[0] if len(inside) == 1 and len(word) <= 2 * len(inside[0].term) else None

    def _using(self, found: RetrievalResult, names: Sequence[str]) -> list[Hit]:
        """The hits whose clauses use one of these names; of a number, as a name and no amount."""
        bare = [name.translate(_MARKS) for name in names]
        return [hit for hit, text in self._texts(found.hits) if any(_uses(text, name) for name in bare)]

    def _texts(self, hits: Sequence[Hit]) -> Iterator[tuple[Hit, str]]:
        return ((hit, self._index.view(hit.clause).normal.translate(_MARKS)) for hit in hits)

    def _says(self, hit: Hit, names: Sequence[str], term: Term | None) -> bool:
        """Whether a clause says what a word is: it defines it, is what our explanation is drawn from, or names what a
        short name counts.
        """
        if term and term.defined and self._related([hit])[0].label.startswith(term.source):
            return True
        text = normalize(hit.clause.text).translate(_MARKS)
        if term is None and _names_counted(text, names[0].translate(_MARKS)):
            return True
        return any(defines(text, name.translate(_MARKS)) for name in names)

    def _related(self, hits: Sequence[Hit]) -> tuple[Related, ...]:
        return relate(hits, self._index.corpus)

    def _quoted(self, message: Message, found: RetrievalResult, hit: Hit, reason: Reason | None) -> Reply | None:
        """The clause that says what it is; as an ordinary question where that finds it too."""
        if reason is None and hit is found.hits[0]:
            return None
        blocks, citations = self._composer.quoting(found, [hit], message.words, message.audience)
        related = self._composer.related(found, None, citations, message.limit)
        return Reply(Status.ANSWERED, None, blocks, citations, related=related)

    def _explained(
        self, message: Message, found: RetrievalResult, term: Term, word: str, using: Sequence[Hit]
    ) -> Reply:
        """Our explanation, with the words of the first clause that uses the term."""
        meaning = explanation(term, word, message.words)
        said = message.words("term.not_explained" if using else "term.not_used")
        if not using:
            return self._reply(message, using, meaning, said)
        hit, (query,) = using[0], self._index.read([term.term])
        part = next((one.id for one in hit.clause.all_parts() if self._names(one.text, term)), None)
        searched = replace(found, query=query, named_part_ids=(part,) if part else ())
        blocks, citations = self._composer.quoting(searched, [hit], message.words, message.audience)
        if not any(self._names(citation.quote, term) for citation in citations):
            return self._reply(message, using, meaning, said)
        ours = (Block(BlockKind.NOTICE, meaning), Block(BlockKind.NOTICE, said))
        related = self._composer.related(found, None, citations, message.limit)
        return Reply(Status.ANSWERED, None, (*ours, *blocks), citations, related=related)

    def _names(self, text: str, term: Term) -> bool:
        normal = normalize(text).translate(_MARKS)
        return any(name.translate(_MARKS) in normal for name in term.names)

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


def _uses(text: str, name: str) -> bool:
    if not name.isdigit():
        return name in text
    return any(number[0] == name for number in _NUMBER.finditer(text))


def _short_names(word: str) -> Iterator[str]:
    """The parts of what is asked about that hold a numeral, the longest first: 一网三员 of 网格一网三员."""
    for length in range(len(word) - 1, _NAME - 1, -1):
        for start in range(len(word) - length + 1):
            part = word[start : start + length]
            if _NUMERAL.search(part) and not part.isascii():
                yield part


def _names_counted(text: str, name: str) -> bool:
    """Whether a text, both without quotation marks, names the things that a short name counts.

    Of a number it comes back to each of its digits, or to the number; of 双书, 三员 it lists as many, or has as
    many words with that character: 决定书, 告知书.
    """
    if numbers := _NUMBER.findall(name):
        rest = text.replace(name, " ")
        digits = all(re.search(rf"(?<!\d){digit}(?!\d)", rest) for number in numbers for digit in number)
        return all(text.count(number) > 1 for number in numbers) or digits
    counted = [(what, min(_COUNTS[sign], _ENOUGH)) for sign, what in _COUNTED.findall(name)]
    return bool(counted) and all(_names_as_many(text, name, what, least) for what, least in counted)


def _names_as_many(text: str, name: str, what: str, least: int) -> bool:
    """Whether a text lists so many things right before a name, or before the character that is counted, or has so many
    different words that end or begin with this.
    """
    listed = rf"(?:[^、,。;:\s]{{1,12}}[、和与及]){{{least - 1}}}[^、,。;:\s]{{0,14}}?"
    rest = text.replace(name, " ")
    if re.search(listed + re.escape(name), text) or re.search(listed + what, rest):
        return True
    before, behind = (set(re.findall(one, rest)) for one in (rf"(\w\w){what}", rf"{what}(\w\w)"))
    return max(len(before), len(behind)) >= least


def asked_word(reading: Reading) -> str:
    """The word that a message asks the meaning of; empty where it asks for none.

    As it was typed, for a word that is unknown here may have been taken for another one that sounds alike.
    """
    typed = " ".join(without_personal_data(reading.text).split())
    for name in ("asks_parts", "asks_meaning", "asks_what"):
        if name in reading.intents and not (name == "asks_parts" and "which_clause" in reading.intents):
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
