"""Files of other office programs, turned into RTF or xlsx by LibreOffice where it is installed.

RTF, because the numbers of lists are written out in it as LibreOffice shows them. LibreOffice runs in a process of its
own with an empty profile in a temporary folder: no macros, no links, no network address, and at the time limit it is
ended with everything it started.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePath

from corpus.errors import DocumentError
from corpus.readers.rtf import read_rtf
from corpus.readers.source import Source
from corpus.readers.xlsx import read_xlsx

TIME_LIMIT = 120.0  # seconds for one file
_BETTER = {"xlsx": ("libreoffice-calc-nogui", "xlsx"), "rtf": ("libreoffice-writer-nogui", "docx")}
_MOST_BYTES = 200_000_000  # of what it makes; pictures are large in RTF
_PROGRAMS = ("soffice", "libreoffice")
_TABLES = ("xls", "xlt", "et", "ett", "ods", "xlsb")
_WORKBOOK = ("Workbook".encode("utf-16-le"), b"application/vnd.oasis.opendocument.spreadsheet", b"<Workbook")
_WORD = ("WordDocument".encode("utf-16-le"), b"application/vnd.oasis.opendocument.text")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_FORMATS = {
    ("ole", False): ("doc", "MS Word 97"),
    ("ole", True): ("xls", "MS Excel 97"),
    ("zip", False): ("odt", "writer8"),
    ("zip", True): ("ods", "calc8"),
    ("xml", False): ("xml", "MS Word 2003 XML"),
    ("xml", True): ("xml", "MS Excel 2003 XML"),
}
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
{}</oor:items>
"""
_ITEM = '<item oor:path="/org.openoffice.{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>\n'
_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "2"),
    ("Inet/Settings", "ooInetProxyType", "2"),  # one that does not answer
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


def read_office(data: bytes, file: str) -> Source:
    """The lines of a doc, wps, odt, xls, et or ods.

    Raises DocumentError where LibreOffice is not installed, does not read the file, or takes too long over it.
    """
    tables = _holds_tables(data, file)
    reader: Callable[[bytes, str], Source] = read_xlsx if tables else read_rtf
    source = reader(_converted(data, file, "xlsx" if tables else "rtf"), file)
    notice = "由 LibreOffice 转换后读取，请核对编号和表格。Read through LibreOffice; check numbers and tables."
    return replace(source, notices=(*source.notices, notice))


def _holds_tables(data: bytes, file: str) -> bool:
    if any(mark in data for mark in _WORD):
        return False
    return any(mark in data for mark in _WORKBOOK) or _ending(file) in _TABLES


def _converted(data: bytes, file: str, kind: str) -> bytes:
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    package, better = _BETTER[kind]
    if program is None:
        raise DocumentError(
            f"{file}:1: 要用 LibreOffice 读，请安装（Debian 的 {package}）或另存为 {better}。"
            f"LibreOffice is needed; install it (Debian: apt install {package}), or save the file as {better}"
        )
    with tempfile.TemporaryDirectory(prefix="policyqa-", ignore_cleanup_errors=True) as folder:
        ending, format_ = _import(data, file)
        given = Path(folder, f"in.{ending}")
        given.write_bytes(data)
        profile = Path(folder, "profile", "user", "registrymodifications.xcu")
        profile.parent.mkdir(parents=True)
        profile.write_text(profile_settings(), "utf-8")
        said = _run([program, *_arguments(Path(folder), format_, kind), str(given)], Path(folder), file)
        made = Path(folder, "out", f"in.{kind}")
        if not made.is_file():
            raise DocumentError(
                f"{file}:1: LibreOffice 打不开，可能设有密码、已损坏，或缺少 {package}；请用原程序另存为 {better}。"
                f"LibreOffice cannot read it ({said or 'it does not say why'}): locked, damaged, or {package} is not "
                f"installed; save it as {better} in its program"
            )
        if made.stat().st_size > _MOST_BYTES:
            raise DocumentError(
                f"{file}:1: 转换后超过 {_MOST_BYTES // 1_000_000} MB，请删去图片或拆分。"
                f"more than {_MOST_BYTES // 1_000_000} MB once converted; remove pictures or split it"
            )
        return made.read_bytes()


def profile_settings() -> str:
    """The settings LibreOffice starts with, in the form of its profile."""
    return _PROFILE.format("".join(_ITEM.format(*setting) for setting in _SETTINGS))


def _arguments(folder: Path, format_: str, kind: str) -> list[str]:
    return [
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--invisible", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"),
        f"--infilter={format_}",
        *("--convert-to", kind, "--outdir", str(folder / "out")),
    ]


def _run(command: list[str], folder: Path, file: str) -> str:
    """What the program said of a failure. Ends it, and what it started, at the time limit."""
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LC_ALL": "C.UTF-8",
    }
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        _, said = process.communicate(timeout=TIME_LIMIT)
    except subprocess.TimeoutExpired as error:
        raise DocumentError(
            f"{file}:1: LibreOffice 超过 {TIME_LIMIT:.0f} 秒没有读完，请用原程序另存为 docx 或 xlsx。"
            f"LibreOffice took more than {TIME_LIMIT:.0f} s; save the file as docx or xlsx"
        ) from error
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    return " ".join(said.decode("utf-8", "replace").split())[-200:]


def _import(data: bytes, file: str) -> tuple[str, str]:
    """The ending and LibreOffice's name of the format, so that it reads as text nothing that is none.

    wps and et hold what doc and xls hold.
    """
    kind = "zip" if data.startswith(_ZIP) else "ole" if data.startswith(_OLE) else "xml"
    return _FORMATS[kind, _holds_tables(data, file)]


def _ending(file: str) -> str:
    return PurePath(file).suffix[1:].lower()
