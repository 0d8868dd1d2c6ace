"""`/widget.js` for any page, and `/demo/form`: the forms of the records as pages, the help beside every field.

A demonstration: nothing is sent anywhere. Where there is no script, each field links to a page with the same help.
"""

from itertools import groupby
from urllib.parse import quote

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse

from assistant.api.guidance import notice
from assistant.composition.citations import address_of
from assistant.guidance.asked import FieldAsked
from assistant.guidance.guide import Guide
from assistant.messages import Messages
from assistant.service import Assistant
from corpus.errors import NotFoundError
from corpus.records.forms import Form, FormField
from ui.clause.page import clause_url
from ui.page.languages import RequestedLanguage, with_language
from ui.page.templates import render
from ui.widget.script import widget_script

_PATH = "/demo/form"
_STRICT = {"Content-Security-Policy": "default-src 'self'"}  # what a careful host page allows
_ANYWHERE = {"Cross-Origin-Resource-Policy": "cross-origin", "Cache-Control": "max-age=300"}


def widget_pages(assistant: Assistant) -> APIRouter:
    """The routes `/widget.js`, `/demo/form` and `/demo/form/{field}`; absent from the API's description."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    guide = Guide(assistant)

    @router.get("/widget.js")
    def widget() -> Response:
        return Response(widget_script(), media_type="text/javascript", headers=_ANYWHERE)

    @router.get(_PATH)
    def demo_form(words: RequestedLanguage, form: str = "") -> HTMLResponse:
        return HTMLResponse(_form_page(assistant, _chosen(guide, assistant, form), words), headers=_STRICT)

    @router.get(_PATH + "/{field}")
    def demo_field(field: str, words: RequestedLanguage, form: str = "") -> HTMLResponse:
        found = _chosen(guide, assistant, form)
        if field not in {one.id for one in found.fields}:
            raise NotFoundError("这张表没有这一栏。This form has no such field; see /demo/form.", "field")
        return HTMLResponse(_field_page(assistant, guide, found, field, words), headers=_STRICT)

    return router


def demo_url(form: Form, words: Messages, field: FormField | None = None) -> str:
    """The address of a form, or of the help for one field of it."""
    path = f"{_PATH}/{quote(field.id)}" if field else _PATH
    return with_language(path, words, (("form", form.id),))


def _chosen(guide: Guide, assistant: Assistant, id_: str) -> Form:
    """The form that is asked for, the longest where none is named. Raises NotFoundError."""
    forms = assistant.services.forms
    return guide.form(id_) if id_ or not forms else max(forms, key=lambda form: len(form.fields))


def _form_page(assistant: Assistant, form: Form, words: Messages) -> str:
    sections = groupby(form.fields, key=lambda field: field.section if words.is_chinese else field.section_en)
    return render(
        "widget/form.html",
        words,
        form=form,
        sections=[(name, list(fields)) for name, fields in sections],
        others=[other for other in assistant.services.forms if other.id != form.id],
        called=lambda one: one.name if words.is_chinese else one.name_en,
        label=lambda field: field.label if words.is_chinese else field.label_en,
        demo_url=demo_url,
        switch=lambda other: demo_url(form, other),
    )


def _field_page(assistant: Assistant, guide: Guide, form: Form, field: str, words: Messages) -> str:
    about = guide.help(FieldAsked(field, form.id), words)
    shown, corpus = about.field, assistant.corpus
    assert shown is not None, "the field stands on the form"

    def address(id_: str) -> str:
        clause, part = corpus.find(id_)
        return address_of(corpus.document(clause.document_id), clause, words, part)

    return render(
        "widget/field.html",
        words,
        about=about,
        label=shown.label if words.is_chinese else shown.label_en,
        notice=notice(about, words),
        address=address,
        quote_url=lambda one: clause_url(one.part_id or one.clause_id, [(one.start, one.end)], words=words),
        back=demo_url(form, words),
        switch=lambda other: demo_url(form, other, shown),
    )
