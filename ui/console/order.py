"""A note for the work-order system (工单), as plain text: what was asked, where, what was said, from which clause.

The question stands as the agent typed it, for whoever works on the order must be able to call back; nothing of it is
kept here. The time is added by the browser when the note is copied.
"""

from assistant.messages import Messages
from ui.console.clause_view import ClauseView
from ui.console.finding import Finding
from ui.console.inquiry import Query


def order_note(query: Query, finding: Finding, opened: ClauseView | None, words: Messages) -> str:
    """The note, with the clause that is open, where it answers."""
    answering = opened if opened and opened.script_lines else None
    question = finding.inquiry.question
    asked = question if finding.inquiry.heard else query.text
    close = words("console.script.close")
    said = answering.script_lines if answering else finding.script_lines or tuple(finding.text.splitlines())
    places = answering.clause.jurisdiction if answering else ()
    lines = {
        "question": asked,
        "part": question if question != asked else "",
        "place": words.place(query.place) if query.place else words.places(places) or words("console.any"),
        "result": finding.label,
        "said": " ".join(line for line in said if line != close),
        "clause": f"{answering.address}（{answering.clause.id}）" if answering else "",
        "quote": answering.quote if answering else "",
    }
    return "\n".join(words(f"console.order.{name}", value=value) for name, value in lines.items() if value)
