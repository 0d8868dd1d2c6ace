"""The chat page: a Gradio Blocks for each language over one Chat.

The browser sends a question, a place and what was said before in its tab (static/connection.js); nothing of it is kept
here. The text box is the browser's own: the server never writes into it, so nothing typed is lost.
"""

import logging
import traceback
from collections.abc import Callable, Sequence
from typing import Any

from assistant.messages import Messages, languages
from corpus.errors import InputError, PolicyQAError
from ui.chat.answer_view import notice_html, question_html
from ui.chat.chat import Chat
from ui.chat.history import read_history, to_keep
from ui.page.gradio import gradio as gr

_LOG = logging.getLogger(__name__)
PLACES = "pq-places"  # the element that offers them

LogMessages = list[dict[str, str]]


class Handlers:
    """What Gradio calls: each gives what is new in the conversation, as shown and as the tab keeps it.

    What the browser sends is checked before (see payload.py).
    """

    def __init__(self, chat: Callable[[], Chat], words: Messages) -> None:
        """`chat` gives the one in service, which changes with what is published."""
        self._current = chat
        self._words = words

    def respond(self, question: str, place: str, said: str) -> tuple[LogMessages, str]:
        """Ask; a blank question changes nothing. Why nobody has looked for an answer is shown and not kept."""
        if not question.strip():
            return [], ""
        chat = self._current()
        try:
            history = read_history(said, question, chat.limits)
            exchange = chat.ask(question, place, history, self._words.code)
            shown = {code: chat.shown(exchange, code) for code in languages()}
        except Exception as error:
            why = _why_not(error, question, chat.limits.max_question, self._words)
            return _messages(question_html(question, self._words), notice_html(why, self._words)), ""
        return _messages(*shown[self._words.code]), to_keep(exchange.turns(), shown) if exchange.is_kept else ""

    def arrive(self, said: str, request: gr.Request) -> tuple[LogMessages, str, Any]:
        """Ask what the address asks; the place of the address is chosen."""
        asked, place = request.query_params.get("q", ""), request.query_params.get("place", "")
        chat = self._current()
        place = place if place in chat.assistant.corpus.places else ""
        # A reload of a link with a question shows its answer; it does not ask again.
        before = read_history(said, asked, chat.limits)
        again = any(turn.role == "user" and turn.content == asked for turn in before)
        shown, kept = ([], "") if again else self.respond(asked, place, said)
        return shown, kept, gr.update(value=place) if place else gr.skip()


def _messages(question: str, answer: str) -> LogMessages:
    return [{"role": "user", "content": question}, {"role": "assistant", "content": answer}]


def chat_page(chat: Callable[[], Chat], words: Messages) -> gr.Blocks:
    """The Blocks of the page in one language, over the chat in service."""
    handlers = Handlers(chat, words)
    page = gr.Blocks(title=words("page.title"), analytics_enabled=False)
    with page:
        log = _log(words)
        said = gr.Textbox(visible=False)
        place, question, send = _ask_panel(chat().assistant.corpus.places, words)
        clearing = gr.Button(words("chat.clear"), elem_id="pq-clear", scale=0, min_width=0)
        quick: Any = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
        # Own script sends one question at a time; "once" would drop one that follows before Gradio has drawn the last.
        send.click(handlers.respond, [question, place, said], [log, said], trigger_mode="multiple", **quick)
        clearing.click(_nothing, None, log, **quick)
        page.load(handlers.arrive, said, [log, said, place], **quick)
    return page


def offer_places(page: gr.Blocks, places: Sequence[str], words: Messages) -> None:
    """Let the page of this language offer other places than it was made with."""
    for component in page.blocks.values():
        if isinstance(component, gr.Radio) and component.elem_id == PLACES:
            component.choices = [*_choices(places, words)]
    page.config = page.get_config_file()


def _choices(places: Sequence[str], words: Messages) -> list[tuple[str, str]]:
    return [(words("chat.anywhere"), ""), *((words.place(place), place) for place in places)]


def _nothing() -> LogMessages:
    """An empty conversation. The page's script forgets its own without asking."""
    return []


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


def _ask_panel(places: Sequence[str], words: Messages) -> tuple[gr.Radio, gr.Textbox, gr.Button]:
    """Place chooser, question, button."""
    with gr.Column(elem_id="pq-ask"):
        choices = _choices(places, words)
        place = gr.Radio(choices, value="", label=words("chat.place"), elem_id=PLACES, container=False)
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
