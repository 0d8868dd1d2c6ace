"""The chat page: a Gradio Blocks for each language over one Chat.

The browser sends a question, a place and the key of its tab (in a header, see static/connection.js); what was said
lives here on the server. The text box is the browser's own: the server never writes into it, so nothing typed is lost.
"""

import logging
import traceback
from typing import Any

import gradio as gr

from assistant.messages import Messages
from corpus.errors import InputError, PolicyQAError
from ui.chat.answer_view import notice_html, question_html
from ui.chat.chat import Chat, LogMessages

TAB = "x-policyqa-tab"  # the header that carries the key of the browser's tab

_LOG = logging.getLogger(__name__)


class Handlers:
    """What Gradio calls: each gives the conversation as it stands then, in one language.

    What the browser sends is checked before (see payload.py).
    """

    def __init__(self, chat: Chat, words: Messages) -> None:
        self._chat = chat
        self._words = words

    def respond(self, question: str, place: str, request: gr.Request) -> LogMessages:
        """Ask; a blank question changes nothing."""
        try:
            if question.strip():
                conversation = self._chat.ask(question, place, _tab(request), self._words.code)
                return self._chat.messages(conversation, self._words)
        except Exception as error:
            why = _why_not(error, question, self._chat.limits.max_question, self._words)
            asked = {"role": "user", "content": question_html(question, self._words)}
            return [*self._shown(request), asked, {"role": "assistant", "content": notice_html(why, self._words)}]
        return self._shown(request)

    def arrive(self, request: gr.Request) -> tuple[LogMessages, Any]:
        """Show what was said before, and ask what the address asks; the place of the address is chosen."""
        asked, place = request.query_params.get("q", ""), request.query_params.get("place", "")
        place = place if place in self._chat.assistant.corpus.places else ""
        before = self._chat.conversations.get(_tab(request))
        # A reload of a link with a question shows its answer; it does not ask again.
        again = any(exchange.answer.question == asked for exchange in before)
        shown = self._shown(request) if again else self.respond(asked, place, request)
        return shown, gr.update(value=place) if place else gr.skip()

    def clear(self, request: gr.Request) -> LogMessages:
        """Forget the conversation."""
        self._chat.conversations.keep(_tab(request), ())
        return []

    def _shown(self, request: gr.Request) -> LogMessages:
        return self._chat.messages(self._chat.conversations.get(_tab(request)), self._words)


def _tab(request: gr.Request) -> str:
    key: str = request.headers.get(TAB, "")
    return key


def chat_page(chat: Chat, words: Messages) -> gr.Blocks:
    """The Blocks of the page in one language."""
    handlers = Handlers(chat, words)
    page = gr.Blocks(title=words("page.title"), analytics_enabled=False)
    with page:
        log = _log(words)
        clearing = gr.Button(words("chat.clear"), elem_id="pq-clear", scale=0, min_width=0)
        place, question, send = _ask_panel(chat.assistant.corpus.places, words)
        quick: Any = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
        # Own script sends one question at a time; "once" would drop one that follows before Gradio has drawn the last.
        send.click(handlers.respond, [question, place], log, trigger_mode="multiple", **quick)
        clearing.click(handlers.clear, None, log, **quick)
        page.load(handlers.arrive, None, [log, place], **quick)
    return page


def _why_not(error: Exception, question: str, most: int, words: Messages) -> str:
    """Why there is no answer, in the page's language. What only the operator can fix goes to the log.

    Of an error nobody foresaw the log gets the place alone: its message might repeat what somebody typed.
    """
    if isinstance(error, InputError):
        long = len(question) > most
        return words("chat.too_long", most=most, length=len(question)) if long else words("chat.unreadable")
    place = error if isinstance(error, PolicyQAError) else "".join(traceback.format_tb(error.__traceback__))
    _LOG.error("%s: %s", type(error).__name__, place)
    return words("chat.busy")


def _log(words: Messages) -> gr.Chatbot:
    """The conversation; nothing that needs an outside address."""
    return gr.Chatbot(
        elem_id="pq-log",
        label=words("chat.conversation"),
        show_label=False,
        placeholder=" ",
        height=None,
        buttons=[],
        latex_delimiters=[],
        allow_tags=False,
        sanitize_html=False,  # would strip aria and data attributes; the templates escape every value themselves
        feedback_options=None,
    )


def _ask_panel(places: tuple[str, ...], words: Messages) -> tuple[gr.Radio, gr.Textbox, gr.Button]:
    """Place chooser, question, button."""
    with gr.Column(elem_id="pq-ask"):
        choices = [(words("chat.anywhere"), ""), *((words.place(place), place) for place in places)]
        place = gr.Radio(choices, value="", label=words("chat.place"), elem_id="pq-places", container=False)
        with gr.Row(elem_id="pq-typing"):
            question = gr.Textbox(
                label=words("chat.question"),
                placeholder=words("chat.placeholder"),
                lines=1,
                max_lines=5,
                container=False,
                scale=5,
                min_width=120,
                elem_id="pq-question",
                html_attributes=gr.InputHTMLAttributes(enterkeyhint="send", autocomplete="off"),
            )
            send = gr.Button(words("chat.send"), variant="primary", scale=0, min_width=0, elem_id="pq-send")
    return place, question, send
