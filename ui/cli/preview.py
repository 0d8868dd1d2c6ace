"""A preview on a terminal: what a clerk reads before a document is taken in."""

import sys
from collections.abc import Iterable, Iterator, Sequence

from corpus.clause import Part
from corpus.library.preview import Preview
from corpus.library.view import facts_view

_LONGEST = 60  # characters of a text that is not in a clause, or of a title
_MOST_OUTSIDE = 20  # stretches that are shown
_NAMES = {
    "title": "标题",
    "title_en": "英文标题",
    "number": "文号",
    "issuer": "发文机关",
    "jurisdiction": "适用地区",
    "issued": "发文日期",
    "effective": "施行日期",
    "expires": "有效期至",
    "replaces": "废止的文件",
    "replaced_by": "被哪份文件废止",
    "audience": "适用对象",
    "status": "效力",
    "source": "来源",
    "main": "引用部分",
    "attachment": "附件名称",
    "attachment_en": "附件英文名称",
}


def show_preview(seen: Preview) -> None:
    """Print it; faults and warnings go to stderr."""
    read = seen.read
    parts = sum(len(clause.all_parts()) for clause in read.clauses)
    print(f"{seen.upload.where} · {seen.format}")
    print(f"编号 id {read.document.id}")
    print(f"标题 title {_short(read.document.title)}")
    _print_all(_facts(seen))
    print(f"条款 clauses {len(read.clauses)}，要点 parts {parts}")
    _print_all(_tree(seen))
    _print_all(_unplaced(seen))
    _print_all(_outside(seen))
    for versions in seen.versions:
        print(f"互为版本 versions · {versions}")
    for line in (*(f"错误 error · {one}" for one in seen.errors), *(f"提醒 warning · {one}" for one in seen.warnings)):
        print(line, file=sys.stderr)
    print()


def _print_all(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


def _facts(seen: Preview) -> Iterator[str]:
    yield "事实 facts"
    for fact in facts_view(seen):
        value = fact["value"]
        words = _short("、".join(value) if isinstance(value, list) else value)
        yield f"  {_NAMES[fact['key']]} {fact['key']}：{words}（{_source(fact)}）"


def _source(fact: dict[str, object]) -> str:
    if fact["origin"] == "toml":
        return "已写明 as written"
    evidence = f"依据 from “{_short(str(fact['evidence']))}” {fact['confidence']:.2f}"
    return evidence if fact["used"] else f"{evidence}，未采用 not used"


def _tree(seen: Preview) -> Iterator[str]:
    """Headings, clauses and parts, each deeper than what holds it, with their lengths."""
    above: tuple[str, ...] = ()
    for clause in seen.read.clauses:
        same = next((i for i, pair in enumerate(zip(above, clause.path, strict=False)) if pair[0] != pair[1]), None)
        shared = min(len(above), len(clause.path)) if same is None else same
        for depth, heading in enumerate(clause.path[shared:], shared + 1):
            yield f"{'  ' * depth}{_short(heading)}"
        above = clause.path
        indent = "  " * (len(clause.path) + 1)
        places = (
            f" [{'、'.join(clause.jurisdiction)}]" if clause.jurisdiction != seen.read.document.jurisdiction else ""
        )
        yield f"{indent}{clause.number} {_short(clause.title)}{places}  {len(clause.text)} 字  {clause.id}"
        yield from _parts(clause.parts, indent + "  ")


def _parts(parts: Sequence[Part], indent: str) -> Iterator[str]:
    for part in parts:
        yield f"{indent}{part.number}  {len(part.text)} 字"
        yield from _parts(part.parts, indent + "  ")


def _unplaced(seen: Preview) -> Iterator[str]:
    """The lines that should be in a clause and are in none."""
    text = seen.read.document.text
    lines = [(text.count("\n", 0, start) + 1, text[start:end]) for start, end in seen.read.unplaced]
    if lines:
        yield f"未归入条款的正文 of the text in no clause：{len(lines)} 行 lines"
    yield from _first(f"第 {number} 行 line：{_short(line)}" for number, line in lines)


def _outside(seen: Preview) -> Iterator[str]:
    """What is rightly in no clause: title, signature and the like; headings stand in the tree."""
    text = seen.read.document.text
    told = {"".join(heading.split()) for clause in seen.read.clauses for heading in clause.path}
    told |= {"".join(text[start:end].split()) for start, end in seen.read.unplaced}
    lines = [line for start, end in seen.read.outside for line in text[start:end].split("\n") if line.strip()]
    lines = [line for line in lines if "".join(line.split()) not in told]
    if lines:
        share = f"全文 {seen.read.coverage:.1%} 在条款里 of the whole text is in clauses"
        yield f"标题、落款等 title, signature and the like：{len(lines)} 行 lines（{share}）"
    yield from _first(map(_short, lines))


def _first(lines: Iterable[str]) -> Iterator[str]:
    lines = list(lines)
    yield from (f"  {line}" for line in lines[:_MOST_OUTSIDE])
    if len(lines) > _MOST_OUTSIDE:
        yield f"  … {len(lines) - _MOST_OUTSIDE}"


def _short(text: str) -> str:
    seen = "".join(character if character.isprintable() else " " for character in text)  # nothing a terminal obeys
    line = " ".join(seen.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
