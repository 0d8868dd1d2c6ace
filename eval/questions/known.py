"""The failures that are known: questions that stop no publication though they are answered wrong."""

import json
from collections.abc import Mapping
from typing import Any

from assistant.publication.examined import Key
from corpus.errors import QuestionFileError
from corpus.validity import today
from eval.questions.folder import KNOWN, QuestionFolder
from eval.questions.rows import read_rows


def known_failures(folder: QuestionFolder) -> frozenset[Key]:
    """The questions of known.jsonl, wherever they are saved. Raises QuestionFileError naming file and line."""
    return frozenset(map(_key, _rows(folder)))


def mark(folder: QuestionFolder, id_: str, key: Key, *, known: bool, why: str) -> None:
    """Write a question into known.jsonl, or take it out. Nobody else may write meanwhile."""
    rows = [row for row in _rows(folder) if _key(row) != key]
    if known:
        question, history, place, wanted = key
        named = {"question": question, "history": history, "jurisdiction": place, "wanted": wanted}
        rows.append({"id": id_, **named, "why": why.strip(), "since": today().isoformat()})
    folder.write(KNOWN, [json.dumps(row, ensure_ascii=False) for row in rows])


def _rows(folder: QuestionFolder) -> list[dict[str, Any]]:
    path = folder.path / KNOWN
    rows = list(read_rows(path)) if path.exists() else []
    for line, row in rows:
        if not isinstance(row.get("question"), str) or not isinstance(row.get("wanted"), list):
            raise QuestionFileError(
                f"{path}:{line}: 缺少 question 或 wanted，请删去这一行。"
                "'question' or 'wanted' is missing; delete the line."
            )
    return [row for _, row in rows]


def _key(row: Mapping[str, Any]) -> Key:
    return row["question"], tuple(row.get("history", ())), row.get("jurisdiction", ""), tuple(row["wanted"])
