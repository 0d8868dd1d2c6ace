"""The text of a clause in paragraphs, with what is quoted marked."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.clause import Clause, Part
from corpus.load import load_corpus
from ui.clause.marking import paragraphs

CLAUSES = load_corpus().clauses


@given(st.sampled_from(CLAUSES), st.lists(st.tuples(st.integers(0, 12_000), st.integers(0, 12_000)), max_size=4))
def test_marking_loses_no_character_and_marks_exactly_what_is_quoted(
    clause: Clause, quotes: list[tuple[int, int]]
) -> None:
    runs = [run for paragraph in paragraphs(clause, quotes) for run in paragraph.runs]
    assert "".join("".join(run.text for run in runs).split()) == "".join(clause.text.split())
    quoted = "".join(
        character
        for at, character in enumerate(clause.text, clause.start)
        if any(start <= at < end for start, end in quotes)
    )
    assert "".join("".join(run.text for run in runs if run.quoted).split()) == "".join(quoted.split())


def test_a_paragraph_belongs_to_the_innermost_part_that_holds_it() -> None:
    text = "第一条 总述。\n第一款首句。\n（一）甲。\n（二）乙。\n第二款。"

    def part(id_: str, start: int, end: int, *inner: Part) -> Part:
        return Part(f"d:1.{id_}", id_, text[start:end], start, end, parts=inner)

    parts = (part("1", 8, 26, part("1.1", 15, 20), part("1.2", 21, 26)), part("2", 27, 31))
    clause = Clause("d:1", "d", "第一条", "总述", (), text, 0, len(text), (), parts)
    found = [
        (paragraph.part.id if paragraph.part else None, paragraph.depth, "".join(run.text for run in paragraph.runs))
        for paragraph in paragraphs(clause)
    ]
    assert found == [
        (None, 0, "第一条 总述。"),
        ("d:1.1", 1, "第一款首句。"),
        ("d:1.1.1", 2, "（一）甲。"),
        ("d:1.1.2", 2, "（二）乙。"),
        ("d:1.2", 1, "第二款。"),
    ]
