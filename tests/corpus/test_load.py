"""Laws of the corpus: what the shipped texts hold, and how folders and rows are read."""

import hashlib
import os
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from corpus.errors import DocumentError, NotFoundError
from corpus.load import SHIPPED, load_corpus, load_folder, read_jsonl_corpus
from corpus.metadata import read_metadata
from corpus.readers.limits import MOST_BYTES, read_file
from tests.corpus.readers.office_files import typed_docx

RECEIVED = {
    "anhui-2023-4": "45ccc9830aa2b760e6893687122e34b41483222af30b8a6890f6c436506482d4",
    "harbin-66": "52b1f092e791bf0bb23ba64b5ee3cd5ff70232301f02d801f717941b5bcf9100",
}


def test_the_shipped_texts_hold_ninety_nine_clauses_and_no_irregularity() -> None:
    corpus = load_corpus()
    assert [document.id for document in corpus.documents] == ["anhui-2023-4", "harbin-66"]
    assert Counter(clause.document_id for clause in corpus.clauses) == {"anhui-2023-4": 33, "harbin-66": 66}
    assert corpus.diagnostics == ()


def test_harbin_has_eleven_chapters_and_sixty_six_measures() -> None:
    clauses = [clause for clause in load_corpus().clauses if clause.document_id == "harbin-66"]
    assert [clause.id for clause in clauses] == [f"harbin-66:{number}" for number in range(1, 67)]
    assert len({clause.path for clause in clauses}) == 11
    assert {clause.jurisdiction for clause in clauses} == {("哈尔滨",)}
    assert (clauses[25].number, clauses[25].title) == ("第二十六条", "创新建立金融顾问制度")


def test_anhui_has_four_notice_clauses_four_groups_of_cases_and_eighty_two_parts() -> None:
    clauses = [clause for clause in load_corpus().clauses if clause.document_id == "anhui-2023-4"]
    groups = {"0": 4, "1": 10, "2": 7, "3": 7, "4": 5}
    expected = [f"anhui-2023-4:{group}.{number + 1}" for group, count in groups.items() for number in range(count)]
    assert [clause.id for clause in clauses] == expected
    assert sum(len(clause.all_parts()) for clause in clauses) == 82


def test_anhui_cases_apply_where_their_group_and_heading_say() -> None:
    places = {clause.id.partition(":")[2]: clause.jurisdiction for clause in load_corpus().clauses}
    assert places["0.1"] == places["1.1"] == ("安徽",)
    assert places["1.2"] == ("安徽", "合肥")
    assert places["1.7"] == ("安徽", "芜湖")
    assert (places["2.1"], places["3.7"], places["4.5"]) == (("合肥",), ("芜湖",), ("滁州",))


def test_the_case_on_first_loans_is_cited_with_its_four_points() -> None:
    clause = load_corpus().clause("anhui-2023-4:1.3")
    assert clause.number == "典型案例 一、（三）"
    assert clause.title == "建立健全解决企业“首贷难”制度体系"
    assert [(part.id, part.number, part.text[:4]) for part in clause.all_parts()] == [
        ("anhui-2023-4:1.3.1", "一是", "一是建立"),
        ("anhui-2023-4:1.3.2", "二是", "二是线上"),
        ("anhui-2023-4:1.3.3", "三是", "三是加大"),
        ("anhui-2023-4:1.3.4", "四是", "四是创新"),
    ]


def test_every_clause_and_part_is_the_text_at_its_offsets() -> None:
    corpus = load_corpus()
    for clause in corpus.clauses:
        text = corpus.document(clause.document_id).text
        assert text[clause.start : clause.end] == clause.text
        assert all(text[part.start : part.end] == part.text for part in clause.all_parts())


def test_facts_the_sources_do_not_state_stay_unknown() -> None:
    harbin = load_corpus().document("harbin-66")
    assert (harbin.number, harbin.issuer, harbin.issued, harbin.status, harbin.source) == (None,) * 5
    anhui = load_corpus().document("anhui-2023-4")
    assert (anhui.number, anhui.issued) == ("皖营商环境办〔2023〕4号", date(2023, 10, 19))


@pytest.mark.parametrize(("name", "digest"), RECEIVED.items())
def test_the_received_bytes_are_kept(name: str, digest: str) -> None:
    assert hashlib.sha256((SHIPPED / f"{name}.txt").read_bytes()).hexdigest() == digest


def test_an_unknown_id_is_refused_by_name() -> None:
    corpus = load_corpus()
    with pytest.raises(NotFoundError, match="No document x;"):
        corpus.document("x")
    with pytest.raises(NotFoundError, match="No clause or part harbin-66:67;"):
        corpus.clause("harbin-66:67")


def test_a_text_without_facts_takes_the_title_it_prints(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("某市人民政府\n关于服务的通知\n\n一、甲。\n", encoding="utf-8")
    (document,) = load_corpus(tmp_path).documents
    assert (document.id, document.title) == ("a", "某市人民政府关于服务的通知")


def test_warnings_come_with_the_corpus(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("只有一段。\n", encoding="utf-8")
    corpus = load_corpus(tmp_path)
    assert [clause.id for clause in corpus.clauses] == ["a:p1"]
    assert corpus.diagnostics[0].file == str(tmp_path / "a.txt")


def test_facts_without_their_text_and_an_empty_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="no document here"):
        load_corpus(tmp_path)
    (tmp_path / "a.toml").write_text('title = "甲"\n', encoding="utf-8")
    with pytest.raises(DocumentError, match=r"a\.toml:1: .*no a\.txt beside it"):
        load_corpus(tmp_path)


def folder_with(tmp_path: Path, name: str, text: str = "某市办法\n第一条 甲。") -> Path:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_colon_in_a_file_name_becomes_a_dash_in_the_id(tmp_path: Path) -> None:
    corpus = load_corpus(folder_with(tmp_path, "某市:办法：2.txt"))
    assert [clause.id for clause in corpus.clauses] == ["某市-办法-2:1"]


def test_two_files_of_one_id_are_refused(tmp_path: Path) -> None:
    folder_with(tmp_path, "a:b.txt")
    with pytest.raises(DocumentError, match="the same id 'a-b'"):
        load_corpus(folder_with(tmp_path, "a-b.txt"))


def test_a_link_out_of_the_folder_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    folder_with(tmp_path, "secret.txt")
    (tmp_path / "texts" / "a.txt").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(DocumentError, match=r"a\.txt:1: .*a link out of its folder"):
        load_corpus(tmp_path / "texts")


def test_a_link_inside_the_folder_is_followed(tmp_path: Path) -> None:
    (folder_with(tmp_path, "a.txt") / "b.txt").symlink_to(tmp_path / "a.txt")
    assert [clause.id for clause in load_corpus(tmp_path).clauses] == ["a:1", "b:1"]


@pytest.mark.parametrize("name", ["a.txt", "a.toml", "a.plain.yaml"])
def test_a_pipe_is_refused_by_name_instead_of_waited_for(tmp_path: Path, name: str) -> None:
    if name != "a.txt":
        folder_with(tmp_path, "a.txt")
    os.mkfifo(tmp_path / name)
    with pytest.raises(DocumentError, match=rf"{re.escape(name)}:1: .*not an ordinary file"):
        load_corpus(tmp_path)


def test_a_device_is_refused_by_name() -> None:
    with pytest.raises(DocumentError, match="not an ordinary file"):
        read_file(Path("/dev/zero"))
    with pytest.raises(DocumentError, match="not an ordinary file"):
        read_jsonl_corpus(Path("/dev/zero"))


def test_a_file_beyond_the_limit_is_refused_by_name(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(DocumentError, match=r"a\.txt:1: .*more than 20 MB"):
        load_corpus(tmp_path)


@pytest.mark.parametrize("name", ["a.txt", "a.toml", "a.plain.yaml"])
@pytest.mark.parametrize("target", ["gone", "{name}"])
def test_a_link_to_nothing_is_refused_by_name(tmp_path: Path, name: str, target: str) -> None:
    if name != "a.txt":
        folder_with(tmp_path, "a.txt")
    (tmp_path / name).symlink_to(target.format(name=name))
    with pytest.raises(DocumentError, match=rf"{re.escape(name)}:1: .*(?:cannot be read|no a\.txt)"):
        load_corpus(tmp_path)


@pytest.mark.parametrize(("name", "text"), [("a.toml", "title = "), ("a.plain.yaml", "")])
def test_lists_in_lists_without_end_are_refused(tmp_path: Path, name: str, text: str) -> None:
    folder_with(folder_with(tmp_path, "a.txt"), name, text + "[" * 5_000)
    with pytest.raises(DocumentError, match=rf"{re.escape(name)}:1: .*lists too deep"):
        load_corpus(tmp_path)


def test_a_name_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xb9\xab.txt")).write_text("第一条 甲。", encoding="utf-8")
    with pytest.raises(DocumentError, match="is not UTF-8; rename"):
        load_corpus(tmp_path)


HTML = "<!DOCTYPE html><html><body><h1>某市办法</h1><p>第一条 甲乙丙丁。</p><p>第二条 戊己庚辛。</p></body></html>"


def test_a_folder_may_hold_every_format_in_sub_folders_and_any_case(tmp_path: Path) -> None:
    folder_with(tmp_path, "a.TXT")
    (tmp_path / "市" / "区").mkdir(parents=True)
    (tmp_path / "市" / "b.Html").write_text(HTML, encoding="utf-8")
    (tmp_path / "市" / "区" / "c.DOCX").write_bytes(typed_docx("某市办法\n第一条 甲。"))
    (tmp_path / "市" / "区" / "c.Toml").write_text('title = "丙办法"\n', encoding="utf-8")
    loaded = load_folder(tmp_path)
    assert [(read.document.id, read.clauses[0].id) for read in loaded.documents] == [
        ("a", "a:1"),
        ("b", "b:1"),
        ("c", "c:1"),
    ]
    assert loaded.documents[2].document.title == "丙办法"
    assert (loaded.failures, loaded.skipped) == ((), 0)
    assert 0 < loaded.coverage <= 1


def test_a_file_that_cannot_be_read_does_not_stop_the_others_and_all_are_named(tmp_path: Path) -> None:
    folder_with(tmp_path, "a.txt")
    (tmp_path / "b.docx").write_bytes(b"PK\x03\x04")
    (tmp_path / "c.pdf").write_bytes(b"")
    folder_with(folder_with(tmp_path, "d.txt"), "d.toml", "title = ")
    done: list[tuple[int, int]] = []
    loaded = load_folder(tmp_path, progress=lambda number, of: done.append((number, of)))
    assert [read.document.id for read in loaded.documents] == ["a"]
    assert [Path(str(one).partition(":")[0]).name for one in loaded.failures] == ["b.docx", "c.pdf", "d.toml"]
    assert sorted(done) == [(1, 4), (2, 4), (3, 4), (4, 4)]
    with pytest.raises(DocumentError) as caught:
        load_corpus(tmp_path)
    assert len(str(caught.value).split("\n")) == 3


def test_the_id_of_a_document_is_its_name_whatever_its_folder(tmp_path: Path) -> None:
    for place in ("甲", "乙"):
        (tmp_path / place).mkdir()
        folder_with(tmp_path / place, "办法.txt")
    loaded = load_folder(tmp_path)
    assert [read.document.id for read in loaded.documents] == ["办法"]
    (failure,) = loaded.failures
    assert all(str(tmp_path / place / "办法.txt") in str(failure) for place in ("甲", "乙"))
    assert "rename one of them" in str(failure)


def test_a_file_that_is_not_read_takes_no_id_from_one_that_is(tmp_path: Path) -> None:
    (folder_with(tmp_path, "a.txt") / "a.mp4").write_bytes(b"\x00\x01")
    loaded = load_folder(tmp_path)
    assert [read.document.id for read in loaded.documents] == ["a"]
    assert [str(one).partition(":")[0] for one in loaded.failures] == [str(tmp_path / "a.mp4")]


def test_a_text_that_the_parser_fails_on_is_a_failure_of_that_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr("corpus.reading.parse_outline", broken)
    (failure,) = load_folder(folder_with(tmp_path, "a.txt")).failures
    assert "report this" in str(failure)


def test_facts_that_the_text_states_are_used_and_what_the_toml_says_wins(tmp_path: Path) -> None:
    text = "云泽市停车办法\n云政发〔2024〕3号\n\n第一条 收费。\n第二条 本办法自2024年6月1日起施行，有效期五年。\n"
    folder_with(folder_with(tmp_path, "a.txt", text), "b.txt", text)
    folder_with(tmp_path, "b.toml", 'number = "另一号"\nexpires = 2027-01-01\n')
    first, second = (read.document for read in load_folder(tmp_path).documents)
    assert (first.number, first.effective, first.expires) == ("云政发〔2024〕3号", date(2024, 6, 1), date(2029, 5, 31))
    assert (second.number, second.effective, second.expires) == ("另一号", date(2024, 6, 1), date(2027, 1, 1))


def test_what_no_clause_holds_is_known(tmp_path: Path) -> None:
    (read,) = load_folder(folder_with(tmp_path, "a.txt")).documents
    text = read.document.text
    assert [text[start:end].strip() for start, end in read.outside] == ["某市办法"]
    assert read.coverage == 1 - len("某市办法") / len("".join(text.split()))


def test_the_shipped_texts_keep_every_fact_of_theirs_and_take_none_from_their_words() -> None:
    for read in load_folder().documents:
        metadata = read_metadata(SHIPPED / f"{read.document.id}.toml")
        for name in ("title", "number", "issuer", "jurisdiction", "issued", "source", "title_en", "attachment_en"):
            assert getattr(read.document, name) == getattr(metadata, name)
