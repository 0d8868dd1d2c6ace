"""A collection of any size, made up from the articles of another one by a seeded script.

Each document takes sentences of several articles, under the name of a law and a number of its own, so that no two are
alike and words are about as common as in real law. Half of them are ruled by one of some places.
"""

import gzip
import hashlib
import json
import re
from itertools import chain
from pathlib import Path
from random import Random

from corpus.rows import rows_in

PLACE = "哈尔滨"  # of one document in twenty
_PLACES = (PLACE, "长春", "沈阳", "济南", "郑州", "武汉", "长沙", "广州", "成都", "西安")
_PLACED = 0.5
_SENTENCE = re.compile(r"[^。；\n]{6,}[。；]?")
_PIECES = (2, 4)  # sentences of a made-up article: 120 characters at the mean, as the collection has
_READ = 4096  # rows
_ARTICLES = 400  # of one made-up law


def make_rows(articles: Path, target: Path, size: int, seed: int) -> None:
    """Write so many made-up documents, no two with the same text. The same seed gives the same documents."""
    random, (sentences, laws) = Random(seed), _material(articles)
    seen: set[bytes] = set()
    with gzip.open(target, "wt", encoding="utf-8", compresslevel=1) as file:
        while len(seen) < size:
            text = "".join(random.choices(sentences, k=random.randint(*_PIECES)))
            digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
            if digest in seen:
                continue
            number = len(seen)
            seen.add(digest)
            part, article = divmod(number, _ARTICLES)
            row = {
                "id": f"made-{number:07}",
                "title": f"{random.choice(laws)}（{part + 1}）第{article + 1}条",
                "text": text,
            }
            placed = {"jurisdiction": random.choice(_PLACES)} if random.random() < _PLACED else {}
            file.write(json.dumps(row | placed, ensure_ascii=False) + "\n")


def _material(articles: Path) -> tuple[list[str], list[str]]:
    """The sentences of all articles, in order, and the names of their laws, each once."""
    sentences: list[str] = []
    laws: dict[str, None] = {}
    for parsed in chain.from_iterable(rows.documents() for rows in rows_in(articles, _READ)):
        sentences += _SENTENCE.findall(parsed.document.text)
        laws.update(dict.fromkeys(parsed.clauses[0].path))
    return sentences, list(laws)
