"""Help for a field: the office's tip with its source, and the clauses quoted; for one that is not mapped a guess."""

from dataclasses import dataclass, replace

from assistant.answer import Audience, Citation
from assistant.composition.answer_blocks import gist_of, name_of
from assistant.composition.citations import address_of
from assistant.guidance.asked import FieldAsked
from assistant.guidance.guess import guess
from assistant.messages import Messages
from assistant.replies.validity import cited_validity, not_in_force
from assistant.retrieval.result import Lookup
from assistant.service import Assistant
from corpus.clause import Clause
from corpus.errors import InputError, NotFoundError
from corpus.records.forms import Form, FormField
from corpus.records.quotes import Origin
from index.retriever import Hit


@dataclass(frozen=True, slots=True)
class Tip:
    """What the office says about filling in a field; never the words of a policy."""

    text: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class ClauseHelp:
    """A clause that speaks of a field, with what of it is quoted."""

    clause: Clause
    name: str  # in plain words; empty where nobody has written them
    plain: str  # what it gives whom, of the one point that is quoted or else of the whole clause; may be empty
    quotes: tuple[Citation, ...]  # at least one, in order of relevance
    not_in_force: str  # that its document does not hold; empty where it does


@dataclass(frozen=True, slots=True)
class FieldHelp:
    """All that is known of a field. `guessed`: nobody said that these clauses belong to it."""

    asked: FieldAsked  # with what the form says of the field, where it is mapped
    form: Form | None
    field: FormField | None
    tip: Tip | None
    example: str
    clauses: tuple[ClauseHelp, ...]
    guessed: bool


class Guide:
    """Finds help over one assistant. Safe from several threads."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def form(self, id_: str) -> Form:
        """The form of this id. Raises NotFoundError."""
        if found := self._assistant.services.form_by_id.get(id_):
            return found
        if not self._assistant.services.forms:
            raise NotFoundError("还没有登记任何表。No form is described here; see docs/documents.md.", "form")
        raise NotFoundError(
            f"没有 {id_[:80]} 这张表，有哪些表见 GET /v1/forms。There is no form {id_[:80]}; see GET /v1/forms.", "form"
        )

    def help(self, asked: FieldAsked, words: Messages) -> FieldHelp:
        """What there is for a field. Raises InputError for one that is neither on a form that is known nor labelled."""
        form = self._assistant.services.form_by_id.get(asked.form)
        field = next((one for one in form.fields if one.id == asked.field), None) if form else None
        if form and field:
            return self._mapped(_with_form(asked, form, field), form, field, words)
        if not asked.label.strip():
            raise InputError(
                "不认识这一项，请写出它在表上的名称（label）。This field is on no form that is known; "
                "give its `label` as printed.",
                "label",
            )
        near = guess(asked, self._assistant)
        clauses = self._quoted(near.found, near.hit, words=words) if near else ()
        return FieldHelp(asked, form, None, None, "", clauses, guessed=bool(clauses))

    def _mapped(self, asked: FieldAsked, form: Form, field: FormField, words: Messages) -> FieldHelp:
        tip = field.tip if words.is_chinese or not field.tip_en else field.tip_en
        return FieldHelp(
            asked=asked,
            form=form,
            field=field,
            tip=Tip(tip, form.origin) if tip else None,
            example=field.example,
            clauses=self._of_form(asked, field, words),
            guessed=False,
        )

    def _of_form(self, asked: FieldAsked, field: FormField, words: Messages) -> tuple[ClauseHelp, ...]:
        if not field.clauses:
            return ()
        corpus = self._assistant.corpus
        *_, query = asked.queries(self._assistant.settings.max_question)
        found = self._assistant.look_up(query)
        return self._quoted(found, *(Hit(corpus.clause(id_), 1.0) for id_ in field.clauses), words=words)

    def _quoted(self, found: Lookup, *hits: Hit, words: Messages) -> tuple[ClauseHelp, ...]:
        corpus, day = self._assistant.corpus, found.reading.law.as_of
        _, citations = self._assistant.composer.quoting(found.result, hits, words, Audience.CITIZEN)
        helped = []
        for clause in (hit.clause for hit in hits):
            validity = cited_validity(corpus.validities.of(clause.document_id, day))
            quotes = tuple(
                replace(one, validity=validity, label=self._address(one, words))
                for one in citations
                if one.clause_id == clause.id
            )
            record = corpus.plain.get(clause.id)
            point = corpus.plain.get(quotes[0].part_id or "") if len(quotes) == 1 else None
            said = point or record
            helped.append(
                ClauseHelp(
                    clause=clause,
                    name=name_of(record, words) if record else "",
                    plain=gist_of(said, words) if said else "",
                    quotes=quotes,
                    not_in_force=not_in_force(clause.document_id, day, corpus, words, clause),
                )
            )
        return tuple(helped)

    def _address(self, one: Citation, words: Messages) -> str:
        corpus = self._assistant.corpus
        clause, part = corpus.find(one.part_id or one.clause_id)
        return address_of(corpus.document(clause.document_id), clause, words, part)


def _with_form(asked: FieldAsked, form: Form, field: FormField) -> FieldAsked:
    """The field in the words of its form, whatever the page calls it."""
    return replace(
        asked,
        label=field.label,
        section=field.section,
        options=field.options,
        places=asked.places or form.places,
    )
