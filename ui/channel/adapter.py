"""What every channel from outside does with a message: answered once, limited, counted, switched off like the others.

A channel is a file like wechat.py: it proves who calls, reads the message, hands `Outside.reply` the words and who has
sent them, and writes down what comes back as its protocol wants it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import time
from urllib.parse import quote

from limits import RateLimitItem

from assistant.answer import Answer
from assistant.feedback.recorded import kept
from assistant.messages import languages, messages
from assistant.passive.replies import Asked, Replied, Replies
from assistant.question.danger import danger_in
from assistant.question.history import Turn
from assistant.rates.counting import Counting, Demand
from assistant.rates.kept import keeping_for
from assistant.replies.unavailable import unavailable
from assistant.service import Assistant
from assistant.switches.operation import EVERYTHING_ON, Operation
from assistant.switches.state import Channel
from corpus.errors import InputError
from index.text.normalizer import normalize
from ui.channel.fitted import fitted
from ui.page.languages import in_language, language

OnAnswer = Callable[[Answer, Sequence[Turn]], None]
_UNSHOWN = {number: None for number in (*range(32), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF) if chr(number) not in "\n\t"}


@dataclass(frozen=True, slots=True)
class Outside:
    """One channel, over what is in service."""

    channel: Channel
    site: str  # where everybody reaches it
    replies: Replies
    most: int  # bytes of a reply
    counting: Counting | None = None
    rates: Sequence[RateLimitItem] = ()  # for each person
    operation: Operation = EVERYTHING_ON
    count: Callable[[str], object] = field(default=lambda _: None)  # what became of a message

    def reply(self, asked: Asked, text: str, assistant: Assistant, on_answer: OnAnswer) -> Replied:
        """What a question is replied; the same again to the same message. Raises ReplayedError."""
        before, history = self.replies.before(asked)
        if before:
            self.count("repeated")
            return before
        who = self.replies.who(asked)
        if self._is_too_often(who) and not danger_in(normalize(text)):
            self.count("limited")
            return self.replies.keep(asked, self._notice("channel.too_often"))[0]
        try:
            answer = self._answer(text, history, assistant)
        except InputError as error:
            self.count("refused")
            return self.replies.keep(asked, self._said(in_language(error, messages(languages()[0]))))[0]
        content = readable(fitted(answer, self.site, lambda id_: self._link(id_, answer.language), self.most))
        cited = tuple(dict.fromkeys(citation.part_id or citation.clause_id for citation in answer.citations))
        mine = Replied(content, int(time()), kept(text), answer.text, cited)
        given, is_mine = self.replies.keep(asked, mine)
        if is_mine:
            with keeping_for(who):
                on_answer(answer, history)
            self.count(answer.status)
        return given

    def notice(self, asked: Asked, key: str) -> Replied:
        """What is said to a message that is no question. Raises ReplayedError."""
        before, _ = self.replies.before(asked)
        self.count("repeated" if before else "notice")
        return before or self.replies.keep(asked, self._notice(key) if key else self._said(""))[0]

    def _answer(self, text: str, history: Sequence[Turn], assistant: Assistant) -> Answer:
        if self.operation.is_off(self.channel):
            return unavailable(text, languages()[0], assistant.index.version)
        return assistant.recent.ask(text, history=history)

    def _is_too_often(self, who: str) -> bool:
        demands = [Demand(limit, f"{self.channel}:{who}") for limit in self.rates]
        return self.counting is not None and not all(one.allowed for one in self.counting.hit(demands))

    def _notice(self, key: str) -> Replied:
        words = messages(languages()[0])
        return self._said(words(key, site=self.site))

    def _said(self, text: str) -> Replied:
        return Replied(readable(text), int(time()))

    def _link(self, id_: str, code: str) -> str:
        path = f"{self.site}/clause/{quote(id_, safe=':~')}"
        return path if code == languages()[0] else f"{path}?lang={language(code).code}"


def readable(text: str) -> str:
    """Without what XML cannot hold or a screen cannot show: control characters, halves of characters."""
    return text.translate(_UNSHOWN).encode("utf-8", "ignore").decode()
