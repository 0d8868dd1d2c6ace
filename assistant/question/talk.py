"""What a message says about the talk itself (再说一遍, a person please), told from the whole of it, never from a part.

A message of several phrases is about the talk where all are: 「你好，转人工」 is, 「不对，我问的是注销」 is not.
"""

import re
from enum import StrEnum

from assistant.question.intents import intent, without_punctuation
from corpus.text.numeral import NUMERAL, from_chinese

LONGEST = 80  # characters; whoever writes more says what it is about
LAST = -1  # the ordinal of the last one
_PHRASES = re.compile(r"[,，、。;；:：!！?？…~\n]+|\.(?!\d)")
_ENGLISH = ("first one former", "second two", "third three", "fourth four", "fifth five", "sixth six")
_SPOKEN = {word: nth for nth, words in enumerate(_ENGLISH, 1) for word in words.split()} | {"前者": 1, "两": 2}
_DIGITS = re.compile(r"\d+")
_NUMERAL = re.compile(f"[{NUMERAL}两]+")


class Act(StrEnum):
    """What is wanted of the talk. Where a message holds several, the first of these counts."""

    PERSON = "talk_person"
    COMPLAINT = "talk_complaint"
    CALL = "talk_call"
    NUMBER = "talk_number"
    DIFFERENCE = "talk_difference"
    NTH = "talk_nth"
    KINDS = "talk_kinds"
    SOURCE = "talk_source"
    SIMPLER = "talk_simpler"
    MORE = "talk_more"
    AGAIN = "talk_again"
    WRONG = "talk_wrong"
    WHO = "talk_who"
    GOODBYE = "talk_goodbye"
    THANKS = "talk_thanks"
    GREETING = "talk_greeting"
    ACKNOWLEDGED = "talk_acknowledged"


_ORDER = tuple(Act)
# What may be a question about a matter after all, in its conversation: it is left to be read as one too.
UNDECIDED = frozenset((Act.NTH, Act.NUMBER))


def act_of(text: str) -> Act | None:
    """What a message in normal form wants of the talk; None for one that is about a matter."""
    if len(text) > LONGEST:
        return None
    if (whole := _first(text)) is not None:
        return whole
    phrases = [phrase for phrase in _PHRASES.split(text) if phrase.strip()]
    found = [_first(phrase) for phrase in phrases] if len(phrases) > 1 else []
    said = [act for act in found if act is not None]
    return min(said, key=_ORDER.index) if said and len(said) == len(found) else None


def _first(text: str) -> Act | None:
    text = without_punctuation(text)
    words = intent(Act.PERSON).words  # the same for all
    of_words = bool(words and words.fullmatch(text))
    return next((act for act in _ORDER if intent(act).match_bare(text, of_words=of_words)), None)


def nth_of(text: str) -> tuple[int, bool] | None:
    """Which one a message of act NTH means, from 1 or LAST; whether it says 第…条, perhaps a clause's number."""
    match = next(filter(None, map(intent(Act.NTH).match_in, (text, *_PHRASES.split(text)))), None)
    if match is None:
        return None
    name, word = next((name, word) for name, word in match.groupdict().items() if word)
    return _ordinal(word), name == "nth_clause"


def _ordinal(word: str) -> int:
    if word in _SPOKEN:
        return _SPOKEN[word]
    if digits := _DIGITS.search(word):
        return int(digits.group())
    numeral = _NUMERAL.search(word)
    if numeral is None or word.startswith("最后"):
        return LAST
    return _SPOKEN.get(numeral.group()) or from_chinese(numeral.group())
