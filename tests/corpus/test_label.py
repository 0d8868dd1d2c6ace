"""Laws of labels: what they say, that no two are equal, and that each leads back to its clause or part."""

from pathlib import Path

import pytest

from corpus.addresses.references import read_references
from corpus.clause import Clause, Document, Part
from corpus.corpus import Corpus
from corpus.label import label, number_in
from corpus.load import load_folder

GOLDEN = Path(__file__).parent / "parser" / "golden"


@pytest.fixture(scope="module", params=["shipped", "golden", "second"])
def some_corpus(request: pytest.FixtureRequest, corpus: Corpus, second_corpus: Corpus) -> Corpus:
    return {"shipped": corpus, "second": second_corpus}.get(request.param) or load_folder(GOLDEN).corpus


def all_places(corpus: Corpus) -> list[tuple[Document, Clause, Part | None]]:
    """Every clause and every part."""
    return [
        (corpus.document(clause.document_id), clause, part)
        for clause in corpus.clauses
        for part in (None, *clause.all_parts())
    ]


def _labels(corpus: Corpus, id_: str) -> tuple[str, str]:
    """The label of a clause or part, Chinese and English."""
    clause, part = corpus.find(id_)
    document = corpus.document(clause.document_id)
    return label(document, clause, part), label(document, clause, part, "en")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_label_leads_back_to_exactly_its_clause_or_part(some_corpus: Corpus, language: str) -> None:
    for document, clause, part in all_places(some_corpus):
        written = label(document, clause, part, language)
        assert read_references(written, some_corpus).ids == (part.id if part else clause.id,), written


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_two_clauses_or_parts_share_a_label(some_corpus: Corpus, language: str) -> None:
    labels = [label(*place, language) for place in all_places(some_corpus)]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize(
    ("id_", "chinese", "english"),
    [
        (
            "harbin-66:33",
            "《哈尔滨市优化营商环境改革措施66条》第三十三条（七、提高税务服务满意度）",
            "Harbin's 66 Reform Measures for a Better Business Environment, clause 33",
        ),
        (
            "anhui-2023-4:1.3.4",
            "皖营商环境办〔2023〕4号 典型案例 一、（三）四是",
            "Anhui Notice No. 4 of 2023 on Replicating Business-Environment Reforms, case 1 (3), point 4",
        ),
        (
            "anhui-2023-4:3.2",
            "皖营商环境办〔2023〕4号 典型案例 三、（二）（芜湖）",
            "Anhui Notice No. 4 of 2023 on Replicating Business-Environment Reforms, case 3 (2) (Wuhu)",
        ),
        (
            "anhui-2023-4:0.2",
            "皖营商环境办〔2023〕4号 通知 二、",
            "Anhui Notice No. 4 of 2023 on Replicating Business-Environment Reforms, covering text, clause 2",
        ),
    ],
)
def test_a_label_of_a_shipped_text_reads_as_people_cite_it(
    corpus: Corpus, id_: str, chinese: str, english: str
) -> None:
    assert _labels(corpus, id_) == (chinese, english)


@pytest.mark.parametrize(
    ("id_", "chinese", "english"),
    [
        ("Yunze_Lake 湖泊条例:2.2", "第二条第二款（第一章 总 则）", "Article 2, paragraph 2"),
        ("Yunze_Lake 湖泊条例:3.1.2", "第三条第一款（二）项（第一章 总 则）", "Article 3, paragraph 1, item (2)"),
        (
            "Yunze_Lake 湖泊条例:3.1.2.1",
            "第三条第一款（二）项第1目（第一章 总 则）",
            "Article 3, paragraph 1, item (2), sub-item 1",
        ),
        ("Yunze_Lake 湖泊条例:7.3", "第七条（三）项（第二章 捕 捞）", "Article 7, item (3)"),
        ("Yunze_Lake 湖泊条例:8.2.1", "第八条第二款一是（第三章 监 督）", "Article 8, paragraph 2, point 1"),
        ("Yunze_Lake 湖泊条例:10-1", "第十条之一（第三章 监 督）", "Article 10-1"),
    ],
)
def test_parts_of_a_law_are_cited_as_printed_and_a_law_without_english_by_its_title(
    second_corpus: Corpus, id_: str, chinese: str, english: str
) -> None:
    assert _labels(second_corpus, id_) == (f"《云泽湖泊保护条例》{chinese}", f"《云泽湖泊保护条例》, {english}")


@pytest.mark.parametrize(
    ("id_", "chinese", "english"),
    [
        ("notice_Fish-9:5", "第五条", "Article 5"),
        ("notice_Fish-9:0.1.1", "通知 一、一是", "covering text, clause 1, point 1"),
        ("notice_Fish-9:0.1.1~2", "通知 一、一是（第二处）", "covering text, clause 1, point 1 (occurrence 2)"),
        ("notice_Fish-9:a1.2", "附件1 第二条", "Attachment 1, Article 2"),
        ("notice_Fish-9:a2.p1", "附件2 第一段", "Attachment 2, unnumbered paragraph 1"),
    ],
)
def test_rows_attachments_and_the_enclosed_text_are_told_apart(
    second_corpus: Corpus, id_: str, chinese: str, english: str
) -> None:
    notice = "Yunze Notice No. 9 of 2021 on Trading the Catch"
    assert _labels(second_corpus, id_) == (f"云渔发〔2021〕9号 {chinese}", f"{notice}, {english}")


@pytest.mark.parametrize(
    ("id_", "chinese", "english"),
    [
        (
            "notice_Points-3:3",
            "云户发〔2022〕3号 第三条",
            "Yunze Notice No. 3 of 2022 on Points for Settling, Article 3",
        ),
        (
            "notice_Points-3:a1.r2",
            "云户发〔2022〕3号 附件1 第二行",
            "Yunze Notice No. 3 of 2022 on Points for Settling, Attachment 1, row 2",
        ),
        (
            "guide_Shore:p2.1",
            "《云泽岸线办事指南》第二段「受理条件」",
            "《云泽岸线办事指南》, unnumbered paragraph 2, field 「受理条件」",
        ),
        (
            "guide_Stalls:1~3",
            "《云泽船坞办理须知》一、（第三处）（应交图纸）",
            "《云泽船坞办理须知》, clause 1 (occurrence 3)",
        ),
    ],
)
def test_rows_fields_and_clauses_below_headings_without_numbers_have_labels(
    second_corpus: Corpus, id_: str, chinese: str, english: str
) -> None:
    assert _labels(second_corpus, id_) == (chinese, english)


def test_a_row_of_a_table_of_articles_is_cited_by_its_title() -> None:
    document = Document("r1", "某法第三条", "内容。")
    clause = Clause("r1", "r1", "某法第三条", "某法第三条", ("某法",), "内容。", 0, 3)
    assert label(document, clause) == "《某法第三条》"
    assert label(document, clause, language="en") == "《某法第三条》"
    assert read_references("某法第三条讲什么", Corpus((document,), (clause,))).ids == ("r1",)


def test_a_number_alone_leaves_the_document_out(corpus: Corpus, second_corpus: Corpus) -> None:
    for held, id_, zh, en in (
        (corpus, "harbin-66:26", "第二十六条", "clause 26"),
        (corpus, "anhui-2023-4:1.3", "典型案例 一、（三）", "case 1 (3)"),
        (second_corpus, "guide_Stalls:1~2", "一、（第二处）", "clause 1 (occurrence 2)"),
    ):
        clause = held.clause(id_)
        document = held.document(clause.document_id)
        assert (number_in(document, clause, "zh"), number_in(document, clause, "en")) == (zh, en)
