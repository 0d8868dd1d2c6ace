"""Laws of reading through LibreOffice: what it makes is read, and where it cannot help the error says what to do."""

import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from corpus.errors import DocumentError
from corpus.readers import office
from corpus.readers.office import read_office
from corpus.readers.source import LineKind
from tests.corpus.readers.office_files import paragraph, word_file

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NOTICE = "由 LibreOffice 转换后读取，请核对编号和表格。Read through LibreOffice; check numbers and tables."


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stands in LibreOffice's place; a test writes into it what it does."""
    path = tmp_path / "soffice"
    monkeypatch.setattr(shutil, "which", lambda _: str(path))
    return path


def write(program: Path, script: str) -> None:
    program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


def test_what_the_program_makes_is_read_with_a_notice(program: Path) -> None:
    write(program, r"""mkdir out; printf '{\\rtf1 \\u20113?\\par}' > out/in.rtf""")
    source = read_office(OLE, "a.doc")
    assert source.text == "云"
    assert source.notices == (NOTICE,)


def test_the_program_gets_a_profile_of_its_own_without_macros_and_links(program: Path) -> None:
    write(program, 'cat profile/user/registrymodifications.xcu >&2; echo "$@" >&2; env >&2; exit 1')
    with pytest.raises(DocumentError) as raised:
        read_office(OLE, "a.doc")
    assert "LibreOffice" in str(raised.value)
    settings = office.profile_settings()
    assert '"DisableMacrosExecution" oor:op="fuse"><value>true<' in settings
    assert '"MacroSecurityLevel" oor:op="fuse"><value>3<' in settings


def test_a_file_it_cannot_read_is_refused_by_name(program: Path) -> None:
    write(program, "echo source file could not be loaded >&2")
    with pytest.raises(DocumentError, match=r"^a\.doc:1: LibreOffice 打不开.*could not be loaded"):
        read_office(OLE, "a.doc")


def test_at_the_time_limit_it_is_ended_with_what_it_started(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe = tmp_path / "pipe"
    write(program, f"mkfifo {pipe}; cat {pipe} & cat {pipe}")  # waits for what never comes
    monkeypatch.setattr(office, "TIME_LIMIT", 0.2)
    with pytest.raises(DocumentError, match=r"^a\.doc:1: LibreOffice 超过 0 秒"):
        read_office(OLE, "a.doc")


@pytest.mark.parametrize(
    ("file", "package"), [("a.doc", "writer"), ("a.wps", "writer"), ("a.et", "calc"), ("a.xls", "calc")]
)
def test_where_it_is_not_installed_the_error_says_what_to_install(
    file: str, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(DocumentError, match=rf"^{file}:1: .*apt install libreoffice-{package}-nogui"):
        read_office(OLE, file)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_itself_gives_paragraphs_and_tables(tmp_path: Path) -> None:
    cell = '<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>{}</w:tc>'
    grid = '<w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/></w:tblGrid>'
    rows = "".join(
        f"<w:tr>{''.join(cell.format(paragraph(text)) for text in texts)}</w:tr>"
        for texts in (("学历", "分值"), ("本科", "80分"))
    )
    body = paragraph("第一条 为了规范管理。") + f"<w:tbl>{grid}{rows}</w:tbl>" + paragraph("附则")
    given = tmp_path / "in.docx"
    given.write_bytes(word_file(body))
    command = ["soffice", f"-env:UserInstallation={tmp_path.as_uri()}/profile", "--headless", "--convert-to", "doc"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(given)], check=True, capture_output=True)
    source = read_office((tmp_path / "in.doc").read_bytes(), "a.doc")
    assert [line.text for line in source.lines if line.text] == [
        "第一条 为了规范管理。",
        "学历\t分值",
        "本科\t80分",
        "附则",
    ]
    assert sum(line.kind is LineKind.ROW for line in source.lines) == 2


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_itself_reads_no_rubbish_as_text() -> None:
    with pytest.raises(DocumentError, match=r"^a\.doc:1: LibreOffice 打不开"):
        read_office(OLE + "WordDocument".encode("utf-16-le") + b"rubbish" * 100, "a.doc")
