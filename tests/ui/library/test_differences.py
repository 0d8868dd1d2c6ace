"""The page that shows two versions side by side, over a working copy and what is in service."""

import re
from html import unescape
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.api.problems import install_handlers
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.lifecycle.touched import SavedQuestion
from corpus.load import load_corpus, load_folder
from eval.validity.measure import TEXTS
from index.building import build_index
from tests.bigram_encoder import BigramEncoder
from ui.library.differences import difference_pages

CHANGED = "每餐补贴三元"


@pytest.fixture(scope="module")
def client(bigram_encoder: BigramEncoder, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    served, working = (tmp_path_factory.mktemp(name) for name in ("served", "working"))
    for path in TEXTS.iterdir():
        if path.name.startswith(("canteen", "flats")):
            text = path.read_text(encoding="utf-8")
            (served / path.name).write_text(text, encoding="utf-8")
            (working / path.name).write_text(text.replace(CHANGED, "每餐补贴四元"), encoding="utf-8")
    settings = Settings(index=served / "index", feedback=None)
    assistant = Assistant(build_index(load_corpus(served), bigram_encoder), settings)
    app = FastAPI()
    asked = [SavedQuestion("q", "老人吃饭补多少", ("canteen-2019:4",), "每餐补贴二元")]
    app.include_router(difference_pages(lambda: load_folder(working), lambda: assistant, lambda: asked))
    install_handlers(app)
    return TestClient(app)


def _words(html: str) -> str:
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]*>", "", html)))


def test_what_may_be_compared_is_offered(client: TestClient) -> None:
    page = client.get("/library/diff").text
    assert [unescape(one) for one in re.findall(r'href="(/library/diff\?old[^"]+)"', page)] == [
        "/library/diff?old=canteen-2024&new=canteen-2024",
        "/library/diff?old=flats-2020&new=flats-2025",
        "/library/diff?old=canteen-2019&new=canteen-2024",
    ]


def test_words_that_differ_are_struck_out_and_underlined(client: TestClient) -> None:
    page = client.get("/library/diff?old=canteen-2019&new=canteen-2024").text
    assert "每餐补贴<del>二</del>元" in page
    assert "每餐补贴<ins>四</ins>元" in page
    assert "第一条未变" in _words(page)
    assert "老人吃饭补多少·第四条→第五条改了编号，有修改·新文里没有这段引文" in _words(page)


def test_a_changed_document_is_compared_with_what_is_in_service(client: TestClient) -> None:
    table = client.get("/v1/library/differences?old=canteen-2024&new=canteen-2024").json()
    assert table["counts"] == {"same": 7, "moved": 0, "changed": 1, "moved_and_changed": 0, "new": 0, "gone": 0}
    (changed,) = [one for one in table["clauses"] if one["change"] != "same"]
    ((start, end),) = changed["new"]["marks"]
    offset = changed["new"]["start"]
    assert changed["new"]["text"][start - offset : end - offset] == "四"


def test_the_english_page_is_in_english(client: TestClient) -> None:
    page = client.get("/library/diff?old=canteen-2019&new=canteen-2024&lang=en").text
    assert "<title>Old and new" in page
    assert '<p class="change">other number, changed</p>' in page
    assert 'Older <span lang="zh-CN">第四条</span>' in page


def test_an_unknown_document_is_said_to_be_so(client: TestClient) -> None:
    page = client.get("/library/diff?old=nothing&new=canteen-2024")
    assert page.status_code == 404
    assert "没有这份文件，请从列表里选。" in page.text
    assert client.get("/v1/library/differences?old=nothing&new=canteen-2024").status_code == 404


def test_nothing_of_a_text_is_taken_for_markup(bigram_encoder: BigramEncoder, tmp_path: Path) -> None:
    for name, sum_ in (("a", "一百"), ("b", "二百")):
        text = f"某市补助办法\n第一条 <b>补助{sum_}元</b>。\n第二条 本办法自公布之日起施行。\n"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    assistant = Assistant(build_index(load_corpus(tmp_path), bigram_encoder), Settings(index=tmp_path, feedback=None))
    app = FastAPI()
    app.include_router(difference_pages(lambda: load_folder(tmp_path), lambda: assistant))
    page = TestClient(app).get("/library/diff?old=a&new=b").text
    assert "&lt;b&gt;补助<del>一百</del>元&lt;/b&gt;" in page
