"""The questions a profile is made of (profile.yaml): each asked once, whichever clauses it decides.

    - ask: years_registered               its key
      question: 登记注册满几年了？
      question_en: For how many years have you been registered?
      number: {unit: 年, unit_en: years, least: 0, most: 100}     or `answers`, or `yes_no: true`
      when: {kind: [个体工商户, 企业]}      whom it matters to; to others it is not put, and what asks for it is false
      help, help_en                        a line of explanation; may be left out

A key is none of `RESERVED`, which mean something else in the address of a profile.
`answers` is a list of {value, en}; with `several: true` more than one may be true at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from corpus.records.nodes import Read, RecordFile

YES, NO = "是", "否"
MOST_QUESTIONS = 10
RESERVED = frozenset({"place", "since", "as_of", "lang", "skip", "ask", "to"})  # what else addresses with answers hold
_KEYS = {"ask", "question", "question_en", "answers", "several", "number", "yes_no", "when", "help", "help_en"}
_SCHEMA = "the head of corpus/records/profile.py"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers that can be given."""

    value: str  # as conditions and addresses write it, and as Chinese reads it
    en: str


@dataclass(frozen=True, slots=True)
class Range:
    """What a number may be."""

    unit: str
    unit_en: str
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class ProfileQuestion:
    """One question. It has either choices or a range."""

    key: str
    question: str
    question_en: str
    choices: tuple[Choice, ...] = ()
    several: bool = False
    number: Range | None = None
    when: tuple[tuple[str, tuple[str, ...]], ...] = ()  # other questions, with the answers that make this one matter
    help: str = ""
    help_en: str = ""
    line: int = 0


def read_profile(data: bytes, path: str) -> Read[ProfileQuestion]:
    """The questions in order, and every fault."""
    file = RecordFile(path, _SCHEMA)
    root = file.root(data)
    earlier: dict[str, ProfileQuestion] = {}

    def read(node: yaml.Node) -> ProfileQuestion:
        question = _question(file, node, earlier)
        earlier[question.key] = question
        if len(earlier) > MOST_QUESTIONS:
            raise file.fault(
                node,
                f"超过 {MOST_QUESTIONS} 个问题，请删去用处最小的。",
                f"more than {MOST_QUESTIONS} questions; leave out the one that decides least",
            )
        return question

    return file.each(file.sequence(root) if root else [], read)


def _question(file: RecordFile, node: yaml.Node, earlier: Mapping[str, ProfileQuestion]) -> ProfileQuestion:
    entry = file.mapping(node, _KEYS)
    key = file.text(file.needed(entry, "ask", node))
    if not (key.isascii() and key.isidentifier() and key == key.lower()):
        raise file.fault(
            entry["ask"],
            f"{key} 不能作键，请用小写字母、数字和下划线。",
            f"{key!r} is no key; write lower-case letters, digits and _",
        )
    if key in RESERVED:
        raise file.fault(
            entry["ask"],
            f"{key} 在网址里另有含义，请换一个键。",
            f"{key!r} means something else in addresses; choose another key",
        )
    if key in earlier:
        raise file.fault(
            entry["ask"], f"问题 {key} 写了两次，请留一个。", f"the question {key!r} comes twice; keep one"
        )
    given = [one for one in ("answers", "number", "yes_no") if one in entry]
    if len(given) != 1:
        raise file.fault(
            node, "请写且只写一个：answers、number、yes_no。", "give exactly one of answers, number, yes_no"
        )
    return ProfileQuestion(
        key,
        file.text(file.needed(entry, "question", node)),
        file.text(file.needed(entry, "question_en", node)),
        choices=_choices(file, entry),
        several="several" in entry and file.truth(entry["several"]),
        number=_range(file, entry["number"]) if "number" in entry else None,
        when=_when(file, entry["when"], earlier) if "when" in entry else (),
        help=file.text(entry["help"]) if "help" in entry else "",
        help_en=file.text(entry["help_en"]) if "help_en" in entry else "",
        line=file.line(node),
    )


def _choices(file: RecordFile, entry: Mapping[str, yaml.Node]) -> tuple[Choice, ...]:
    if "answers" not in entry:
        return (Choice(YES, "Yes"), Choice(NO, "No")) if "yes_no" in entry else ()
    found: dict[str, Choice] = {}
    for node in file.sequence(entry["answers"]):
        one = file.mapping(node, {"value", "en"})
        value = file.text(file.needed(one, "value", node))
        if value in found:
            raise file.fault(node, f"回答“{value}”写了两次，请留一个。", f"the answer {value!r} comes twice; keep one")
        found[value] = Choice(value, file.text(file.needed(one, "en", node)))
    return tuple(found.values())


def _range(file: RecordFile, node: yaml.Node) -> Range:
    entry = file.mapping(node, {"unit", "unit_en", "least", "most"})
    unit, unit_en = (file.text(file.needed(entry, key, node)) for key in ("unit", "unit_en"))
    least, most = (file.number(file.needed(entry, key, node)) for key in ("least", "most"))
    if least > most:
        raise file.fault(node, "least 大于 most，请改正。", "least is above most; correct one of them")
    return Range(unit, unit_en, least, most)


def _when(
    file: RecordFile, node: yaml.Node, earlier: Mapping[str, ProfileQuestion]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = []
    for key, values in file.mapping(node).items():
        if key not in earlier:
            raise file.fault(
                values,
                f"前面没有问题 {key}，请写排在前面的问题。",
                f"no earlier question has the key {key!r}; name one that comes before this",
            )
        known = [choice.value for choice in earlier[key].choices]
        found.append((key, tuple(file.one_of(value, known) for value in file.sequence(values))))
    return tuple(found)
