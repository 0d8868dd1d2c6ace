"""Rows and opened clauses for tests, as the console's routes work them out."""

from assistant.messages import Messages, messages
from assistant.service import Assistant
from ui.console.clause_view import ClauseView, clause_view
from ui.console.lookup import LookupQuery, Lookups, LookupView, lookup_view

ZH, EN = messages("zh"), messages("en")


def look_up(assistant: Assistant, question: str, words: Messages = ZH) -> LookupView:
    return lookup_view(Lookups(assistant)(LookupQuery(question)), assistant, words)


def open_clause(assistant: Assistant, clause_id: str, question: str, words: Messages = ZH) -> ClauseView:
    return clause_view(clause_id, Lookups(assistant)(LookupQuery(question)), assistant, words)
