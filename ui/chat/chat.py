"""What the chat page does, without Gradio. The server keeps nothing of a conversation: the tab does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from assistant.answer import Answer, Reason, Status
from assistant.composition.answer_blocks import name_of
from assistant.messages import languages, messages
from assistant.phrasing.told import told
from assistant.question.limits import DEFAULT_LIMITS, RequestLimits, check_question
from assistant.replies.unavailable import unavailable
from assistant.service import Assistant, Turn
from ui.chat.answer_view import answer_html, question_html
from ui.chat.ready_made import AnsweredQuestions
from ui.chat.topics import life_events

_MOST_FOLLOW_UPS = 3
_WITHOUT_MATTER = (Reason.GREETING, Reason.OUT_OF_SCOPE, Reason.UNREADABLE)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One answer, and the questions offered after it."""

    answer: Answer
    follow_ups: tuple[str, ...] = ()

    @property
    def is_kept(self) -> bool:
        """Whether the tab keeps it: a question that nobody has looked up stays in its box."""
        return self.answer.reason is not Reason.UNAVAILABLE

    def turns(self) -> tuple[Turn, Turn]:
        """What a later question may lean on."""
        cited = tuple(dict.fromkeys(citation.clause_id for citation in self.answer.citations))
        return Turn("user", self.answer.question), Turn("assistant", self.answer.text, cited)


class Chat:
    """Answers to one message after the other; the pages of all languages share it.

    `on_answer` is called with every answer that is shown and the turns before it.
    """

    def __init__(
        self,
        assistant: Assistant,
        on_answer: Callable[[Answer, Sequence[Turn]], None],
        limits: RequestLimits = DEFAULT_LIMITS,
        is_off: Callable[[], bool] = lambda: False,
    ) -> None:
        """`is_off`: whether the operator has switched the answers of this page off."""
        self.assistant = assistant
        self._is_off = is_off
        self.limits = limits
        self._on_answer = on_answer
        self._is_answered = AnsweredQuestions(assistant)
        self.events = {code: life_events(messages(code), assistant.corpus, self._says) for code in languages()}

    def ask(self, question: str, place: str, history: Sequence[Turn] = (), language: str | None = None) -> Exchange:
        """The answer to a question after these turns.

        `language` is the page's, which counts where the question shows none.
        Raises InputError for a question that is too long or unreadable.
        """
        if self._is_off():
            check_question("question", question, self.limits.max_question, language)
            return Exchange(unavailable(question, language or languages()[0], self.assistant.index.version))
        places = [place] if place else []
        answer = told(self.assistant, question, history=history, jurisdiction=places, language=language)
        self._on_answer(answer, history)
        return Exchange(answer, self._follow_ups(answer, place))

    def shown(self, exchange: Exchange, code: str) -> tuple[str, str]:
        """Question and answer as HTML for the page in this language."""
        words = messages(code)
        answer = exchange.answer
        return (
            question_html(answer.question, words),
            answer_html(answer, self.assistant.corpus, words, exchange.follow_ups),
        )

    def _says(self, question: str) -> bool:
        """Whether the documents say something on it, a list of clauses as well as an answer."""
        return self.assistant.recent.ask(question).status is Status.ANSWERED

    def _follow_ups(self, answer: Answer, place: str) -> tuple[str, ...]:
        """What to ask next, in the language of the answer; only what is answered for the place spoken of."""
        if answer.citations:
            near = self.assistant.thresholds.related_question
            records = (self.assistant.corpus.plain.get(r.clause_id) for r in answer.related if r.score >= near)
            offered = [name_of(record, messages(answer.language)) for record in records if record]
        elif answer.reason in _WITHOUT_MATTER:
            offered = [event.question for event in self.events[answer.language]]
        else:
            return ()  # the nearest clauses are listed instead
        places = (place,) if place else answer.understood.jurisdiction
        return tuple(islice(filter(partial(self._is_answered, places=places), offered), _MOST_FOLLOW_UPS))
