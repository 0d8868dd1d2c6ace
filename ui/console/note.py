"""A note for the work-order system (工单): what was asked, where, what was said, by which clause, whose it may be.

Every field is always there, blank where nothing is known. The caller's words are masked and shortened by whole
sentences; nothing is summed up in other words.
"""

import re
from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from assistant.messages import Messages
from assistant.privacy.masking import mask
from assistant.service import Assistant
from corpus.records.departments import department_of
from corpus.text.sentences import sentences
from ui.console.clause_view import ClauseView
from ui.console.finding import Finding
from ui.console.inquiry import Query

_MOST = 200  # characters of the summary
_LONGEST = 4000  # characters of a field that somebody edits
_CUT = "……"
_ANSWER_ID = re.compile(r"^[0-9a-f]{32}$")
FIELDS = (  # in order; those of several lines, then those that nobody edits
    *(("summary", "area"), ("question", "line"), ("place", "line"), ("time", "line"), ("channel", "line")),
    *(("result", "line"), ("told", "area"), ("address", "line"), ("quotes", "area"), ("turn_to", "line")),
    *(("department", "line"), ("clause_id", "fixed"), ("status", "fixed"), ("index_version", "fixed")),
    ("answer_id", "fixed"),
)


class Note(BaseModel):
    """A work-order note. Law: each of `quotes` stands in the clause character for character."""

    model_config = ConfigDict(extra="forbid", str_max_length=_LONGEST)

    summary: str = ""  # 诉求摘要
    question: str = ""  # the one question of it that was looked up, where it asks several or was typed in letters
    place: str = ""
    time: str = ""  # 2026-11-30 10:05, in China
    channel: str = ""  # by what way it came
    status: str = ""  # answered, clarify, no_answer
    result: str = ""  # the same in words, with the reason
    told: str = ""  # what the agent can have said
    clause_id: str = ""
    address: str = ""
    quotes: list[str] = Field(default=[], max_length=20)
    turn_to: str = ""  # where the matter is handled, as records say
    department: str = ""  # suggested by the office's words, never guessed
    index_version: str = ""
    answer_id: str = ""


def make_note(
    query: Query,
    finding: Finding,
    opened: ClauseView | None,
    assistant: Assistant,
    words: Messages,
    *,
    now: datetime,
) -> Note:
    """The note of one question, with the clause that is open, where it answers; `now` is in China."""
    answering = opened if opened and opened.script_lines else None
    asked = finding.inquiry.question
    said = answering.script_lines if answering else finding.script_lines or tuple(finding.text.splitlines())
    places = (query.place,) if query.place else answering.clause.jurisdiction if answering else ()
    reply, services = finding.inquiry.reply, assistant.services
    clause = answering.clause if answering else None
    record = answering.record if answering else None
    about = f"{record.name if record else ''} {clause.text}" if clause else ""
    turned = [channel for channel in services.channels if clause and clause.id in channel.clauses]
    close = words("console.script.close")
    return Note(
        summary=summary(asked if finding.inquiry.heard else query.text, asked),
        question="" if asked.strip() == query.text.strip() else mask(asked)[:_LONGEST],
        place=words.places(places),
        time=now.strftime("%Y-%m-%d %H:%M"),
        channel=words("console.note.by_phone"),
        status=_status(finding),
        result=finding.label,
        told=" ".join(line for line in said if line != close)[:_LONGEST],
        clause_id=clause.id if clause else "",
        address=answering.address.removeprefix(words("console.script.address", address="")) if answering else "",
        quotes=[citation.quote[:_LONGEST] for citation in answering.citations][:20] if answering else [],
        turn_to=words.list([one.name if words.is_chinese else one.name_en for one in turned[:3]]) if turned else "",
        department=department_of(services.departments, query.text, about, places),
        index_version=assistant.index.version,
        answer_id=reply.id if reply else "",
    )


def _status(finding: Finding) -> str:
    """As an answer has it; a clause that was looked up and answers is an answer."""
    if finding.inquiry.reply is not None:
        return str(finding.inquiry.reply.status)
    return "answered" if finding.opened else "no_answer"


def summary(text: str, asked: str, most: int = _MOST) -> str:
    """The caller's own words, masked: the sentence that was looked up and, as far as they fit, those from the first on.

    Where something is left out stands ……; a single sentence that is too long is cut.
    """
    text, asked = mask(" ".join(text.split())), mask(asked)
    found = [text[start:end] for start, end in sentences(text)]
    if sum(map(len, found)) <= most:
        return "".join(found)
    chosen = [n for n, sentence in enumerate(found) if asked and asked.strip("。！？!?") in sentence][:1] or [0]
    length = len(found[chosen[0]])
    for n, sentence in enumerate(found):
        if n not in chosen:
            if length + len(sentence) > most:
                break
            length += len(sentence)
            chosen.append(n)
    return _joined(found, sorted(chosen), most)


def _joined(found: Sequence[str], chosen: Sequence[int], most: int) -> str:
    parts = []
    for n, following in zip(chosen, [*chosen[1:], len(found)], strict=True):
        parts += [found[n][:most], _CUT if following > n + 1 or len(found[n]) > most else ""]
    lead = _CUT if chosen[0] else ""
    return lead + "".join(parts)


def note_text(note: Note, words: Messages) -> str:
    """The note as text for a work-order system that has one field: a line a field, blank ones too."""
    values = {**note.model_dump(), "quotes": "\n".join(note.quotes)}
    return "\n".join(
        f"{words(f'console.note.field.{name}')}{words('language.colon')}{values[name]}" for name, _ in FIELDS
    )


def masked(note: Note, assistant: Assistant) -> Note:
    """What leaves the machine: edited fields lose personal data again; a quote keeps what its clause itself prints.

    So do ids: eleven of their digits in a row may be somebody's number by chance.
    """
    clause = assistant.corpus.clause_by_id(note.clause_id)
    ids = {clause.id if clause else "", assistant.index.version, *_ANSWER_ID.findall(note.answer_id)}
    values = note.model_dump(exclude={"quotes"})
    kept = [quote if clause and quote in clause.text else mask(quote) for quote in note.quotes]
    return Note(**{name: value if value in ids else mask(value) for name, value in values.items()}, quotes=kept)
