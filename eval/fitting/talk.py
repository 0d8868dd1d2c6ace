"""The model of what a message says about the talk, fitted on phrases written for each act and on questions.

A phrase of `talk.toml` stands for all its wordings, of which some are drawn, in Chinese also in pinyin, with words of
courtesy before and behind. Two phrases in one message want what the first act of the two in `Act` wants; a phrase and a
question are a question. An n-gram is known where two phrases have it, or where it is all of a message. Figures are out
of fold, by phrases.
"""

import json
import random
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pypinyin import lazy_pinyin
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from assistant.question.talk import Act
from assistant.question.talk_model import BIAS, LONGEST, UNKNOWN, UNKNOWN_SHARE, features, is_whole, ngrams, tokens
from index.text.normalizer import normalize

PHRASES = Path(__file__).with_name("talk.toml")
QUESTIONS, PROBES = Path(__file__).parents[1] / "questions", Path(__file__).parents[1] / "probes"
MATTER = "question"  # what is none of the acts
THRESHOLD = 0.8  # probability of being about the talk: below it questions are taken for talk, out of fold
FOLDS = 5
STRENGTH = 2000.0  # of scikit-learn's C
LEAST_SEEN = 2  # phrases that an n-gram must stand in
LIGHTEST = 0.25  # weight of an n-gram for an act below which it is left out
_WORDINGS = 24  # of one phrase
_PAIRS = 1500  # messages of two phrases; as many of a phrase and a question
_WEIGHT_OF_QUESTION = 0.3  # of one of thousands from the question files
_WEIGHT_OF_ONE = 3.0  # of a phrase with one wording: a common one, written for itself
_IN_PINYIN = 0.25  # share of wordings
_ACTS = (*Act, MATTER)
_CHOICE = re.compile(r"\{([^{}]*)\}")
_OPENERS = {
    "zh": [
        "请问",
        "麻烦",
        "那",
        "那么",
        "你好，",
        "您好，",
        "不好意思，",
        "嗯，",
        "我想问一下，",
        "喂，",
        "可是",
        "但是",
        "哎",
        "好吧，",
        "还是",
        "所以",
        "就",
        "我说",
    ],
    "en": [
        "please ",
        "sorry, ",
        "well, ",
        "ok, ",
        "hi, ",
        "but ",
        "and ",
        "so ",
        "excuse me, ",
        "no, ",
        "hey, ",
        "okay ",
        "just ",
        "oh, ",
    ],
}
_CLOSERS = {
    "zh": [
        "，谢谢",
        "吧",
        "呢",
        "啊",
        "，好吗",
        "，行吗",
        "呀",
        "了",
        "嘛",
        "！",
        "？",
        "。",
        "谢谢",
        "哦",
        "哈",
        "哎",
    ],
    "en": [" please", "?", "!", ", thanks", " then", " now", ", thank you", ".", ", sir", "?!"],
}
_BETWEEN = ("，", "。", " ", "！", "，那", "", "？", ", ", ". ")

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One message to fit on."""

    text: str
    act: str
    phrase: int  # which one it is a wording of: what is left out together
    weight: float


def read_phrases(path: Path = PHRASES) -> list[tuple[str, str, str]]:
    """Act, language and phrase of each line of the file."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return [(act, code, phrase) for act, row in table.items() for code, phrases in row.items() for phrase in phrases]


def set_aside() -> list[str]:
    """Messages that are never fitted on: the phrasings written to judge the model, and what the probes say."""
    files = (QUESTIONS / "talk.jsonl", PROBES / "probes.jsonl", PROBES / "conversations.jsonl")
    rows = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return [row["text"] for row in rows if "text" in row] + [
        turn["user"] for row in rows for turn in row.get("turns", ())
    ]


def wordings(phrase: str, most: int, chance: random.Random) -> list[str]:
    """Some of all that a phrase stands for, each choice of {a|b|} in one at least."""
    pieces = _CHOICE.split(phrase)
    choices = [piece.split("|") if place % 2 else [piece] for place, piece in enumerate(pieces)]
    for one in choices:
        chance.shuffle(one)
    size = min(max(most, *map(len, choices)), prod(map(len, choices)))
    drawn = ("".join(one[n] if n < len(one) else chance.choice(one) for one in choices) for n in range(4 * size))
    return list(dict.fromkeys(drawn))[:size]


def phrasings(questions: Sequence[str], without: Iterable[str] = (), seed: int = 7) -> list[Phrasing]:
    """Everything to fit on; `without` are messages set aside, but for 你好 and the like."""
    chance = random.Random(seed)
    found = list(_written(chance))
    found += _pairs(found, questions, chance)
    found += [Phrasing(text, MATTER, -1 - n, _WEIGHT_OF_QUESTION) for n, text in enumerate(questions)]
    aside = {one for one in (tokens(normalize(text)) for text in without) if len(one) > LONGEST}
    return [one for one in found if tokens(normalize(one.text)) not in aside]


def _written(chance: random.Random) -> Iterator[Phrasing]:
    for number, (act, code, phrase) in enumerate(read_phrases()):
        drawn = wordings(phrase, _WORDINGS * (4 if act == MATTER else 1), chance)
        for text in drawn:
            whole = text if act == MATTER and chance.random() < 0.7 else _with_courtesy(text, code, chance)
            heard = code == "zh" and chance.random() < _IN_PINYIN
            for said in (text, whole, *([_in_pinyin(text)] if heard else [])):
                yield Phrasing(said, act, number, _WEIGHT_OF_ONE if len(drawn) == 1 else len(drawn) ** -0.5)


def _with_courtesy(text: str, code: str, chance: random.Random) -> str:
    before = chance.choice(_OPENERS[code]) if chance.random() < 0.4 else ""
    behind = chance.choice(_CLOSERS[code]) if chance.random() < 0.5 else ""
    return before + text + behind


def _in_pinyin(text: str) -> str:
    return " ".join(lazy_pinyin(re.sub(r"[^\u3400-\u9fff]+", "", text)))


def _pairs(found: Sequence[Phrasing], questions: Sequence[str], chance: random.Random) -> Iterator[Phrasing]:
    said = [one for one in found if one.act != MATTER]
    matters = [*(one.text for one in found if one.act == MATTER), *questions]
    for _ in range(_PAIRS):
        first, second = chance.choice(said), chance.choice(said)
        if first.text.isascii() == second.text.isascii():
            between = chance.choice(_BETWEEN if not first.text.isascii() else _BETWEEN[-2:])
            act = min(first.act, second.act, key=_ACTS.index)
            yield Phrasing(first.text + between + second.text, act, first.phrase, 0.3)
        matter = chance.choice(matters)
        both = (first.text, matter) if chance.random() < 0.7 else (matter, first.text)
        yield Phrasing(chance.choice(_BETWEEN).join(both), MATTER, first.phrase, 0.3)


class TalkData:
    """Messages as arrays over the n-grams that the phrases of some of them know."""

    def __init__(self, messages: Sequence[Phrasing]) -> None:
        self.messages = messages
        self.tokens = [tokens(normalize(one.text)) for one in messages]
        self.acts = np.array([_ACTS.index(one.act) for one in messages])
        self.phrases = np.array([one.phrase for one in messages])
        self.weights = np.array([one.weight for one in messages])

    def fit(self, chosen: NDArray[np.bool_]) -> tuple[Mapping[str, int], Floats]:
        """The columns by feature, and weights [features, acts]."""
        columns = self._known(chosen)
        model = LogisticRegression(C=STRENGTH, max_iter=300, fit_intercept=False)
        model.fit(self.matrix(columns, chosen), self.acts[chosen], sample_weight=self.weights[chosen] / 100)
        return columns, np.asarray(model.coef_.T)

    def matrix(self, columns: Mapping[str, int], chosen: NDArray[np.bool_]) -> csr_matrix:
        """[chosen messages, features]."""
        cells = [
            (row, columns[name], value)
            for row, number in enumerate(np.flatnonzero(chosen))
            for name, value in features(self.tokens[number], columns).items()
        ]
        rows, places, values = zip(*cells, strict=True)
        return csr_matrix((values, (rows, places)), shape=(int(chosen.sum()), len(columns)))

    def out_of_fold(self) -> Floats:
        """Probabilities [messages, acts], each by a model that saw no wording of its phrase."""
        found = np.zeros((len(self.messages), len(_ACTS)))
        fold = np.abs(self.phrases) % FOLDS
        for left in range(FOLDS):
            columns, weights = self.fit(fold != left)
            scores = self.matrix(columns, fold == left) @ weights
            shares = np.exp(scores - scores.max(axis=1, keepdims=True))
            found[fold == left] = shares / shares.sum(axis=1, keepdims=True)
        return found

    def _known(self, chosen: NDArray[np.bool_]) -> dict[str, int]:
        of_talk = [
            (name, self.messages[number].phrase)
            for number in np.flatnonzero(chosen).tolist()
            if self.messages[number].act != MATTER
            for name in ngrams(self.tokens[number])
        ]
        seen = Counter(name for name, _ in set(of_talk))
        names = sorted(name for name, times in seen.items() if times >= LEAST_SEEN or is_whole(name))
        return {name: place for place, name in enumerate((BIAS, UNKNOWN, UNKNOWN_SHARE, *names))}


def report(data: TalkData) -> str:
    """How many phrases are told right by a model that saw no wording of theirs, and how many questions are not."""
    found = data.out_of_fold()
    about_talk, matter = 1 - found[:, -1] >= THRESHOLD, data.acts == len(_ACTS) - 1
    right = about_talk & (found[:, :-1].argmax(axis=1) == data.acts)
    asked = data.phrases < 0
    return (
        f"{(~matter).sum()} messages about the talk: {right[~matter].mean():.3f} told right, "
        f"{about_talk[~matter].mean():.3f} told to be some; of {asked.sum()} questions {about_talk[asked].sum()} "
        f"taken for talk, of {(matter & ~asked).sum()} written to sound like it {about_talk[matter & ~asked].sum()}"
    )


def talk_table(columns: Mapping[str, int], weights: Floats) -> dict[str, Any]:
    """What the model's file holds."""
    rows = {}
    for name, place in columns.items():
        least = 0.0 if name in (BIAS, UNKNOWN, UNKNOWN_SHARE) else LIGHTEST
        rows[name] = {str(act): round(float(w), 2) for act, w in enumerate(weights[place]) if abs(w) >= least}
    return {"acts": list(_ACTS), "threshold": THRESHOLD, "weights": rows}
