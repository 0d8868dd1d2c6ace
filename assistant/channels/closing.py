"""How answers and refusals end: where this matter is done in this place, and the hotline with its hours.

The records of the clause come first; of a document without any, what its quoted words name. An agent is the hotline and
is told of the rest alone. Emergencies, greetings, talk that says itself whom to call, questions back stay as they are.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from assistant.answer import Audience, Block, BlockKind, Reason, Status
from assistant.channels.named import channels_in
from assistant.channels.offered import HOTLINE, Channels, Offered
from assistant.channels.words import described
from assistant.messages import Messages
from assistant.replies.reply import Reply
from corpus.clause import Clause
from corpus.corpus import Corpus
from corpus.places.holding import holds_in

_REFUSALS = (Reason.NOT_IN_DOCUMENTS, Reason.PLACE_NOT_COVERED, Reason.OUT_OF_SCOPE)
_MOST, _MOST_EACH = 3, 2  # channels named for one matter, and for each of several: more is no longer read


class Closing:
    """Ends the replies over one corpus. Safe from several threads."""

    def __init__(self, channels: Callable[[], Channels], corpus: Corpus) -> None:
        self._channels = channels
        self._corpus = corpus

    def __call__(self, reply: Reply, places: Sequence[str], words: Messages, audience: Audience) -> Reply:
        """The reply with whom to turn to in places that it is about; the same where that is not wanted."""
        if not _is_wanted(reply):
            return reply
        named = [] if reply.reason is Reason.OUT_OF_SCOPE else self._named(reply, places, words)
        lines = [words("channels.line", channels=words("channels.separator").join(named))] if named else []
        if audience is Audience.CITIZEN:
            hotline = self._channels().hotline(self._first(reply), places)
            lines.append(words("channels.hotline", channel=described(hotline, words)))
        return replace(reply, blocks=(*reply.blocks, *(Block(BlockKind.CALL, line) for line in lines)))

    def _named(self, reply: Reply, places: Sequence[str], words: Messages) -> list[str]:
        """The channels of the matters in words, each once."""
        clauses = [self._corpus.clause(id_) for id_ in _matters(reply)]
        most = _MOST if len(clauses) < 2 else _MOST_EACH
        found: dict[str, None] = {}
        for clause in clauses:  # of several, a place that the message names may be another one's
            there = places if len(clauses) < 2 or holds_in(clause.jurisdiction, places) is not False else ()
            found |= dict.fromkeys([*self._of(clause, reply, there, words)][:most])
        return list(found) if clauses else list(self._near(None, places, words))[:most]

    def _of(self, clause: Clause, reply: Reply, places: Sequence[str], words: Messages) -> Iterator[str]:
        """Of one matter: those that the reply quotes before others."""
        if self._channels().describes(clause):
            yield from self._near(clause, places, words, reply)
        else:
            quotes = [one.quote for one in reply.citations if one.clause_id == clause.id]
            yield from (name for name in channels_in(quotes) if HOTLINE not in name)
            yield from self._near(clause, places, words)

    def _near(
        self, clause: Clause | None, places: Sequence[str], words: Messages, reply: Reply | None = None
    ) -> Iterator[str]:
        near = self._channels().near(clause, places)
        for one in sorted(near, key=lambda one: (one.fit, not (reply and _quotes(reply, one)))):
            yield described(one, words, () if places else one.channel.places)

    def _first(self, reply: Reply) -> Clause | None:
        return next(map(self._corpus.clause, _matters(reply)), None)


def _is_wanted(reply: Reply) -> bool:
    """Whether a reply is an answer, a refusal, or says that one should call without saying whom."""
    if reply.status is Status.ANSWERED or reply.reason in _REFUSALS:
        return True
    last = reply.blocks[-1] if reply.blocks else None
    calls = last is not None and last.kind is BlockKind.CALL and not any(map(str.isdigit, last.text))
    return reply.reason is Reason.CONVERSATION and calls


def _matters(reply: Reply) -> Sequence[str]:
    """The clauses whose matter it is: those that the reply names as such, else the first that it cites."""
    return [one.clause_id for one in reply.citations[:1]] if reply.matters is None else reply.matters


def _quotes(reply: Reply, offered: Offered) -> bool:
    """Whether the words that name a channel are quoted in a reply."""
    said = offered.channel.quote
    return said is not None and any(
        one.clause_id == said.clause_id and one.start < said.end and said.start < one.end for one in reply.citations
    )
