"""Laws of metadata: facts as written, unknown ones absent, anything else refused with file and line."""

from datetime import date
from pathlib import Path

import pytest

from corpus.errors import DocumentError
from corpus.metadata import Metadata, read_metadata
from corpus.text.characters import has_han


def written(folder: Path, text: str) -> Path:
    path = folder / "a.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_facts_are_read_and_absent_ones_stay_unknown(tmp_path: Path) -> None:
    path = written(tmp_path, 'title = "某办法"\njurisdiction = ["安徽"]\nissued = 2020-01-02\n')
    assert read_metadata(path) == Metadata(title="某办法", jurisdiction=("安徽",), issued=date(2020, 1, 2))


def test_validity_and_older_texts_are_facts_too(tmp_path: Path) -> None:
    lines = (
        'effective = 2021-03-01\nexpires = 2026-02-28\nreplaces = ["某旧办法", "某政〔2009〕3号"]\naudience = "企业"\n'
    )
    found = read_metadata(written(tmp_path, lines))
    assert (found.effective, found.expires) == (date(2021, 3, 1), date(2026, 2, 28))
    assert (found.replaces, found.audience) == (("某旧办法", "某政〔2009〕3号"), "企业")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('titel = "某办法"', "unknown key 'titel'"),
        ("[more]", "unknown key 'more'"),
        ('jurisdiction = "安徽"', "jurisdiction must be a list"),
        ('issued = "2020"', "issued must be a date"),
        ("issued = 2020-01-02T03:04:05", "issued must be a date"),
        ("effective = 2021", "effective must be a date"),
        ('expires = "2026年"', "expires must be a date"),
        ('replaces = "某办法"', "replaces must be a list of titles or numbers"),
        ('replaces = [" "]', "replaces must be a list of titles or numbers"),
        ("audience = []", "audience must be a text"),
        ('status = ""', "status must be a text"),
        ("number = 4", "number must be a text"),
        ('main = "body"', 'main can only be "attachment"'),
        ("source =", "not valid TOML"),
    ],
)
def test_a_malformed_entry_is_refused_with_file_and_line(tmp_path: Path, line: str, problem: str) -> None:
    path = written(tmp_path, f'# facts\ntitle = "某办法"\n{line}\n')
    with pytest.raises(DocumentError) as caught:
        read_metadata(path)
    assert str(caught.value).startswith(f"{path}:3: ")
    chinese, end, english = str(caught.value).removeprefix(f"{path}:3: ").partition("。")
    assert end
    assert has_han(chinese)
    assert english.startswith(problem)


def test_every_malformed_entry_is_named_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, 'titel = "某办法"\nnumber = "某政〔2009〕3号"\nissued = "2020"\nreplaces = 3\n')
    with pytest.raises(DocumentError) as caught:
        read_metadata(path)
    lines = str(caught.value).split("\n")
    assert [line.split(": ")[0] for line in lines] == [f"{path}:{number}" for number in (1, 3, 4)]
