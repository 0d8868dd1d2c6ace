"""Removing a document for good, and the proof that nothing holds it any more."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from assistant.feedback.store import FeedbackStore
from assistant.publication import audit
from assistant.publication.files import Searched, naming
from assistant.publication.opening import open_current
from assistant.publication.publisher import Publication, Publisher
from assistant.publication.running import Server, servers, wait_for
from assistant.publication.switching import SWITCHING
from assistant.publication.traces import Gone, Trace, copies, gone, holding
from assistant.question.history import Turn
from assistant.question.question import Law
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.clause import Document
from corpus.corpus import Corpus
from corpus.errors import DatabaseError, DocumentError, InputError, NotFoundError, PolicyQAError
from corpus.library.library import documents_of
from corpus.library.place import DOCUMENTS, documents_folder, generations_folder, served_documents
from corpus.load import SHIPPED, load_folder
from corpus.readers.cache import SourceCache
from corpus.readers.registry import detect
from corpus.validity import today

_DRAFTS = "-drafts"  # what clerks have put down beside the library
_AGAIN = "刚才说的原文再给我看一遍"
_SHOWN = 40  # characters of a question that are told


@dataclass(frozen=True, slots=True)
class Proof:
    """What was asked for after a removal, and what was found. Nothing is, where it is complete."""

    document: str
    title: str
    generation: int | None  # that was published without it; None where it had not been in service
    traces: tuple[Trace, ...]
    kept_in: tuple[int, ...]  # generations that still hold it, kept to go back to
    seconds_to_switch: float | None = None

    @property
    def found(self) -> int:
        """How often it was found."""
        return sum(trace.count for trace in self.traces)

    @property
    def asked(self) -> int:
        """How often it was asked for."""
        return sum(trace.asked for trace in self.traces)

    def to_dict(self) -> dict[str, Any]:
        """For programs, and for the audit record."""
        return {**asdict(self), "asked": self.asked, "found": self.found}


class Removal:
    """Removes documents from the library that the settings name."""

    def __init__(self, settings: Settings, feedback: FeedbackStore, publisher: Publisher) -> None:
        self._settings = replace(settings, corpus=None)  # the library is meant, whatever else is searched
        self._feedback = feedback
        self._publisher = publisher
        self._kept = SourceCache(settings.kept_sources)

    def remove(
        self,
        document_id: str,
        *,
        by: str | None = None,
        reason: str | None = None,
        purge: bool = False,
        asked_for: Sequence[str] = (),
    ) -> Proof:
        """Remove a document from the working copy and from service; `purge`: from what is kept to go back to, too.

        `asked_for`: saved questions on it. Raises NotFoundError, and what publishing raises.
        """
        before, files = self._gone(document_id, asked_for)
        self._forget_read(files)
        done: Publication | None = None
        with suppress(NotFoundError):  # it has gone already, and is held by what is kept to go back to
            done = self._publisher.remove(document_id, by=by, reason=reason)
        if purge:
            self._purge(document_id)
        with suppress(DatabaseError):  # the database is away, as the proof will say
            self._feedback.forget(document_id, holding(before))
        self._publisher.say("已经停用，正在逐处查证……It is out of service; looking whether anything still holds it.")
        proof = self.prove(before, done)
        audit.record(self._settings.library_folder, "proof", by=by, reason=reason, **proof.to_dict())
        return proof

    def prove(self, before: Gone, done: Publication | None = None) -> Proof:
        """Ask for everything of a document that has gone, everywhere."""
        kept_in = tuple(self._keeping(before.document.id))
        return Proof(
            before.document.id,
            before.document.title,
            done.manifest.number if done else None,
            tuple(self._traces(before, kept_in)),
            kept_in,
            done.switched.seconds if done else None,
        )

    def _gone(self, document_id: str, asked_for: Sequence[str]) -> tuple[Gone, Sequence[Path]]:
        """As it is in service, else in the working copy, else in what is kept to go back to; and its files there."""
        folders = [folder for folder in self._folders() if folder.is_dir()]
        files = [path for folder in folders for path in _files(document_id, folder)]
        corpora = (self._corpus(folder) for folder in folders if any(path.is_relative_to(folder) for path in files))
        corpus = next((one for one in corpora if one and document_id in one.documents_by_id), None)
        if corpus is None and not files:
            raise _unknown(document_id)
        if corpus is None:  # nobody can read it: its files are all that there is of it
            corpus = Corpus((Document(document_id, document_id, ""),), ())
        return gone(corpus, document_id, files, asked_for), files

    def _folders(self) -> Iterator[Path]:
        """Where documents lie: in service, in the working copy, and what is kept to go back to, the newest first."""
        generations = self._publisher.generations
        if served := served_documents(self._settings.library_folder):
            yield served
        yield documents_folder(self._settings.library_folder) or SHIPPED
        yield from (generations.folder / pointer.name / DOCUMENTS for pointer, _ in reversed(generations.all()))

    def _corpus(self, folder: Path) -> Corpus | None:
        """What lies in a folder, as far as it can be read."""
        with suppress(PolicyQAError):  # of another program, or damaged: its documents are read again
            published = open_current(self._settings)
            if published and published.documents == folder:
                return published.index.corpus
        with suppress(PolicyQAError):
            return load_folder(folder, self._kept).corpus
        return None

    def _forget_read(self, files: Sequence[Path]) -> None:
        """Remove what was kept of its files so that they need not be read again."""
        for path in files:
            with suppress(OSError, DocumentError):  # the latter: no format that is read
                data = path.read_bytes()
                self._kept.forget(data, detect(data, path.name))

    def _keeping(self, document_id: str) -> Iterator[int]:
        """The generations on the disk that hold it."""
        return (
            manifest.number for _, manifest in self._publisher.generations.all() if document_id in manifest.documents
        )

    def _purge(self, document_id: str) -> None:
        with self._publisher.switching.alone():
            for number in list(self._keeping(document_id)):
                self._publisher.generations.drop(f"{number:04}")

    def _traces(self, before: Gone, kept_in: Sequence[int]) -> Iterator[Trace]:
        published = open_current(self._settings)
        if published:
            assistant = Assistant.over(published.index, self._settings, published.documents, published)
            yield from asked_of(before, assistant)
        yield Trace.of("files", len(before.quotes) + len(before.files), self._in_files(before, kept_in))
        named = naming(before.document.id, self._settings.library_folder, without=self._kept_to_go_back(kept_in))
        yield Trace.of("records", len(before.ids), named)
        yield Trace.of("feedback", len(before.ids) + len(before.quotes), self._in_feedback(before))
        yield Trace.of("servers", len(servers(self._settings.library_folder)), self._in_servers(kept_in))

    def _in_files(self, before: Gone, kept_in: Sequence[int]) -> Iterator[str]:
        """In library, drafts and what is kept beside the index; not in what is kept to go back to."""
        library = self._settings.library_folder
        kept = [*self._kept_to_go_back(kept_in), library / audit.AUDIT]
        drafts = library.with_name(library.name + _DRAFTS)
        return Searched(before, self._kept).below((library, drafts, self._settings.index), without=kept)

    def _kept_to_go_back(self, kept_in: Sequence[int]) -> list[Path]:
        folder = generations_folder(self._settings.library_folder)
        return [folder / f"{number:04}" for number in kept_in]

    def _in_servers(self, kept_in: Sequence[int]) -> Iterator[str]:
        """The servers that serve something else than what is in service, or hold what is no longer kept."""
        current = self._publisher.generations.current()
        held = {f"{number:04}" for number in kept_in}

        def is_clean(server: Server) -> bool:
            ready = {server.serving, *server.ready} - {None}
            return current is None or (server.serving == current.name and ready <= {current.name, *held})

        for one in wait_for(self._settings.library_folder, is_clean, SWITCHING):
            yield f"{one.process}: {one.serving or '—'}, {' '.join(one.ready)}"

    def _in_feedback(self, before: Gone) -> Iterator[str]:
        holds = holding(before)
        try:
            for row in self._feedback.rows() if self._feedback.is_kept else ():
                cited = f" {before.document.id}:" in f" {row.clauses or ''}"  # an id may hold blanks
                texts = (row.question, row.topic, row.follows, row.follows_topic, row.verdict_reason, row.comment)
                if cited or any(holds(text) for text in texts if text):
                    yield f"{row.time:%Y-%m-%d} {row.answer_id}"
            yield from self._feedback.beside(before.document.id, holds)
        except DatabaseError as error:
            yield f"没有查成 could not be looked through: {error}"


def asked_of(before: Gone, assistant: Assistant) -> Iterator[Trace]:
    """Ask an assistant for a document that has gone: by ids, numbers, words, ways of asking, and in conversation."""
    id_, law = before.document.id, Law(today(), include_repealed=True)
    corpus = assistant.corpus
    yield Trace.of("ids", len(before.ids), (one for one in before.ids if corpus.clause_of(one)))

    def cited(question: str, history: Sequence[Turn] = ()) -> Iterator[str]:
        with suppress(InputError):  # a question longer than anybody may ask
            for citation in assistant.ask(question, history=history, law=law).citations:
                own = any(quote in citation.quote for quote in before.quotes)  # what others share is theirs as well
                if own or citation.clause_id.partition(":")[0] == id_:
                    yield f"{question[:_SHOWN]} → {citation.clause_id}"

    numbers = [f"《{before.document.title}》{clause.number}" for clause in before.clauses]
    yield Trace.of("numbers", len(numbers), (found for one in numbers for found in cited(one)))
    yield Trace.of(
        "quotes", len(before.quotes), (found for one in before.quotes for found in _holding(one, assistant, law))
    )
    yield Trace.of("questions", len(before.questions), (found for one in before.questions for found in cited(one)))
    turns = [Turn("assistant", clause.title, (clause.id,)) for clause in before.clauses]
    again = (found for turn in turns for found in cited(_AGAIN, [Turn("user", turn.content), turn]))
    yield Trace.of("conversations", len(turns), again)
    yield Trace.of("copies", len(corpus.documents), copies(before, corpus))


def _holding(quote: str, assistant: Assistant, law: Law) -> Iterator[str]:
    with suppress(InputError):
        for hit in assistant.search(quote[: assistant.settings.max_question], law=law):
            if quote in hit.clause.text:
                yield f"{quote[:_SHOWN]}… → {hit.clause.id}"


def _files(document_id: str, folder: Path) -> list[Path]:
    """A document's files in a folder, with its records. Its facts may be those of any other: a place and a day."""
    return [path for file in documents_of(document_id, folder) for path in file.files if path != file.facts]


def _unknown(document_id: str) -> NotFoundError:
    return NotFoundError(
        f"文件库里没有 {document_id}，编号见 policyqa documents list。"
        f"The library has no document {document_id}; see policyqa documents list.",
        "document",
    )
