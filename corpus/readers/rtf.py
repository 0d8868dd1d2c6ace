"""RTF files: paragraphs, tables, notes and the numbers of lists, which are written out in them.

Read here and not by a library: striprtf, the one that is kept, cuts no table into cells, takes GBK characters apart
whose second byte is written as a letter, and has patterns whose time grows with the square of a hostile file.
"""

from dataclasses import dataclass, replace

from corpus.errors import DocumentError
from corpus.readers.rtf_tables import RowFormat, Tables
from corpus.readers.rtf_tokens import Token, tokens
from corpus.readers.source import Source, source_line
from corpus.readers.word.lines import paragraph_lines, without_empty_ends
from corpus.readers.word.numbering import numbered
from corpus.readers.word.symbols import sign

_CODE_PAGES = {77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950", 161: "cp1253", 162: "cp1254"}
_CODE_PAGES |= {177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250"}
_SYMBOLS = 2  # the character set of fonts of signs
_CHINESE = {936: "gb18030", 54936: "gb18030", 950: "cp950", 65001: "utf-8"}
_CHARACTERS = {
    **{"tab": " ", "line": "\n", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’"},
    **{"ldblquote": "“", "rdblquote": "”", "emspace": "\u2003", "enspace": "\u2002", "qmspace": " "},
}
_SIGNS = {"~": " ", "_": "-", "\\": "\\", "{": "{", "}": "}"}
_PARAGRAPH_ENDS = ("par", "sect", "page", "column")
_TARGETS = {
    "fonttbl": "fonts",
    "nesttableprops": "inner",  # the description of a row of a table inside a cell
    **dict.fromkeys(("footnote", "shptxt"), "aside"),  # stands below the paragraph it hangs on
    **dict.fromkeys(("listtext", "pntext"), "number"),
}
# Groups that hold no text of the body; so does every one marked by a star, but for those that lead to text boxes.
_SILENT = {
    *("aftncn", "aftnsep", "aftnsepc", "annotation", "atnid", "author", "background", "bkmkend", "bkmkstart"),
    *("buptim", "category", "colortbl", "comment", "company", "creatim", "datastore", "do", "doccomm", "docvar"),
    *("filetbl", "fldinst", "footer", "footerf", "footerl", "footerr", "ftncn", "ftnsep", "ftnsepc", "generator"),
    *("header", "headerf", "headerl", "headerr", "info", "keywords", "latentstyles", "listoverridetable"),
    *("listtable", "manager", "nonesttables", "nonshppict", "objclass", "objdata", "objname", "operator"),
    *("pict", "pn", "pnseclvl", "printim", "private", "revtbl", "revtim", "rxe", "shprslt", "sp", "stylesheet"),
    *("subject", "tc", "template", "themedata", "title", "txe", "xe"),
}
_HEARD = ("shpinst", "shptxt", "footnote", "nesttableprops")
_DEEPEST = 500  # groups inside one another


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits and gives back at its end."""

    target: str = "body"  # or aside, number, fonts, inner, silent
    font: int = -1
    unicode_bytes: int = 1  # how many follow a character written as its code, for readers that do not know it
    hidden: bool = False


class _Reader:
    def __init__(self) -> None:
        self.tables = Tables()
        self.open = 0  # groups that the file does not close
        self._state = _State()
        self._stack: list[_State] = []
        self._bytes = bytearray()
        self._texts: dict[str, list[str]] = {"body": [], "aside": [], "number": []}
        self._charsets: dict[int, int] = {}
        self._names: dict[int, str] = {}
        self._code_page = "cp1252"
        self._default_font = 0
        self._skip = 0
        self._starred = False
        self._depth = 0  # of the table that the paragraph stands in
        self._heading = 0
        self._rows = {True: RowFormat(), False: RowFormat()}  # of the row being described: in an inner table or not

    def read(self, data: bytes, file: str) -> None:
        for token in tokens(data):
            if token.text:
                self._add_bytes(token.text)
                continue
            if self._skip and not token.brace:
                self._skip -= 1
                continue
            self._flush()
            if token.brace:
                self._group(token.brace, file)
            elif token.sign:
                self._sign(token.sign)
            else:
                self._word(token)
        self._flush()
        self.open = len(self._stack)
        self._end_paragraph()
        self.tables.end()

    def _group(self, brace: str, file: str) -> None:
        self._skip = 0
        self._starred = False
        if brace == "{":
            if len(self._stack) >= _DEEPEST:
                raise DocumentError(
                    f"{file}:1: 嵌套过深，请用 Word 打开后另存为 docx。nested too deep; save it as docx"
                )
            self._stack.append(self._state)
        elif self._stack:
            self._state = self._stack.pop()

    def _sign(self, sign_: str) -> None:
        if sign_ == "*":
            self._starred = True
        elif sign_ in "\r\n":
            self._end_paragraph()
        else:
            self._put(_SIGNS.get(sign_, ""))

    def _word(self, token: Token) -> None:
        word, number = token.word, token.number
        starred, self._starred = self._starred, False
        if word in _SILENT or (starred and word not in _HEARD):
            self._state = replace(self._state, target="silent")
        elif self._state.target == "silent":
            return
        elif word in _TARGETS:
            self._state = replace(self._state, target=_TARGETS[word])
        elif word in _CHARACTERS:
            self._put(_CHARACTERS[word])
        elif word in _PARAGRAPH_ENDS:
            self._end_paragraph()
        elif word == "u" and number is not None:
            self._put(chr(number % 0x10000))
            self._skip = self._state.unicode_bytes
        elif not self._character_format(word, number) and not self._table_word(word, number):
            self._paragraph_format(word, number)

    def _character_format(self, word: str, number: int | None) -> bool:
        if word in ("f", "af") and number is not None:
            if word == "f" or self._state.target != "fonts":
                self._state = replace(self._state, font=number)
        elif word == "fcharset" and self._state.target == "fonts":
            self._charsets[self._state.font] = number or 0
        elif word == "plain":
            self._state = replace(self._state, hidden=False, font=self._default_font)
        elif word in ("v", "deleted"):
            self._state = replace(self._state, hidden=number != 0)
        elif word == "uc":
            self._state = replace(self._state, unicode_bytes=min(max(number or 0, 0), 8))
        elif word == "deff":
            self._default_font = number or 0
        elif word == "ansicpg":
            self._code_page = _CHINESE.get(number or 0, f"cp{number}")
        else:
            return False
        return True

    def _paragraph_format(self, word: str, number: int | None) -> None:
        if self._state.target != "body":  # a note's paragraphs have their own
            return
        if word == "pard":
            self._depth = 0
            self._heading = 0
        elif word == "intbl":
            self._depth = max(self._depth, 1)
        elif word == "itap":
            self._depth = max(number or 0, 0)
        elif word == "outlinelevel" and number is not None and 0 <= number < 9:
            self._heading = number + 1

    def _table_word(self, word: str, number: int | None) -> bool:
        inner = self._state.target == "inner"
        if word == "trowd":
            self._rows[inner] = RowFormat()
        elif word in ("clmrg", "clvmrg"):
            self._rows[inner].next_is_covered = True
        elif word == "cellx":
            self._rows[inner].add(number or 0)
        elif word in ("cell", "nestcell"):
            self._depth = 1 if word == "cell" else max(self._depth, 2)
            self._end_paragraph()
            self.tables.end_cell(self._depth)
        elif word in ("row", "nestrow"):
            self.tables.end_row(1 if word == "row" else max(self._depth, 2), self._rows[word == "nestrow"])
        else:
            return False
        return True

    def _end_paragraph(self) -> None:
        if self._state.target == "aside":
            self._put("\n")
            return
        number, text, aside = (self._taken(target) for target in ("number", "body", "aside"))
        lines = paragraph_lines(numbered(number, text.rstrip("\n")), self._heading)
        lines += [source_line(line.strip()) for line in aside.split("\n") if line.strip()]
        self.tables.paragraph(lines, self._depth)

    def _taken(self, target: str) -> str:
        text = "".join(self._texts[target])
        self._texts[target] = []
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

    def _add_bytes(self, text: bytes) -> None:
        skipped = min(self._skip, len(text))
        self._skip -= skipped
        self._bytes += text[skipped:]

    def _flush(self) -> None:
        """Decodes the bytes since the last control word: half a character may stand in either kind of text."""
        if not self._bytes:
            return
        content, self._bytes = bytes(self._bytes), bytearray()
        if self._state.target == "fonts":
            self._names.setdefault(self._state.font, content.decode("latin-1").strip(" ;"))
        else:
            self._put(self._decoded(content))

    def _decoded(self, content: bytes) -> str:
        charset = self._charsets.get(self._state.font, 0)
        if charset == _SYMBOLS:
            return "".join(sign(code, self._names.get(self._state.font, "")) for code in content)
        for code_page in (_CODE_PAGES.get(charset, self._code_page), self._code_page, "gb18030"):
            try:
                return content.decode(code_page)
            except (UnicodeDecodeError, LookupError):
                continue
        return content.decode("cp1252", "replace")

    def _put(self, text: str) -> None:
        if not self._state.hidden and self._state.target in self._texts:
            self._texts[self._state.target].append(text)


def read_rtf(data: bytes, file: str) -> Source:
    """The lines of an RTF file. Raises DocumentError where it is none or holds no text."""
    if not data.lstrip().startswith(b"{\\rtf"):
        raise DocumentError(
            f"{file}:1: 不是 RTF 文件，可能改过名；请核对。no RTF file inside; it may have been renamed"
        )
    reader = _Reader()
    reader.read(data.lstrip(), file)
    lines = without_empty_ends(reader.tables.lines)
    if not lines:
        raise DocumentError(
            f"{file}:1: 文件里没有文字，请换一份有文字的。the file holds no text; put one with text there"
        )
    cut = "文件末尾不完整，可能缺少内容，请核对。The end of the file is cut off; text may be missing."
    return Source(tuple(lines), notices=(cut,) if reader.open > 0 else ())
