"""The clauses that a person says a question should cite: ids as copied, or addresses of their pages."""

import re
from collections.abc import Callable, Iterable
from urllib.parse import unquote

from corpus.clause import Clause, Part
from corpus.corpus import Corpus
from corpus.errors import NotFoundError

_PAGE = re.compile(r"^(?:https?://[^\s?#]*)?/clause/([^?#]+)")
_SEPARATORS = re.compile(r"[\s;；,，、]+")


def split_ids(typed: str) -> list[str]:
    """Several ids or addresses on one line."""
    return [one for one in _SEPARATORS.split(typed) if one]


def clauses_and_parts(
    ids: Iterable[str], corpora: Iterable[Callable[[], Corpus]]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids of the clauses, and of the parts among what was named. The corpora are looked into in turn, when needed.

    Raises NotFoundError for what none of them holds.
    """
    looked_into = [*corpora]
    found = [_find(_bare(one), looked_into) for one in ids]
    clauses = dict.fromkeys(clause.id for clause, _ in found)
    return tuple(clauses), tuple(dict.fromkeys(part.id for _, part in found if part))


def _bare(typed: str) -> str:
    """The id in the address of a clause's page; any other text as it stands."""
    page = _PAGE.match(typed.strip())
    return unquote(page[1]) if page else typed.strip()


def _find(id_: str, corpora: Iterable[Callable[[], Corpus]]) -> tuple[Clause, Part | None]:
    for corpus in corpora:
        try:
            return corpus().find(id_)
        except NotFoundError:
            continue
    raise NotFoundError(
        f"文件库里没有条款 {id_}；编号见条款页的地址，或运行 policyqa documents show 文件编号。"
        f"The library has no clause {id_}; its id stands in the address of its page, or in policyqa documents show ID.",
        "clause",
    )
