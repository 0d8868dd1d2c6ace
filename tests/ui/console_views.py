"""Rows and opened clauses for tests, as the console's routes work them out."""

from assistant.messages import Messages, messages
from assistant.service import Assistant
from ui.console.clause_view import ClauseView, clause_view
from ui.console.finding import Finding, finding
from ui.console.inquiry import Inquiries, Inquiry, Query

ZH, EN = messages("zh"), messages("en")


def inquire(assistant: Assistant, text: str, words: Messages = ZH) -> tuple[Inquiry, ...]:
    return Inquiries(assistant)(Query(text), words)


def look_up(assistant: Assistant, text: str, words: Messages = ZH) -> tuple[Finding, ...]:
    return tuple(finding(one, assistant, words) for one in inquire(assistant, text, words))


def open_clause(assistant: Assistant, clause_id: str, question: str, words: Messages = ZH) -> ClauseView:
    return clause_view(clause_id, inquire(assistant, question, words)[0], assistant, words)
