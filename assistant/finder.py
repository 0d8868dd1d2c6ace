"""From a question as read to what answers it: every way to take it is searched, judged and put under one rule."""

from functools import cache, partial

from assistant.answer import Reason
from assistant.confidence.judge import Judge
from assistant.question.question import Reading
from assistant.retrieval.candidates import candidates, choose
from assistant.retrieval.in_force import in_force_first
from assistant.retrieval.result import Judgement, Lookup, RetrievalResult
from assistant.retrieval.retrieve import Searches, is_off_topic, retrieve, without_hits
from assistant.settings import Settings
from assistant.stopwatch import Stopwatch
from assistant.thresholds import Thresholds
from index.index import Index


class Finder:
    """Finds over one index. Safe from several threads; keeps nothing of what is found."""

    def __init__(self, index: Index, judge: Judge, settings: Settings, thresholds: Thresholds) -> None:
        self._index = index
        self._judge = judge
        self._settings = settings
        self._thresholds = thresholds

    def __call__(self, reading: Reading, *, limit: int | None = None, watch: Stopwatch | None = None) -> Lookup:
        """What the texts in force say, else what others do; at most `limit` hits, all that may be listed without it."""
        most, kept = limit or self._settings.max_limit, watch or Stopwatch()
        return in_force_first(reading, lambda one: self._searched(one, most, kept), self._index)

    def _searched(self, reading: Reading, limit: int, watch: Stopwatch) -> Lookup:
        ways, searches = candidates(reading), Searches(self._index, limit)
        if reading.refusal is not None:
            found = [without_hits(reading, ways[0])]
        else:
            found = [retrieve(reading, one, searches, limit, self._thresholds) for one in ways]
        watch.lap("retrieve")
        if len(found) == 1:
            return Lookup(found[0], cache(partial(self._judged, found[0], watch)))
        result, confidence = choose(found, self._judge.confidence, self._settings.threshold, self._thresholds)
        return Lookup(result, cache(partial(self._judged, result, watch, confidence)))

    def _judged(self, found: RetrievalResult, watch: Stopwatch, confidence: float | None = None) -> Judgement:
        """Whether what was found is an answer; with its confidence, where this is known."""
        sure = self._judge.confidence(found) if confidence is None else confidence
        reason = found.reading.refusal or self._reason(found, sure)
        watch.lap("judge")
        return Judgement(sure, reason)

    def _reason(self, found: RetrievalResult, confidence: float) -> Reason | None:
        """Why what was found, with this confidence in it, is no answer; None where it is one."""
        references = found.reading.references
        if found.place_not_covered:
            return Reason.PLACE_NOT_COVERED
        if found.hits and confidence >= self._settings.threshold and (references.ids or not references.names_clause):
            return None
        if found.places.only_missing:
            return Reason.PLACE_NOT_COVERED
        return Reason.OUT_OF_SCOPE if is_off_topic(found, self._thresholds) else Reason.NOT_IN_DOCUMENTS
