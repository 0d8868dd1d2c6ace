"""The lines that clauses may be asked by: those that no other document weighs on, and the spoken words that all do."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from corpus.clause import Clause
from index.encoder.encoder import Encoder
from index.engines.passages import Passage
from index.induced import Official, Rarity, induced_by_itself, spoken_words
from index.layer_texts import LayerTexts, beside, joined_texts, texts_of_lines
from index.lexicon.expansion import Lexicon
from index.text.tokenizer import segment, tokenize


@dataclass(frozen=True, slots=True)
class InducedTexts:
    """What clauses may be asked by, apart from the spoken words, which are chosen when all clauses are known."""

    headings: tuple[tuple[str, ...], ...]  # [clauses] the official words of each, see `Official`
    text: tuple[tuple[str, ...], ...]  # [clauses]
    asked: LayerTexts


def encode_induced(clauses: Sequence[Clause], lexicon: Lexicon, encoder: Encoder) -> InducedTexts:
    """What each clause may be asked by, by itself.

    A document that is one undivided clause has nothing that people ask by: its heading is a title, or a law and a
    number. Over national law such lines cost four points of recall@10.
    """
    nothing = Official((), ())
    official, lines = [], []
    for position, clause in enumerate(clauses):
        found = induced_by_itself(clause, lexicon) if clause.id != clause.document_id else None
        official.append(found.official if found else nothing)
        lines += [Passage(position, -1, field, text) for field, text in (found.lines() if found else {}).items()]
    return InducedTexts(
        tuple(one.headings for one in official),
        tuple(one.text for one in official),
        texts_of_lines(lines, encoder),
    )


def joined_induced(parts: Sequence[InducedTexts], firsts: Sequence[int]) -> InducedTexts:
    """Those of all parts; the first clause of each stands at this position among all clauses."""
    if len(parts) == 1:
        return parts[0]
    return InducedTexts(
        tuple(chain.from_iterable(part.headings for part in parts)),
        tuple(chain.from_iterable(part.text for part in parts)),
        joined_texts([part.asked for part in parts], firsts),
    )


def with_spoken(texts: InducedTexts, lexicon: Lexicon, rarity: Rarity, encoder: Encoder) -> LayerTexts:
    """All lines, of each clause its spoken words first: one line, because one keyword alone looks like too much."""
    rare = cache(lambda word: rarity(segment(word).tokens))
    tokens = cache(tokenize)
    official = map(Official, texts.headings, texts.text)
    spoken = (" ".join(spoken_words(one, lexicon, rare)) for one in official)
    lines = [Passage(position, -1, "keywords", line) for position, line in enumerate(spoken) if line]
    # A blank ends every word, so that the tokens of a line are those of its words, which come again and again.
    read = texts_of_lines(lines, encoder, lambda line: [token for word in line.split() for token in tokens(word)])
    return beside(read, texts.asked)
