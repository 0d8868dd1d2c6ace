"""Questions paired with the articles that their answers cite."""

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from index.encoder.training.citations import FILES, cited, load_articles, write_cited
from index.encoder.training.sources import PASSAGE_CHARACTERS, Row, read_rows

CODE, TAX = "中华人民共和国民法典", "中华人民共和国契税法(2020年)"


def article(law: str, number: str, text: str = "") -> Row:
    return {"law": law, "article": number, "text": text or f"{law}{number}之文"}


ARTICLES = [
    article(CODE, "第五条"),
    article(CODE, "第六条"),
    article(CODE, "第五十四条"),
    article(CODE, "第五十四条之一"),
    article(CODE, "第一千零九条"),
    article(TAX, "第五条"),
]


def write(folder: Path, files: Mapping[str, Sequence[Row]]) -> None:
    for name in ("laws_articles", *FILES):
        with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as lines:
            lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in files.get(name, []))


def names(answer: str, folder: Path) -> list[str]:
    write(folder, {"laws_articles": ARTICLES})
    return [row["law"] + row["article"] for row in cited(answer, load_articles(folder))]


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("依据《中华人民共和国民法典》第五十四条办理。", [CODE + "第五十四条"]),
        ("见《民法典》第五条。", [CODE + "第五条"]),
        ("见《民法典》的第一千零九条。", [CODE + "第一千零九条"]),
        ("见《民法典》（2020年）第六条。", [CODE + "第六条"]),
        ("见《民法典(草案)》第六条。", [CODE + "第六条"]),
        ("见《民法典》第五条、第六条和第五十四条。", [CODE + "第五条", CODE + "第六条", CODE + "第五十四条"]),
        ("见《民法典》第五条第二款、第六条第一项。", [CODE + "第五条", CODE + "第六条"]),
        ("见《民法典》第五十四条之一。", [CODE + "第五十四条之一"]),
        ("见《契税法》第五条，《民法典》第五条。", [TAX + "第五条", CODE + "第五条"]),
        ("见《中华人民共和国契税法(2020年)》第五条。", [TAX + "第五条"]),
        ("见《民法典》第五条。另见第六条。", [CODE + "第五条"]),
    ],
)
def test_an_article_is_known_by_law_and_number(tmp_path: Path, answer: str, found: list[str]) -> None:
    assert names(answer, tmp_path) == found


@pytest.mark.parametrize(
    "answer", ["", "见第五条。", "见《民法典》。", "见《刑法》第五条。", "见《民法典》第九百条。", "民法典第五条"]
)
def test_without_a_known_law_and_article_nothing_is_cited(tmp_path: Path, answer: str) -> None:
    assert names(answer, tmp_path) == []


def test_the_first_law_of_a_short_name_keeps_it_and_a_full_name_is_its_own(tmp_path: Path) -> None:
    old, new = "公司法(旧)", "公司法(新)"
    write(tmp_path, {"laws_articles": [article(old, "第一条"), article(new, "第一条"), article(new, "第二条")]})
    laws = load_articles(tmp_path)
    assert laws["公司法"] == laws[old] == {"第一条": article(old, "第一条")}
    assert list(laws[new]) == ["第一条", "第二条"]


def test_every_cited_article_is_paired_with_its_question_once(tmp_path: Path) -> None:
    answers = {
        "lecoqa_train": [
            {"q": "合同怎么签", "p": "见《民法典》第五条和第六条，再见《民法典》第五条。"},
            {"q": "天气", "p": "晴"},
        ],
        "policy_faq_qa": [{"q": "合同怎么签", "p": "《民法典》第六条"}, {"q": "契税多少", "p": "《契税法》第五条"}],
    }
    write(tmp_path, {"laws_articles": ARTICLES, **answers})
    output = tmp_path / "cited.jsonl.gz"
    assert write_cited(tmp_path, output) == 3
    assert list(read_rows(output)) == [
        {"q": "合同怎么签", "p": f"{CODE}第五条 {CODE}第五条之文"},
        {"q": "合同怎么签", "p": f"{CODE}第六条 {CODE}第六条之文"},
        {"q": "契税多少", "p": f"{TAX}第五条 {TAX}第五条之文"},
    ]


@pytest.mark.parametrize("file", FILES)
def test_every_file_of_answers_is_read(tmp_path: Path, file: str) -> None:
    write(tmp_path, {"laws_articles": ARTICLES, file: [{"q": "问", "p": "《民法典》第五条"}]})
    output = tmp_path / "cited.jsonl.gz"
    assert write_cited(tmp_path, output) == 1
    assert [row["q"] for row in read_rows(output)] == ["问"]


def test_long_questions_and_articles_are_cut(tmp_path: Path) -> None:
    rows = [article(CODE, "第五条", "文" * 1000)]
    write(tmp_path, {"laws_articles": rows, "lawbench_qa": [{"q": "问" * 1000, "p": "《民法典》第五条"}]})
    output = tmp_path / "cited.jsonl.gz"
    assert write_cited(tmp_path, output) == 1
    [pair] = read_rows(output)
    assert pair["q"] == "问" * 300
    assert len(pair["p"]) == PASSAGE_CHARACTERS
