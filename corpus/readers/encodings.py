"""From bytes to text: UTF-8, UTF-16, GB18030 (with GBK and GB2312) and Big5, told by what the bytes hold.

Nothing is guessed from statistics of words: a short notice is decoded as surely as a long law. UTF-8 and UTF-16 show
themselves; between GB18030 and Big5 the share of everyday characters decides, which each standard puts in one block.
"""

import re

from corpus.errors import DocumentError

_MARKS = (  # byte order marks, the longer first
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_SIGNATURES = (  # how files that are no text begin, and what they are
    (
        b"PK\x03\x04",
        "a zip archive or a Word, Excel or OFD file",
        "一个压缩包或 Word、Excel、OFD 文件",
        ".docx, .xlsx, .ofd",
    ),
    (b"%PDF-", "a PDF", "一个 PDF 文件", ".pdf"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old Word, Excel or WPS file",
        "一个旧版 Word、Excel 或 WPS 文件",
        ".doc, .xls, .wps",
    ),
    (b"{\\rtf", "an RTF file", "一个 RTF 文件", ".rtf"),
    (b"\x89PNG\r\n", "a picture", "一张图片", ".png"),
    (b"\xff\xd8\xff", "a picture", "一张图片", ".jpg"),
    (b"GIF8", "a picture", "一张图片", ".gif"),
    (b"II*\x00", "a picture", "一张图片", ".tif"),
    (b"MM\x00*", "a picture", "一张图片", ".tif"),
    (b"Rar!\x1a\x07", "an archive", "一个压缩包", ".rar"),
    (b"7z\xbc\xaf\x27\x1c", "an archive", "一个压缩包", ".7z"),
    (b"\x1f\x8b\x08", "an archive", "一个压缩包", ".gz"),
)
_SAMPLE = 200_000  # characters or bytes looked at to tell one encoding from another
_PLAUSIBLE = re.compile(
    r"[\t\n\r -~\u00a0-\u00ff\u2010-\u2027\u2030-\u206f\u2160-\u2179\u2460-\u249b\u25a0-\u25cf\u3000-\u33ff]"
    r"|[\u4e00-\u9fff\uff00-\uffef\U00020000-\U0003ffff]"
)
_CONTROLS = bytes({*range(9), *range(14, 27), *range(28, 32)})  # what stands in no text
# The everyday characters: rows 16-55 of GB2312, and the first level of Big5, with the marks and widths before them.
_GB_COMMON = re.compile(rb"[\xa1\xa3\xb0-\xd7][\xa1-\xfe]|([\x81-\xfe][\x30-\x39\x40-\xfe])")
_BIG5_COMMON = re.compile(rb"[\xa1-\xc6][\x40-\x7e\xa1-\xfe]|([\x81-\xfe][\x40-\xfe])")
_PRIVATE = re.compile("[\ue000-\uf8ff]")


def decode_text(data: bytes, file: str) -> str:
    """The text of a file. Raises DocumentError naming file and line when the bytes are no text, or of no known kind."""
    refuse_binary(data, file)
    name = encoding_of(data)
    try:
        return data.decode(name or "utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DocumentError(
            f"{file}:{line}: 第 {error.start} 个字节不是 UTF-8、UTF-16、GB18030 或 Big5 文字，请用 UTF-8 编码另存。"
            f"byte {error.start} is not UTF-8, UTF-16, GB18030 or Big5; save the file as UTF-8"
        ) from error


def decode_page(data: bytes, declared: str | None, file: str) -> tuple[str, int]:
    """The text of a web page, and how many of its bytes could not be read (a few are forgiven, as browsers do).

    `declared` is what the page says of itself. It decides only where the bytes allow it: pages that say gb2312 hold
    GB18030, or UTF-8. Raises DocumentError as `decode_text` does.
    """
    refuse_binary(data, file)
    name = encoding_of(data) or _known(declared) or "utf-8"
    try:
        return data.decode(name).removeprefix("\ufeff"), 0
    except UnicodeDecodeError:
        candidates = (_known(declared) or "utf-8", "utf-8", "gb18030")
        text = min((data.decode(one, "replace") for one in candidates), key=lambda text: text.count("\ufffd"))
        broken = text.count("\ufffd")
        if broken > max(3, len(text) // 500):
            return decode_text(data, file), 0
        return text, broken


def encoding_of(data: bytes) -> str | None:
    """The encoding in which all of `data` can be read, as Python names it; None when there is none."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name if _reads(data, name) else None
    if wide := _wide(data):
        return wide
    if _reads(data, "utf-8"):
        return "utf-8"
    possible = [(score, name) for name, score in _chinese(data) if _reads(data, name)]
    return max(possible, key=lambda pair: pair[0])[1] if possible else None


def refuse_binary(data: bytes, file: str) -> None:
    """Raises DocumentError when the bytes are a file of another format, or no text at all."""
    for signature, english, chinese, endings in _SIGNATURES:
        if data.startswith(signature):
            raise DocumentError(
                f"{file}:1: 这是{chinese}，不是文本，请把扩展名改为 {endings}。"
                f"this is {english}, not a text; rename it to its own ending ({endings})"
            )
    head = data[:_SAMPLE]
    if len(head.translate(None, _CONTROLS)) < len(head) * 0.98 and not (_wide(data) or data.startswith(_MARKS[1][0])):
        if any(data.startswith(mark) for mark, _ in _MARKS):
            return
        raise DocumentError(
            f"{file}:1: 这是二进制文件，不是文本，请用原来的程序打开后另存为文本。"
            "this is a binary file, not a text; open it in its own program and save it as text"
        )


def _reads(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except UnicodeDecodeError:
        return False
    return True


def _known(declared: str | None) -> str | None:
    name = (declared or "").strip().lower().replace("_", "-")
    if name.startswith(("gb", "x-gbk", "cp936", "euc-cn", "hz")):
        return "gb18030"
    if name.startswith(("big5", "x-x-big5", "cp950")):
        return "big5hkscs"
    return "utf-8" if name.startswith(("utf-8", "utf8")) else None


def _wide(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: pairs that are nearly all plausible characters one way, and not the other."""
    if len(data) % 2 or not data:
        return None
    head = data[:_SAMPLE]
    share = {name: _plausible(head, name) for name in ("utf-16-le", "utf-16-be")}
    best = max(share, key=lambda name: share[name])
    # Any even number of ASCII letters also makes Chinese characters: a text that reads as UTF-8 must hold a zero byte.
    # GB18030 and Big5 read as pairs make characters that are no Chinese ones.
    sure = b"\x00" in head or not _reads(data, "utf-8")
    return best if sure and share[best] > 0.9 and _reads(data, best) else None


def _plausible(head: bytes, name: str) -> float:
    text = head.decode(name, "replace")
    return len(_PLAUSIBLE.findall(text)) / len(text) if text else 0.0


def _chinese(data: bytes) -> list[tuple[str, float]]:
    """GB18030 and Big5 with the share of everyday characters that the bytes would have in them."""
    head = data[:_SAMPLE]
    # Hong Kong's characters stand where Big5 itself has nothing.
    hong_kong = not _reads(data, "cp950") or _PRIVATE.search(data.decode("cp950"))
    big5 = "big5hkscs" if hong_kong else "cp950"
    return [("gb18030", _common(head, _GB_COMMON)), (big5, _common(head, _BIG5_COMMON))]


def _common(head: bytes, pattern: re.Pattern[bytes]) -> float:
    found = pattern.findall(head)
    return found.count(b"") / len(found) if found else 0.0
