"""The evaluation as one page that needs nothing else: to send, to read on a telephone, to print."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from corpus.corpus import Corpus
from corpus.errors import InputError
from corpus.label import label
from eval.ablation import Measured, overall
from eval.bounds import LOWER_IS_BETTER
from eval.comparison import Comparison
from eval.measures.answers import FIGURES
from eval.measures.calibration import plot
from eval.measures.ranking import RANKING
from eval.report import figure_name
from eval.reports.changes import chance, changes, figures_of, scope_line, side_line, tests_line
from eval.reports.curve import curve
from eval.saved import AskedQuestion
from eval.summary import MISS_DEPTH, Evaluation

SLOWEST = 10
_FIRST = ("success@1", "success@3", "answered_right", "false_answers")
_ENVIRONMENT = Environment(
    loader=PackageLoader("eval.reports"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class Page:
    """What the page is made of."""

    evaluation: Evaluation
    corpus: Corpus
    questions: str  # the name of the file
    threshold: float  # of the confidence, in use
    comparison: Comparison | None = None
    stages: Mapping[str, Measured] | None = None

    def named(self, ids: Sequence[str]) -> list[str]:
        """The addresses of clauses as people cite them; of what the corpus does not hold, the id."""
        clauses = [(id_, self.corpus.clause_of(id_)) for id_ in ids]
        return [label(self.corpus.document(one.document_id), one) if one else id_ for id_, one in clauses]


def check_file(path: Path) -> None:
    """Raises InputError where no page can be written there, before minutes of asking."""
    fault = "是一个文件夹 it is a folder" if path.is_dir() else ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        fault = error.strerror or str(error)
    if fault or not os.access(path.parent, os.W_OK):
        raise InputError(
            f"--html {path}: 写不了这个文件（{fault or '没有权限 not permitted'}），请换一个。"
            "the file cannot be written; choose another one.",
            "html",
        )


def write_page(path: Path, page: Page) -> None:
    """Write the page, UTF-8."""
    path.write_text(render(page, datetime.now().astimezone()), encoding="utf-8")


def render(page: Page, made: datetime) -> str:
    """The HTML; `made` stands in its head."""
    evaluation = page.evaluation
    leg, values = list(evaluation.overall.legs.items())[-1]
    answers, slowest = evaluation.overall.answers, _slowest(evaluation.run.results)
    first = {name: {**values, **answers}[name] for name in _FIRST} if any(answers.values()) else {}
    return _ENVIRONMENT.get_template("report.html").render(
        page=page,
        made=made,
        evaluation=evaluation,
        overall=evaluation.overall,
        leg=leg,
        first=first or {name: values[name] for name in _FIRST[:2]},
        lower=LOWER_IS_BETTER,
        ranking=RANKING,
        figures=[name for name in FIGURES if answers[name]],
        figure_name=figure_name,
        reliability=Markup(plot(evaluation.reliability, "")) if evaluation.reliability else "",
        curve=curve(evaluation, page.threshold),
        stages=overall(page.stages) if page.stages else {},
        wrong=_wrong(evaluation.run.results),
        miss_depth=MISS_DEPTH,
        slowest=slowest,
        steps=[step for step in slowest[0].ms if step != "total"],  # which is that of ask
        changes=changes(page.comparison) if page.comparison else (),
        scope_line=scope_line,
        tests_line=tests_line,
        side_line=side_line,
        figures_of=figures_of,
        chance=chance,
    )


def _wrong(asked: Sequence[AskedQuestion]) -> list[tuple[str, list[AskedQuestion]]]:
    """The questions that went wrong, each once, by what is wrong with them."""
    wrong = [one for one in asked if one.right is False]
    refused = [one for one in wrong if not one.cited]
    late = [one for one in asked if one.right is not False and one.answerable and _is_late(one)]
    groups = {
        "答错或误答 Answered wrong": [one for one in wrong if one.cited],
        "该答未答 Not answered though something answers": refused,
        f"正确条款不在前 {MISS_DEPTH} 条 No right clause among the first {MISS_DEPTH}": late,
    }
    return [(heading, found) for heading, found in groups.items() if found or asked[0].status]


def _is_late(asked: AskedQuestion) -> bool:
    return set(asked.relevant).isdisjoint(asked.found[:MISS_DEPTH])


def _slowest(asked: Sequence[AskedQuestion]) -> list[AskedQuestion]:
    return sorted(asked, key=lambda one: -one.ms.get("ask", one.ms["search"]))[:SLOWEST]
