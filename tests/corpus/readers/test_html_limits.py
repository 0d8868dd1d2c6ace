"""Laws of pages that are none, or are made to do harm: an error that says what to do, and never a wait."""

import pytest

from corpus.errors import DocumentError
from corpus.readers.html import is_page, read_html
from corpus.readers.source import Source


def read(page: str) -> Source:
    return read_html(page.encode(), "a.html")


@pytest.mark.parametrize(
    ("page", "named"),
    [
        ("<script>location.href='http://a.example/b.html'</script>", "http://a.example/b.html"),
        ("<frameset><frame src='left.htm'><frame src='main.htm'></frameset>", "left.htm"),
        ("<meta http-equiv=refresh content='0;url=c.html'>", "c.html"),
        ("<body><a href='d.doc'>下载</a></body>", "d.doc"),
        ("<body><div id=app></div></body>", ""),
        (f"<body>{'<a href=x>云泽市人民政府文件</a>' * 30}</body>", "x"),
    ],
)
def test_a_page_without_a_text_is_refused_and_the_error_says_where_it_leads(page: str, named: str) -> None:
    with pytest.raises(DocumentError, match=r"^a\.html:1: 网页里没有正文.*browser") as error:
        read(f"<html><head><title>云泽</title></head>{page}</html>")
    assert named in str(error.value)


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 200_000 + "甲",
        "<table><tr><td>" * 100_000,
        "<b>甲，乙。" * 50_000,
        "<p>甲，" * 60_000,
        "<p " + "a=1 " * 200_000 + ">甲，乙，丙，丁，戊，己。",
        "<!DOCTYPE a [<!ENTITY b '甲甲甲甲'>"
        + "<!ENTITY c '&b;&b;&b;'>" * 1000
        + "]><p>&c;甲，乙，丙，丁，戊，己，庚。",
        "<ol>" + "<li>" * 60_000,
        "<table><tr>" + "<td rowspan=65000 colspan=1000>甲" * 5_000,
        "<p>甲\t \n" * 60_000,
        "<p>" + "附件 " * 50_000,
        "<p>" + "\t" * 500_000 + "甲，乙，丙，丁，戊，己，庚，辛。",
    ],
)
def test_hostile_pages_end_with_a_text_or_an_error_that_names_the_file(page: str) -> None:
    try:
        source = read(page)
    except DocumentError as error:
        message = str(error)
    else:
        message = f"a.html:1: {len(source.lines)} lines"
    assert message.startswith("a.html:1: ")


@pytest.mark.parametrize(
    ("text", "yes"),
    [
        ("<!DOCTYPE html><html><body>甲</body></html>", True),
        ("\ufeff<?xml version='1.0'?>\n<!-- 甲 -->\n<HTML><p>甲</p>", True),
        ("<p>甲</p>", True),
        ("第一条 网页以<html>开头，以</html>结尾。", False),
        ("<办法>第一条</办法>", False),
    ],
)
def test_a_page_is_known_by_how_it_begins(text: str, yes: bool) -> None:
    assert is_page(text) is yes
