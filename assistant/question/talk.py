"""What a message says about the talk itself (再说一遍, a person please), told by a model from how it is put.

A message that holds a matter too is a question: 「你好，转人工」 is about the talk, 「不对，我问的是注销」 is not.
"""

import re
from enum import StrEnum

from assistant.question.danger import danger_in
from assistant.question.places import place_words, without_places
from assistant.question.talk_model import SURE, likeliest_act
from corpus.text.numeral import NUMERAL, from_chinese

LONGEST = 80  # characters; whoever writes more says what it is about
LAST = -1  # the ordinal of the last one; that before it is -2
_PAUSES = re.compile(r"[,，、。;；:：!！?？…~\n]+|\.(?!\d)")
_QUOTED = re.compile('[“"「『《][^“”"「」『』《》]{2,}[”"」』》]')  # words of a text are a matter
_NTH = re.compile(
    rf"(?P<from_last>倒数)?第(?P<zh>[0-9{NUMERAL}两]{{1,3}})(?P<clause>条)?|\bdi (?P<pinyin>yi|er|san|si|wu)\b"
    r"|(?P<first>前者|(?:前面|上面|前边|前头)那一?[个条项种点]|头一?[个条项种点]|前一[个条项种])(?!答|回|话|问)"
    r"|(?P<last>后者|(?:最后|后面|下面|后边|后头)[那这]?一?[个条项种点]|后一[个条项种])"
    r"|\b(?P<en>first|former|second|third|fourth|fifth|sixth|last|latter|[1-6](?:st|nd|rd|th))\b"
    r"|\b(?:number|no|item|point|option) (?P<number>one|two|three|four|five|six|[1-9])\b"
)
_ENGLISH = (
    "first one former 1st yi",
    "second two 2nd er",
    "third three 3rd san",
    "fourth four 4th si",
    "fifth five 5th wu",
)
_SPOKEN = {word: nth for nth, words in enumerate((*_ENGLISH, "sixth six 6th"), 1) for word in words.split()}
_SPOKEN |= {"last": LAST, "latter": LAST, "两": 2}


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
SMALL_TALK = frozenset((Act.THANKS, Act.GOODBYE, Act.ACKNOWLEDGED))
_OF_ONE_ANSWER = frozenset((Act.NTH, Act.SOURCE, Act.SIMPLER, Act.AGAIN))  # which of them, a place may say


def act_of(text: str) -> Act | None:
    """What a message in normal form wants of the talk; None for one that is about a matter.

    Of several phrases each may be about the talk where the whole is not told to be. One that names a place is about the
    answer for that place (「合肥那个再说一遍」), or none.
    """
    if len(text) > LONGEST or _QUOTED.search(text):
        return None
    if names_place(text):
        return _act_on_place(text)
    if act := likeliest_act(text):
        return _of_the_nth(Act(act), text)
    phrases = [likeliest_act(phrase) for phrase in _PAUSES.split(text) if phrase.strip()]
    acts = [Act(act) for act in phrases if act]
    return min(acts, key=_ORDER.index) if len(acts) == len(phrases) > 1 else None


def names_place(text: str) -> bool:
    """Whether a message in normal form names a place that there is."""
    return bool(place_words(text))


def _act_on_place(text: str) -> Act | None:
    rest = without_places(text)
    act = likeliest_act(rest, SURE) if rest != text else None
    return _of_the_nth(Act(act), rest) if act in _OF_ONE_ANSWER else None


def is_about_a_matter(text: str) -> bool:
    """Whether a message in normal form is neither about the talk nor a cry for help."""
    return act_of(text) is None and not is_emergency(text)


def is_emergency(text: str) -> bool:
    """Whether somebody is in danger, by a message in normal form."""
    return bool(danger_in(text))


def small_talk_in(text: str) -> Act | None:
    """Thanks or a good-bye among the phrases of a message in normal form."""
    found = (likeliest_act(phrase) for phrase in _PAUSES.split(text) if phrase.strip())
    return next((Act(act) for act in found if act in SMALL_TALK), None)


def nth_of(text: str) -> tuple[int, bool] | None:
    """Which one a message in normal form means, from 1 or back from LAST; whether by 第…条, which a clause has too."""
    match = _NTH.search(text)
    if match is None:
        return None
    if match["first"] or match["last"]:
        return (1 if match["first"] else LAST), False
    word = match["zh"] or match["pinyin"] or match["en"] or match["number"]
    nth = _SPOKEN.get(word) or (int(word) if word.isdecimal() else from_chinese(word))
    return (-nth if match["from_last"] else nth), match["clause"] is not None and not match["from_last"]


def _of_the_nth(act: Act, text: str) -> Act:
    return Act.NTH if act in _OF_ONE_ANSWER and nth_of(text) else act
