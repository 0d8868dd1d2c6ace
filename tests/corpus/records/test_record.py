"""Laws of the plain-language records: what a file gives, and how each fault is named."""

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.clause import Clause, Part
from corpus.corpus import Corpus
from corpus.errors import DocumentError
from corpus.load import load_corpus
from corpus.records.record import PlainRecord, read_records
from tests.corpus.records.says import assert_says

CLAUSES = (
    Clause("d:1", "d", "一、", "贷款", (), "一、贷款。", 0, 5),
    Clause(
        "d:2.10", "d", "二、", "退休", (), "一是申请。二是领证。", 5, 15,
        parts=(Part("d:2.10.1", "一是", "一是申请。", 5, 10), Part("d:2.10.2", "二是", "二是领证。", 10, 15)),
    ),
)  # fmt: skip
GOOD = """\
# what a clerk wrote

- clause: "1"
  name: 第一次贷款
  plain: 没贷过款的小店也能贷到款
  title_en: First loans
  gist_en: "Small shops: a first loan"
  ask: [怎么贷款, 能贷吗]
  ask_en:
    - how do I get a loan
  keywords:
    - 借钱
- clause: 2.10
  name: 退休
  plain: 退休证网上领
  title_en: Retirement
  gist_en: The certificate is online
  ask: []
  ask_en: []
  keywords: []
  parts:
    2:
      name: 领证
      plain: 证在网上打印
      title_en: Printing
      gist_en: It is printed at home
      ask: [证在哪打印]
      ask_en: [where do I print it]
      keywords: [打印, 证]
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "d.plain.yaml"


def read(path: Path, text: str) -> dict[str, PlainRecord]:
    path.write_text(text, encoding="utf-8")
    return read_records(path, "d", CLAUSES)


def test_a_good_file_gives_its_records_in_file_order(path: Path) -> None:
    assert list(read(path, GOOD).values()) == [
        PlainRecord(
            "d:1",
            "第一次贷款",
            "没贷过款的小店也能贷到款",
            "First loans",
            "Small shops: a first loan",
            ("怎么贷款", "能贷吗"),
            ("how do I get a loan",),
            ("借钱",),
            3,
        ),
        PlainRecord("d:2.10", "退休", "退休证网上领", "Retirement", "The certificate is online", (), (), (), 13),
        PlainRecord(
            "d:2.10.2",
            "领证",
            "证在网上打印",
            "Printing",
            "It is printed at home",
            ("证在哪打印",),
            ("where do I print it",),
            ("打印", "证"),
            23,
        ),
    ]


def test_records_are_keyed_by_the_id_of_their_clause_or_part(path: Path) -> None:
    assert {key: record.id for key, record in read(path, GOOD).items()} == {
        key: key for key in ("d:1", "d:2.10", "d:2.10.2")
    }


def test_every_text_of_a_record_comes_with_its_field(path: Path) -> None:
    assert list(read(path, GOOD)["d:2.10.2"].lines()) == [
        ("name", "领证"),
        ("plain", "证在网上打印"),
        ("title_en", "Printing"),
        ("gist_en", "It is printed at home"),
        ("ask", "证在哪打印"),
        ("ask_en", "where do I print it"),
        ("keywords", "打印"),
        ("keywords", "证"),
    ]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "[]\n"])
def test_a_file_without_records_gives_none(path: Path, text: str) -> None:
    assert read(path, text) == {}


@pytest.mark.parametrize(
    ("old", "new", "line", "problem"),
    [
        ("[怎么贷款, 能贷吗]", "[怎么贷款", 9, "not YAML"),
        ("name: 第一次贷款", "name: *nobody", 4, "not YAML (found undefined alias"),
        ("  title_en: First loans", "  title: First loans", 6, "the key 'title' is unknown"),
        ("      title_en: Printing", "      clause: Printing", 25, "the key 'clause' is unknown"),
        ("  title_en: First loans\n", "", 3, "the key 'title_en' is missing"),
        ("      keywords: [打印, 证]\n", "", 23, "the key 'keywords' is missing"),
        ('- clause: "1"\n  name', "- name", 3, "the key 'clause' is missing"),
        ("  title_en: First loans", "  name: 贷款", 6, "the key 'name' comes twice"),
        ('clause: "1"', 'clause: "3"', 3, "there is no clause d:3"),
        ("clause: 2.10", "clause: 2.1", 13, "there is no clause d:2.1;"),
        ("    2:\n", "    3:\n", 23, "clause d:2.10 has no part 3"),
        ("clause: 2.10", 'clause: "1"', 23, "clause d:1 has no part 2"),
        ("name: 第一次贷款", "name:", 4, "a text is expected"),
        ("name: 第一次贷款", 'name: " "', 4, "a text is expected"),
        ("    - 借钱", "    -", 12, "a text is expected"),
        ("ask: [怎么贷款, 能贷吗]", 'ask: [怎么贷款, ""]', 8, "a text is expected"),
        ("name: 第一次贷款", "name: [第一次, 贷款]", 4, "a text is expected"),
        ("plain: 没贷过款的小店也能贷到款", "plain: 小店: 也能贷到款", 5, "not YAML"),
        ("ask: [怎么贷款, 能贷吗]", "ask: 怎么贷款", 8, "a list is expected"),
        ("ask: [怎么贷款, 能贷吗]", "ask: {怎么: 贷款}", 8, "a list is expected"),
        ("ask: [怎么贷款, 能贷吗]", "ask: [[怎么贷款]]", 8, "a text is expected"),
        ('- clause: "1"', '- 贷款\n- clause: "1"', 3, "`key: value` lines are expected"),
        ("  name: 退休\n", "  name: 退休\n  ? [退休]\n  : 证\n", 15, "a text is expected"),
    ],
)
def test_a_fault_is_refused_with_file_and_line(path: Path, old: str, new: str, line: int, problem: str) -> None:
    assert GOOD.count(old) == 1
    with pytest.raises(DocumentError) as caught:
        read(path, GOOD.replace(old, new))
    assert_says(caught.value, f"{path}:{line}: ", problem)


def test_a_clause_that_comes_twice_is_refused_at_its_second_record(path: Path) -> None:
    first = GOOD.partition("- clause: 2.10")[0]
    again = first.partition("\n\n")[2]
    with pytest.raises(DocumentError) as caught:
        read(path, first + again)
    assert_says(caught.value, f"{path}:13: ", "d:1 comes twice")


def test_a_part_that_comes_twice_is_refused_at_its_second_record(path: Path) -> None:
    part = GOOD.partition("  parts:\n")[2]
    with pytest.raises(DocumentError) as caught:
        read(path, GOOD + part)
    assert_says(caught.value, f"{path}:30: ", "the key '2' comes twice")


@pytest.mark.parametrize("parts", ["领证", "[领证]", "{2: 领证}"])
def test_parts_are_records_by_number(path: Path, parts: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read(path, GOOD.partition("  parts:\n")[0] + f"  parts: {parts}\n")
    assert_says(caught.value, f"{path}:21: ", "`key: value` lines are expected")


@pytest.mark.parametrize("root", ["clause: 1", "一句话"])
def test_a_file_is_a_list_of_records(path: Path, root: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read(path, root)
    assert_says(caught.value, f"{path}:1: ", "a list is expected")


def test_a_file_in_another_encoding_is_refused(path: Path) -> None:
    path.write_bytes(GOOD.encode("gb18030"))
    with pytest.raises(DocumentError) as caught:
        read_records(path, "d", CLAUSES)
    assert_says(caught.value, f"{path}:1: ", "cannot be read")


TEXT = "某市人民政府\n关于服务的通知\n\n一、贷款。\n二、退休。\n三、开店。\n"
RECORD = GOOD.partition("- clause: 2.10")[0]


def test_records_beside_a_text_come_with_the_corpus(tmp_path: Path) -> None:
    (tmp_path / "d.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "d.plain.yaml").write_text(RECORD, encoding="utf-8")
    corpus = load_corpus(tmp_path)
    assert [clause.id for clause in corpus.clauses] == ["d:1", "d:2", "d:3"]
    assert {key: record.name for key, record in corpus.plain.items()} == {"d:1": "第一次贷款"}
    assert corpus.clauses_with_records == (corpus.clause("d:1"),)


def test_a_text_without_records_has_nothing_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / "d.txt").write_text(TEXT, encoding="utf-8")
    corpus = load_corpus(tmp_path)
    assert corpus.plain == {}
    assert corpus.clauses_with_records == ()


def test_records_belong_to_the_text_of_their_name(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(TEXT, encoding="utf-8")
        (tmp_path / f"{name}.plain.yaml").write_text(RECORD.replace("第一次", name), encoding="utf-8")
    corpus = load_corpus(tmp_path)
    assert {key: record.name for key, record in corpus.plain.items()} == {"a:1": "a贷款", "b:1": "b贷款"}


def test_records_without_their_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    path = tmp_path / "d.plain.yaml"
    path.write_text(RECORD, encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        load_corpus(tmp_path)
    assert str(caught.value).startswith(f"{path}:1: ")
    assert "no d.txt beside it" in str(caught.value)


def test_a_record_of_a_part_puts_its_clause_into_plain_words(path: Path) -> None:
    records = read(path, GOOD)
    whole = Corpus((), CLAUSES, plain=records)
    assert whole.clauses_with_records == CLAUSES
    assert replace(whole, plain={"d:2.10.2": records["d:2.10.2"]}).clauses_with_records == CLAUSES[1:]
    assert replace(whole, plain={}).clauses_with_records == ()


def test_every_shipped_clause_has_a_record_of_its_own_or_of_a_part(corpus: Corpus) -> None:
    assert corpus.clauses_with_records == corpus.clauses
    assert all(corpus.find(key) for key in corpus.plain)
