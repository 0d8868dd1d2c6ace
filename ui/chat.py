"""The chat page: a Gradio Blocks over one Assistant.

The conversation lives in `gr.State` on the server, as the Answers given so far; the browser sends only a question
and a place, so it cannot alter what was said.
"""

import logging
from collections.abc import Callable
from typing import Any

import gradio as gr

from assistant.answer import Answer
from assistant.service import Assistant, Turn
from corpus.errors import InputError, PolicyQAError
from corpus.places import english_name
from ui import page_words as words
from ui.page_answer import answer_html, notice_html, question_html

_LOG = logging.getLogger(__name__)
_KEEP_SECONDS = 3600  # how long an idle conversation is remembered

Conversation = tuple[Answer, ...]
Messages = list[dict[str, str]]


class Chat:
    """What the page does, without Gradio: one conversation in, the longer one out."""

    def __init__(self, assistant: Assistant, on_answer: Callable[[Answer], None]) -> None:
        self._assistant = assistant
        self._on_answer = on_answer

    def ask(self, question: str, place: str, conversation: Conversation) -> Conversation:
        """Append the answer to `question`, unless it is blank; drops what is older than the settings keep.

        Raises InputError for a question that is too long.
        """
        if not question.strip():
            return conversation
        answer = self._assistant.ask(question, history=_turns(conversation), jurisdiction=[place] if place else [])
        self._on_answer(answer)
        return (*conversation, answer)[-self._assistant.settings.max_history :]

    def messages(self, conversation: Conversation) -> Messages:
        """The conversation as the Chatbot shows it."""
        shown: Messages = []
        for answer in conversation:
            shown.append({"role": "user", "content": question_html(answer.question)})
            shown.append({"role": "assistant", "content": answer_html(answer, self._assistant.corpus)})
        return shown


def _turns(conversation: Conversation) -> list[Turn]:
    return [turn for a in conversation for turn in (Turn("user", a.question), Turn("assistant", a.text))]


def _refused(question: str, error: PolicyQAError) -> Messages:
    """Said in the conversation, where a screen reader hears it; what only the operator can mend goes to the log."""
    if not isinstance(error, InputError):
        _LOG.error("%s: %s", type(error).__name__, error)
    said = str(error) if isinstance(error, InputError) else words.BUSY
    return [
        {"role": "user", "content": question_html(question)},
        {"role": "assistant", "content": notice_html(said)},
    ]


def chat_page(assistant: Assistant, on_answer: Callable[[Answer], None]) -> gr.Blocks:
    """The Blocks of the page; `on_answer` is told every answer that it shows."""
    chat = Chat(assistant, on_answer)

    def respond(question: str, place: str, conversation: Conversation) -> tuple[Messages, Conversation, str]:
        try:
            longer = chat.ask(question, place, conversation)
        except PolicyQAError as error:
            return chat.messages(conversation) + _refused(question, error), conversation, question
        return chat.messages(longer), longer, ""

    def arrive(request: gr.Request) -> tuple[Any, Any, Any]:
        asked = request.query_params.get("q", "")
        # Without a question in the address nothing is set: somebody may already be typing.
        return respond(asked, "", ()) if asked.strip() else (gr.skip(), gr.skip(), gr.skip())

    page = gr.Blocks(title=words.TITLE, analytics_enabled=False)
    with page:
        conversation = gr.State((), time_to_live=_KEEP_SECONDS)
        gr.Markdown(words.HEADER, elem_id="pq-header")
        log = _log()
        place, question, send = _ask_panel(assistant)
        quick: Any = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
        asked: Any = {"inputs": [question, place, conversation], "outputs": [log, conversation, question]}
        question.submit(respond, **asked, **quick)
        send.click(respond, **asked, **quick)
        log.example_select(_chosen, None, question, **quick).then(respond, **asked, **quick)
        log.clear(lambda: (), None, conversation, **quick)
        page.load(arrive, None, [log, conversation, question], **quick)
    return page


def _log() -> gr.Chatbot:
    """The conversation, with examples as long as it is empty; nothing that needs an outside address."""
    return gr.Chatbot(
        elem_id="pq-log",
        label=words.CONVERSATION,
        show_label=False,
        placeholder=words.WELCOME,
        examples=[{"text": starter} for starter in words.STARTERS],
        height=None,
        buttons=[],
        latex_delimiters=[],
        allow_tags=False,
        feedback_options=None,
    )


def _ask_panel(assistant: Assistant) -> tuple[gr.Radio, gr.Textbox, gr.Button]:
    """Place filter, question, button."""
    with gr.Column(elem_id="pq-ask"):
        named = ((f"{place} {english_name(place)}", place) for place in assistant.corpus.places)
        places = [(words.ANYWHERE, ""), *named]
        place = gr.Radio(places, value="", label=words.PLACE, elem_id="pq-places", container=False)
        with gr.Row(equal_height=True):
            question = gr.Textbox(
                label=words.QUESTION,
                placeholder=words.PLACEHOLDER,
                max_length=assistant.settings.max_question,
                lines=1,
                max_lines=4,
                container=False,
                scale=5,
                min_width=120,
                elem_id="pq-question",
                html_attributes=gr.InputHTMLAttributes(enterkeyhint="send", autocomplete="off"),
            )
            send = gr.Button(words.ASK, variant="primary", scale=0, min_width=112, elem_id="pq-send")
    return place, question, send


def _chosen(event: gr.SelectData) -> str:
    return str(event.value["text"])
