"""The places to choose from where a question turns on the place: several rule it differently, and none is named.

Cheap signs first (nobody named a place, the first clause is one place's, another place's comes near), then a look-up a
place. A choice is answered when it is asked: as the question of that place, or, where the words of the question alone
would not do, with the address of the clause that says there what is asked.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from assistant.answer import Choice
from assistant.replies.asking import Asks, look_up_beside
from assistant.replies.parallel import Parallels
from assistant.replies.question_back import in_place
from assistant.replies.reply import Message
from assistant.retrieval.elsewhere import answering_elsewhere, is_local, names_place, same_ground
from assistant.retrieval.result import Lookup, share_of
from corpus.label import label
from index.retriever import Hit
from index.text.answer_types import missing_types

SIDE_BY_SIDE = 3  # places whose rules are still read side by side
_TRIED = 10  # places that are looked up
_CLOSE = 0.6  # share of the first hit's score that each of two or three places must reach
_FAR = 0.2  # the same for a place that has a document of its own on the subject
_UNSURE = 0.4  # confidence from which such a place's clause is offered
_STATING = 3  # first hits of such a place among which the one that states what is asked is looked for
_GENERAL = {"zh": 24, "en": 64}  # characters up to which a question is so general that its place may be asked for
# Words for the asker's own place, which is not named.
_HERE = re.compile(
    r"政府|市里|区里|县里|镇上|当地|本地|我们这|咱们?这|这边|这里"
    r"|\b(?:the|my|our) (?:city|town|county|district|government)\b|\blocal(?:ly)?\b|\bhere\b"
)


class PlaceChoices:
    """Finds the places to choose from, over one corpus. Safe from several threads."""

    def __init__(self, asker: Asks) -> None:
        self._asker = asker
        self._thresholds = asker.thresholds
        self._parallels = Parallels(asker.corpus)

    def __call__(self, message: Message, found: Lookup) -> Sequence[Choice]:
        """Best first; none where the question names a place, or so few have a rule that they are read side by side."""
        reading, first = found.reading, found.result.hits[0]
        if names_place(found.result) or not is_local(first.clause):
            return ()
        if len(reading.normal) > _GENERAL[reading.language]:
            return ()
        wanted = self._wanted(found)[:_TRIED]
        if len(wanted) < 2 or len(wanted) <= (read := min(SIDE_BY_SIDE, self._listed(found))):
            return ()
        choices: list[Choice] = []
        for left, hit in zip(range(len(wanted), 0, -1), wanted, strict=True):
            if len(choices) + left <= read:
                break
            choices += filter(None, (self._choice(hit, message, found),))
        return choices if len(choices) > read else ()

    def several(self, found: Lookup) -> bool:
        """Whether several places have something close to say, so that a question is no choice that is clear."""
        return len(self.close(found, _CLOSE)) > 1

    def close(self, found: Lookup, share: float) -> list[Hit]:
        """The best hit of each place that scores nearly as high as the first; none where one that applies everywhere
        answers too.
        """
        if names_place(found.result) or not found.result.hits:
            return []
        serves_all = share_of(found.result.hits[0].score, self._thresholds.near_elsewhere)
        near: list[Hit] = []
        for hit in self._down_to(found, share):
            if not is_local(hit.clause):
                if hit.score >= serves_all and self._answers(found, hit):
                    return []
            elif _is_new(hit, near):
                near.append(hit)
        return near

    def _wanted(self, found: Lookup) -> list[Hit]:
        """The best hit of each place to offer, the first place's first: of those that come near, and of those with a
        document on the subject of the first hit's where the question may turn on it.
        """
        first = found.result.hits[0]
        far = self.close(found, _FAR)
        share = self._thresholds.place_beside
        near = [hit for hit in far if hit.score >= share_of(first.score, share)]
        if len(near) <= SIDE_BY_SIDE:
            near = [hit for hit in near if hit.score >= share_of(first.score, _CLOSE)]
        others = (
            self._on_the_subject(found, near or [first]) if far and first.score >= self._thresholds.off_topic else []
        )
        least = share_of(first.score, _FAR)
        turns = len(near) > 1 or any(hit.score >= least for hit in others) or _HERE.search(found.reading.normal)
        return [*(near or [first]), *others] if turns else []

    def _on_the_subject(self, found: Lookup, beside: Sequence[Hit]) -> list[Hit]:
        """The best hit of each other place with a document on the subject of the first hit's."""
        others: list[Hit] = []
        parallel = self._parallels.of(found.result.hits[0].clause.document_id)
        for hit in found.result.hits if parallel else ():
            if hit.clause.document_id in parallel and _is_new(hit, [*beside, *others]):
                others.append(hit)
        return others

    def _choice(self, hit: Hit, message: Message, found: Lookup) -> Choice | None:
        """The choice of the place of a hit; none where nothing would answer it."""
        (place,) = hit.clause.jurisdiction
        name = message.words.place(place)
        question = in_place(name, found.reading.text)
        there = look_up_beside(self._asker, message, question)
        here = there.first and same_ground((place,), there.first.jurisdiction)
        if there.reason is None and here and not there.reading.refers_back:
            return Choice(name, question, (place,))
        stating = next(self._stating(there, hit), None) if self._is_parallel(hit, found) else None
        if stating is None:
            return None
        address = label(self._asker.corpus.document(stating.clause.document_id), stating.clause)
        asked = message.words("clarify.at", name=question.rstrip("?？"), address=address)
        return Choice(name, asked, (place,))

    def _stating(self, there: Lookup, beside: Hit) -> Iterator[Hit]:
        """The hits that say there what is asked: of the kind that is asked for, or else as sure as may be."""
        expected = there.reading.expected
        for hit in there.result.hits[:_STATING]:
            if not same_ground(beside.clause.jurisdiction, hit.clause.jurisdiction):
                continue
            if expected and hit.score >= share_of(there.result.hits[0].score, self._thresholds.place_beside):
                if not missing_types(expected, self._asker.index.view(hit.clause).stated):
                    yield hit
            elif not expected and self._answers(there, hit, _UNSURE):
                yield hit

    def _is_parallel(self, hit: Hit, found: Lookup) -> bool:
        first = found.result.hits[0].clause.document_id
        local = (one.clause.document_id for one in found.result.hits[:_TRIED])
        own = hit.clause.document_id
        return self._parallels.are(first, own) or (own == first and any(self._parallels.are(own, one) for one in local))

    def _listed(self, found: Lookup) -> int:
        """How many places an answer would list side by side."""
        if found.reason is not None:
            return 1
        least = self._thresholds.second_place
        others = answering_elsewhere(found.result, self._thresholds, lambda hit: self._answers(found, hit, least))
        return 1 + len(others)

    def _answers(self, found: Lookup, hit: Hit, least: float | None = None) -> bool:
        """Whether a hit answers for its own part, with the confidence from which there is an answer or another."""
        least = self._asker.settings.threshold if least is None else least
        return self._asker.judge.confidence(found.result, hit) >= least

    def _down_to(self, found: Lookup, share: float) -> Iterator[Hit]:
        hits = found.result.hits
        least = share_of(hits[0].score, share)
        return takewhile(lambda hit: hit.score >= least, hits)


def _is_new(hit: Hit, others: Sequence[Hit]) -> bool:
    """Whether a hit is of one place that is none of the others'."""
    where = hit.clause.jurisdiction
    return (
        len(where) == 1 and is_local(hit.clause) and not any(same_ground(where, o.clause.jurisdiction) for o in others)
    )
