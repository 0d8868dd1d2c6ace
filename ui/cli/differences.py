"""Differences on a terminal: what is gone stands in [-…-], what is new in {+…+}, also in colour where there is some."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import Console
from rich.text import Text

from corpus.clause import Clause, Document
from corpus.lifecycle.differences import Change, Difference, Differences
from corpus.lifecycle.touched import Fate, Touched
from corpus.lifecycle.wording import Span, runs

NAMES = {
    Change.SAME: "未变 same",
    Change.MOVED: "改了编号 moved",
    Change.CHANGED: "有修改 changed",
    Change.MOVED_AND_CHANGED: "改了编号，有修改 moved and changed",
    Change.NEW: "新增 new",
    Change.GONE: "删去 gone",
}
_TODO = {
    Change.MOVED: "把表述改到新编号下 move the record to the new number",
    Change.CHANGED: "对照新条文核对表述 check the record against the new words",
    Change.MOVED_AND_CHANGED: "改到新编号下并核对 move the record and check it",
    Change.GONE: "删去表述，或改到说同一件事的条款下 remove the record, or move it to a clause on the same matter",
}


def show_differences(found: Differences, touched: Touched, console: Console) -> None:
    """Print every clause that is not the same, how many are, and what the change touches."""
    console.print(Text(f"{_name(found.old)} → {_name(found.new)}", style="bold"))
    counts = (f"{NAMES[change]} {count}" for change in Change if (count := found.count(change)))
    console.print(Text("；".join(counts) or "没有条款 no clause"))
    for same, entries in groupby(found.entries, lambda entry: entry.change is Change.SAME):
        if not same:
            for entry in entries:
                console.print()
                for line in _entry(entry, found):
                    console.print(line)
    for line in _touched(touched):
        console.print(line)


def _name(document: Document) -> str:
    return f"{document.id}《{document.title}》"


def _entry(entry: Difference[Clause], found: Differences) -> Iterator[Text]:
    numbers = [unit.number for unit in (entry.old, entry.new) if unit]
    yield Text(f"{' → '.join(dict.fromkeys(numbers))} · {NAMES[entry.change]}", style="bold cyan")
    if entry.old and entry.change not in (Change.MOVED, Change.SAME):
        yield _text(found.old.text, entry.old, entry.old_marks, ("[-", "-]", "red"))
    if entry.new:
        yield _text(found.new.text, entry.new, entry.new_marks, ("{+", "+}", "green"))


def _text(text: str, clause: Clause, marks: Sequence[Span], style: tuple[str, str, str]) -> Text:
    opening, closing, colour = style
    shown = Text("  ")
    for run, marked in runs(text, marks, clause.start, clause.end):
        shown.append(f"{opening}{run}{closing}" if marked else run, style=colour if marked else "")
    return shown


def _touched(touched: Touched) -> Iterator[Text]:
    if touched.records:
        yield Text("\n通俗化表述需要处理 · plain-language records to look at", style="bold")
    for one in touched.records:
        yield Text(f"  {_fate(one.fate)}「{one.record.name}」：{_TODO[one.fate.change]}")
    if touched.questions:
        yield Text("\n保存的问题需要核对 · saved questions to check", style="bold")
    for question in touched.questions:
        why = [_fate(fate) for fate in question.fates]
        why += ["新文里没有这段引文 its quote is not in the newer text"] if question.quote_gone else []
        yield Text(f"  {question.question.id} {question.question.question}：{'；'.join(why)}")


def _fate(fate: Fate) -> str:
    now = f" → {fate.now}" if fate.now and fate.now != fate.id else ""
    return f"{fate.id}{now} {NAMES[fate.change]}"
