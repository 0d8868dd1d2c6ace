"""What the saved questions say of a generation before it is published, and what is kept of it beside the generation.

Who asks them is none of this package's business: a publisher is handed an `Examine`.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assistant.answer import Status
from assistant.service import Assistant

FORMAT = 1  # of the kept results
_STATUS = {Status.ANSWERED: "已回答", Status.NO_ANSWER: "无答案", Status.CLARIFY: "反问"}

Key = tuple[str, tuple[str, ...], str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of one saved question.

    `right`: citation [1] is one that answers; where nothing answers it, that no answer came.
    """

    id: str
    question: str
    source: str  # name of the file it is saved in
    wanted: tuple[str, ...]  # ids of the clauses, or `document: quote`, any of which is right to cite; (): no answer is
    right: bool
    status: str  # of the answer; "refused" where the question cannot be asked at all
    cited: tuple[str, ...] = ()  # ids of the clauses, in order of the citations
    said: str = ""  # the beginning of the first quote; without one, why there is no answer
    history: tuple[str, ...] = ()
    jurisdiction: str = ""

    @property
    def key(self) -> Key:
        """What makes it the same question in another generation, whatever file it has moved to."""
        return self.question, self.history, self.jurisdiction, self.wanted

    def outcome(self) -> str:
        """In few words: `已回答 answered: harbin-66:3`; `无答案 no_answer: not_in_documents`."""
        name = f"{_STATUS[Status(self.status)]} {self.status}" if self.status in list(Status) else self.status
        return f"{name}: {told}" if (told := ", ".join(self.cited) or self.said) else name


@dataclass(frozen=True, slots=True)
class Change:
    """A question that one of two generations answers right and the other does not."""

    before: Asked
    now: Asked
    gone: tuple[str, ...] = ()  # wanted clauses that the new generation does not hold

    def __str__(self) -> str:
        gone = f"；条款已不在 no longer in the library: {', '.join(self.gone)}" if self.gone else ""
        return f"{self.before.outcome()} → {self.now.outcome()}{gone}"


@dataclass(frozen=True, slots=True)
class Examined:
    """What asking all saved questions of a new generation has shown."""

    results: tuple[Asked, ...]  # to be kept with the generation
    broken: tuple[Change, ...] = ()  # right before, no longer, and not marked as known
    mended: tuple[Change, ...] = ()  # wrong before, right now
    known: int = 0  # failures that were failures before, or are marked as known
    set_aside: tuple[str, ...] = ()  # ids of questions that were not asked: none of their documents is in the library
    faults: tuple[str, ...] = ()  # what is wrong with the question files, by file and line; stops nothing
    allowed: int = 0  # how many may break

    @property
    def passes(self) -> bool:
        """Whether the generation may be published."""
        return len(self.broken) <= self.allowed

    def lines(self) -> Iterator[str]:
        """What a person reads of it: counts, then every question that is no longer right, then faults of the files."""
        right = sum(one.right for one in self.results)
        yield (
            f"核对用的问题 saved questions：{right}/{len(self.results)} 答对 right，{len(self.mended)} 新答对 mended，"
            f"{self.known} 原来就答错 known failures，{len(self.broken)} 新答错 no longer right，"
            f"{len(self.set_aside)} 未问 set aside"
        )
        for change in self.broken:
            yield f"  {change.now.id}（{change.now.source}）{_one_line(change.now.question)}"
            yield f"      {_one_line(str(change))}"
        yield from map(_one_line, self.faults)

    def refusal(self) -> str:
        """Why the generation is not published, question by question, and what can be done."""
        return "\n".join(
            (
                f"没有发布：{len(self.broken)} 个原来答对的问题现在答错了，最多允许 {self.allowed} 个。"
                "现在用的仍是原来的版本。"
                f"Not published: {len(self.broken)} questions that were right are no longer; {self.allowed} may be. "
                "The version in service is unchanged.",
                *self.lines(),
                "接下来可以：改正文件或通俗化表述后再发布；或把能接受的标为已知：policyqa questions known ID；"
                "或说明理由照样发布：policyqa publish --force “理由”。",
                "Next: mend the documents or records and publish again; or mark what can be borne: policyqa questions "
                'known ID; or publish all the same: policyqa publish --force "reason".',
            )
        )


# (new, the one in service or None, the results kept with the generation in service) → what asking has shown
Examine = Callable[[Assistant, Assistant | None, Sequence[Asked]], Examined]


def write_results(results: Sequence[Asked]) -> str:
    """The results as JSON, to be kept with their generation."""
    rows = [json.dumps(asdict(one), ensure_ascii=False) for one in results]
    return f'{{"format": {FORMAT}, "results": [\n' + ",\n".join(rows) + "\n]}\n"


def read_results(text: str) -> tuple[Asked, ...]:
    """What `write_results` wrote; none where it is damaged or of another version: then all is asked again."""
    try:
        kept = json.loads(text)
        return tuple(map(_asked, kept["results"])) if kept["format"] == FORMAT else ()
    except (ValueError, TypeError, KeyError, AttributeError):
        return ()


def _asked(row: dict[str, Any]) -> Asked:
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    return Asked(**values)


def _one_line(text: str) -> str:
    """Without anything that a terminal would obey."""
    return "".join(character if character.isprintable() else " " for character in text)
