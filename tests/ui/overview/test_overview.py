"""The page: in both languages, for weeks and a place that somebody chooses, and as CSV."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.api.problems import install_handlers
from assistant.feedback.store import FeedbackStore
from assistant.messages import messages
from assistant.service import Assistant
from corpus.errors import InputError
from ui.overview.chart import HEIGHT, Value, chart
from ui.overview.routes import overview_router
from ui.overview.spans import asked_span, default_span

WEEKS = "from=2026-08-31&to=2026-11-08"
TODAY = date(2026, 11, 30)


def _client(assistant: Assistant, store: FeedbackStore) -> TestClient:
    app = FastAPI()
    app.include_router(overview_router(lambda: assistant, store))
    install_handlers(app)
    return TestClient(app)


@pytest.fixture
def client(assistant: Assistant, store: FeedbackStore) -> Iterator[TestClient]:
    with _client(assistant, store) as client:
        yield client


@pytest.mark.parametrize("code", ["zh", "en"])
def test_the_page_shows_matters_by_their_plain_names_and_gaps_with_what_they_refer_to(
    client: TestClient, code: str
) -> None:
    page = client.get(f"/overview?{WEEKS}&lang={code}")
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    words = messages(code)
    for key in ("volume", "rates", "matters", "gaps", "places", "verdicts", "gone"):
        assert words(f"overview.{key}") in page.text
    assert "/clause/harbin-66:26" in page.text
    assert "养犬登记" in page.text
    assert "怎么落户" in page.text
    assert "贵阳" not in page.text
    assert not re.search(r"\sstyle=|<script(?! type=\"module\" src=)", page.text)


def test_a_number_that_is_hidden_stands_nowhere_in_the_page(client: TestClient) -> None:
    page = client.get(f"/overview?{WEEKS}").text
    numbers = re.findall(r"<(?:td class=\"count\"|dd)>([^<]*)<", page)
    assert messages("zh")("overview.hidden.few", least=5) in numbers
    assert not {"1", "2", "3", "4"} & set(numbers)
    titles = re.findall(r"<title>\d{4}-\d\d-\d\d：(.*?)</title>", page)
    assert titles
    assert not any(re.fullmatch(r"[1-4]|[1-4]，.*|.* [1-4]", title) for title in titles)


def test_the_figures_come_as_csv_with_hidden_ones_named(client: TestClient) -> None:
    answer = client.get(f"/overview/figures.csv?{WEEKS}&place=合肥")
    assert answer.headers["content-disposition"] == 'attachment; filename="overview-2026-08-31-2026-11-08.csv"'
    names, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert names == ["figure", "item", "detail", "value"]
    assert {row[0] for row in rows} == {"all", "week", "verdict", "clause", "gap"}
    assert "<5" in {row[3] for row in rows}
    assert not {"1", "2", "3", "4"} & {row[3] for row in rows}


@pytest.mark.parametrize("asked", ["from=gestern", "from=2026-11-01&to=2026-10-01", "from=2001-01-01&to=2026-01-01"])
def test_days_that_cannot_be_are_said_to_be_wrong_above_the_usual_figures(client: TestClient, asked: str) -> None:
    page = client.get(f"/overview?{asked}")
    assert page.status_code == 422
    assert 'role="alert"' in page.text
    assert client.get(f"/overview/figures.csv?{asked}").status_code == 422


def test_where_nothing_is_kept_the_page_says_so(assistant: Assistant) -> None:
    with _client(assistant, FeedbackStore(None)) as client:
        page = client.get("/overview?lang=en")
        assert "POLICYQA_FEEDBACK" in page.text
        assert client.get("/overview/figures.csv").text.strip() == '\ufeff"figure","item","detail","value"'


def test_a_store_with_nothing_in_it_has_a_page(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> None:
    empty = FeedbackStore(tmp_path_factory.mktemp("empty") / "feedback.sqlite3")
    with empty, _client(assistant, empty) as client:
        assert client.get("/overview").status_code == 200
        assert client.get("/overview?from=2026-11-30&to=2026-11-30&place=合肥").status_code == 200


def test_a_span_is_made_of_whole_weeks_and_ends_today_at_the_latest() -> None:
    words = messages("en")
    span = asked_span("2026-11-04", "2027-05-05", TODAY, words)
    assert (span.first, span.last, span.end) == (date(2026, 11, 2), date(2026, 11, 30), date(2026, 12, 6))
    assert asked_span("", "", TODAY, words) == default_span(TODAY)
    assert len(default_span(TODAY).weeks) == 26
    with pytest.raises(InputError, match="2026-11-30"):
        asked_span("30.11.2026", "", TODAY, words)


def test_bars_are_as_high_as_their_scale_says_and_a_hidden_one_has_no_height() -> None:
    weeks = default_span(TODAY).weeks[:3]
    drawn = chart([Value(15, 5, "a"), Value(None, None, "b"), Value(0, 0, "c")], weeks)
    assert [line.value for line in drawn.lines] == [20, 10, 0]
    assert [(bar.height, bar.part) for bar in drawn.bars] == [(HEIGHT * 0.75, HEIGHT * 0.25), (None, None), (0, 0)]
    assert [week for _, _, week in drawn.weeks] == weeks
    assert drawn.bars[-1].x + drawn.bars[-1].width < 100
