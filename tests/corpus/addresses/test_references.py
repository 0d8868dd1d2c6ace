"""Laws of what a text names: every spelling of an address, and what only looks like one."""

import time
from collections.abc import Iterator
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.addresses.references import contains_id, read_parts, read_references
from corpus.clause import Clause, Document
from corpus.corpus import Corpus
from corpus.numbering import HeadingNumber, NumberingStyle

LAW, NOTICE = "Yunze_Lake 湖泊条例", "notice_Fish-9"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("《云泽湖泊保护条例》第三条第一款（二）项", "3.1.2"),
        ("云泽湖泊保护条例第 三 条 第 一 款", "3.1"),
        ("湖泊保护条例第３条第１款（２）项第1目", "3.1.2.1"),
        ("云泽湖泊保护条例第三条（二）项", "3.1.2"),  # inside its only 款 that has 项
        ("云泽湖泊保护条例第三条第（二）项", "3.1.2"),
        ("云泽湖泊保护条例 第十条之一", "10-1"),
        ("云泽湖泊保护条例第拾条之一讲什么", "10-1"),
        ("云泽湖泊保护条例第一○条", "10"),
        ("云泽湖泊保护条例第一零条", "10"),
        ("云泽湖泊保护条例第四条第一款", "4"),  # the only 款 of an article is the article
        ("第七条第二项，云泽湖泊保护条例", "7.2"),
        ("雲澤湖泊保護條例第七條第二項", "7.2"),
        ("云泽湖泊条例第10条之1", "10-1"),
        ("云泽保护条例里的第十一条", "11"),
        ("yunze_lake 湖泊条例:7.3", "7.3"),
        ("请看Yunze_Lake 湖泊条例：10-1吧", "10-1"),
    ],
)
def test_an_address_of_the_law_is_read_in_every_spelling(second_corpus: Corpus, text: str, key: str) -> None:
    assert read_references(text, second_corpus).ids == (f"{LAW}:{key}",)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("附件1第一条", "a1.1"),
        ("附件一 第二条怎么收费", "a1.2"),
        ("Attachment 1, Article 2", "a1.2"),
        ("云渔发〔2021〕9号第五条", "5"),
        ("云渔发[2021]第9号 第5条", "5"),
        ("云渔发（2021）9号文第五条", "5"),
        ("《云泽渔获交易管理办法》第五条", "5"),
        ("渔获交易管理办法规定第五条", "5"),
        ("云泽渔获办法第五条讲的啥", "5"),
        ("《渔获交易办法》第五条", "5"),
        ("码头收费规则第二条", "a1.2"),
        ("收费规则里的第一条", "a1.1"),
        ("云渔发二〇二一年九号第五条", "5"),
        ("云渔发2021年9号 通知 二、", "0.2"),
        ("Yunze Notice No. 9 of 2021 on Trading the Catch, article 4(2)", "4.2"),
    ],
)
def test_an_address_of_the_notice_is_read_in_every_spelling(second_corpus: Corpus, text: str, key: str) -> None:
    assert read_references(text, second_corpus).ids == (f"{NOTICE}:{key}",)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("第十六条", ["16"]),
        ("第拾陆条", ["16"]),
        ("第廿一条讲啥", ["21"]),
        ("第 卅 条", ["30"]),
        ("第六〇条和第六○条", ["60"]),
        ("51条 52条", ["51", "52"]),
        ("第41、43条", ["41", "43"]),
        ("第8条到第10条", ["8", "9", "10"]),
        ("clauses 7 and 9", ["7", "9"]),
        ("measures 3 to 5", ["3", "4", "5"]),
        ("66条措施规定第四条", ["4"]),
        ("六十六条措施 第5条", ["5"]),
        ("措施19是什么", ["19"]),
        ("19", ["19"]),
        ("哈市 19", ["19"]),
        ("第44条第一款", ["44"]),
        ("哈尔滨营商环境措施第二十条", ["20"]),
        ("66条倒数那条，第六十五", ["65"]),
        ("这66条的第五十", ["50"]),
        ("讲排水的是哪一条？第17呢", ["17"]),
        ("66条 51", ["51"]),
        ("第五十一", ["51"]),
        ("笫51条", ["51"]),
        ("clause 7, 8 and 9", ["7", "8", "9"]),
        ("六十六条措施第九项是什么", ["9"]),
    ],
)
def test_measures_are_read_singly_in_lists_and_in_ranges(corpus: Corpus, text: str, keys: list[str]) -> None:
    found = read_references(text, corpus, admits=lambda clause: clause.document_id == "harbin-66")
    assert found.ids == tuple(f"harbin-66:{key}" for key in keys)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("二、（四）", ["2.4"]),
        ("二、 （ 四 ） 讲什么", ["2.4"]),
        ("典型案例二、(四)", ["2.4"]),
        ("2.4 讲什么", ["2.4"]),
        ("case 2.4", ["2.4"]),
        ("2.1 第一点和第二点", ["2.1.1", "2.1.2"]),
        ("anhui-2023-4:2.1 的第二点", ["2.1.2"]),
        ("典型案例 二、（一）一是、第二点", ["2.1.1", "2.1.2"]),
        ("案例 二、（四）", ["2.4"]),
        ("安徽推广清单第（八）项说什么", ["1.8"]),
    ],
)
def test_cases_are_read_by_their_path_with_their_points(corpus: Corpus, text: str, keys: list[str]) -> None:
    assert read_references(text, corpus).ids == tuple(f"anhui-2023-4:{key}" for key in keys)


@pytest.mark.parametrize(
    "text",
    [
        "2.5万元的设备能补吗", "4.2米货车几点进城", "5条流水线怎么申报", "3条地铁经过吗", "两条鱼",
        "第三条隧道什么时候通", "6条狗", "8条微信", "In case 4 tenants leave", "1.2 million loan", "新增20条航线",
        "一共几条措施", "措施一般多久落实", "一、怎么贷款 二、怎么交税", "（1）要什么材料（2）收费吗",
        "第4条绿道", "首贷典型案例的第三点", "首贷典型案例的第二项",
        "排名第五十一", "全国第二", "倒数第三条", "第三章", "section 7", "第三部分",
        "二级医院", "第一次办证", "年利率 2.5 左右", "12345", "一是二是",
    ],
)  # fmt: skip
def test_a_number_that_counts_something_is_no_address(corpus: Corpus, text: str) -> None:
    found = read_references(text, corpus)
    assert (found.ids, found.absent, found.not_held) == ((), (), ())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("国函〔2019〕5号第三条讲什么", "国函〔2019〕5号"),
        ("根据苏政办发〔2020〕33号第7条", "苏政办发〔2020〕33号"),
        ("《城市供水条例》第二十一条", "城市供水条例"),
        ("城市供水条例 第21条", "城市供水条例"),
        ("房屋租赁合同第五条写的是押金", "房屋租赁合同"),
        ("消费者权益保护法第八条", "消费者权益保护法"),
        ("南京市渔获交易管理办法第五条", "南京市渔获交易管理办法"),
        ("南京渔获交易办法第五条", "南京渔获交易办法"),
        ("渔业管理办法第五条", "渔业管理办法"),
        ("《云泽湖泊保护条例实施细则》第三条", "云泽湖泊保护条例实施细则"),
        ("湖泊旅遊條例第三條", "湖泊旅遊條例"),
        ("Article 9 of the Food Safety Law", "Food Safety Law"),
        ("the Bankruptcy Act, section 2, article 5", "Bankruptcy Act"),
    ],
)
def test_another_texts_article_is_named_as_not_held(second_corpus: Corpus, text: str, name: str) -> None:
    found = read_references(text, second_corpus)
    assert (found.ids, found.not_held) == ((), (name,))


@pytest.mark.parametrize(
    "text", ["本条例第七条", "该条例第七条", "这个条例的第七条", "条例第七条", "article 7 of the law"]
)
def test_a_text_that_is_only_pointed_at_is_ours(second_corpus: Corpus, text: str) -> None:
    found = read_references(text, second_corpus)
    assert (found.ids, found.not_held) == ((f"{LAW}:7",), ())


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("根据云渔发〔2021〕9号，货款几天结清", "根据，货款几天结清"),
        ("云渔发﹝2021﹞ 9 号里货款几天结清", "里货款几天结清"),
        ("云渔发 2021 年第 9 号 货款几天结清", " 货款几天结清"),
        ("《云泽渔获交易管理办法》 货款几天结清", " 货款几天结清"),
        ("云泽渔政局关于印发《云泽渔获交易管理办法》的通知：货款几天结清", "：货款几天结清"),
    ],
)
def test_a_document_named_is_the_scope_and_its_words_can_leave_the_question(
    second_corpus: Corpus, text: str, rest: str
) -> None:
    found = read_references(text, second_corpus)
    assert found.documents == (NOTICE,)
    [(start, end)] = found.spans
    assert text[:start] + text[end:] == rest


@pytest.mark.parametrize(
    ("text", "absent"), [("第99条", "99"), ("clause 99", "99"), ("7.9", "7.9"), ("第一百条", "100")]
)
def test_a_number_that_no_clause_has_is_absent(corpus: Corpus, text: str, absent: str) -> None:
    found = read_references(text, corpus)
    assert (found.ids, found.absent) == ((), (absent,))


def test_parts_of_one_clause_are_read_by_number_alone(corpus: Corpus) -> None:
    clause = corpus.clause("anhui-2023-4:1.3")
    assert read_parts("第二点和第四点讲什么", clause) == ("anhui-2023-4:1.3.2", "anhui-2023-4:1.3.4")
    assert read_parts("第一、三点", clause) == ("anhui-2023-4:1.3.1", "anhui-2023-4:1.3.3")
    assert read_parts("第九点", clause) == ()


def test_ids_are_seen_whether_a_clause_has_them_or_not(second_corpus: Corpus) -> None:
    assert contains_id("看 NOTICE_fish-9:77", second_corpus)
    assert not contains_id("时间: 3:15", second_corpus)


@given(
    st.text(st.sampled_from("第一二十1３条款项点、（）(). 附件之《》〔2023〕号法例article case:云泽渔发"), max_size=80)
)
def test_any_text_is_read_and_spans_lie_inside_it(second_corpus: Corpus, text: str) -> None:
    found = read_references(text, second_corpus)
    assert all(0 <= start < end <= len(text) for start, end in found.spans)
    assert all(second_corpus.find(id_) for id_ in found.ids)


HOSTILE = (
    "十", "百千", "1", "(1)", "第1条", "第", "（一）", "一、", "1.1.", "附件1", "《", "》", "〔2023〕",
    "国发〔2023〕4号", "条例第1条", "一是", "第一点和", ":", "1条 ", "66条", " ",
    "case 1 (1)", "article ", "law ", "合肥 (1) ", "“",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_reading_takes_time_in_proportion_to_the_text(corpus: Corpus, piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        times = []
        for _ in range(3):
            begin = time.process_time()
            read_references(text, corpus)
            times.append(time.process_time() - begin)
        return min(times)

    read_references(piece, corpus)  # tables are built once
    short, long = seconds(4_000), seconds(16_000)
    assert long < 0.05 or long < 8 * short  # four times the text; were it quadratic, sixteen times the work


def test_the_clauses_are_walked_once_for_a_corpus_and_not_for_a_question() -> None:
    steps = count()

    class Counted(tuple[Clause, ...]):
        __slots__ = ()

        def __iter__(self) -> Iterator[Clause]:
            next(steps)
            return super().__iter__()

    clauses = Counted(
        Clause(f"d:{n}", "d", f"第{n}条", "甲", (), "甲。", 0, 2, numbers=(HeadingNumber(NumberingStyle.ARTICLE, n),))
        for n in range(1, 2000)
    )
    corpus = Corpus((Document("d", "某地样本条例", "甲。"),), clauses)
    assert read_references("第1999条", corpus).ids == ("d:1999",)
    before = next(steps)
    for n in range(1, 50):
        assert read_references(f"第{n}条讲什么", corpus).ids == (f"d:{n}",)
    assert next(steps) == before + 1


def test_a_number_that_fits_several_documents_is_ambiguous_until_somebody_chooses(second_corpus: Corpus) -> None:
    every = (f"{LAW}:4", f"{NOTICE}:4", "notice_Points-3:4")
    found = read_references("第四条", second_corpus)
    assert (found.ids, found.ambiguous) == ((), every)
    assert read_references("第四条", second_corpus, choose=lambda candidates: candidates).ids == every
