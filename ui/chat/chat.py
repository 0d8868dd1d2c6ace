"""What the chat page does, without Gradio."""

from collections.abc import Callable
from functools import partial
from itertools import islice
from threading import Lock

from cachetools import LRUCache

from assistant.answer import Answer, Reason
from assistant.composition.answer_blocks import name_of
from assistant.messages import Messages, languages, messages
from assistant.question.limits import DEFAULT_LIMITS, RequestLimits
from assistant.service import Assistant, Turn
from ui.chat.answer_view import answer_html, question_html
from ui.chat.conversation import Conversation, Conversations, Exchange
from ui.chat.ready_made import AnsweredQuestions
from ui.chat.topics import answered_topics

_MOST_FOLLOW_UPS = 3
_MOST_RENDERED = 2000  # exchanges whose HTML is kept, of 5 to 10 kB each
_WITHOUT_MATTER = (Reason.GREETING, Reason.OUT_OF_SCOPE, Reason.UNREADABLE)

LogMessages = list[dict[str, str]]


class Chat:
    """Conversations with one assistant; the pages of all languages share them.

    `on_answer` is called with every answer that is shown.
    """

    def __init__(
        self, assistant: Assistant, on_answer: Callable[[Answer], None], limits: RequestLimits = DEFAULT_LIMITS
    ) -> None:
        self.assistant = assistant
        self.limits = limits
        self.conversations = Conversations()
        self._html: LRUCache[tuple[str, str], tuple[str, str]] = LRUCache(_MOST_RENDERED)
        self._lock = Lock()
        self._on_answer = on_answer
        self._is_answered = AnsweredQuestions(assistant)
        self.topics = {code: answered_topics(code, self._is_answered) for code in languages()}

    def ask(self, question: str, place: str, key: str, language: str | None = None) -> Conversation:
        """Append the answer to the conversation of this tab; drops what is older than the limits keep.

        `language` is the page's, which counts where the question shows none.
        Raises InputError for a question that is too long or unreadable.
        """
        before = self.conversations.get(key)
        answer = self.assistant.ask(
            question, history=_turns(before), jurisdiction=[place] if place else [], language=language
        )
        self._on_answer(answer)
        longer = (*before, Exchange(answer, self._follow_ups(answer, place)))[-self.limits.max_history :]
        self.conversations.keep(key, longer)
        return longer

    def messages(self, conversation: Conversation, words: Messages) -> LogMessages:
        """The conversation as the Chatbot shows it."""
        return [message for exchange in conversation for message in self._rendered(exchange, words)]

    def _rendered(self, exchange: Exchange, words: Messages) -> LogMessages:
        """Question and answer as HTML, made once: every answer is sent with all that was said before it."""
        key = exchange.answer.id, words.code
        with self._lock:
            html = self._html.get(key)
        if html is None:
            answer = exchange.answer
            html = (
                question_html(answer.question, words),
                answer_html(answer, self.assistant.corpus, words, exchange.follow_ups),
            )
            with self._lock:
                self._html[key] = html
        return [{"role": role, "content": content} for role, content in zip(("user", "assistant"), html, strict=True)]

    def _follow_ups(self, answer: Answer, place: str) -> tuple[str, ...]:
        """What to ask next, in the language of the answer; only what is answered for the place spoken of."""
        if answer.citations:
            near = self.assistant.thresholds.related_question
            records = (self.assistant.corpus.plain.get(r.clause_id) for r in answer.related if r.score >= near)
            offered = [name_of(record, messages(answer.language)) for record in records if record]
        elif answer.reason in _WITHOUT_MATTER:
            offered = [topic.questions[0] for topic in self.topics[answer.language]]
        else:
            return ()  # the nearest clauses are listed instead
        places = (place,) if place else answer.understood.jurisdiction
        return tuple(islice(filter(partial(self._is_answered, places=places), offered), _MOST_FOLLOW_UPS))


def _turns(conversation: Conversation) -> list[Turn]:
    return [turn for exchange in conversation for turn in _exchanged(exchange.answer)]


def _exchanged(answer: Answer) -> tuple[Turn, Turn]:
    cited = tuple(citation.clause_id for citation in answer.citations)
    return Turn("user", answer.question), Turn("assistant", answer.text, cited)
