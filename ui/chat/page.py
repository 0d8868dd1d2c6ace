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


def chat_page(chat: Chat, words: Messages) -> gr.Blocks:
    """The Blocks of the page in one language. What the browser calls is checked before (see payload.py)."""

    def respond(question: str, place: str, request: gr.Request) -> LogMessages:
        key = request.headers.get(TAB, "")
        before = chat.messages(chat.conversations.get(key), words)
        if not question.strip():
            return before
        try:
            return chat.messages(chat.ask(question, place, key, words.code), words)
        except Exception as error:
            notice = notice_html(_why_not(error, question, chat.limits.max_question, words), words)
            asked = {"role": "user", "content": question_html(question, words)}
            return [*before, asked, {"role": "assistant", "content": notice}]

    def arrive(request: gr.Request) -> tuple[LogMessages, Any]:
        asked, place = request.query_params.get("q", ""), request.query_params.get("place", "")
        place = place if place in chat.assistant.corpus.places else ""
        before = chat.conversations.get(request.headers.get(TAB, ""))
        # A reload of a link with a question shows its answer; it does not ask again.
        again = any(exchange.answer.question == asked for exchange in before)
        shown = chat.messages(before, words) if again else respond(asked, place, request)
        return shown, gr.update(value=place) if place else gr.skip()

    def clear(request: gr.Request) -> LogMessages:
        chat.conversations.keep(request.headers.get(TAB, ""), ())
        return []

    page = gr.Blocks(title=words("page.title"), analytics_enabled=False)
    with page:
        log = _log(words)
        clearing = gr.Button(words("chat.clear"), elem_id="pq-clear", scale=0, min_width=0)
        place, question, send = _ask_panel(chat.assistant.corpus.places, words)
        quick: Any = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
        # Own script sends one question at a time; "once" would drop one that follows before Gradio has drawn the last.
        send.click(respond, [question, place], log, trigger_mode="multiple", **quick)
        clearing.click(clear, None, log, **quick)
        page.load(arrive, None, [log, place], **quick)
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
