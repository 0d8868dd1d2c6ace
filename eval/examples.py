"""Twelve worked examples, so that what the documentation shows is what the assistant says: `python -m eval.examples`.

The questions are made up; the answers are the shipped assistant's own. All stand in docs/examples.md, three in the
README; there everything between the two markers is replaced and nothing outside them. Only what stays the same from run
to run is shown, and what is open is told as at one moment.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from assistant.answer import Answer, Reason, Status
from assistant.question.history import USER
from assistant.service import Assistant, Turn
from assistant.settings import Settings
from corpus.clock import CHINA

ROOT = Path(__file__).parents[1]
EXAMPLES_PAGE, README = Path("docs/examples.md"), Path("README.md")  # in a checkout
BEGIN = '<!-- examples: made by "make examples" -->'
END = "<!-- /examples -->"
MOMENT = datetime(2026, 12, 1, 10, tzinfo=CHINA)  # a Tuesday morning


@dataclass(frozen=True, slots=True)
class Example:
    """A conversation, of which the last turn is answered, and what it is there to show."""

    kind: str
    turns: tuple[str, ...]
    outcome: str  # id of the clause that must be cited first, or the reason for which there must be no answer
    in_readme: bool = False


EXAMPLES = (
    Example("怎么办 how", ("我妈的档案存在档案中心，怎么不出门就把退休办了？",), "harbin-66:19", in_readme=True),
    Example("谁 who", ("我开小吃店，哪些个体户能进“个转企”培育库？",), "harbin-66:3"),
    Example("什么时候 when", ("芜湖远程异地评标的专家，开评前多久抽取？",), "anhui-2023-4:3.2"),
    Example("多少 how many", ("我的小厂在芜湖接低压电，多少千瓦以内外线不用自己掏钱？",), "anhui-2023-4:3.3"),
    Example("第几条 by number", ("哈尔滨66条第57条讲什么？",), "harbin-66:57"),
    Example(
        "追问 follow-up",
        ("滁州二手房过户，水电气能一次办好吗？", "要交纸质材料吗？"),
        "anhui-2023-4:4.2",
        in_readme=True,
    ),
    Example("拼音 pinyin", ("shui dian qi re zenme yiqi baozhuang",), "harbin-66:18"),
    Example("什么 what", ("What does Chuzhou do to help a foreign company settle in?",), "anhui-2023-4:4.5"),
    Example(
        "是不是 yes or no",
        ("Can a foreign expert in Hefei get the work permit and the residence permit at one window?",),
        "anhui-2023-4:2.7",
    ),
    Example("文件没写 not stated", ("哈尔滨的金融顾问电话是多少？",), Reason.NOT_IN_DOCUMENTS, in_readme=True),
    Example(
        "别的地方 another place",
        ("I run a shop in Shenzhen. Where do I apply for a first loan?",),
        Reason.PLACE_NOT_COVERED,
    ),
    Example("不是政务 no government matter", ("周末去哪儿钓鱼好？",), Reason.OUT_OF_SCOPE),
)


def ask(assistant: Assistant, example: Example) -> Answer:
    """The answer to the last turn, after the earlier ones have been asked and answered."""
    *earlier, last = example.turns
    history: list[Turn] = []
    for question in earlier:
        said = assistant.ask(question, history=history).text
        history += [Turn(USER, question), Turn("assistant", said)]
    return assistant.ask(last, history=history)


def to_markdown(example: Example, answer: Answer) -> str:
    """A heading, the answer as a blockquote, and a line of facts."""
    heading = f"### {example.kind} · {' → '.join(example.turns)}"
    return "\n\n".join((heading, _quoted(answer.text), _facts(answer)))


def pages(answers: Sequence[Answer]) -> dict[Path, str]:
    """What each page holds between its markers; `answers` are those to EXAMPLES."""
    written = {example: to_markdown(example, answer) for example, answer in zip(EXAMPLES, answers, strict=True)}
    some = (text for example, text in written.items() if example.in_readme)
    return {EXAMPLES_PAGE: "\n\n".join(written.values()), README: "\n\n".join(some)}


def _quoted(text: str) -> str:
    """The paragraphs as they are, with a break at the end of a line; entries of a list are paragraphs of their own."""
    return "\n>\n".join(map(_quoted_paragraph, filter(str.strip, text.split("\n\n"))))


def _quoted_paragraph(text: str) -> str:
    lines = [f"> {line.rstrip()}" for line in text.splitlines() if line.strip()]
    return ("\n>\n" if any(line.startswith("> - ") for line in lines) else "\\\n").join(lines)


def _facts(answer: Answer) -> str:
    """Status, reason or addresses, and the confidence: one digit, since the next ones say nothing to a reader."""
    if answer.status is Status.CLARIFY:
        facts = f"反问 `{answer.status}` · 可选 {'；'.join(choice.label for choice in answer.choices)}"
    elif answer.reason is None:
        facts = f"已回答 `{answer.status}` · 引用 {'；'.join(citation.label for citation in answer.citations)}"
    else:
        facts = f"无答案 `{answer.status}` · 理由 `{answer.reason}`"
    return f"{facts} · 把握 confidence {answer.confidence:.1f}"


def rewrite(page: str, examples: str) -> str:
    """The text with these examples between its markers. Raises ValueError where a marker is missing."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"the page must hold {BEGIN} and, after it, {END}")
    return f"{before}{begin}\n\n{examples}\n\n{end}{after}"


def main(root: Annotated[Path, typer.Option(help="写到哪个工作树 · the checkout to write into")] = ROOT) -> None:
    """重新提问并写入例子 · ask the examples with every setting as shipped but for the place of the index."""
    assistant = Assistant.open(Settings(index=Settings.from_environment().index)).at(lambda: MOMENT)
    for page, examples in pages([ask(assistant, example) for example in EXAMPLES]).items():
        path = root / page
        path.write_text(rewrite(path.read_text(encoding="utf-8"), examples), encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
