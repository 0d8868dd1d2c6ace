"""What stands below a text: signature, date, remarks, and a website's lines."""

import re
from collections.abc import Callable, Sequence

from corpus.numbering import NumberingStyle, match_number
from corpus.parser.lines import Line
from corpus.parser.node import Kind, Node
from corpus.parser.site import ends_page, site_kind
from corpus.parser.words import alternatives

_YEAR_MONTH = r"(?:\d{4}|[〇○零一二三四五六七八九]{4})\s*年\s*\S{1,2}\s*月"
_MONTH = re.compile(_YEAR_MONTH)
_DATE = re.compile(rf"[（(]?\s*{_YEAR_MONTH}\s*\S{{1,3}}\s*日\s*[）)]?")
_SENTENCE_END = re.compile(r"[。；;！？!?][”’」』）)]?$")
_REMARK = re.compile(
    r"[（(](?:此件|此文|本文|联系人|联系电话|联系单位|信息公开).*[）)]$|"
    r"(?:抄\s*送|分\s*送|主\s*送|报\s*送|抄\s*报|公开方式|信息公开选项|主题词|共印)\s*[:：]|"
    r".{0,200}\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*印(?:发|制|送)?$"
)
_COPIED = re.compile(r"(?:抄\s*送|分\s*送|主\s*送|报\s*送|抄\s*报)\s*[:：]")
_PRINTED = re.compile(r"\d\s*日\s*印(?:发|制|送)?$")
_PAGE = re.compile(r"[-－—–]\s*\d{1,4}\s*[-－—–]|[（(](?:全文)?(?:结束|完)[）)]")
_LONGEST = 80  # characters of a site's line
_LINES_OF_COPIES = 6  # that the offices a text is copied to may take
_ORGAN = re.compile(
    rf"[^，,。；;：:、]{{2,40}}(?:{alternatives('bodies')})|"
    r"(?:[市县区省州]\s*长|主\s*任|主\s*席|[局厅部署]\s*长)(?:\s+\S(?:\s*\S){1,3})?"
)
_FORMULA = re.compile(r"(?:特此|专此|此[复告令致])[\u4e00-\u9fff]{0,8}[。！!]?")
_EFFECT = re.compile(
    r"本(?:决定|通知|公告|通告|意见|办法|规定|细则|方案)自[^。；]{2,40}(?:施行|实施|执行|生效)[^。；]{0,40}。"
)
_STRAYS = 3  # how many unknown lines may stand below one that is known


def is_sentence(line: Line) -> bool:
    """Whether the line ends as a sentence does, so that it is neither title nor name."""
    return bool(_SENTENCE_END.search(line.text))


def is_date(line: Line) -> bool:
    """Whether the line is a date and nothing else."""
    return bool(_DATE.fullmatch(line.text))


def is_remark(line: Line) -> bool:
    """Whether the line is one of those around a signature: 此件公开发布, 抄送, …印发."""
    return is_remark_text(line.text)


def is_remark_text(text: str) -> bool:
    """The same for a text without the blanks around it."""
    return bool(_REMARK.match(text))


def is_signature(line: Line) -> bool:
    """Whether the line may be the name of an issuing body."""
    return len(line.text) <= 40 and bool(_ORGAN.fullmatch(line.text)) and not match_number(line.text)


def read_tail(lines: Sequence[Line]) -> tuple[list[Node], int]:
    """Nodes of the site's lines at the very end (source, editor, links), and how many lines remain above them.

    Below a line that only stands under a text (上一篇, buttons, who runs the site) all is the site's, down to the end,
    where no sentence and no number of a text comes any more.
    """
    last = max((i for i, line in enumerate(lines) if _is_text(line)), default=-1)
    cut = next((i for i in range(last + 1, len(lines)) if ends_page(lines[i].text)), len(lines))
    below = [Node(site_kind(line) or Kind.NAVIGATION, line.start, line.end) for line in lines[cut:]]
    lines = lines[:cut]

    def kind_of(index: int, _: Sequence[Node]) -> Kind | None:
        return None if is_sentence(lines[index]) and not _is_source(lines[index]) else site_kind(lines[index])

    found, count = _read_up(lines, kind_of, lambda _: True)
    return [*found, *below], count


def _is_text(line: Line) -> bool:
    """Whether the line surely belongs to a text and not to a site."""
    if site_kind(line) or ends_page(line.text):
        return False
    number = line.number_at_start
    numbered = line.in_table is not None or (number is not None and number.style <= NumberingStyle.HAN_BRACKET)
    return numbered or is_sentence(line) or len(line.text) > _LONGEST or is_date(line) or is_remark(line)


def read_back(lines: Sequence[Line]) -> tuple[list[Node], int]:
    """Nodes of signature, date and remarks below a text, and how many lines remain above them."""
    copied = _copied(lines)
    # 特此公告。 would fall into the last item; below running text it is a paragraph as others are
    numbered = next((i for i, line in enumerate(lines) if line.number_at_start), len(lines))

    def kind_of(index: int, below: Sequence[Node]) -> Kind | None:
        line, above = lines[index], lines[index - 1]
        if _PAGE.fullmatch(line.text):
            return Kind.NAVIGATION
        if _closes(lines, index):
            return Kind.CLAUSE
        if index in copied or is_remark(line) or (index > numbered and _FORMULA.fullmatch(line.text)):
            return Kind.NOTE
        if is_date(line) or (_MONTH.fullmatch(line.text) and above.after_blank and is_signature(above)):
            return Kind.DATE
        signed = any(node.kind in (Kind.DATE, Kind.SIGNATURE) for node in below)
        return Kind.SIGNATURE if (signed or line.after_blank) and is_signature(line) else None

    return _read_up(lines, kind_of, lambda index: is_date(lines[index]) and is_signature(lines[index - 1]))


def _closes(lines: Sequence[Line], index: int) -> bool:
    """Whether the line says from when the whole text applies, below the last of its items, which is no heading.

    Below an article it is a paragraph of that article, as people cite it.
    """
    number = lines[index - 1].number_at_start
    if number is None or number.style <= NumberingStyle.ARTICLE or not _EFFECT.fullmatch(lines[index].text):
        return False
    return is_sentence(lines[index - 1]) or lines[index - 1].text.endswith(("）", "》", ")"))


def _copied(lines: Sequence[Line]) -> set[int]:
    """The lines on which 抄送：… runs on: up to the line that says 印发, or to its full stop or another remark."""
    found: set[int] = set()
    for begin, line in enumerate(lines):
        if not _COPIED.match(line.text):
            continue
        few = range(begin + 1, min(begin + 2 * _LINES_OF_COPIES, len(lines)))
        if printed := next((i for i in few if _PRINTED.search(lines[i].text)), None):
            found.update(range(begin + 1, printed))
            continue
        for index in range(begin + 1, min(begin + _LINES_OF_COPIES, len(lines))):
            if lines[index - 1].text.endswith("。") or lines[index].after_blank or is_remark(lines[index]):
                break
            found.add(index)
    return found


def _is_source(line: Line) -> bool:
    return site_kind(line) is Kind.SOURCE


def _read_up(
    lines: Sequence[Line],
    kind_of: Callable[[int, Sequence[Node]], Kind | None],
    certain: Callable[[int], bool],
) -> tuple[list[Node], int]:
    """Nodes of the lines at the end that `kind_of` knows, read upwards, and how many lines remain above them.

    A few unknown short lines below a known one go with it as the site's, where that one is `certain`.
    """
    found: list[Node] = []
    kept = strays = 0
    for index in range(len(lines) - 1, 0, -1):
        line = lines[index]
        kind = None if match_number(line.text) else kind_of(index, found)
        if kind is None:
            strays += 1
            if strays > _STRAYS or not _may_stray(line):
                break
        found.append(Node(kind or Kind.NAVIGATION, line.start, line.end))
        if kind and (not strays or certain(index)):
            kept, strays = len(found), 0
    return found[:kept][::-1], len(lines) - kept


def _may_stray(line: Line) -> bool:
    return not (match_number(line.text) or is_sentence(line) or line.text.startswith("附")) and len(line.text) <= 40
