"""Whether a text holds a quote, for questions whose right answers are words and not clause ids.

White space and the width of characters do not count, and a line lost at a page end does not either: a text holds
a quote when it shares 60 % of it in one unbroken stretch.
"""

import unicodedata

from corpus.corpus import Corpus

SHARE = 60  # percent of the quote


def fold(text: str) -> str:
    """The text without white space, every character in its usual width."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def holds_quote(text: str, quote: str) -> bool:
    """Whether `text` shares enough of `quote` in one stretch; nothing holds an empty quote."""
    folded, wanted = fold(text), fold(quote)
    stretch = -(-len(wanted) * SHARE // 100)
    starts = range(len(wanted) - stretch + 1)
    return bool(wanted) and any(wanted[start : start + stretch] in folded for start in starts)


def clauses_with_quote(corpus: Corpus, document_id: str, quote: str) -> tuple[str, ...]:
    """Ids of the clauses of a document that hold the quote, in document order; none where no clause holds enough."""
    return tuple(
        clause.id for clause in corpus.clauses if clause.document_id == document_id and holds_quote(clause.text, quote)
    )
