"""What may stand in a list: the provisions of documents in force.

No provisions are the words of a covering notice around a text that people cite, paragraphs without a number beside
numbered ones (site furniture, the lines before the first article), and headings that hold nothing.
"""

import re
from collections.abc import Iterable
from functools import cached_property

from corpus.addresses.book import is_cited_first
from corpus.clause import Clause, Document
from corpus.corpus import Corpus
from corpus.facts.status import EXPIRED, REPEALED
from corpus.parser.clause_ids import COVER
from index.retriever import Scope
from index.text.normalizer import normalize

_FORMAL = re.compile(
    r"制定本(?:办法|规定|条例|细则|意见|方案|措施|法)|(?:本|该)(?:办法|规定|条例|细则|意见|通知|方案|措施|法)自.{1,40}(?:施行|实施|执行)"
)
_IGNORED = re.compile(r"[\s《》〈〉“”\"()]")


class Provisions:
    """The provisions of one corpus. Safe from several threads."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    def admitted(self, scope: Scope) -> list[Clause]:
        """Those in scope, in the order of the corpus."""
        return [clause for clause in self._all if scope.admits(clause)]

    def cited_first(self, clauses: Iterable[Clause]) -> list[Clause]:
        """Those of the texts that people cite; of a document that has none, all."""
        found = list(clauses)
        main = {clause.document_id for clause in found if is_cited_first(clause)}
        return [clause for clause in found if is_cited_first(clause) or clause.document_id not in main]

    def documents(self, scope: Scope) -> tuple[Document, ...]:
        """The documents with a provision in scope."""
        ids = {clause.document_id for clause in self.admitted(scope)}
        return tuple(document for document in self._corpus.documents if document.id in ids)

    def rules(self, clause: Clause) -> bool:
        """Whether a clause is a provision that rules something, not only why a text was made or since when it holds."""
        return clause.id in self._ids and not _FORMAL.search(clause.text)

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(clause.id for clause in self._all)

    @cached_property
    def _all(self) -> tuple[Clause, ...]:
        by_document: dict[str, list[Clause]] = {}
        for clause in self._corpus.clauses:
            by_document.setdefault(clause.document_id, []).append(clause)
        in_force = [one for one in self._corpus.documents if one.id in by_document and not self._is_ended(one)]
        return tuple(clause for document in in_force for clause in _provisions(by_document[document.id]))

    def _is_ended(self, document: Document) -> bool:
        """Whether a document is repealed: it says so, or another one that is held names it as repealed."""
        names = {_bare(name) for name in (document.title, document.number) if name}
        return document.status in (REPEALED, EXPIRED) or not names.isdisjoint(self._replaced)

    @cached_property
    def _replaced(self) -> frozenset[str]:
        return frozenset(_bare(name) for document in self._corpus.documents for name in document.replaces)


def _bare(name: str) -> str:
    return _IGNORED.sub("", normalize(name))


def _provisions(clauses: list[Clause]) -> list[Clause]:
    """The provisions of one document; all of its clauses where none has a number."""
    numbered = [one for one in clauses if one.numbers and one.end - one.body_start > 1]
    main = [one for one in numbered if not one.id.partition(":")[2].startswith(COVER)]
    return main or numbered or clauses
