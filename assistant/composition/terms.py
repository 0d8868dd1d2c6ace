"""Hard terms in the words that are quoted, explained at the end of an answer where the words themselves do not."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

from assistant.answer import Audience, Block, BlockKind, Citation
from assistant.glossary.glossary import Glossary, Term
from assistant.messages import Messages
from assistant.question.history import ASSISTANT, USER, Turn
from corpus.clause import Clause
from index.text.normalizer import Normal, normalize

MOST = 3  # terms explained in one answer
# What stands behind a name that is defined; behind one at the beginning of a sentence; before one that is introduced.
_MEANS = re.compile(r"[\"”'’」』]?,?(?:是指|系指|即[:,是为]|指(?![定导标南数挥引派示纹]))")
_IS = re.compile(r"[\"”'’」』]?(?:是(?!否)|:|\((?!以下|不?含|见|详|附|第)[^()]{6,})")
_BEGINNING = re.compile(r"[。;:!?\s][\s\"“'‘「『]*$")
_CALLED = re.compile(r"(?:简称|统称|下称|称为|称之为|叫做|所谓)为?[\"“'‘「『]?$")


def explained_terms(
    citations: Sequence[Citation],
    asked: str,
    history: Sequence[Turn],
    glossary: Glossary,
    words: Messages,
    *,
    audience: Audience,
) -> tuple[Block, ...]:
    """One notice with at most three terms of the quotes; none for an agent, who knows them.

    Left out are those that the asker used, that were explained before in this conversation, that the quotes themselves
    explain, or that the title of their document names.
    """
    if audience is Audience.AGENT:
        return ()
    text = _normal("。".join(citation.quote for citation in citations))
    found = [term for term in glossary.find(text) if not term.on_request]
    if not found:
        return ()
    said = [asked, *(turn.content for turn in history if turn.role == USER)]
    known = "\n".join((*said, *(citation.document_title for citation in citations))).lower()
    before = "\n".join(turn.content for turn in history if turn.role == ASSISTANT)
    new = [term for term in found if not (_named_in(known, term) or _said_in(before, term))]
    return _notice([term for term in new if not is_explained(term, text, citations)][:MOST], text, words)


def terms_of(clause: Clause, glossary: Glossary, words: Messages, *, most: int) -> tuple[Block, ...]:
    """One notice with the first hard terms of a clause that its own words do not explain."""
    text = _normal(clause.text)
    hard = (term for term in glossary.find(text) if not (term.on_request or is_explained(term, text, ())))
    return _notice(list(islice(hard, most)), text, words)


def _notice(terms: Sequence[Term], text: str, words: Messages) -> tuple[Block, ...]:
    shown = [explanation(term, text, words) for term in terms]
    apart = "\n" if len(shown) > 1 else ""  # several stand one a line
    return (Block(BlockKind.NOTICE, words("term.ours") + apart + "\n".join(shown)),) if shown else ()


@lru_cache(maxsize=2048)
def _normal(quote: str) -> Normal:
    """The normal form of a quote; the same ones come again and again."""
    return normalize(quote)


def explanation(term: Term, text: str, words: Messages) -> str:
    """What a term means, by the longest name that a text in normal form has for it, with its source."""
    source = words("term.defined" if term.defined else "term.used", source=term.source)
    names = zip((term.term, *term.other), term.names, strict=True)
    named = [name for name, normal in names if normal in text]
    name = max(named, key=len, default=term.term).strip("“”")
    name = name if words.is_chinese else f"{name} · {term.english}"
    meaning = term.zh.rstrip("。") if words.is_chinese else term.en.rstrip(".")
    return words("term.meaning", name=name, meaning=meaning, source=source)


def is_explained(term: Term, text: str, citations: Sequence[Citation]) -> bool:
    """Whether a text in normal form, of these citations, says what a term is."""
    is_source = term.defined and any(citation.label.startswith(term.source) for citation in citations)
    return is_source or any(defines(text, name) for name in term.names)


def defines(text: str, name: str) -> bool:
    """Whether a text says what something is in the form of a definition (…，是指…; 以下简称…); both in normal form."""
    position = text.find(name)
    while position >= 0:
        end, before = position + len(name), text[max(0, position - 8) : position]
        begins = position == 0 or _BEGINNING.search(before)
        if _MEANS.match(text, end) or _CALLED.search(before) or (begins and _IS.match(text, end)):
            return True
        position = text.find(name, end)
    return False


def _named_in(text: str, term: Term) -> bool:
    """Whether a term is named, in one piece or with other words between its halves: 税务怎么注销 for 税务注销."""
    if term.normal_english in text.replace("-", " "):
        return True
    return any(name in text or (len(name) == 4 and name[:2] in text and name[2:] in text) for name in term.names)


def _said_in(text: str, term: Term) -> bool:
    return term.zh.rstrip("。") in text or term.en.rstrip(".") in text
