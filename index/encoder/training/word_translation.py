"""English queries for Chinese passages, made word by word with the bilingual word lists.

To a bag of pieces word order means nothing, so a query translated word by word teaches much of what a translated one
would, and there are far more Chinese queries with passages than translated sentences.
"""

import gzip
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from random import Random

from index.encoder.training.mixture import Source, read_pairs
from index.encoder.training.sources import read_rows
from index.text.normalizer import normalize

WORD_LISTS = ("bi_words_kajweb", "bi_words_hsk_cedict", "bi_phrases_kajweb", "bi_legal_lexeval")
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|^to |^an? |\bsth\b|\bsb\b|[^a-z' -]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LONGEST_WORD = 6
_LEAST_COVERED = 0.6  # share of the Chinese characters that must be translated
_MOST_TRANSLATIONS = 6

WordLists = Mapping[str, list[str]]


def load_word_lists(data: Path) -> WordLists:
    """Chinese word → its English translations, from all word lists of the data folder."""
    found: dict[str, list[str]] = {}
    for name in WORD_LISTS:
        for row in read_rows(data / f"{name}.jsonl.gz"):
            english = " ".join(_ASIDE.sub(" ", normalize(row["en"])).split())
            for word in re.split(r"[,;，；、/ ]+", normalize(row["zh"])):
                stem = word.removesuffix("的") if len(word) > 2 else word
                if english and len(english.split()) <= 4 and 1 < len(stem) <= _LONGEST_WORD and _HAN.fullmatch(stem[0]):
                    translations = found.setdefault(stem, [])
                    if english not in translations and len(translations) < _MOST_TRANSLATIONS:
                        translations.append(english)
    return found


def translate_words(text: str, translations: WordLists, rng: Random) -> str | None:
    """The text word by word in English, longest words first; None when too much of it is in no list."""
    text, words, covered, position = normalize(text), [], 0, 0
    while position < len(text):
        for length in range(min(_LONGEST_WORD, len(text) - position), 1, -1):
            found = translations.get(text[position : position + length])
            if found:
                words.append(rng.choice(found))
                covered += length
                position += length
                break
        else:
            position += 1
    written = len(_HAN.findall(text))
    return " ".join(words) if len(words) > 1 and covered >= _LEAST_COVERED * written else None


def write_word_translated(sources: Iterable[Source], data: Path, output: Path, seed: int) -> int:
    """Write {q: query in English, p: Chinese passage} for the pairs of the given sources; returns how many."""
    translations, rng, count = load_word_lists(data), Random(seed), 0
    with gzip.open(output, "wt", encoding="utf-8") as lines:
        for source in sources:
            for pair in read_pairs(source, data / f"{source.file}.jsonl.gz", seed):
                if english := translate_words(pair.query, translations, rng):
                    lines.write(json.dumps({"q": english, "p": pair.passage}, ensure_ascii=False) + "\n")
                    count += 1
    return count
