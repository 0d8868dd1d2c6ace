"""Real documents against trees that somebody wrote by hand, without the words of either.

Run where ../shared/field lies beside the project. field_trees.toml holds for each document how many clauses the tree by
hand has, and a digest of each: of its number, its first 12 and last 8 visible characters, and the headings above it.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest

from corpus.clause import Clause
from corpus.load import read_document
from corpus.numbering import HeadingNumber, NumberingStyle

FIELD = Path(__file__).parents[3] / "shared" / "field" / "text"
TREES = tomllib.loads(Path(__file__).with_name("field_trees.toml").read_text(encoding="utf-8"))
DOCUMENTS = sorted(FIELD.glob("*.txt"))
_ARTICLE = re.compile(
    r"(?:^|(?<=[。；：]))\s*第\s?(?:[一二三四五六七八九十百零〇]{1,7}|\d{1,3})\s?条(?=[\s\u3000])", re.MULTILINE
)
_FURNITURE = re.compile(
    r"^\s*(?:抄\s?送|主\s?办|承\s?办)\s?[:：]|ICP备|公网安备|网站标识码|打印本页|关闭窗口|版权所有|分享到|上一篇|下一篇|"
    r"https?://\S+\s+\d+/\d+|^\s*[-—－]\s?\d{1,3}\s?[-—－]\s*$|^\s*第\s?\d+\s?页",
    re.MULTILINE,
)  # fmt: skip

pytestmark = pytest.mark.skipif(not DOCUMENTS, reason="../shared/field is not there")


@cache
def _clauses(path: Path) -> tuple[Clause, ...]:
    return tuple(read_document(path).clauses)


def _visible(text: str) -> str:
    return "".join(c for c in text if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf", "Co"))


def digest(key: str, begins: str, ends: str, path: list[str]) -> str:
    """The digest of one clause. A number that only the reader by hand gave (`h1`) is left out of it."""
    own = "" if "h" in key else re.sub(r"^e(?=\d)", "a", key)
    above = [_visible(heading).rstrip("。：:") for heading in path]
    canonical = "\n".join([own, _visible(begins)[:12], _visible(ends)[-8:], *above])
    return sha256(canonical.encode()).hexdigest()[:10]


def _digests(clause: Clause) -> Iterator[str]:
    """With and without its number, and with the headings above it from each level on."""
    path = list(clause.path)
    for key in (clause.id.removeprefix(f"{clause.document_id}:"), "h"):
        for begin in range(len(path) + 1):
            yield digest(key, clause.text, clause.text, path[begin:])


@pytest.mark.parametrize("slug", TREES)
def test_clauses_are_those_of_the_tree_by_hand(slug: str) -> None:
    tree = TREES[slug]
    found = {one for clause in _clauses(FIELD / f"{slug}.txt") for one in _digests(clause)}
    assert len(tree["digests"]) == tree["clauses"]
    agreeing = sum(one in found for one in tree["digests"])
    assert agreeing >= tree["clauses"] - tree.get("deviating", 0), tree.get("why", "")


def test_the_articles_that_are_printed_are_found() -> None:
    """第X条 at the start of a line or behind a sentence, counted once for each number of a document."""
    printed = found = 0
    missing: list[str] = []
    for path in DOCUMENTS:
        text = read_document(path).document.text
        numbers = {re.sub(r"\s", "", match[0]) for match in _ARTICLE.finditer(text)}
        clauses = {
            re.sub(r"\s", "", clause.text[: clause.number_length])
            for clause in _clauses(path)
            if clause.numbers and any(_is_article(number) for number in clause.numbers)
        }
        printed += len(numbers)
        found += len(numbers & clauses)
        missing += [f"{path.stem} {number}" for number in sorted(numbers - clauses)]
    assert printed > 200
    assert found >= 0.995 * printed, missing


def _is_article(number: HeadingNumber) -> bool:
    return number.style is NumberingStyle.ARTICLE


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_no_clause_holds_furniture(path: Path) -> None:
    held = [(clause.id, match[0]) for clause in _clauses(path) for match in _FURNITURE.finditer(clause.text)]
    assert held == []
