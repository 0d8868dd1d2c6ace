"""What the addresses of a text name, as they are read one after another."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from corpus.addresses.address import PrintedAddress
from corpus.addresses.book import AddressBook, Admits
from corpus.addresses.clause_references import ClauseReferences
from corpus.addresses.context import Context
from corpus.addresses.names import union
from corpus.clause import Clause
from corpus.places.gazetteer import english_name
from corpus.text.characters import fold

Choose = Callable[[Sequence[Clause]], Sequence[Clause]]


@dataclass(slots=True)
class Findings:
    """Clauses, parts and numbers found so far; keys of a dictionary are in the order of the text."""

    text: str  # folded
    book: AddressBook
    context: Context
    admits: Admits
    choose: Choose
    ids: dict[str, None] = field(default_factory=dict)
    absent: dict[str, None] = field(default_factory=dict)
    not_held: dict[str, None] = field(default_factory=dict)
    ambiguous: dict[str, None] = field(default_factory=dict)
    spans: list[tuple[int, int]] = field(default_factory=list)

    def references(self) -> ClauseReferences:
        """All of it as a value."""
        documents = tuple(dict.fromkeys((*union(self.context.names), *self.context.partly_named)))
        spans = tuple(sorted({*self.spans, *self.context.partly_named_spans}))
        return ClauseReferences(
            tuple(self.ids), tuple(self.absent), tuple(self.not_held), documents, spans, tuple(self.ambiguous)
        )

    def take_rows(self) -> None:
        """Notes the documents named, and of one that is a single clause, such as a row of a table, that clause."""
        for name in self.context.names:
            if name.documents:
                self.spans.append((name.start, name.end))
                row = self.book.only_clause(name.documents[0]) if len(name.documents) == 1 else None
                if row and self.admits(row):
                    self.ids[row.id] = None

    def take(self, address: PrintedAddress, at: int, end: int, *, quietly: bool = False) -> int:
        """Notes what an address names; returns its end, with the heading and place that a label prints behind it.

        A number that no clause has is noted as absent, unless `quietly`.
        """
        address = self.scoped(address, at)
        found = self.book.find(address, self.admits)
        chosen = self.choose([clause for clause, _ in found]) if found else ()
        named = [(clause, part) for clause, part in found if clause in chosen]
        for clause, part in named:
            self.ids[part.id if part else clause.id] = None
        if named:
            end = _behind_label(self.text, end, named[0][0])
        elif found:
            self.ambiguous.update(dict.fromkeys(clause.id for clause, _ in found))
        elif not found and not quietly and not self.book.knows(address):
            self.absent[address.number] = None
        if found or not quietly:
            self.spans.append((at, end))
        return end

    def take_clauses(self, clauses: Sequence[Clause], at: int, end: int) -> int:
        """Notes the clauses that were found in another way; returns the end."""
        chosen = self.choose(clauses)
        self.ids.update(dict.fromkeys(clause.id for clause in chosen))
        if not chosen:
            self.ambiguous.update(dict.fromkeys(clause.id for clause in clauses))
        self.spans.append((at, end))
        return _behind_label(self.text, end, chosen[0]) if chosen else end

    def scoped(self, address: PrintedAddress, at: int) -> PrintedAddress:
        """The address within the document, attachment or division that is named for it."""
        held, division = self.context.scope(at)
        attachment = address.attachment or held.attachment
        division = None if attachment else division
        return replace(address, documents=held.documents, division=division, attachment=attachment)


def _behind_label(text: str, end: int, clause: Clause) -> int:
    """Behind the heading and the place that a label prints after the number of this clause."""
    places = clause.jurisdiction
    printed = [f"({clause.path[-1]})"] if clause.path else []
    printed += [f"({'、'.join(places)})", f" ({', '.join(map(english_name, places))})"]
    for words in map(fold, printed):
        if text.startswith(words, end):
            end += len(words)
    return end
