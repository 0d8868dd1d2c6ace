"""Whom or what a question leaves out: 非小微企业, 市区以外的, 没有备案的, outside the city.

What a text says of a group says nothing about the rest. A question about the rest is told from how it is put; of what
is left out those words are looked for that the text has.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LONGEST = 12  # characters of what is left out
_SHORTEST = 2
_MOST = 0.6  # share of a name that the text must have
_GOES_ON = re.compile(r"[的能可也怎咋吗呢还是要就有算]| (?:get|can|be|do|does|is|are|also|still|too)\b")
_HAN = r"[\u3400-\u9fffa-z0-9“”\"·]"
_AFTER = re.compile(  # what is left out stands behind the words
    rf"(?<![是除若莫并绝])非(?![得要])(?!.{{1,{_LONGEST}}}不(?:可|行))({_HAN}{{2,{_LONGEST}}})"
    rf"|(?<![是算在])不(?:在|是|属于|算|具备|符合)(?![说让要得想有])({_HAN}{{2,{_LONGEST}}})"
)
_LACKING = re.compile(  # a condition that is not met
    rf"(?<![有了])(?:没有?|未)(?!有)({_HAN}{{2,{_LONGEST}}})(?=.{{0,6}}(?:的|能|可以|也|行|怎么|咋|，|,))"
)
_BEFORE = re.compile(  # before them
    rf"(?:除了?)?({_HAN}{{2,{_LONGEST}}}?)(?:之外|以外|范围外|外头)(?!.{{0,4}}(?:还[要有需得能]|另))"
)
_BESIDE = re.compile(rf"除了?({_HAN}{{2,{_LONGEST}}})[，, ]?(?=其他|其余|别的|剩下|.{{1,8}}也)")
_WORDS = "([a-z]+(?: [a-z]+){0,3})"
_OUTSIDE = r"outside(?= (?:of|the|an?|any|my|our|your)\b)(?: of)?"
_ENGLISH = re.compile(
    r"\bnon-?([a-z]+(?:[ -][a-z]+){0,2})"
    rf"|\b(?:other than|{_OUTSIDE}|beyond|except(?: for)?|without)(?: an?| the| any)? {_WORDS}"
    rf"|(?:\b(?:am|is|are|be|being|was|were)|'m|'re|'s) not(?: an?| in| at| from| one of| part of)(?: the)? {_WORDS}"
    rf"|n't(?: an?| in| at| from| one of| part of)(?: the)? {_WORDS}"
)
_EXCEPTS = re.compile(r"除[^。；;\n]{1,40}?外")
_THING = re.compile(r"[\u3400-\u9fff]{2}")
_NEGATED = re.compile(
    r"(?:非|无|未|没有?|不(?:再|必|用|需|须|得|是|属于|在|具备|具有|存在|要求)|免|除|取消)[^，,。；;]{0,8}$"
)


@dataclass(frozen=True, slots=True)
class Exclusion:
    """One thing that a question leaves out."""

    run: str  # the words that name it, with some that stand before or behind them
    ends: bool = False  # whether it is named by the end of the run, not by its beginning
    lacking: bool = False  # whether it is what somebody has not got or done, which a text may put in other words
    beside: bool = False  # whether the question is about something else that it names: 除了养殖户，果农也

    @property
    def core(self) -> str:
        """The run as far as it may be a name, up to a word that goes on with the question."""
        if self.ends:
            return self.run
        end = _GOES_ON.search(self.run, _SHORTEST)
        return self.run[: end.start() if end else len(self.run)].strip()

    def named_in(self, text: str) -> str:
        """The words of it that a text in normal form has, if they are most of it; else empty."""
        core = self.core
        for length in range(len(core), _SHORTEST - 1, -1):
            words = core[-length:] if self.ends else core[:length]
            if core.isascii() and core[length : length + 1].isalpha():
                continue  # in the middle of a word
            if words in text:
                return words if length >= _MOST * len(core) else ""
        return self._inside(core, text) if self.lacking else ""

    def goes_on_in(self, question: str, text: str) -> bool:
        """Whether a text names what the question goes on to behind it: 果农 of 除了养殖户，果农也能领吗."""
        behind = question.partition(self.run)[2].lstrip("，, 之以外")
        end = _GOES_ON.search(behind)
        thing = behind[: end.start()] if end else behind[:_SHORTEST]
        pairs = [thing[at : at + 2] for at in range(len(thing) - 1)]
        return any(_THING.fullmatch(pair) and pair in text for pair in pairs)

    @staticmethod
    def _inside(core: str, text: str) -> str:
        """The longest stretch within it that the text has, where that is most of it: 存档在档案中心 of 档案中心存档."""
        for length in range(len(core), max(_SHORTEST, round(_MOST * len(core) - 0.5)) - 1, -1):
            for start in range(len(core) - length + 1):
                if core[start : start + length] in text:
                    return core[start : start + length]
        return ""


def exclusions_in(question: str) -> list[Exclusion]:
    """What a question in normal form leaves out, in its order."""
    return list(_found(question))


def _found(question: str) -> Iterator[Exclusion]:
    for pattern in (_AFTER, _LACKING, _ENGLISH, _BEFORE, _BESIDE):
        for match in pattern.finditer(question):
            if run := next(filter(None, reversed(match.groups())), ""):
                yield Exclusion(run, ends=pattern is _BEFORE, lacking=pattern is _LACKING, beside=pattern is _BESIDE)


def has_exception(text: str) -> bool:
    """Whether a text itself leaves something out: 除某事外."""
    return bool(_EXCEPTS.search(text))


def is_negated(words: str, text: str, *, anywhere: bool = False) -> bool:
    """Whether a text itself speaks of what is without these words, wherever it has them: 非本市户籍, 无需提供证明.

    With `anywhere` one place is enough.
    """
    before = [text[max(0, match.start() - 12) : match.start()] for match in re.finditer(re.escape(words), text)]
    return bool(before) and (any if anywhere else all)(map(_NEGATED.search, before))
