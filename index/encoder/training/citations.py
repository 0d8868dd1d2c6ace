"""Questions paired with the articles that their answers cite.

Lawyers and offices end an answer with 《中华人民共和国民法典》第五十四条; the article is what the question should find.
"""

import gzip
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from index.encoder.training.sources import Row, article_passage, read_rows

LAWS = "laws_articles"  # file of the articles
FILES = (
    "lecoqa_train",
    "lawbench_qa",
    "disclaw_short_answer",
    "gov_mailbox_reply",
    "gov_mailbox_msg",
    "policy_faq_qa",
)
_ARTICLE = re.compile(r"第[一二三四五六七八九十百千零〇]+条(?:之[一二三])?")
_CITATION = re.compile(
    r"《([^》]{2,40})》(?:[（(][^）)]*[)）])?的?((?:[、，和及以]{0,2}第[一二三四五六七八九十百千零〇]+条(?:之[一二三])?(?:第[一二三四五六七八九十]+[款项])*)+)"
)
_ASIDE = re.compile(r"[（(][^）)]*[)）]")
_LONGEST_QUESTION = 300  # characters

Articles = Mapping[str, Mapping[str, Row]]  # law → article number → row


def load_articles(data: Path) -> Articles:
    """All articles under the full and the short name of their law; the first law of a name keeps it."""
    laws: dict[str, dict[str, Row]] = {}
    for row in read_rows(data / f"{LAWS}.jsonl.gz"):
        laws.setdefault(row["law"], {})[row["article"]] = row
    for name in list(laws):
        plain = _ASIDE.sub("", name)
        for short in (plain, plain.removeprefix("中华人民共和国")):
            laws.setdefault(short, laws[name])
    return laws


def cited(answer: str, laws: Articles) -> Iterator[Row]:
    """The articles that a text cites by law and number, where the law is known."""
    for law, numbers in _CITATION.findall(answer):
        articles = laws.get(_ASIDE.sub("", law).strip(), {})
        yield from (articles[number] for number in _ARTICLE.findall(numbers) if number in articles)


def write_cited(data: Path, output: Path) -> int:
    """Write {q: question, p: cited article}, each pair once; returns how many."""
    laws = load_articles(data)
    pairs: dict[tuple[str, str], None] = {}
    for name in FILES:
        for row in read_rows(data / f"{name}.jsonl.gz"):
            for article in cited(row["p"], laws):
                pairs[row["q"][:_LONGEST_QUESTION], article_passage(article)] = None
    with gzip.open(output, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps({"q": q, "p": p}, ensure_ascii=False) + "\n" for q, p in pairs)
    return len(pairs)
