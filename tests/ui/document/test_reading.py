"""The reading view holds the text, all of it and in its order, with its headings and its tables."""

import re
from dataclasses import replace

import pytest

from corpus.clause import Clause, Document
from corpus.contents import contents
from corpus.corpus import Corpus
from ui.document.reading import Article, Grid, Line, Piece, Rows, Title, pieces


def _read(corpus: Corpus, document_id: str) -> tuple[Piece, ...]:
    document = corpus.document(document_id)
    return pieces(document, contents([one for one in corpus.clauses if one.document_id == document_id]))


def _shown(piece: Line | Grid | Title) -> str:
    if isinstance(piece, Grid):
        return "".join(cell for row in piece.rows for cell in row)
    return piece.printed if isinstance(piece, Title) else piece.number + piece.text


def _words(found: tuple[Piece, ...]) -> str:
    """What is shown, without blanks; of a row its clause, because a row shows what it shares with others too."""
    shown = []
    for piece in found:
        if isinstance(piece, Article):
            shown += [_shown(one) for one in piece.body]
        elif isinstance(piece, Rows):
            shown += [clause.text for clause, _ in piece.rows]
        else:
            shown.append(_shown(piece))
    return re.sub(r"\s+", "", "".join(shown))


@pytest.mark.parametrize("name", ["corpus", "second_corpus"])
def test_every_character_is_read_once_and_in_order(name: str, request: pytest.FixtureRequest) -> None:
    corpus: Corpus = request.getfixturevalue(name)
    for document in corpus.documents:
        found = _read(corpus, document.id)
        heads = "".join("".join(piece.columns) for piece in found if isinstance(piece, Rows))
        text = re.sub(r"\s+", "", document.text)
        assert _words(found) == (text.replace(heads, "") if heads else text)


def test_headings_stand_where_they_are_printed_and_each_has_its_depth(corpus: Corpus) -> None:
    titles = [(one.depth, one.printed) for one in _read(corpus, "anhui-2023-4") if isinstance(one, Title)]
    assert titles[0][0] == 0
    assert titles[1:] == [
        (1, "一、省清单事项(10项)"),
        (1, "二、合肥自选事项(7项)"),
        (1, "三、芜湖自选事项(7项)"),
        (1, "四、滁州自选事项(5项)"),
    ]


def test_rows_of_a_table_stand_under_its_columns(second_corpus: Corpus) -> None:
    [table] = [one for one in _read(second_corpus, "notice_Points-3") if isinstance(one, Rows)]
    assert table.columns == ("项目", "档次", "分值", "说明")
    assert [cells for _, cells in table.rows][1] == ("船龄", "两年以上", "25分", "")
    assert len(table.rows) == 4


TEXT = (
    "灯塔管理规定\n目录\n第一章 看守\n第二章 修缮\n第一章\n看守\n"
    "第一条 夜里要点灯。\n第二章 修缮\n第二条 每年刷漆。\n灯塔局"
)


def _lamps(path: str = "第二章 修缮") -> tuple[Piece, ...]:
    first, second = TEXT.index("第一条"), TEXT.index("第二条")
    clauses = [
        Clause("d:1", "d", "第一条", "夜里要点灯", ("第一章 看守",), TEXT[first : first + 10], first, first + 10),
        Clause("d:2", "d", "第二条", "每年刷漆", (path,), TEXT[second : second + 9], second, second + 9),
    ]
    return pieces(Document("d", "灯塔管理规定", TEXT), contents(clauses))


def test_a_heading_is_not_taken_for_its_line_in_the_table_of_contents() -> None:
    kinds = [_shown(one) if isinstance(one, Line | Title) else "clause" for one in _lamps()]
    assert kinds == [
        "灯塔管理规定", "目录", "第一章 看守", "第二章 修缮", "第一章看守", "clause", "第二章 修缮", "clause", "灯塔局",
    ]  # fmt: skip


def test_a_heading_that_is_printed_nowhere_still_has_its_place() -> None:
    titles = [one for one in _lamps("第二章 看不见的标题") if isinstance(one, Title)]
    assert [one.printed for one in titles] == ["第一章看守", ""]


def test_cells_inside_a_clause_are_a_table() -> None:
    text = "第一条 收费如下：\n船型\t每日\n帆船\t三元\n以上含税。"
    clause = replace(_lamp(text), number_length=3)
    [article] = pieces(Document("d", "收费", text), contents([clause]))
    assert isinstance(article, Article)
    assert [type(one).__name__ for one in article.body] == ["Line", "Grid", "Line"]
    assert article.body[0] == Line(" 收费如下：", "第一条")
    assert article.body[1] == Grid((("船型", "每日"), ("帆船", "三元")))


def _lamp(text: str) -> Clause:
    return Clause("d:1", "d", "第一条", "收费如下", (), text, 0, len(text))
