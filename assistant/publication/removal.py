"""Removing a document for good, and the proof that nothing holds it any more."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.feedback.store import FeedbackStore
from assistant.publication import audit
from assistant.publication.generations import Manifest
from assistant.publication.opening import open_current
from assistant.publication.publisher import Publication, Publisher
from assistant.publication.running import servers
from assistant.publication.traces import Gone, Trace, copies, gone, in_files
from assistant.question.history import Turn
from assistant.question.question import Law
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.errors import DocumentError, InputError, NotFoundError
from corpus.library.library import Library
from corpus.library.place import documents_folder, generations_folder
from corpus.load import load_folder
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
        self._settings = settings
        self._feedback = feedback
        self._publisher = publisher
        self._kept = SourceCache(settings.kept_sources)
        self._library = Library(settings.library_folder, self._kept)

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
        before, folder = self._gone(document_id, asked_for)
        self._forget_read(folder)
        current = self._manifest()
        done: Publication | None = None
        if current and document_id in current.documents:
            done = self._publisher.remove(document_id, by=by, reason=reason)
        with suppress(NotFoundError):  # it was in service alone
            self._library.remove(document_id)
        if purge:
            self._purge(document_id)
        self._feedback.forget(document_id, before.quotes)
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

    def _gone(self, document_id: str, asked_for: Sequence[str]) -> tuple[Gone, Path]:
        """As it is in service, else as it is in the working copy; and the folder of its files."""
        published = open_current(self._settings)
        if published and document_id in published.index.corpus.documents_by_id:
            corpus, folder = published.index.corpus, published.documents
        else:
            working = documents_folder(self._settings.library_folder)
            if working is None:
                raise _unknown(document_id)
            corpus, folder = load_folder(working, self._kept).corpus, working
        return gone(corpus, document_id, folder / document_id, asked_for), folder / document_id

    def _forget_read(self, folder: Path) -> None:
        """Remove what was kept of its files so that they need not be read again."""
        for path in folder.iterdir():
            data = path.read_bytes()
            with suppress(DocumentError):  # no format that is read
                self._kept.forget(data, detect(data, path.name))

    def _manifest(self) -> Manifest | None:
        generations = self._publisher.generations
        current = generations.current()
        return generations.manifest(current) if current else None

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
        yield Trace.of("feedback", len(before.ids) + len(before.quotes), self._in_feedback(before))
        running = servers(self._settings.library_folder)
        allowed = {f"{number:04}" for number in kept_in} | {published.pointer.name if published else ""}
        held = (f"{one.process}: {name}" for one in running for name in one.ready if name not in allowed)
        yield Trace.of("servers", len(running), held)

    def _in_files(self, before: Gone, kept_in: Sequence[int]) -> Iterator[str]:
        """In library, drafts and what is kept beside the index; not in what is kept to go back to."""
        library = self._settings.library_folder
        folder = generations_folder(library)
        kept = [folder / f"{number:04}" for number in kept_in]
        drafts = library.with_name(library.name + _DRAFTS)
        return in_files(before, (library, drafts, self._settings.index), kept=kept)

    def _in_feedback(self, before: Gone) -> Iterator[str]:
        ids, quotes = set(before.ids), before.quotes
        for row in self._feedback.rows() if self._feedback.is_kept else ():
            texts = [text for text in (row.question, row.comment) if text]
            if ids & set((row.clauses or "").split()) or any(one in text for one in quotes for text in texts):
                yield f"{row.time:%Y-%m-%d} {row.answer_id}"


def asked_of(before: Gone, assistant: Assistant) -> Iterator[Trace]:
    """Ask an assistant for a document that has gone: by ids, numbers, words, ways of asking, and in conversation."""
    id_, law = before.document.id, Law(today(), include_repealed=True)
    corpus = assistant.corpus
    yield Trace.of("ids", len(before.ids), (one for one in before.ids if corpus.clause_of(one)))

    def cited(question: str, history: Sequence[Turn] = ()) -> Iterator[str]:
        with suppress(InputError):  # a question longer than anybody may ask
            for citation in assistant.ask(question, history=history, law=law).citations:
                if citation.clause_id.partition(":")[0] == id_ or citation.quote in before.document.text:
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


def _unknown(document_id: str) -> NotFoundError:
    return NotFoundError(
        f"文件库里没有 {document_id}，编号见 policyqa documents list。"
        f"The library has no document {document_id}; see policyqa documents list.",
        "document",
    )
