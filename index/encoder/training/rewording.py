"""The lexicon and the glossary as training pairs: what people say in place of the words of official texts.

A heading 「补发不动产权证书」 that says 房本 instead still belongs to its text. So the encoder learns the spoken word
where it is used, on passages that have nothing to do with any question file.
"""

import gzip
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from random import Random

from index.encoder.training.mixture import Source, read_pairs
from index.lexicon import lexicon
from index.text.normalizer import normalize

_SHORTEST = 2  # characters of an official term that is reworded

Spoken = Mapping[str, list[str]]


def spoken_words() -> Spoken:
    """Official term → what people say instead."""
    found: dict[str, list[str]] = {}
    for group in lexicon.groups():
        for official in group.official:
            if len(official) >= _SHORTEST:
                found.setdefault(official, []).extend(group.said)
    return found


def reword(text: str, spoken: Spoken, pattern: re.Pattern[str], rng: Random) -> str | None:
    """The text with every official term said another way; None when it holds none."""
    plain = normalize(text)
    said = pattern.sub(lambda match: rng.choice(spoken[match.group()]), plain)
    return said if said != plain else None


def write_reworded(sources: Iterable[Source], data: Path, output: Path, seed: int) -> int:
    """Write {q: reworded query, p: passage} for the pairs of the given sources; returns how many."""
    spoken, rng, count = spoken_words(), Random(seed), 0
    pattern = re.compile("|".join(map(re.escape, sorted(spoken, key=len, reverse=True))))
    with gzip.open(output, "wt", encoding="utf-8") as lines:
        for source in sources:
            for pair in read_pairs(source, data / f"{source.file}.jsonl.gz", seed):
                if said := reword(pair.query, spoken, pattern, rng):
                    lines.write(json.dumps({"q": said, "p": pair.passage}, ensure_ascii=False) + "\n")
                    count += 1
    return count


def write_terms(output: Path) -> int:
    """Write {q, p} for every spoken and official, every English and Chinese term; returns how many."""
    pairs = [(said, official) for group in lexicon.groups() for said in group.said for official in group.official]
    pairs += [(english, chinese) for term in lexicon.terms() for english in term.english for chinese in term.chinese]
    pairs = list(dict.fromkeys(pairs))
    with gzip.open(output, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps({"q": q, "p": p}, ensure_ascii=False) + "\n" for q, p in pairs)
    return len(pairs)
