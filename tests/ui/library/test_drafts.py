"""Drafts survive, are bounded, and no name of a file is ever a path."""

from pathlib import Path

import pytest

from corpus.errors import NotFoundError
from ui.library.drafts import Drafts, DraftsFullError, Form


def test_what_is_put_is_found_again_by_another_process(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "drafts")
    draft = drafts.put("办法.txt", b"text", "title = 'x'", b"- clause: '1'")
    drafts.save_form(draft, Form({"title": "某市办法"}, ("title",)))
    again = Drafts(tmp_path / "drafts").get(draft.id)
    assert (again.name, again.data) == ("办法.txt", b"text")
    assert (again.facts, again.records) == ("title = 'x'", b"- clause: '1'")
    assert again.form == Form({"title": "某市办法"}, ("title",))
    assert [one.id for one in drafts.all()] == [draft.id]


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "..", "a\\b.txt", "con", "x" * 5000, "\0"])
def test_a_name_is_only_kept_never_followed(tmp_path: Path, name: str) -> None:
    drafts = Drafts(tmp_path / "drafts")
    assert drafts.get(drafts.put(name, b"x").id).name == name
    assert [path.name for path in tmp_path.iterdir()] == ["drafts"]


@pytest.mark.parametrize("id_", ["", ".", "..", "../drafts", "0" * 31, "0" * 32, "G" * 32, "0" * 32 + "\n"])
def test_no_other_id_is_looked_for(tmp_path: Path, id_: str) -> None:
    drafts = Drafts(tmp_path / "drafts")
    drafts.put("a.txt", b"x")
    with pytest.raises(NotFoundError):
        drafts.get(id_)


def test_there_is_an_end_of_number_and_size(tmp_path: Path) -> None:
    few = Drafts(tmp_path / "few", most=2)
    few.put("a.txt", b"x")
    draft = few.put("b.txt", b"x")
    with pytest.raises(DraftsFullError, match="最多 2 份"):
        few.put("c.txt", b"x")
    few.remove(draft)
    few.put("c.txt", b"x")
    small = Drafts(tmp_path / "small", most_bytes=1_000)
    small.put("a.txt", b"x" * 500)
    with pytest.raises(DraftsFullError):
        small.put("b.txt", b"x" * 600)
    assert len(small.all()) == 1


def test_what_is_too_old_or_half_written_goes(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "drafts")
    drafts.put("a.txt", b"x")
    (tmp_path / "drafts" / ".new-cut-off").mkdir()
    (tmp_path / "drafts" / "somebody's notes").mkdir()
    later = drafts.all()[0].received + 31 * 86_400
    assert Drafts(tmp_path / "drafts", now=lambda: later).all() == []
    assert [path.name for path in (tmp_path / "drafts").iterdir()] == ["somebody's notes"]


def test_a_form_that_was_cut_off_counts_as_never_typed(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "drafts")
    draft = drafts.put("a.txt", b"x")
    (draft.folder / "form.json").write_text('{"values"')
    assert drafts.get(draft.id).form is None
