"""Laws of reading web pages: the text is all there, in its order, and nothing of the site is in it."""

import re
import shutil
from pathlib import Path

import pytest

from corpus.corpus import Corpus
from corpus.load import SHIPPED, load_corpus
from corpus.readers.html import read_html
from corpus.readers.normal_form import normalise_text
from corpus.readers.source import LineKind, Source
from tests.corpus.readers.html_pages import FURNITURE, MAKES, Make, div_soup, old_site, portal, with_side_column

TITLE = "云泽市居住证积分管理办法（试行）"
LINES = [
    "云政发〔2023〕5号",
    "各区人民政府，市政府各部门：",
    "现将《云泽市居住证积分管理办法（试行）》印发给你们，请认真贯彻执行。",
    "第一章 总则",
    "第一条 为规范居住证积分管理，保障来云人员合法权益，结合本市实际，制定本办法。",
    "第二条 在本市居住半年以上，有合法稳定就业、合法稳定住所、连续就读条件之一的，可以申领居住证。",
    "（一）本人居民身份证；",
    "（二）居住地住址证明。",
    "第三条 本办法自2023年6月1日起施行，有效期5年。",
    "云泽市人民政府",
    "2023年5月1日",
    "（此件公开发布）",
    "附件：积分申请表",
]
QUESTIONS = [
    "问：居住证在哪里办理？",
    "答：到居住地派出所或者社区服务站办理，也可以在网上申请。",
    "问：办理需要多少天？",
    "答：自受理之日起15日内发放。",
]


def shown(source: Source) -> list[str]:
    return [line.text.strip() for line in source.lines if line.text.strip()]


def ids(corpus: Corpus) -> list[str]:
    return [id_ for clause in corpus.clauses for id_ in (clause.id, *(part.id for part in clause.parts))]


def read(page: str) -> Source:
    return read_html(page.encode(), "a.html")


def body(inside: str) -> Source:
    return read(f"<html><body>{inside}</body></html>")


@pytest.mark.parametrize("make", MAKES)
def test_every_make_of_page_gives_the_text_and_nothing_of_the_site(make: Make) -> None:
    for lines in (LINES, QUESTIONS):
        source = read(make(TITLE, lines))
        assert shown(source) == [TITLE, *lines]
        assert not [word for word in FURNITURE if word in source.text]


@pytest.mark.parametrize("make", [div_soup, portal, old_site])
def test_the_shipped_texts_as_pages_have_the_same_clauses(make: Make, tmp_path: Path) -> None:
    for path in SHIPPED.glob("*.txt"):
        lines = [line.strip() for line in normalise_text(path.read_text(encoding="utf-8")).split("\n") if line.strip()]
        page = make("云泽网转载的文件", lines)
        data = page.encode("gb18030" if make is old_site else "utf-8")
        assert shown(read_html(data, path.name))[-len(lines) :] == lines
        (tmp_path / f"{path.stem}.html").write_bytes(data)
        shutil.copy(path.with_suffix(".toml"), tmp_path)
    ours, theirs = ids(load_corpus(tmp_path)), ids(load_corpus())
    assert ours == theirs
    assert len(theirs) == 181


def test_what_a_page_states_of_its_text_is_read_and_is_no_line_of_it() -> None:
    source = read(portal(TITLE, LINES))
    assert dict(source.facts) == {
        "索引号": "000123/2023-00045",
        "主题分类": "教育\\综合",
        "发文机关": "云泽市人民政府",
        "成文日期": "2023年05月01日",
        "标题": TITLE,
        "发文字号": "云政发〔2023〕5号",
        "有效性": "有效",
        "SiteName": "云泽市人民政府",
        "PubDate": "2023-05-06 10:00",
        "title": f"{TITLE}_云泽市人民政府",
    }
    facts = dict(read(with_side_column(TITLE, LINES)).facts)
    assert (facts["信息索引号"], facts["发布机构"], facts["生成日期"]) == (
        "000123-2023-45",
        "云泽市教育局",
        "2023-05-06",
    )
    facts = dict(read(div_soup(TITLE, LINES)).facts)
    assert (facts["来源"], facts["发布时间"]) == ("云泽市教育局", "2023-05-06")


def test_the_fields_of_a_guide_are_its_text() -> None:
    fields = [
        "事项名称：居住证办理",
        "受理单位：云泽市公安局各派出所。",
        "办理时间：工作日9:00至17:00，节假日除外。",
        "收费标准：不收费。",
    ]
    source = read(div_soup("居住证办事指南", fields))
    assert shown(source) == ["居住证办事指南", *fields]


def test_a_table_is_rows_with_merged_cells_only_where_they_begin() -> None:
    source = body(
        "<p>积分标准如下，按最高项计算。</p><table><caption>表1</caption><tr><th>项目</th><th colspan=2>标准</th></tr>"
        "<tr><td rowspan='2'>学历</td><td>本科</td><td>60分</td></tr><tr style='display:none'>"
        "<td>甲</td></tr><tr><td>大专</td><td>50<br>分</td></tr></table>"
        "<p>注：以上各项，不累计。</p>"
    )
    rows = [line for line in source.lines if line.kind is LineKind.ROW]
    assert [row.text for row in rows] == ["项目\t标准\t", "学历\t本科\t60分", "\t大专\t50 分"]
    assert [(row.anchor.table, row.anchor.row) for row in rows] == [(1, 1), (1, 2), (1, 3)]
    assert shown(source)[1] == "表1"


def test_a_table_that_lays_out_the_page_is_paragraphs() -> None:
    articles = "".join(f"<p>第{number}条 申请人应当如实申报。</p>" for number in "一二三")
    for page in (
        f"<table><tr><td>左栏</td><td>{articles}</td></tr><tr><td>甲</td><td>乙</td></tr></table>",
        f"<table><tr><td>{articles}</td></tr></table>",
        f"<table><tr><td><table><tr><td>{articles}</td></tr></table></td><td>右栏</td></tr></table>",
    ):
        source = body(page)
        assert not [line for line in source.lines if line.kind is LineKind.ROW]
        assert [line for line in shown(source) if line.startswith("第")] == re.findall("第.条[^<]+", articles)


def test_headings_have_their_level_and_line_ends_stay() -> None:
    source = body("<h2>第一章 总则</h2><p>甲，乙。<br>丙，丁，戊己庚辛。</p><p>子，丑。<br><br>寅，卯。</p>")
    assert (source.lines[0].kind, source.lines[0].level) == (LineKind.HEADING, 2)
    texts = "\n".join(line.text for line in source.lines)
    assert texts == "第一章 总则\n\n甲，乙。\n丙，丁，戊己庚辛。\n\n子，丑。\n\n寅，卯。"


@pytest.mark.parametrize(
    ("start", "numbers"),
    [
        ("<ol>", ["1. ", "2. ", "3. "]),
        ("<ol start=4>", ["4. ", "5. ", "6. "]),
        ("<ol type=a>", ["a. ", "b. ", "c. "]),
        ("<ol type='I' start='3'>", ["III. ", "IV. ", "V. "]),
        ("<ol style='list-style-type: cjk-ideographic' start=9>", ["九、", "十、", "十一、"]),
        ("<ol style='list-style:none'>", ["", "", ""]),
        ("<ul>", ["", "", ""]),
    ],
)
def test_the_numbers_of_a_list_are_words_of_the_text(start: str, numbers: list[str]) -> None:
    items = ["申请人，本市户籍；", "申请人，外市户籍；", "<p>申请人，境外人员。</p>"]
    plain = [re.sub("<.*?>", "", item) for item in items]
    page = start + "".join(f"<li>{item}</li>" for item in items) + start[:1] + "/" + start[1:3] + ">"
    assert shown(body(page)) == [number + item for number, item in zip(numbers, plain, strict=True)]
    assert shown(body("<ol><li>一、申请人，本市户籍。<li>二、申请人，外市户籍。</ol>"))[0].startswith("一、")


def test_what_is_hidden_is_not_read_and_a_form_around_everything_is() -> None:
    source = body(
        "<form>申请人应当如实申报，不得隐瞒。<p hidden>甲，乙。</p>"
        "<p style='DISPLAY : none'>丙，丁。</p><iframe src=x>戊</iframe>"
        "<script>己</script><select><option>庚</select><p>受理机关应当当场核对，并出具回执。</p></form>"
    )
    assert shown(source) == ["申请人应当如实申报，不得隐瞒。", "受理机关应当当场核对，并出具回执。"]


def test_page_numbers_inside_a_page_are_taken_out_and_the_sentence_goes_on() -> None:
    halves = "<p>申请人应当在本市连续缴纳社会保险，并</p><p>－ 2 －</p><p>提交证明材料。</p>"
    source = body(f"<p>第一条 制定本办法，保障权益。</p>{halves}")
    assert shown(source)[-1] == "申请人应当在本市连续缴纳社会保险，并提交证明材料。"


def test_what_a_page_says_of_its_encoding_is_not_believed_against_its_bytes() -> None:
    page = old_site("云泽市镕喆小区管理办法", LINES)
    for encoding in ("gb18030", "utf-8", "utf-8-sig", "utf-16"):
        assert shown(read_html(page.encode(encoding), "a.html"))[1:] == LINES
    traditional = "<meta charset=utf-8><p>申請人應當如實申報，不得隱瞞有關情況。</p>"
    assert shown(read_html(traditional.encode("big5"), "a.html")) == ["申請人應當如實申報，不得隱瞞有關情況。"]


def test_a_broken_character_is_forgiven_and_said() -> None:
    data = div_soup(TITLE, LINES * 10).encode("gb18030").replace("合法稳定就业".encode("gb18030"), b"\xba\xff\xff", 1)
    source = read_html(data, "a.html")
    assert source.text.count("�") <= 3
    assert any("无法识别" in notice for notice in source.notices)


SHORT = [
    "各区人民政府：",
    "现将有关事项通知如下，请遵照执行。",
    "一、补贴对象",
    "在本市工作满一年的人才，可以申请。",
    "云泽市人民政府",
]
SHORT_TEXT = "".join(f"<p>{line}</p>" for line in SHORT)


@pytest.mark.parametrize(
    "page",
    [
        f"<div><h1>{TITLE}</h1><p>2023-05-06 10:00 来源： 云泽日报</p>{SHORT_TEXT}</div>"
        "<div>地址：云泽市人民路1号，邮编：600000</div>"
        "<div>主办：云泽市人民政府</div>",
        f"<div><div>索引号</div><div>000/1</div><div>发文机关</div><div>云泽市</div></div><h1>{TITLE}</h1>{SHORT_TEXT}",
        f"<div style='display:none'><h1>{TITLE}</h1>{SHORT_TEXT}</div>",
        f"<h1><a href=x>{TITLE}</a></h1><div class=x>{SHORT_TEXT}</div><div>相关解读：<a href=x>一图读懂</a></div>",
        "<div>欢迎访问云泽市人民政府网站！今天是2023年5月6日，星期六。</div>"
        f"<div class=t>{TITLE}</div><div>{SHORT_TEXT}</div>",
        f"<ul>{'<li><a href=x>云泽市召开工作会议</a>会议在云泽召开。</li>' * 3}</ul>"
        f"<h2>{TITLE}</h2><div>{SHORT_TEXT * 3}</div>",
    ],
)
def test_a_short_text_is_told_from_what_stands_around_it(page: str) -> None:
    lines = shown(body(page))
    assert lines[0] == TITLE
    assert lines[1:] in (SHORT, SHORT * 3)


def test_every_part_of_a_text_in_several_elements_is_read() -> None:
    articles = [f"第{number}条 申请人应当如实申报，不得隐瞒有关情况。" for number in range(1, 40)]
    source = body(
        f"<div><a href=/>首页</a></div><div class=t>关于印发《{TITLE}》的通知</div>"
        "<div><p>各区：</p><p>现印发给你们。</p></div>"
        f"<div><p>{TITLE}</p>{''.join(f'<p>{one}</p>' for one in articles)}</div>"
        "<div>云泽市人民政府</div><div>2023年5月1日</div>"
        "<div>附件：<a href=a.doc>1.申请表.doc</a><br>"
        "<a href=b.doc>2.承诺书.doc</a></div><div>上一篇：<a href=x>甲</a></div>"
    )
    above = [f"关于印发《{TITLE}》的通知", "各区：", "现印发给你们。", TITLE]
    below = ["云泽市人民政府", "2023年5月1日", "附件：1.申请表.doc", "2.承诺书.doc"]
    assert shown(source) == [*above, *articles, *below]


def test_a_first_heading_is_the_title_though_it_is_short() -> None:
    table = "<table><tr><td>受理机关</td><td>云泽市公安局</td></tr><tr><td>时限</td><td>15个工作日</td></tr></table>"
    assert shown(body(f"<div>首页</div><h1>居住证办理</h1>{table}"))[0] == "居住证办理"
    assert shown(body(f"<h1>首页</h1>{table}"))[0] == "受理机关\t云泽市公安局"


def test_links_and_buttons_inside_a_text_stay() -> None:
    questions = "".join(f"<button>怎么办理{number}？</button><p>到派出所办理，当场受理。</p>" for number in range(3))
    assert shown(body(f"<h1>居住证常见问题</h1>{questions}"))[1:3] == ["怎么办理0？", "到派出所办理，当场受理。"]
    laws = [f"《云泽市第{number}号规定》" for number in range(4)]
    links = "".join(f"<p><a href=x>{law}</a></p>" for law in laws)
    assert shown(body(f"<p>根据以下规定，制定本办法。</p>{links}<p>第一条 略，从略。</p>"))[1:5] == laws
