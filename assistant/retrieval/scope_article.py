"""The article of a document that says in which districts it applies: 本办法适用于东区、西区行政区域内…

What the other articles give, they give there alone; a question that names another district is answered by this article,
and one that names a listed district by the article that states what is asked.
"""

import re
from collections.abc import Sequence

from assistant.composition.whose_places import most_exact, scope_of
from assistant.retrieval.result import RetrievalResult
from corpus.clause import Clause
from corpus.corpus import Corpus
from corpus.places.gazetteer import lies_within, load_gazetteer
from index.text.statements import asks_whether

_APPLIES = re.compile(
    r"适用于(?P<behind>[^。；;\n]+)|(?P<before>[^。；;\n]+)(?:适用|执行)本(?:办法|规定|细则|方案|措施|条例|通知|意见)"
)
_SAYS_SO = ("适用于", "适用本", "执行本")  # one of which stands in all of these; few clauses hold one
_COUNTY = "county"
_WHICH = frozenset(("which_place", "which_clause"))  # intents


def districts_of(clause: Clause) -> tuple[str, ...]:
    """The districts of one city for which a clause says that its document applies; none for any other clause."""
    match = _APPLIES.search(clause.text) if any(word in clause.text for word in _SAYS_SO) else None
    scope = scope_of(match["behind"] or match["before"], clause.jurisdiction) if match else None
    places = scope.places if scope else ()
    return places if places and all(map(_is_district, places)) else ()


def excluding(clause: Clause, named: Sequence[str], corpus: Corpus) -> Clause | None:
    """The article of a clause's document that lists districts, none of which is the one that a question names."""
    asked = [place for place in most_exact(named) if _is_district(place) and _lies_in(place, clause)]
    if not asked or len(asked) < len(most_exact(named)):
        return None
    for article in corpus.clauses_of(clause.document_id):
        if listed := districts_of(article):
            return None if any(place in listed for place in asked) else article
    return None


def only_says_where(found: RetrievalResult, clause: Clause) -> bool:
    """Whether a clause, found by the name of a district, only says that its document applies there, while something
    else is asked.
    """
    reading = found.reading
    if (
        not any(map(_is_district, found.places.named))
        or found.query is reading.unplaced
        or asks_whether(reading.normal)
    ):
        return False
    return reading.intents.isdisjoint(_WHICH) and bool(districts_of(clause))


def _is_district(name: str) -> bool:
    place = load_gazetteer().get(name)
    return place is not None and place.level == _COUNTY


def _lies_in(place: str, clause: Clause) -> bool:
    return any(place != where and lies_within(place, where) for where in clause.jurisdiction)
