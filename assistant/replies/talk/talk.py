"""Replies to what a message says about the talk; nothing is searched for its own words.

What was asked before is looked up again, in the conversation that it stood in, so that what is quoted now is what
answers it. Where nothing was asked or found, a sentence says so: never a clause that merely shares the words.
"""

from collections.abc import Callable, Mapping, Sequence

from assistant.answer import Audience, Reason, Status
from assistant.composition.compose import Composer
from assistant.composition.refusal_blocks import example_of
from assistant.question.history import TURN_CHARACTERS, USER, Turn
from assistant.question.talk import Act, is_emergency, names_place, nth_of, small_talk_in
from assistant.replies.reply import Message, Reply, said
from assistant.replies.talk.earlier import Earlier, LookUp, Spoken, answer_for, earlier_in
from assistant.replies.talk.handing_on import hand_on
from assistant.replies.talk.lists import listed_in
from assistant.replies.talk.offices import telephones_in
from assistant.replies.talk.other_clauses import OtherClauses
from assistant.replies.talk.quoting import Quoting
from assistant.replies.talk.simpler import simpler
from assistant.replies.talk.small_talk import small_talk
from assistant.retrieval.result import Lookup
from assistant.retrieval.retrieve import MAX_PLACES
from corpus.corpus import Corpus
from index.text.normalizer import normalize


class Talk:
    """A responder to messages about the talk. Safe from several threads."""

    def __init__(
        self,
        composer: Composer,
        corpus: Corpus,
        look_up: LookUp,
        examples: Callable[[str], Sequence[str]],
        max_history: int,
    ) -> None:
        """`examples` gives questions that the documents answer, by the code of their language."""
        self._composer = composer
        self._corpus = corpus
        self._look_up = look_up
        self._examples = examples
        self._max_history = max_history
        self._quoting = Quoting(composer, corpus)
        self._others = OtherClauses(composer, self._quoting, corpus)
        self._again_by_act: Mapping[Act, Callable[[Message, Spoken], Reply | None]] = {
            Act.AGAIN: self._quoting.again,
            Act.KINDS: self._quoting.kinds,
            Act.SOURCE: self._quoting.sources,
            Act.DIFFERENCE: self._difference,
            Act.NTH: self._nth,
        }

    def __call__(self, message: Message) -> Reply | None:
        recent: Sequence[Turn] = message.history[-self._max_history :]
        act = message.reading.act or _after_emergency(message, recent)
        if act is None:
            return None
        if names_place(message.reading.normal):
            recent = answer_for(message.reading.own_places.covered, recent, self._corpus)
            if not recent:
                return None
        earlier = earlier_in(recent, self._corpus)
        cited = tuple(map(self._corpus.clause, earlier.cited)) if earlier else ()
        stated = self._numbers(message, earlier) if act is Act.NUMBER and earlier else None
        if reply := stated or small_talk(act, message, self._corpus, self._examples) or hand_on(act, message, cited):
            return reply
        if earlier is None:
            if act is Act.NTH and _is_number_of_clause(message):
                return None
            example = example_of(self._examples(message.words.code), message.words, most=1)
            return said(Reason.CONVERSATION, message.words("talk.nothing_yet"), *example)
        return self._on(act, message, self._spoken_of(message, earlier))

    def _numbers(self, message: Message, earlier: Earlier) -> Reply | None:
        """The numbers that the clauses spoken of state, in their words; None where they state none."""
        spoken = self._spoken_of(message, earlier)
        clauses = list(filter(telephones_in, spoken.clauses))
        return self._quoting.numbers(message, spoken.found.result, clauses) if clauses else None

    def _spoken_of(self, message: Message, earlier: Earlier) -> Spoken:
        """The question looked up again; where the history holds no answer to it, what would be cited now."""
        found = self._look_up(
            earlier.question,
            earlier.before,
            jurisdiction=message.jurisdiction,
            documents=message.documents,
            law=message.reading.law,
        )
        clauses = tuple(map(self._corpus.clause, earlier.cited))
        if not clauses and found.reason is None:
            clauses = tuple(hit.clause for hit in self._composer.cited(found.result))
        return Spoken(earlier, found, clauses)

    def _on(self, act: Act, message: Message, spoken: Spoken) -> Reply | None:
        others = {Act.WRONG: self._others.wrong, Act.MORE: self._others.more}
        if act in others:
            return others[act](message, spoken)
        if not spoken.clauses:
            return self._nothing_cited(act, message, spoken.found)
        if act is Act.SIMPLER:
            repeated = spoken.earlier.act is Act.SIMPLER
            return simpler(message, spoken.clauses, self._corpus, self._composer, said_before=repeated)
        return self._again_by_act[act](message, spoken)

    def _nothing_cited(self, act: Act, message: Message, found: Lookup) -> Reply | None:
        """Once more says what was said: that there is no answer. There is nothing else to be done with it."""
        if act is Act.NTH and _is_number_of_clause(message):
            return None
        if act is not Act.AGAIN or found.reason is None:
            return said(Reason.CONVERSATION, message.words("talk.nothing_cited"), call=_rephrase(message))
        examples = self._examples(message.words.code)
        refusal = self._composer.refusal(
            found, found.reason, message.words, history=(), audience=message.audience, examples=examples
        )
        related = self._composer.related(found.result, found.reason, (), message.limit)
        matters = (refusal.matter.id,) if refusal.matter else ()
        return Reply(Status.NO_ANSWER, found.reason, refusal.blocks, related=related, matters=matters, confidence=0.0)

    def _difference(self, message: Message, spoken: Spoken) -> Reply:
        """What the last answer cites; where that is one clause, beside what was cited before it."""
        clauses = list(spoken.clauses[:MAX_PLACES])
        if len(clauses) < 2:
            clauses[:0] = [self._corpus.clause(id_) for id_ in spoken.earlier.older if id_ != clauses[0].id][:1]
        if len(clauses) < 2:
            return said(Reason.CONVERSATION, message.words("talk.only_one"))
        return self._quoting.side_by_side(message, spoken.found.result, clauses)

    def _nth(self, message: Message, spoken: Spoken) -> Reply | None:
        """The nth clause of the last answer that was not itself one of several; of a single one the nth of its list."""
        nth, is_number = nth_of(message.reading.normal) or (1, False)
        given = next((one for one in spoken.earlier.answers if one.act is not Act.NTH), None)
        clauses = tuple(map(self._corpus.clause, given.cited)) if given else spoken.clauses
        listed = listed_in(clauses[0]) if len(clauses) == 1 and not is_number else ()
        if nth == 1 and not (given and given.act is Act.KINDS):  # the first is the clause, unless its list was shown
            listed = ()
        most = len(listed or clauses)
        if abs(nth) > most or nth == 0:
            absent = message.words("talk.no_nth", nth=abs(nth), count=most)
            return None if is_number else said(Reason.CONVERSATION, absent)
        place = nth - 1 if nth > 0 else nth
        if listed:
            return self._quoting.source(message, spoken.found.result, clauses, listed[place])
        return self._quoting.source(message, spoken.found.result, [clauses[place]])


def _after_emergency(message: Message, history: Sequence[Turn]) -> Act | None:
    """Thanks or a good-bye of one who cried for help before, whatever stands beside it."""
    last = next((turn for turn in reversed(history) if turn.role == USER), None)
    act = small_talk_in(message.reading.normal) if last else None
    return act if last and act and is_emergency(normalize(last.content[:TURN_CHARACTERS])) else None


def _is_number_of_clause(message: Message) -> bool:
    """Whether a message such as 「第二条的原文」 may mean the clause of that number."""
    nth = nth_of(message.reading.normal)
    return nth is not None and nth[1]


def _rephrase(message: Message) -> str:
    return message.words("call.agent" if message.audience is Audience.AGENT else "call.rephrase")
