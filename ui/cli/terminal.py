"""Answers and hits for a terminal: quotes indented, addresses dim, nothing of the texts read as markup."""

from collections.abc import Iterable, Sequence
from datetime import date

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from assistant.answer import Answer, Block, BlockKind, Status
from assistant.composition.text import is_said, named, opening_of, source_line, with_line_before
from assistant.messages import messages
from assistant.replies.validity import mark
from corpus.corpus import Corpus
from corpus.label import label
from index.retriever import Hit

_INDENT = 2
_STYLES = {BlockKind.NAME: "bold", BlockKind.LEAD: "bold", BlockKind.SOURCE: "dim"}
_MARKED = (BlockKind.LEAD, BlockKind.GIST, BlockKind.QUOTE, BlockKind.LIST, BlockKind.PHRASED)


def show_answer(answer: Answer, console: Console) -> None:
    """Print the answer, where each quote stands, and what is near it."""
    words = messages(answer.language)
    for group, before in with_line_before(answer.blocks):
        console.print()
        for number, (block, name) in enumerate(named(group), 1):
            if not is_said(block, before):
                opening = Text(opening_of(block, number, group, words), style=_STYLES.get(block.kind, ""))
                opening.append(name + words("language.colon") if name else "", style="bold")
                shown = source_line(block, group, before, words) if block.kind is BlockKind.SOURCE else block.text
                console.print(_block(block, opening, shown, console))
    if answer.citations:
        console.print()
        rows = ((f"[{c.number}]", c.part_id or c.clause_id, c.label) for c in answer.citations)
        console.print(_columns(rows, ("bold cyan", "dim", "cyan"), console))
    if answer.related:
        console.print()
        console.print(Text(words("terminal.related"), style="bold"))
        console.print(_columns(((r.clause_id, r.label) for r in answer.related), ("dim", ""), console))
    console.print()
    facts = f"{answer.timings_ms.get('total', 0):.1f} ms · index {answer.index_version}"
    if answer.status is Status.ANSWERED:
        facts = f"把握 confidence {answer.confidence:.2f} · {facts}"
    console.print(Text(facts, style="dim"))


def _block(block: Block, opening: Text, shown: str, console: Console) -> RenderableType:
    """One block: every character of a quote as it stands; where nobody looks, nothing is wrapped or indented."""
    text = opening.append(shown)
    if block.kind is BlockKind.NOTICE:
        text.stylize("yellow")
    if block.kind in _MARKED:
        text.append("".join(f" [{number}]" for number in block.citations), style="bold cyan")
    indented = block.kind is BlockKind.QUOTE and console.is_terminal
    return Padding(text, (0, 0, 0, _INDENT)) if indented else text


def _columns(rows: Iterable[Sequence[str]], styles: Sequence[str], console: Console) -> RenderableType:
    """Columns without lines, of which only the last is wrapped; where nobody looks, cells with two blanks between."""
    if not console.is_terminal:
        return Text("\n".join("  ".join(filter(None, row)) for row in rows))
    grid = Table.grid(padding=(0, 2))
    for style in styles[:-1]:
        grid.add_column(style=style, no_wrap=True)
    grid.add_column(style=styles[-1], overflow="fold")
    for row in rows:
        grid.add_row(*(Text(cell) for cell in row))
    return Padding(grid, (0, 0, 0, 2))


def show_hits(hits: list[Hit], corpus: Corpus, console: Console, as_of: date) -> None:
    """Print ranked clauses with what each leg said of them."""
    if not hits:
        console.print(Text("没有找到相关条款 · no clause found", style="yellow"))
        return
    rows: list[tuple[str, str, str]] = []
    for rank, hit in enumerate(hits, 1):
        legs = "   ".join(f"{name} #{leg.rank} {leg.score:.3f}" for name, leg in sorted(hit.legs.items()))
        rows.append((f"{rank}.", f"{hit.score:.3f}", f"{hit.clause.title}  {hit.clause.id}"))
        address = label(corpus.document(hit.clause.document_id), hit.clause)
        rows.append(("", "", address + mark(hit.clause.document_id, as_of, corpus, messages("zh"))))
        rows.append(("", "", legs))
    console.print(_columns(rows, ("bold", "green", ""), console))
