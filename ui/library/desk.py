"""What a clerk does with files: put them down, look at them, state their facts, take them in, remove them.

Plain calls that take as long as they take; the routes see to it that there is one at a time.
"""

import dataclasses
from collections.abc import Callable, Container
from pathlib import Path
from typing import Any

from assistant.publication.opening import shown
from assistant.settings import Settings
from corpus.corpus import Corpus
from corpus.errors import DocumentError
from corpus.library.library import Library, facts_of
from corpus.library.preview import Preview, Upload, check_name, preview, upload_of
from corpus.library.versions import find_versions
from corpus.library.view import Table
from corpus.metadata import Metadata, parse_metadata
from corpus.readers.cache import SourceCache
from corpus.readers.folder import FACTS, document_file
from corpus.readers.registry import detect, read_source
from corpus.readers.source import Source
from corpus.reading import ReadDocument
from ui.library.drafts import Draft, Drafts, Form
from ui.library.form import Mistake, emptied, first_form, mistakes, to_facts
from ui.library.publication import Publication
from ui.library.standing import InService
from ui.library.view import file_view

_DRAFTS = "-drafts"


class ExistsError(Exception):
    """The library has a document of this id, and it was not said that it makes way."""


class UnfinishedError(Exception):
    """Facts cannot be taken as they were typed."""

    def __init__(self, found: list[Mistake]) -> None:
        super().__init__(
            "有的事实填得不对，请改正后再入库。Some facts cannot be taken as they were typed; correct them."
        )
        self.mistakes = found


class Desk:
    """The library, the drafts beside it, and the publication of what it holds."""

    def __init__(
        self,
        library: Library,
        drafts: Drafts,
        publication: Publication,
        in_service: Callable[[], Corpus],
        elsewhere: Path | None = None,
    ) -> None:
        """`in_service`: what questions are answered from; `elsewhere`: their folder, where it is not the library's."""
        self._library = library
        self._drafts = drafts
        self.publication = publication
        self._in_service = in_service
        self._elsewhere = elsewhere

    # The library

    def documents(self) -> Table:
        """What the library holds, and how it stands to what is in service.

        `published`: the generation in service holds it, so that it can be removed from service. `elsewhere`: the folder
        that is searched, where it is not the library's; then nothing stands to anything. `words`: those of the office
        are others than in service.
        """
        loaded, published = self._library.load(), self.publication.documents()
        served = None if self._elsewhere else InService(self._in_service())
        gone = served.others(read.document.id for read in loaded.documents) if served else []
        versions = find_versions([read.document for read in loaded.documents])
        return {
            "documents": [
                {**_row(read), "state": served and served.standing(read), "published": read.document.id in published}
                for read in loaded.documents
            ],
            "failures": [self._without_folder(str(one)) for one in loaded.failures],
            "removed": [{"id": one.id, "title": one.title} for one in gone],
            "versions": [
                {"likeness": one.likeness, "documents": [{"id": d.id, "title": d.title} for d in one.documents]}
                for one in versions
            ],
            "words": self.publication.has_new_words(),
            "elsewhere": str(self._elsewhere) if self._elsewhere else None,
        }

    def document(self, document_id: str) -> Table:
        """A document of the library as it was taken in. Raises NotFoundError, DocumentError."""
        seen = self._library.show(document_id)
        shown = file_view(seen, first_form(seen.metadata, seen.drafts))
        return {**shown, "draft": None, "exists": True, "published": document_id in self.publication.documents()}

    def remove(self, document_id: str, *, by: str = "", reason: str = "", purge: bool = False) -> bool:
        """Take a document out of the library. True where it has been published: then it is removed from service too.

        Raises NotFoundError, and BusyError where something else is being published or removed.
        """
        is_published = document_id in self.publication.documents()
        if is_published:
            self.publication.remove(document_id, by=by, reason=reason, purge=purge)
        else:
            self._library.remove(document_id)
        return is_published

    # Drafts

    def drafts(self) -> list[Table]:
        """What every draft is read as, in few words."""
        held = self._held()
        return [self._listed(draft, held) for draft in self._drafts.all()]

    def upload(self, name: str, data: bytes) -> Table:
        """Keep a file and look at it. Raises DocumentError where it cannot be read; then nothing of it is kept."""
        check_name(Upload(name, b""))
        draft = self._drafts.put(Upload(name, b"").file_name, data)
        try:
            return self._brief(draft, self._held())
        except BaseException:
            self._drafts.remove(draft)
            raise

    def correct(self, document_id: str) -> Table:
        """A draft of a document of the library, with what stands beside it. Raises NotFoundError."""
        path = next((read.path for read in self._library.load().documents if read.document.id == document_id), None)
        upload = upload_of(document_file(path)) if path else self._library.show(document_id).upload
        beside = (upload.facts, upload.records, upload.conditions)
        draft = self._drafts.put(upload.file_name, upload.data, *beside)
        return self._brief(draft, self._held())

    def draft(self, draft_id: str) -> Table:
        """Everything of a draft. Raises NotFoundError."""
        return self._view(self._drafts.get(draft_id))

    def state_facts(self, draft_id: str, form: Form) -> Table:
        """Keep the facts as typed, right or wrong, and look again. Raises NotFoundError."""
        draft = self._drafts.get(draft_id)
        self._drafts.save_form(draft, form)
        return self._view(draft)

    def discard(self, draft_id: str) -> None:
        """Put a draft aside for good. Raises NotFoundError."""
        self._drafts.remove(self._drafts.get(draft_id))

    def take_in(self, draft_id: str, *, replace: bool, go_on: bool) -> Table:
        """Take a draft into the library with its facts.

        Raises ExistsError unless told to `replace`, DocumentError for errors unless told to `go_on`, UnfinishedError.
        """
        draft = self._drafts.get(draft_id)
        seen, form = self._preview(draft)
        if found := mistakes(form):
            raise UnfinishedError(found)
        id_ = seen.read.document.id
        if not replace and (title := self._held().get(id_)):
            raise ExistsError(
                f"文件库里已有《{title}》（{id_}），确认替换后才能入库。"
                f"The library has a document {id_}; say that it shall be replaced."
            )
        facts = facts_of(seen) if draft.form is None else to_facts(form, _kept(draft), seen.drafts)
        (taken,) = self._library.add([_with_facts(seen.upload, facts)], replace=replace, go_on=go_on)
        self._drafts.remove(draft)
        return {"id": id_, "title": taken.read.document.title}

    # How it is done

    def _held(self) -> dict[str, str]:
        """The titles of what the library holds, by id."""
        return {read.document.id: read.document.title for read in self._library.load().documents}

    def _without_folder(self, message: str) -> str:
        return message.replace(f"{self._library.folder}/", "")

    def _source(self, draft: Draft, data: bytes) -> Source:
        key = draft.kept.key(data, detect(data, draft.name))
        source = draft.kept.get(key)
        if source is None:
            source = read_source(data, draft.name)
            draft.kept.put(key, source)
        return source

    def _preview(self, draft: Draft) -> tuple[Preview, Form]:
        """A draft with the facts as typed, or as the text states them where nothing has been typed."""
        data, others = draft.data, [read.document for read in self._library.load().documents]
        beside = (draft.facts, draft.records, draft.conditions)
        upload, profile = Upload(draft.name, data, *beside, source=self._source(draft, data)), self._library.profile()
        form = draft.form
        if form is None:
            seen = preview(upload, others, profile)
            return seen, first_form(seen.metadata, seen.drafts)
        kept = _kept(draft)
        seen = preview(_with_facts(upload, to_facts(form, kept)), others, profile)
        if emptied(form, seen.drafts):  # what the text states stands for what was left out, unless it is said not to
            seen = preview(_with_facts(upload, to_facts(form, kept, seen.drafts)), others, profile)
        return seen, form

    def _listed(self, draft: Draft, held: Container[str]) -> Table:
        """The same as `_brief`; that it cannot be read is told in its row."""
        try:
            return self._brief(draft, held)
        except DocumentError as error:
            return {**_named(draft), "failure": str(error).removeprefix(f"{draft.name}:1: ")}

    def _view(self, draft: Draft) -> Table:
        seen, form = self._preview(draft)
        self._keep_brief(draft, seen, form)
        return {**file_view(seen, form), "draft": draft.id, "exists": seen.read.document.id in self._held()}

    def _brief(self, draft: Draft, held: Container[str]) -> Table:
        """A draft in few words, as it was last looked at. Raises DocumentError where it cannot be read."""
        brief = draft.brief or self._keep_brief(draft, *self._preview(draft))
        return {**brief, "exists": brief["id"] in held}

    def _keep_brief(self, draft: Draft, seen: Preview, form: Form) -> Table:
        brief: dict[str, Any] = {
            **_named(draft),
            "failure": None,
            "id": seen.read.document.id,
            "title": seen.read.document.title,
            "clauses": len(seen.read.clauses),
            "unplaced": len(seen.read.unplaced),
            "missing": list(seen.missing),
            "errors": len(seen.errors) + len(mistakes(form)),
            "warnings": len(seen.warnings),
            "versions": len(seen.versions),
        }
        self._drafts.save_brief(draft, brief)
        return brief


def make_desk(settings: Settings, in_service: Callable[[], Corpus]) -> Desk:
    """The desk over the library that the settings name; the drafts are beside it."""
    folder = settings.library_folder
    return Desk(
        Library(folder, SourceCache(settings.kept_sources)),
        Drafts(folder.with_name(folder.name + _DRAFTS)),
        Publication(folder, show=shown(settings)),
        in_service,
        settings.corpus,
    )


def _row(read: ReadDocument) -> Table:
    document = read.document
    return {
        "id": document.id,
        "title": document.title,
        "number": document.number,
        "issuer": document.issuer,
        "jurisdiction": list(document.jurisdiction),
        "issued": document.issued.isoformat() if document.issued else None,
        "clauses": len(read.clauses),
        "unplaced": len(read.unplaced),
        "file": read.path.name if read.path else None,
    }


def _with_facts(upload: Upload, facts: str) -> Upload:
    """The same file with other facts beside it."""
    return dataclasses.replace(upload, facts=facts)


def _kept(draft: Draft) -> Metadata:
    """What stood beside a document that is being corrected; the form holds only some of it."""
    return Metadata() if draft.facts is None else parse_metadata(draft.facts, draft.name + FACTS)


def _named(draft: Draft) -> Table:
    return {"draft": draft.id, "file": draft.name, "received": draft.received}
