"""A language is a file of messages: the pages follow."""

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.feedback.store import FeedbackStore
from assistant.messages import catalogue, languages, messages
from assistant.service import Assistant
from tests.ui.local import local_client
from ui.page.languages import language, other_languages, page_path, with_language
from ui.server import create_site


@pytest.fixture
def three_languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The shipped messages and those of a third language, which here says what the English ones say."""
    for code in languages():
        shutil.copy(Path(catalogue.__file__).with_name(f"{code}.toml"), tmp_path)
    third = (tmp_path / "en.toml").read_text(encoding="utf-8")
    third = third.replace('html = "en"\nname = "English"', 'html = "xx"\nname = "Xish"').replace('"Ask"', '"Xsend"')
    (tmp_path / "xx.toml").write_text(third, encoding="utf-8")
    caches = (languages, messages)
    monkeypatch.setattr(catalogue, "_FOLDER", tmp_path)
    for cache in caches:
        cache.cache_clear()
    yield
    for cache in caches:
        cache.cache_clear()


def test_the_first_language_needs_no_name_in_an_address() -> None:
    zh, en = messages("zh"), messages("en")
    assert [page_path(words) for words in (zh, en)] == ["/", "/en"]
    assert with_language("/agent", zh) == "/agent"
    assert with_language("/agent", en) == "/agent?lang=en"
    assert with_language("/clause/d:1", en, (("quote", "1-2"), ("quote", "5-9"))) == (
        "/clause/d:1?quote=1-2&quote=5-9&lang=en"
    )
    assert other_languages(en) == [zh]
    assert [language(code) for code in ("en", "zh", "", "../en", "\ud800")] == [en, zh, zh, zh, zh]


@pytest.mark.usefixtures("three_languages")
def test_a_third_language_has_every_page(assistant: Assistant) -> None:
    site = asyncio.run(create_site(assistant, feedback=FeedbackStore(None), listens_locally=True))
    with local_client(site) as client:
        for path in ("/xx", "/clause/harbin-66:26?lang=xx", "/agent?lang=xx", "/clause/harbin-66:999?lang=xx"):
            page = client.get(path).text
            assert 'lang="xx"' in page.partition("<head>")[0]
            assert 'lang="zh-CN">中文</a>' in page
            assert 'lang="en">English</a>' in page
        assert "Xsend" in client.get("/xx").text
        assert 'lang="xx">Xish</a>' in client.get("/").text
        call = {"fn_index": 0, "data": ["怎么申请首贷", "", ""], "session_hash": "abc"}
        answer = client.post("/xx/gradio_api/run/predict", json=call).text
        assert "lang=xx" in answer
        assert client.post("/agent/rows", json={"q": "首贷", "lang": "xx"}).json()["clause"]
        assert client.get("/yy").status_code == 404
