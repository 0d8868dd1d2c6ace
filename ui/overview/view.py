"""The figures in words and bars: what the page shows, and the rows of its CSV."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from assistant.composition.answer_blocks import name_of
from assistant.feedback.disclosure import LEAST, Cell, Hidden
from assistant.feedback.recorded import Verdict
from assistant.feedback.statistics import Asked, CitedClause, Figures
from assistant.messages import Messages
from corpus.corpus import Corpus
from corpus.errors import NotFoundError
from ui.clause.page import clause_url
from ui.overview.chart import Chart, Value, chart

CSV_NAMES = ("figure", "item", "detail", "value")
_LEAST_RATE = 0.1  # that the scale of shares reaches


@dataclass(frozen=True, slots=True)
class Matter:
    """A clause that is cited often, by its plain name, with its page where the clause is still held."""

    name: str
    places: str
    url: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Charts:
    asked: Chart
    rate: Chart
    verdicts: dict[Verdict, Chart]


def number(cell: Cell, words: Messages) -> str:
    """A count in the words of the page, or why there is none."""
    return words(f"overview.hidden.{cell}", least=LEAST) if isinstance(cell, Hidden) else f"{cell:,}"


def rate(asked: Asked, words: Messages) -> str:
    """The share that was refused, in percent; of nothing there is none."""
    if asked.rate is not None:
        return f"{asked.rate:.1%}"
    return words("overview.no_rate") if asked.asked == 0 else words("overview.hidden.withheld")


def charts(figures: Figures, words: Messages) -> Charts:
    """The bars of every week."""
    weeks = figures.span.weeks
    labels = [f"{week.isoformat()}{words('language.colon')}" for week in weeks]
    asked = [
        Value(
            _shown(one.asked),
            _shown(one.refused),
            f"{label}{number(one.asked, words)}{words('overview.of_them', refused=number(one.refused, words))}",
        )
        for label, one in zip(labels, figures.by_week, strict=True)
    ]
    rates = [
        Value(one.rate, None, f"{label}{rate(one, words)}") for label, one in zip(labels, figures.by_week, strict=True)
    ]
    verdicts = {
        verdict: [
            Value(_shown(cell), None, f"{label}{number(cell, words)}")
            for label, cell in zip(labels, judged.by_week, strict=True)
        ]
        for verdict, judged in figures.verdicts.items()
    }
    return Charts(
        chart(asked, weeks),
        chart(rates, weeks, _LEAST_RATE),
        {verdict: chart(values, weeks) for verdict, values in verdicts.items()},
    )


def matter(cited: CitedClause, corpus: Corpus, words: Messages) -> Matter:
    """The clause as people call it; by its id where it has left the documents since."""
    try:
        clause = corpus.clause(cited.clause_id)
    except NotFoundError:
        return Matter(cited.clause_id, words("overview.gone"), None, cited.count)
    record = corpus.plain.get(clause.id)
    name = name_of(record, words) if record else clause.title
    return Matter(name, words.places(clause.jurisdiction), clause_url(clause.id, words=words), cited.count)


def csv_rows(figures: Figures) -> Iterator[tuple[str, str, str, str]]:
    """Every figure of the page, as CSV_NAMES names the columns. What is hidden is "<5" or "withheld"."""
    span = f"{figures.span.first}/{figures.span.end}"
    yield from _asked("all", span, figures.total)
    for week, asked in zip(figures.span.weeks, figures.by_week, strict=True):
        yield from _asked("week", f"{week}/{week + timedelta(days=6)}", asked)
    for verdict, judged in figures.verdicts.items():
        yield "verdict", span, verdict, _plain(judged.total)
        for week, cell in zip(figures.span.weeks, judged.by_week, strict=True):
            yield "verdict", f"{week}/{week + timedelta(days=6)}", verdict, _plain(cell)
    for place, asked in figures.places:
        yield from _asked("place", place or "", asked)
    for cited in figures.cited:
        yield "clause", cited.clause_id, "cited", str(cited.count)
    for gap in figures.gaps:
        yield "gap", gap.question, gap.follows or "", str(gap.count)


def _asked(figure: str, item: str, asked: Asked) -> Iterator[tuple[str, str, str, str]]:
    yield figure, item, "asked", _plain(asked.asked)
    yield figure, item, "refused", _plain(asked.refused)


def _plain(cell: Cell) -> str:
    if isinstance(cell, Hidden):
        return f"<{LEAST}" if cell is Hidden.FEW else cell
    return str(cell)


def _shown(cell: Cell) -> int | None:
    return None if isinstance(cell, Hidden) else cell
