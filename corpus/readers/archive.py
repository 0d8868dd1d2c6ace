"""Zip files, which docx, xlsx, odt and ofd are: looked over before anything in them is unpacked."""

import io
import re
import zipfile
import zlib

from corpus.errors import DocumentError

MOST_ENTRIES = 10_000
MOST_UNPACKED = 200_000_000  # bytes of all entries together
MOST_OF_A_PART = 50_000_000  # bytes of one part that is parsed; a law of a million characters has about 20 million
MOST_RATIO = 200  # unpacked to packed, of a file that unpacks to more than `_SMALL`; text in XML has 10 to 60
_SMALL = 10_000_000
_DAMAGED = (zipfile.BadZipFile, zlib.error, RuntimeError, ValueError, OSError, EOFError, NotImplementedError)
_XML = (".xml", ".rels")
_DOCTYPE = re.compile(
    b"<!(?:DOCTYPE|ENTITY)|<\0!\0(?:D\0O\0C\0T|E\0N\0T\0I)|\0<\0!\0(?:D\0O\0C|E\0N\0T)", re.IGNORECASE
)


def open_archive(data: bytes, file: str) -> zipfile.ZipFile:
    """The zip file in `data`, within the limits of this module by what it declares of itself.

    Raises DocumentError where it is no zip file, is damaged, locked by a password, or unpacks to too much.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGED as error:
        raise damaged(file, error) from error
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED:
        raise DocumentError(
            f"{file}:1: 解压后过大（{len(entries)} 个部件，{unpacked // 1_000_000} MB），请拆分或删去图片。"
            f"unpacks to more than {MOST_ENTRIES} entries or {MOST_UNPACKED // 1_000_000} MB; split it, remove pictures"
        )
    if unpacked > _SMALL and unpacked > MOST_RATIO * len(data):
        raise DocumentError(
            f"{file}:1: 压缩比异常（{unpacked // len(data)} 倍），疑为压缩炸弹；请用 Word 打开后另存。"
            f"packed {unpacked // len(data)} times, as no document is; open it in its program and save it again"
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise DocumentError(
            f"{file}:1: 文件设有密码，请去掉密码后再存一次。protected by a password; remove it and save the file again"
        )
    return archive


def read_entry(archive: zipfile.ZipFile, name: str, file: str) -> bytes:
    """One entry that is to be parsed. Raises DocumentError where it is too large, damaged, or is XML with entities.

    No office program writes a document type into its XML; entities there make a small file a large one.
    """
    try:
        entry = archive.getinfo(name)
        if entry.file_size > MOST_OF_A_PART:
            raise DocumentError(
                f"{file}:1: 部件 {name} 超过 {MOST_OF_A_PART // 1_000_000} MB，请拆分文件。"
                f"its part {name} has more than {MOST_OF_A_PART // 1_000_000} MB; split the document"
            )
        content = archive.read(entry)
    except (KeyError, *_DAMAGED) as error:
        raise damaged(file, error) from error
    if name.lower().endswith(_XML) and _DOCTYPE.search(content):
        raise DocumentError(
            f"{file}:1: 部件 {name} 含 DTD 或实体定义，不予读取；请用 Word 打开后另存。"
            f"its part {name} defines a document type or entities; open it in its program and save it again"
        )
    return content


def damaged(file: str, error: object) -> DocumentError:
    """The error about a file that cannot be unpacked or parsed."""
    reason = " ".join(str(error).split())[:200]
    return DocumentError(
        f"{file}:1: 文件不完整或已损坏，请重新下载，或用原程序打开后另存。damaged or cut short ({reason}); get it again"
    )
