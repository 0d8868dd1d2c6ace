"""What may be written for a gap: lines of a plain-language record, a line of the lexicon, a term; each as a new file.

Nothing is taken that does not check: a change that leaves a fault behind which was not there before is refused.
"""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import StringIO

import tomlkit
from tomlkit.exceptions import ParseError
from tomlkit.items import AoT

from assistant.glossary.glossary import Glossary, glossary_with
from corpus.corpus import Corpus
from corpus.errors import DocumentError, InputError
from corpus.library.place import DOCUMENTS
from corpus.readers.folder import GLOSSARY, RECORDS
from corpus.records.check import faults
from corpus.records.record import parse_records
from corpus.records.writing import RecordLines, with_lines
from index.lexicon.expansion import Lexicon, lexicon_with
from index.lexicon.lexicon import COLUMNS, LEXICON

Files = Callable[[str | None, str], bytes | None]  # of a document, its ending; or of the library, its name


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that a change may touch, as it would be."""

    corpus: Corpus
    lexicon: Lexicon
    glossary: Glossary


@dataclass(frozen=True, slots=True)
class RecordChange:
    """Lines for the record of a clause or part; `not_ask` among them is what is not asked of it."""

    id: str
    texts: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def place(self, corpus: Corpus) -> tuple[str | None, str]:
        """The document and the ending of the file that is written. Raises NotFoundError."""
        return corpus.find(self.id)[0].document_id, RECORDS

    def target(self) -> str:
        """What the gap is said to be answered by; `not:` where something is only said not to be."""
        only_not = set(self.lines) <= {"not_ask"} and not self.texts
        return f"not:{self.id}" if only_not else self.id

    def written(self, before: bytes | None, corpus: Corpus) -> bytes:
        clause, part = corpus.find(self.id)
        number = clause.id.removeprefix(f"{clause.document_id}:")
        below = part.id.removeprefix(f"{clause.id}.") if part else None
        lines = RecordLines(number, below, self.texts, self.lines)
        return with_lines(before, lines, f"{clause.document_id}{RECORDS}")

    def applied(self, data: bytes, words: Words) -> Words:
        """Raises DocumentError for records that cannot be read or that say what their clause does not."""
        corpus, id_ = words.corpus, words.corpus.find(self.id)[0].document_id
        clauses = list(corpus.clauses_of(id_))
        name = f"{id_}{RECORDS}"
        read = parse_records(data, name, id_, clauses)
        of_document = {key for clause in clauses for key in (clause.id, *(part.id for part in clause.all_parts()))}
        plain = {key: record for key, record in corpus.plain.items() if key not in of_document} | read
        changed = replace(corpus, plain=plain)
        known = {(fault.id, fault.message) for fault in faults(corpus)}
        new = [one for one in faults(changed) if (one.id, one.message) not in known]
        if new:
            raise DocumentError("\n".join(f"{name}:{one.line}: {one.id} {one.message}" for one in new))
        return replace(words, corpus=changed)


@dataclass(frozen=True, slots=True)
class LexiconChange:
    """A line of the office's own lexicon: what official texts write, and what people say instead; `|` between terms."""

    official: str
    said: str
    direction: str = "both"
    field: str = "本地"

    def place(self, _corpus: Corpus) -> tuple[str | None, str]:
        return None, LEXICON

    def target(self) -> str:
        return LEXICON

    def written(self, before: bytes | None, _corpus: Corpus) -> bytes:
        text = (before or b"").decode("utf-8-sig")
        written = StringIO(newline="")
        writer = csv.DictWriter(written, COLUMNS, lineterminator="\n")
        if not text.strip():
            writer.writeheader()
        values = {name: " ".join(str(getattr(self, name)).split()) for name in COLUMNS}
        writer.writerow(values)
        return f"{text.rstrip()}\n{written.getvalue()}".lstrip().encode()

    def applied(self, data: bytes, words: Words) -> Words:
        """Raises DocumentError for a line that cannot be used."""
        return replace(words, lexicon=lexicon_with(data.decode("utf-8-sig"), LEXICON))


@dataclass(frozen=True, slots=True)
class TermChange:
    """A term that is explained, as glossary.toml holds it."""

    term: str
    zh: str
    english: str
    en: str
    source: str
    other: Sequence[str] = ()

    def place(self, _corpus: Corpus) -> tuple[str | None, str]:
        return None, f"{DOCUMENTS}/{GLOSSARY}"

    def target(self) -> str:
        return GLOSSARY

    def written(self, before: bytes | None, _corpus: Corpus) -> bytes:
        try:
            file = tomlkit.parse((before or b"").decode())
        except ParseError as error:
            raise DocumentError(f"{GLOSSARY}:1: 不是 TOML，请先改正。not TOML ({error}); correct the file") from None
        table = tomlkit.table()
        for name in ("term", "zh", "english", "en", "source"):
            table[name] = str(getattr(self, name)).strip()
        if others := [name.strip() for name in self.other if name.strip()]:
            table["other"] = others
        terms = file.get("term")
        if not isinstance(terms, AoT):
            terms = tomlkit.aot()
        terms.append(table)
        file["term"] = terms
        return tomlkit.dumps(file).encode()

    def applied(self, data: bytes, words: Words) -> Words:
        """Raises DocumentError for a term that is incomplete, too long or there twice."""
        return replace(words, glossary=glossary_with(data.decode(), GLOSSARY))


Change = RecordChange | LexiconChange | TermChange


def written_for(target: str) -> tuple[str | None, str]:
    """The document and the ending of the file in which a target was written, as `place` gave them."""
    document, colon, _ = target.removeprefix("not:").partition(":")
    if colon:
        return document, RECORDS
    return None, f"{DOCUMENTS}/{GLOSSARY}" if target == GLOSSARY else LEXICON


def check_filled(change: Change) -> None:
    """Raises InputError where nothing was written at all."""
    if isinstance(change, RecordChange) and not any((*change.texts.values(), *change.lines.values())):
        raise InputError("没有写任何内容，请先填写。Nothing is written; fill in at least one line.", "lines")
