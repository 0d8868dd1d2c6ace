"""Readers of the training files, and the ways one row becomes pairs of texts that mean the same.

A maker is a function `(rows, rng) -> Iterator[Pair]`. All randomness comes from the given generator, so a
seed fixes the pairs. Nothing here knows how often a source is used; `mixture` says that.
"""

import gzip
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

from index.encoder.training.held_out import is_held_out

Row = dict[str, Any]
PASSAGE_CHARACTERS = 360  # about a long clause; longer passages blur the mean of their token vectors
_SENTENCE = re.compile(r"[^。！？；!?;\n]+[。！？；!?;\n]*")
_SEGMENT = re.compile(r"[^，,。！？；：!?;:\n]+")


@dataclass(frozen=True, slots=True)
class Pair:
    """A query and a passage that belong together, and a passage that looks alike but does not.

    `group` is the document or law they come from, where batches may hold whole ones.
    """

    query: str
    passage: str
    negative: str | None = None
    group: str = ""


Maker = Callable[[Iterable[Row], Random], Iterator[Pair]]


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of a gzip JSONL file, one dict a line; blank lines and rows that are held out are skipped."""
    yield from (row for row in read_all_rows(path) if not is_held_out(row))


def read_all_rows(path: Path) -> Iterator[Row]:
    """The same with what is held out, which is for measuring alone."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def sentences(text: str) -> list[str]:
    """The sentences of a text with their closing marks; joined they are the text."""
    return _SENTENCE.findall(text)


def segments(text: str) -> list[re.Match[str]]:
    """What stands between two marks, where it is as long as a short question."""
    return [match for match in _SEGMENT.finditer(text) if 5 <= len(match.group()) <= 40]


def around(parts: list[str], index: int, limit: int = PASSAGE_CHARACTERS, keep: bool = True) -> str:
    """Neighbours of sentence `index`, nearest first, up to `limit` characters, in reading order."""
    chosen, length = ([index] if keep else []), (len(parts[index]) if keep else 0)
    for distance in range(1, len(parts)):
        for near in (index + distance, index - distance):
            if 0 <= near < len(parts):
                length += len(parts[near])
                if length > limit:
                    return "".join(parts[i] for i in sorted(chosen)) or parts[near][:limit]
                chosen.append(near)
    return "".join(parts[i] for i in sorted(chosen))


def question_passage(rows: Iterable[Row], rng: Random) -> Iterator[Pair]:
    """Rows {q, p}; a long passage gives its beginning and, half of the time, a random stretch instead."""
    for row in rows:
        passage = row["p"]
        if len(passage) > PASSAGE_CHARACTERS and rng.random() < 0.5:
            parts = sentences(passage)
            passage = around(parts, rng.randrange(len(parts))) if parts else passage
        yield Pair(row["q"], passage[:PASSAGE_CHARACTERS])


def consultation(rows: Iterable[Row], rng: Random) -> Iterator[Pair]:
    """Legal advice {q, p}: the question → the advice and, where the answer quotes one, → its legal basis."""
    for row in rows:
        advice, _, basis = row["p"].removeprefix("您好").partition("法律依据")
        yield from question_passage([{"q": row["q"], "p": text} for text in (advice, basis) if len(text) > 10], rng)


def letter(rows: Iterable[Row], rng: Random) -> Iterator[Pair]:
    """Letters to a mayor {q: title, p: reply, detail: letter}: title → reply, letter → reply."""
    for row in rows:
        for query in (row["q"], str(row.get("detail") or "")[:120]):
            if query:
                yield from question_passage([{"q": query, "p": row["p"]}], rng)


def answer_passage(rows: Iterable[Row], rng: Random) -> Iterator[Pair]:
    """Rows {q, p, a}: the stretch of the passage around the answer, so that a long passage stays about it."""
    for row in rows:
        parts = sentences(row["p"])
        answer = str(row.get("a") or "")
        holds = [i for i, part in enumerate(parts) if answer and answer in part]
        start = holds[0] if holds else (rng.randrange(len(parts)) if parts else 0)
        yield Pair(row["q"], around(parts, start, 200) if parts else row["p"])


def strong_match(rows: Iterable[Row], _rng: Random) -> Iterator[Pair]:
    """Search queries with graded result titles {q, p, label}; grade 2 only, grade 1 is weak."""
    for row in rows:
        if row["label"] == 2:
            yield Pair(row["q"], row["p"])


def triplet(rows: Iterable[Row], _rng: Random) -> Iterator[Pair]:
    """Rows {q, p, n}: a paraphrase and a sentence that only looks like one."""
    for row in rows:
        yield Pair(row["q"], row["p"], row["n"])


def sentence_context(rows: Iterable[Row], rng: Random, stride: int = 350) -> Iterator[Pair]:
    """Documents {title?, text}: a sentence → the text around it, about once every `stride` characters.

    The sentence itself is left out most of the time: what it shares with its surroundings is meaning, not words.
    """
    for row in rows:
        parts = [part for part in sentences(row["text"]) if part.strip()]
        if len(parts) < 2:
            continue
        for _ in range(max(1, sum(map(len, parts)) // stride)):
            index = rng.randrange(len(parts))
            if len(parts[index]) >= 8:
                yield Pair(parts[index][:120], around(parts, index, 250, keep=rng.random() < 0.3))


def title_text(rows: Iterable[Row], rng: Random) -> Iterator[Pair]:
    """Documents {title, text}: the title → the beginning or a stretch of the text."""
    for row in rows:
        parts = sentences(row["text"])
        if row.get("title") and parts:
            yield Pair(row["title"], around(parts, rng.choice([0, rng.randrange(len(parts))])))


def article_segment(rows: Iterable[Row], rng: Random) -> Iterator[Pair]:
    """Law articles: one segment between two commas → the article under its law's title, without it half of the time."""
    for row in rows:
        text = row["text"][:1200]
        found = segments(text)
        if not found:
            continue
        match = rng.choice(found)
        start = max(0, match.start() - 200)
        rest = text[start : match.start()] + text[match.end() : match.end() + 200]
        drop = rng.random() < 0.5 and len(rest) > 20
        passage = rest if drop else text[start : match.end() + 200]
        head = f"{row['law']}{row['article']} " if rng.random() < 0.7 else ""
        yield Pair(match.group(), head + passage, group=row["law"])


def article_halves(rows: Iterable[Row], rng: Random) -> Iterator[Pair]:
    """Law articles of two sentences or more: one sentence → the others."""
    for row in rows:
        parts = sentences(row["text"][:1200])
        if len(parts) < 2:
            continue
        index = rng.randrange(len(parts))
        if len(parts[index]) >= 8:
            yield Pair(parts[index][:150], f"{row['law']} " + around(parts, index, 300, keep=False), group=row["law"])


def article_passage(row: Row) -> str:
    """A law article as a passage: law, number, text."""
    return f"{row['law']}{row['article']} {row['text']}"[:PASSAGE_CHARACTERS]


def law_chapter(rows: Iterable[Row], rng: Random) -> Iterator[Pair]:
    """Law articles: name of law and chapter → the article's text; a third of them, since one chapter has many."""
    for row in rows:
        if rng.random() < 0.33:
            law = row["law"].removeprefix("中华人民共和国")
            yield Pair(f"{law} {row.get('chapter') or ''}", row["text"][:PASSAGE_CHARACTERS])


def translation(rows: Iterable[Row], rng: Random) -> Iterator[Pair]:
    """Rows {zh, en}: English as the query three times out of four, Chinese otherwise."""
    for row in rows:
        yield Pair(row["en"], row["zh"]) if rng.random() < 0.75 else Pair(row["zh"], row["en"])


def synonyms(rows: Iterable[Row], rng: Random) -> Iterator[Pair]:
    """Groups {words}: neighbours among six words of the shuffled group; words that are only related are skipped."""
    for row in rows:
        if row.get("type", "synonym") != "synonym":
            continue
        words = [word for word in row["words"] if len(word) > 1]
        rng.shuffle(words)
        for query, passage in pairwise(words[:6]):
            yield Pair(query, passage)


def abbreviation(rows: Iterable[Row], _rng: Random) -> Iterator[Pair]:
    """Rows {abbr, full}."""
    for row in rows:
        yield Pair(row["abbr"], row["full"])
