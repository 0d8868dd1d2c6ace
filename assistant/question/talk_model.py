"""Which act of talk a message is: a multinomial logistic model over n-grams of Chinese characters and Latin words.

People put 再说一遍 in too many ways to be listed. The n-grams that get a weight are those of phrases written for each
act (`eval/fitting/talk.toml`); all others are counted as what nobody says of a talk, which speaks for a question about
a matter, whatever the matter is. `talk_model.json` is fitted by `python -m eval.fitting talk`.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

LONGEST = 3  # tokens of an n-gram
SURE = 0.9  # probability that is wanted where little is there to tell by
BIAS, UNKNOWN, UNKNOWN_SHARE = "", "?", "%"  # what is no n-gram, but has weights too
_TOKEN = re.compile(r"[\u3400-\u9fff]|[a-z]+|\d+|[,，、。;；:：!！?？…~.]+")
_APOSTROPHE = re.compile(r"(?<=[a-z])['’](?=[a-z])")
_PAUSE = "|"
_REMEMBERED = 512  # messages: those of a conversation are read at each of its turns


def tokens(text: str) -> tuple[str, ...]:
    """The characters, words and pauses of a message in normal form; a pause at its end is none."""
    found = [_token(match) for match in _TOKEN.findall(_APOSTROPHE.sub("", text))]
    while found and found[-1] == _PAUSE:
        found.pop()
    return tuple(found)


def _token(piece: str) -> str:
    if piece.isdigit():
        return "#" if len(piece) == 1 else "##"
    return piece if piece.isalpha() else _PAUSE


def ngrams(message: Sequence[str]) -> frozenset[str]:
    """Those of one to LONGEST tokens, in the longer ones the two ends are tokens too; a short one whole."""
    bounded = ("^", *message, "$")
    found = {one for one in message if one != _PAUSE}
    if len(message) <= LONGEST:
        found.add(_whole(message))
    for size in range(2, LONGEST + 1):
        found.update(" ".join(bounded[start : start + size]) for start in range(len(bounded) - size + 1))
    return frozenset(found)


def _whole(message: Sequence[str]) -> str:
    return " ".join(("^", *message, "$"))


def is_whole(ngram: str) -> bool:
    """Whether it is all of a message."""
    return ngram.startswith("^ ") and ngram.endswith(" $")


def features(message: Sequence[str], known: Mapping[str, object]) -> dict[str, float]:
    """What the weights are taken times: the known n-grams, as one vector, and how much of the message is unknown."""
    found = [one for one in ngrams(message) if one in known]
    words = [one for one in message if one != _PAUSE]
    unknown = sum(one not in known for one in words)
    share = unknown / max(len(words), 1)
    value = 1 / math.sqrt(len(message) + 2)
    return dict.fromkeys(found, value) | {BIAS: 1.0, UNKNOWN: math.log1p(unknown), UNKNOWN_SHARE: share}


@dataclass(frozen=True, slots=True)
class TalkModel:
    """`weights` of each feature, one an act in order; an act that is left out has 0."""

    acts: tuple[str, ...]  # the last is that of a question about a matter
    weights: Mapping[str, Mapping[int, float]]
    threshold: float  # the probability of being about the talk from which a message is

    def probabilities(self, message: Sequence[str]) -> tuple[float, ...]:
        """Of each act, for the tokens of a message."""
        scores = [0.0] * len(self.acts)
        for feature, value in features(message, self.weights).items():
            for act, weight in self.weights[feature].items():
                scores[act] += weight * value
        highest = max(scores)
        shares = [math.exp(score - highest) for score in scores]
        return tuple(share / sum(shares) for share in shares)

    def act_of(self, text: str, least: float = 0.0) -> str | None:
        """The likeliest act of a message in normal form; None where it is likelier to be about a matter.

        `least` is the probability of being about the talk that is wanted, where that is more than the threshold. Of a
        message whose every word is unknown nothing can be told, and little of a bare word that is none of the phrases.
        """
        message = tokens(text)
        if self.weights.keys().isdisjoint(message):
            return None
        if len(message) <= LONGEST and _whole(message) not in self.weights:
            least = max(least, SURE)
        *acts, matter = self.probabilities(message)
        return self.acts[acts.index(max(acts))] if 1 - matter >= max(least, self.threshold) else None


@cache
def load_model() -> TalkModel:
    """The shipped model."""
    table = json.loads(resources.files("assistant.question").joinpath("talk_model.json").read_text(encoding="utf-8"))
    weights = {name: {int(act): weight for act, weight in row.items()} for name, row in table["weights"].items()}
    return TalkModel(tuple(table["acts"]), weights, table["threshold"])


@lru_cache(maxsize=_REMEMBERED)
def likeliest_act(text: str, least: float = 0.0) -> str | None:
    """That of the shipped model."""
    return load_model().act_of(text, least)
