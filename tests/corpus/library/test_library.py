"""The library: documents come in whole and go whole, and a failure leaves it as it was."""

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import DocumentError, InputError, NotFoundError
from corpus.library import library as library_module
from corpus.library.library import Library
from corpus.library.place import documents_folder
from corpus.library.preview import Upload, preview
from corpus.library.view import preview_view
from corpus.library.writing import write
from corpus.load import SHIPPED
from corpus.readers.folder import DocumentFile
from corpus.readers.source import Source
from corpus.reading import ReadDocument, read_document_of
from corpus.records.services import PROFILE
from tests.corpus.readers.office_files import typed_docx

TEXT = """云泽市湖岸停车管理办法

云政发〔2024〕3号

第一条 湖岸停车位按小时收费，每小时五元。
第二条 下列车辆不收费：
（一）残疾人专用车；
（二）执行任务的救护车。
第三条 本办法自2024年6月1日起施行。
"""
BROKEN = TEXT.replace("第二条", "第二 则条")  # a number that nobody can read
RECORD = """- clause: "1"
  name: 停车收费
  plain: 每小时五元。
  title_en: Parking fee
  gist_en: Five yuan an hour.
  ask: [停车多少钱, 停车费, 停一小时几块, 收费吗]
  ask_en: [parking fee, how much]
  keywords: [停车]
"""


def upload(name: str = "停车.docx", text: str = TEXT, facts: str | None = None) -> Upload:
    return Upload(name, typed_docx(text) if name.endswith("docx") else text.encode(), facts)


def state(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "LOCK"
    }


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library")


def test_before_anything_is_added_it_is_the_shipped_documents(library: Library) -> None:
    assert [read.document.id for read in library.load().documents] == ["anhui-2023-4", "harbin-66"]
    assert documents_folder(library.folder) is None


def test_a_document_comes_beside_the_shipped_ones_with_the_facts_of_its_text(library: Library) -> None:
    (seen,) = library.add([upload()])
    assert seen.read.document.id == "停车"
    loaded = library.load()
    assert [read.document.id for read in loaded.documents] == ["anhui-2023-4", "harbin-66", "停车"]
    assert loaded.failures == ()
    assert loaded.documents[2].document == seen.read.document
    home = library.folder / "documents" / "停车"
    assert sorted(path.name for path in home.iterdir()) == ["停车.docx", "停车.toml"]
    assert 'number = "云政发〔2024〕3号"' in (home / "停车.toml").read_text(encoding="utf-8")


def test_facts_that_are_given_are_kept_and_win(library: Library) -> None:
    library.add([upload(facts='title = "停车办法"\njurisdiction = ["东湾"]\n')])
    document = library.show("停车").read.document
    assert (document.title, document.jurisdiction, document.number) == ("停车办法", ("东湾",), "云政发〔2024〕3号")


def test_records_come_along(library: Library) -> None:
    one = upload()
    library.add([Upload(one.name, one.data, None, RECORD.encode())])
    assert set(library.load().corpus.plain) >= {"停车:1"}


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (Upload("坏.docx", b"PK\x03\x04"), "坏.docx:1: "),
        (Upload("停车2.txt", TEXT.encode(), "title = "), "停车2.toml:1: "),
        (Upload("停车2.txt", TEXT.encode(), None, b"- clause: '9'\n"), "停车2.plain.yaml:1: "),
        (Upload("harbin-66.txt", TEXT.encode()), "--replace"),
        (Upload("停车.txt", TEXT.encode()), "two files have the id"),
        (Upload("..", TEXT.encode()), "rename the file"),
        (Upload(".a.txt", TEXT.encode()), "rename the file"),
        (Upload("长" * 70 + ".txt", TEXT.encode()), "rename the file"),
    ],
)
def test_one_that_is_wrong_keeps_all_out(library: Library, bad: Upload, told: str) -> None:
    library.add([upload("早.txt")])
    before = state(library.folder)
    with pytest.raises(DocumentError) as caught:
        library.add([upload(), bad])
    assert told in str(caught.value)
    assert state(library.folder) == before


def test_a_name_out_of_the_folder_is_a_name_inside_it(library: Library) -> None:
    library.add([Upload(r"C:\文件\..\停车.txt", TEXT.encode()), Upload("../../湖.txt", BROKEN.encode())], go_on=True)
    assert {path.name for path in (library.folder / "documents").iterdir()} >= {"停车", "湖"}


def test_an_address_that_is_surely_wrong_keeps_a_document_out_unless_told_to_go_on(library: Library) -> None:
    with pytest.raises(DocumentError, match=r"停车\.txt:9: .*第二 则条"):
        library.add([upload("停车.txt", BROKEN)])
    (seen,) = library.add([upload("停车.txt", BROKEN)], go_on=True)
    assert len(seen.errors) == 1


def test_all_that_is_wrong_is_told_at_once(library: Library) -> None:
    with pytest.raises(DocumentError) as caught:
        library.add([Upload("a.docx", b"PK\x03\x04"), Upload("b.pdf", b"")])
    assert [line.split(":")[0] for line in str(caught.value).split("\n")] == ["a.docx", "b.pdf"]


def test_a_document_makes_way_for_its_next_version_only_when_told(library: Library) -> None:
    library.add([upload()])
    library.add([upload("停车.txt", TEXT.replace("五元", "八元"))], replace=True)
    home = library.folder / "documents" / "停车"
    assert sorted(path.name for path in home.iterdir()) == ["停车.toml", "停车.txt"]
    assert "八元" in library.show("停车").read.document.text
    assert [path.name for path in (library.folder / "documents").glob(".*")] == []


@pytest.mark.parametrize("step", range(1, 9))
def test_a_disk_that_fails_at_any_step_leaves_the_library_as_it_was(
    library: Library, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    library.add([upload()])
    before = state(library.folder)
    steps = iter(range(1, 100))

    def failing(original: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object) -> object:
            if next(steps) == step:
                raise OSError(28, "No space left on device")
            return original(*arguments)

        return call

    with monkeypatch.context() as patched:
        patched.setattr(library_module, "write", failing(write))  # four of them
        patched.setattr(Path, "rename", failing(Path.rename))  # .new → 湖, 停车 → .old, .new → 停车
        if step <= 7:
            with pytest.raises(InputError, match="POLICYQA_LIBRARY"):
                library.add([upload("湖.txt"), upload("停车.txt")], replace=True)
            assert state(library.folder) == before
        else:
            assert len(library.add([upload("湖.txt"), upload("停车.txt")], replace=True)) == 2
    assert list((library.folder / "documents").glob(".*")) == []


def test_what_a_crash_has_left_is_put_right_by_the_next_change(library: Library) -> None:
    library.add([upload(), upload("湖.txt")])
    documents = library.folder / "documents"
    (documents / "停车").rename(documents / ".old-停车")
    (documents / ".new-0").mkdir()
    assert [read.document.id for read in library.load().documents][2:] == ["湖"]
    library.remove("湖")
    assert [read.document.id for read in library.load().documents][2:] == ["停车"]
    assert list(documents.glob(".*")) == []


def test_a_removed_document_is_gone_and_the_last_one_too(library: Library) -> None:
    for id_ in ("anhui-2023-4", "harbin-66"):
        library.remove(id_)
    assert library.load().documents == ()
    with pytest.raises(NotFoundError, match="documents list"):
        library.remove("harbin-66")


@pytest.mark.parametrize("id_", ["", ".", "..", "../documents", "/", "a/b", ".new-0"])
def test_only_a_document_can_be_removed(library: Library, id_: str) -> None:
    library.add([upload()])
    before = state(library.folder)
    with pytest.raises(NotFoundError):
        library.remove(id_)
    assert state(library.folder) == before


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="POLICYQA_LIBRARY"):
        Library(tmp_path / "file" / "library").add([upload()])


def test_a_preview_tells_facts_clauses_parts_and_what_is_in_none(library: Library) -> None:
    seen = preview(upload(), [read.document for read in library.load().documents])
    view = preview_view(seen)
    assert (view["id"], view["format"], view["title"]) == ("停车", "docx", "云泽市湖岸停车管理办法")
    facts = {fact["key"]: fact for fact in view["facts"]}
    assert (facts["number"]["value"], facts["number"]["origin"], facts["number"]["used"]) == (
        "云政发〔2024〕3号",
        "text",
        True,
    )
    text = seen.read.document.text
    for fact in view["facts"]:
        assert fact["start"] is None or text[fact["start"] : fact["end"]] == fact["evidence"]
    assert [(clause["id"], len(clause["parts"])) for clause in view["clauses"]] == [
        ("停车:1", 0),
        ("停车:2", 2),
        ("停车:3", 0),
    ]
    assert 0.5 < view["coverage"] < 1
    assert [one["text"].split("\n")[0] for one in view["outside"]] == ["云泽市湖岸停车管理办法"]
    assert (view["errors"], view["versions"], view["unplaced"]) == ([], [], [])


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        (None, ["title", "jurisdiction", "issuer"]),
        ('title = "停车"\njurisdiction = ["东湾"]\n', ["issuer"]),
        ('unknown = ["jurisdiction", "issuer"]\n', ["title"]),
    ],
)
def test_facts_that_every_document_has_are_reminded_of(facts: str | None, missing: list[str]) -> None:
    seen = preview(upload("清单.txt", "第一条 每小时五元。\n第二条 每天三十元。\n", facts))
    assert preview_view(seen)["missing"] == missing
    assert len(seen.warnings) == len(missing)
    assert seen.errors == ()


def test_only_what_has_changed_is_read_again(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def counting(file: DocumentFile, source: Source) -> ReadDocument:
        read.append(file.path.stem)
        return read_document_of(file, source)

    monkeypatch.setattr("corpus.load.read_document_of", counting)
    for number in range(5):
        library.add([upload(f"停车{number}.txt")])
    library.load()
    assert sorted(read[:2]) == ["anhui-2023-4", "harbin-66"]  # the shipped ones, and again as copies of the library
    assert sorted(read[2:]) == ["anhui-2023-4", "harbin-66", *(f"停车{number}" for number in range(5))]
    (library.folder / "documents" / "停车3" / "停车3.toml").write_text('title = "新"\n', encoding="utf-8")
    assert {one.document.id: one.document.title for one in library.load().documents}["停车3"] == "新"
    assert read[9:] == ["停车3"]
    library.remove("停车3")
    assert "停车3" not in [one.document.id for one in library.load().documents]
    assert len(read) == 10


def test_a_fact_that_is_written_down_stands_before_what_the_text_states() -> None:
    facts = [one for one in preview_view(preview(upload(facts='title = "停车"\n')))["facts"] if one["key"] == "title"]
    assert [(one["value"], one["origin"], one["used"]) for one in facts] == [
        ("停车", "toml", True),
        ("云泽市湖岸停车管理办法", "text", False),
    ]


def test_a_file_of_the_same_text_is_named_as_a_version(library: Library) -> None:
    library.add([upload()])
    (seen,) = library.add([upload("停车新.txt")])
    assert [str(one.likeness) for one in seen.versions] == ["text"]


def test_a_library_has_questions_of_its_own_from_the_first_change_on(library: Library) -> None:
    profile = library.folder / "documents" / PROFILE
    library.add([upload()])
    assert profile.read_bytes() == (SHIPPED / PROFILE).read_bytes()
    profile.write_text("- {ask: lives, question: 住吗, question_en: 'Living?', yes_no: true}\n", encoding="utf-8")
    library.remove("停车")
    assert [one.key for one in library.profile()] == ["lives"]


def test_no_document_takes_the_name_of_the_folder_of_records(library: Library) -> None:
    for name in ("records.txt", "Records.docx"):
        with pytest.raises(DocumentError, match="rename the file"):
            library.add([upload(name)])
