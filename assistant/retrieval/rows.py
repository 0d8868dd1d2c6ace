"""Rows of one table: the row that the question names comes before the others; one that it does not name is none.

The rows of a table are alike but for the name in one column. 「第二医院的急诊电话」 is near every row of a table of
hospitals, and only the one of that name answers.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.clause import Clause
from index.index import Index
from index.query import Query
from index.retriever import Hit
from index.rows import RowName, row_names
from index.text.normalizer import Normal

_FARTHEST = 300  # rows above and below that are looked at
_MAY_NAME = re.compile(r"[\u3400-\u9fff]{2,}")
_NAMES_NOTHING = re.compile(r"[几哪谁咋怎]|多少|什么|^[半一二两三四五六七八九十百千万每各今明这那]")  # 几次, 一年, 每年


def named_first(hits: Sequence[Hit], question: Normal, index: Index) -> Sequence[Hit]:
    """The hits, but where the first is a row, and the question names another row of its table, these change places."""
    if not hits or not hits[0].clause.cells:
        return hits
    first, *others = hits
    named = _named(_names(first.clause, index), question)
    chosen = next((hit for hit in others if hit.clause.id in named), None)
    if first.clause.id in named or chosen is None:
        return hits
    passed = replace(first, score=min(first.score, chosen.score))
    rest = (passed, *(hit for hit in others if hit is not chosen))
    return [replace(chosen, score=first.score), *sorted(rest, key=lambda hit: -hit.score)]


def names_another_row(query: Query, clause: Clause, index: Index) -> bool:
    """Whether the clause is a row, and the question is about another row of its table, or one that there is not.

    So it is where no word that tells this row from the others is in the question, and the question holds a word of
    which the document knows nothing: 「中医院」 where only 第一医院 and 人民医院 are.
    """
    names = _names(clause, index) if clause.cells else {}
    if len(names) < 2:
        return False
    if named := _named(names, query.normal):
        return clause.id not in named
    own, others = names[clause.id], [name for id_, name in names.items() if id_ != clause.id]
    kind = max((_shared_end(own.name, other.name) for other in others), key=len)  # 医院
    telling = (one for one in query.tokens if len(one) > 1 and one in own.words and one not in kind)
    if any(not all(one in other.words for other in others) for one in telling):
        return False
    text = index.corpus.document(clause.document_id).text
    return any(word not in text for word in query.words if _may_name(word)) or any(
        word.startswith("第") and not any(word in name.words for name in names.values()) for word in query.words
    )


def _may_name(word: str) -> bool:
    return bool(_MAY_NAME.fullmatch(word)) and not _NAMES_NOTHING.search(word)


def _names(clause: Clause, index: Index) -> dict[str, RowName]:
    """What tells the rows of the table apart, by clause id."""
    rows = _table(clause, index)
    names = row_names([index.view(row).cells for row in rows])
    return dict(zip((row.id for row in rows), names, strict=True))


def _table(clause: Clause, index: Index) -> Sequence[Clause]:
    """The row and those around it in the same table."""
    clauses, position = index.corpus.clauses, index.table.positions[clause.id]
    start = end = position
    while start > max(0, position - _FARTHEST) and _alike(clauses[start - 1], clause):
        start -= 1
    while end + 1 < min(len(clauses), position + _FARTHEST) and _alike(clauses[end + 1], clause):
        end += 1
    return clauses[start : end + 1]


def _alike(one: Clause, other: Clause) -> bool:
    """Whether a clause is a row that begins under the same head, in the same place; a row leaves out empty cells."""
    same_place = one.document_id == other.document_id and one.path == other.path
    return same_place and bool(one.cells) and one.cells[0][0] == other.cells[0][0]


def _named(names: Mapping[str, RowName], question: str) -> frozenset[str]:
    """Ids of the rows that the question names, by the longest name."""
    said = {id_: len(one.name) for id_, one in names.items() if len(one.name) > 1 and one.name in question}
    return frozenset(id_ for id_, length in said.items() if length == max(said.values()))


def _shared_end(one: str, other: str) -> str:
    length = 0
    while length < min(len(one), len(other)) and one[-length - 1] == other[-length - 1]:
        length += 1
    return one[len(one) - length :]
