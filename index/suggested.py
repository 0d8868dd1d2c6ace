"""Drafts of plain-language records for the clauses that have none, for a clerk to correct and confirm.

They are written in the form of `corpus.records.record`, each with `draft: true`, which the reader refuses: nothing
that nobody has looked at is taken for a record.
"""

from collections.abc import Callable, Iterator, Mapping

import yaml

from corpus.clause import Clause
from corpus.corpus import Corpus
from corpus.records.record import DRAFT, UNWRITTEN
from index.engines.bm25 import bm25_weights, indexed_text
from index.induced import Induced, induced
from index.lexicon.expansion import Lexicon

HEAD = """\
# 草稿，未经确认：每条请对照条款改好，写上“待写”的各项，再删去 draft 一行。
# 改好的记录放进文件旁边的 {document}.plain.yaml，运行 policyqa plain check，再运行 policyqa index。
# Drafts that nobody has confirmed: correct each beside its clause, write what is to be written, delete its line
# "draft". Put what is done into {document}.plain.yaml beside the document; run policyqa plain check, policyqa index.
"""
_BY_MODEL = "# 白话由模型起草，请逐字对照 · plain is drafted by a model; hold every word against the clause\n"
_FIRST_WORDS = 80  # characters of a clause's text, for the clerk to know it by


def suggested_records(
    corpus: Corpus, lexicon: Lexicon, say: Callable[[Clause], str] = lambda _: ""
) -> Mapping[str, str]:
    """Document id → the drafts of its clauses without a record, as the text of a file.

    Documents whose clauses all have one are left out. `say` may draft the plain sentence of a clause; "" leaves it to
    be written.
    """
    titles = {document.id: document.title for document in corpus.documents}
    weights = bm25_weights([indexed_text(clause, titles[clause.document_id]) for clause in corpus.clauses])
    asked: set[str] = set()  # a way of asking leads to one clause
    found: dict[str, list[str]] = {}
    for clause in corpus.clauses:
        if not corpus.records(clause):
            draft = _draft(clause, induced(clause, lexicon, weights.rarity), asked, say(clause))
            found.setdefault(clause.document_id, []).append(draft)
    return {id_: HEAD.format(document=id_) + "\n" + "\n".join(drafts) for id_, drafts in found.items()}


def _draft(clause: Clause, lines: Induced, asked: set[str], said: str) -> str:
    """One record, below the heading and the first words of its clause."""
    words = clause.text[clause.number_length :]
    texts, lists = suggested_texts(clause, lines)
    record = {"clause": clause.id.removeprefix(f"{clause.document_id}:"), DRAFT: True, **texts}
    record |= {"plain": said} if said else {}
    record |= {name: list(_unasked(each, asked)) if "ask" in name else list(each) for name, each in lists.items()}
    heading = " › ".join(map(_on_one_line, (*clause.path, clause.number, clause.title)))
    written = yaml.safe_dump([record], allow_unicode=True, sort_keys=False, width=10_000)
    by_model = _BY_MODEL if said else ""
    return f"# {clause.id}  {heading}\n# {_on_one_line(words)[:_FIRST_WORDS]}\n{by_model}{written}"


def suggested_texts(clause: Clause, lines: Induced) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """What a record of a clause may say, by the names of its fields: the texts, then the lists."""
    texts = {
        "name": _on_one_line(clause.title) or UNWRITTEN,
        "plain": UNWRITTEN,
        "title_en": lines.topic_en.capitalize() or UNWRITTEN,
        "gist_en": UNWRITTEN,
    }
    lists = {"ask": lines.questions, "ask_en": lines.questions_en, "keywords": lines.spoken}
    return texts, {name: tuple(map(str, each)) for name, each in lists.items()}


def _unasked(questions: tuple[str, ...], asked: set[str]) -> Iterator[str]:
    for question in questions:
        if question not in asked:
            asked.add(question)
            yield str(question)


def _on_one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
