"""The chat page: a Gradio Blocks for each language over one Chat.

The browser sends a question, a place and the key of its tab (in a header, see static/connection.js); what was said
lives here on the server. The text box is the browser's own: the server never writes into it, so nothing typed is lost.
"""

import logging
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

import gradio as gr

from assistant.answer import Answer, Reason
from assistant.question.limits import DEFAULT_LIMITS, RequestLimits
from assistant.service import Assistant, Turn
from corpus.errors import InputError, PolicyQAError
from corpus.places.gazetteer import english_name
from ui.chat.answer_view import answer_html, notice_html, question_html
from ui.chat.conversation import Conversation, Conversations, Exchange
from ui.chat.topics import answered_topics
from ui.page.messages import Words

TAB = "x-policyqa-tab"  # the header that carries the key of the browser's tab

_LOG = logging.getLogger(__name__)
_NEARBY = 0.28  # score from which a related clause is about the same matter
_MOST = 3  # questions offered after an answer
_WITHOUT_MATTER = (Reason.GREETING, Reason.OUT_OF_SCOPE, Reason.UNREADABLE)

Messages = list[dict[str, str]]


class Chat:
    """What the page does, without Gradio; both languages share the conversations."""

    def __init__(
        self, assistant: Assistant, on_answer: Callable[[Answer], None], limits: RequestLimits = DEFAULT_LIMITS
    ) -> None:
        self.assistant = assistant
        self.limits = limits
        self.conversations = Conversations()
        self.topics = {english: answered_topics(assistant, english=english) for english in (False, True)}
        self._on_answer = on_answer

    def ask(self, question: str, place: str, key: str) -> Conversation:
        """Append the answer to the conversation of this tab; drops what is older than the settings keep.

        Raises InputError for a question that is too long or unreadable.
        """
        said = self.conversations.get(key)
        places = [place] if place else []
        answer = self.assistant.ask(question, history=_turns(said), jurisdiction=places)
        self._on_answer(answer)
        more = self._more(_turns((*said, Exchange(answer))), answer, places)
        longer = (*said, Exchange(answer, more))[-self.limits.max_history :]
        self.conversations.keep(key, longer)
        return longer

    def messages(self, conversation: Conversation, words: Words) -> Messages:
        """The conversation as the Chatbot shows it."""
        shown: Messages = []
        for exchange in conversation:
            shown.append({"role": "user", "content": question_html(exchange.answer.question, words)})
            content = answer_html(exchange.answer, self.assistant.corpus, words, exchange.more)
            shown.append({"role": "assistant", "content": content})
        return shown

    def _more(self, history: Sequence[Turn], answer: Answer, places: Sequence[str]) -> tuple[str, ...]:
        """What to ask next, in the language of the question; only what is answered when it is asked now."""
        english = answer.language == "en"
        if answer.citations:
            near = (self.assistant.corpus.plain.get(r.clause_id) for r in answer.related if r.score >= _NEARBY)
            offered = [record.title_en if english else record.name for record in near if record]
        elif answer.reason in _WITHOUT_MATTER:
            offered = [topic.questions[0] for topic in self.topics[english]]
        else:
            return ()  # the nearest clauses are listed instead

        def answered(question: str) -> bool:
            return bool(self.assistant.ask(question, history=history, jurisdiction=places).citations)

        return tuple(islice(filter(answered, offered), _MOST))


def _turns(conversation: Conversation) -> list[Turn]:
    return [
        turn
        for exchange in conversation
        for turn in (Turn("user", exchange.answer.question), Turn("assistant", exchange.answer.text))
    ]


def chat_page(chat: Chat, words: Words) -> gr.Blocks:
    """The Blocks of the page in one language."""

    def respond(question: str, place: str, request: gr.Request) -> Messages:
        key = request.headers.get(TAB, "")
        said = chat.conversations.get(key)
        if not question.strip():
            return chat.messages(said, words)
        try:
            return chat.messages(chat.ask(question, place, key), words)
        except PolicyQAError as error:
            why = _refused(error, question, chat.limits.max_question, words)
            notice = {"role": "assistant", "content": notice_html(why)}
            return [*chat.messages(said, words), {"role": "user", "content": question_html(question, words)}, notice]

    def arrive(request: gr.Request) -> tuple[Messages, Any]:
        asked, place = request.query_params.get("q", ""), request.query_params.get("place", "")
        place = place if place in chat.assistant.corpus.places else ""
        said = chat.conversations.get(request.headers.get(TAB, ""))
        # A reload of a link with a question shows its answer; it does not ask again.
        again = any(exchange.answer.question == asked for exchange in said)
        shown = chat.messages(said, words) if again else respond(asked, place, request)
        return shown, gr.update(value=place) if place else gr.skip()

    def clear(request: gr.Request) -> Messages:
        chat.conversations.keep(request.headers.get(TAB, ""), ())
        return []

    page = gr.Blocks(title=words.title, analytics_enabled=False)
    with page:
        log = _log(words)
        clearing = gr.Button(words.clear, elem_id="pq-clear", scale=0, min_width=0)
        place, question, send = _ask_panel(chat.assistant, words)
        quick: Any = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
        # Own script sends one question at a time; "once" would drop one that follows before Gradio has drawn the last.
        send.click(respond, [question, place], log, trigger_mode="multiple", **quick)
        clearing.click(clear, None, log, **quick)
        page.load(arrive, None, [log, place], **quick)
    return page


def _refused(error: PolicyQAError, question: str, most: int, words: Words) -> str:
    """Why there is no answer, in the page's language; what only the operator can mend goes to the log."""
    if not isinstance(error, InputError):
        _LOG.error("%s: %s", type(error).__name__, error)
        return words.busy
    return words.too_long.format(most=most, length=len(question)) if len(question) > most else words.unreadable


def _log(words: Words) -> gr.Chatbot:
    """The conversation; nothing that needs an outside address."""
    return gr.Chatbot(
        elem_id="pq-log",
        label=words.conversation,
        show_label=False,
        placeholder=" ",
        height=None,
        buttons=[],
        latex_delimiters=[],
        allow_tags=False,
        sanitize_html=False,  # would strip aria and data attributes; page_answer.py escapes every value itself
        feedback_options=None,
    )


def _ask_panel(assistant: Assistant, words: Words) -> tuple[gr.Radio, gr.Textbox, gr.Button]:
    """Place chooser, question, button."""
    with gr.Column(elem_id="pq-ask"):
        named = ((english_name(place) if words.english else place, place) for place in assistant.corpus.places)
        places = [(words.anywhere, ""), *named]
        place = gr.Radio(places, value="", label=words.place, elem_id="pq-places", container=False)
        with gr.Row(elem_id="pq-typing"):
            question = gr.Textbox(
                label=words.question,
                placeholder=words.placeholder,
                lines=1,
                max_lines=5,
                container=False,
                scale=5,
                min_width=120,
                elem_id="pq-question",
                html_attributes=gr.InputHTMLAttributes(enterkeyhint="send", autocomplete="off"),
            )
            send = gr.Button(words.send, variant="primary", scale=0, min_width=0, elem_id="pq-send")
    return place, question, send
