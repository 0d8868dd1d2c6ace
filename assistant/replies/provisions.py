"""What may stand in a list: the provisions of documents. Which of them hold on a day is for the scope to say.

No provisions are the words of a covering notice around a text that people cite, paragraphs without a number beside
numbered ones (site furniture, the lines before the first article), and headings that hold nothing.
"""

import re
from collections.abc import Iterable
from functools import cached_property

from corpus.addresses.book import is_cited_first
from corpus.clause import Clause, Document
from corpus.corpus import Corpus
from corpus.parser.clause_ids import COVER
from index.retriever import Scope

_FORMAL = re.compile(
    r"制定本(?:办法|规定|条例|细则|意见|方案|措施|法)|(?:本|该)(?:办法|规定|条例|细则|意见|通知|方案|措施|法)自.{1,40}(?:施行|实施|执行)"
)


class Provisions:
    """The provisions of one corpus. Safe from several threads."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus.browsable

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
        return tuple(clause for clauses in by_document.values() for clause in _provisions(clauses))


def _provisions(clauses: list[Clause]) -> list[Clause]:
    """The provisions of one document; all of its clauses where none has a number."""
    numbered = [one for one in clauses if one.numbers and one.end - one.body_start > 1]
    main = [one for one in numbered if not one.id.partition(":")[2].startswith(COVER)]
    return main or numbered or clauses
