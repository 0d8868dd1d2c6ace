"""The gate over two versions of a small library: what breaks, what is known, what is set aside, what is a fault."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.publication.examined import Asked
from assistant.service import Assistant
from corpus.errors import QuestionFileError
from eval.gate import Gate, open_gate
from eval.questions.saved import SavedQuestions
from index.encoder.encoder import Encoder
from tests.eval.gardens import BIKES, GARDENS, GARDENS_NEW, assistant_over

FEE = ("菜地一年收多少管理费", "gardens:3")  # its clause says another thing in the new version
KEY = ("钥匙丢了怎么补领", "gardens:9")  # its clause is gone
PLOT = ("怎么申请一块菜地", "gardens:2")
HOURS = ("菜园几点开门", "gardens:4")  # answered by neither
TIDY = ("乱停的单车多久清走", "bikes:2")
PENSION = ("养老金怎么算", "")  # nothing answers it


@pytest.fixture(scope="module")
def old(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("gate") / "old", encoder, gardens=GARDENS, bikes=BIKES)


@pytest.fixture(scope="module")
def new(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("gate") / "new", encoder, gardens=GARDENS_NEW, bikes=BIKES)


@pytest.fixture(scope="module")
def without_bikes(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("gate") / "one", encoder, gardens=GARDENS)


@pytest.fixture
def saved(tmp_path: Path) -> SavedQuestions:
    return SavedQuestions(tmp_path / "questions", shipped=None)


def _save(saved: SavedQuestions, *questions: tuple[str, str]) -> SavedQuestions:
    for question, clause in questions:
        saved.add(question, [clause] if clause else [])
    return saved


def _gate(saved: SavedQuestions, allowed: int = 0) -> Gate:
    return Gate(saved.all(), saved.known(), allowed)


def _kept(saved: SavedQuestions, assistant: Assistant) -> Sequence[Asked]:
    return _gate(saved)(assistant, None, ()).results


def test_a_publication_that_breaks_two_saved_questions_is_refused_and_lists_them_and_a_known_failure_passes(
    saved: SavedQuestions, old: Assistant, new: Assistant
) -> None:
    _save(saved, FEE, KEY, PLOT, HOURS, PENSION)
    examined = _gate(saved)(new, old, _kept(saved, old))
    assert not examined.passes
    assert [change.now.question for change in examined.broken] == [FEE[0], KEY[0]]
    assert [change.before.cited for change in examined.broken] == [("gardens:3",), ("gardens:9",)]
    assert [change.gone for change in examined.broken] == [(), ("gardens:9",)]
    assert examined.known == 1
    told = examined.refusal()
    assert told.count("已回答 answered: gardens:") == 2
    assert HOURS[0] not in told

    saved.mark("q-1", known=True, why="收费另行规定")
    saved.mark("q-2", known=True)
    again = _gate(saved)(new, old, _kept(saved, old))
    assert (again.passes, again.broken, again.known) == (True, (), 3)


def test_a_set_number_may_break(saved: SavedQuestions, old: Assistant, new: Assistant) -> None:
    _save(saved, FEE, KEY)
    assert [_gate(saved, allowed)(new, old, ()).passes for allowed in (0, 1, 2)] == [False, False, True]


def test_before_is_what_was_kept_and_only_for_others_what_the_one_in_service_says(
    saved: SavedQuestions, old: Assistant, new: Assistant
) -> None:
    _save(saved, FEE, KEY)
    kept_as_wrong = _kept(saved, new)[:1]
    examined = _gate(saved)(new, old, kept_as_wrong)
    assert [change.now.question for change in examined.broken] == [KEY[0]]
    assert examined.known == 1


def test_at_the_first_publication_every_failure_becomes_known(saved: SavedQuestions, new: Assistant) -> None:
    examined = _gate(_save(saved, FEE, PLOT))(new, None, ())
    assert (examined.passes, examined.known, len(examined.results)) == (True, 1, 2)


def test_a_question_that_was_wrong_and_is_right_is_mended(
    saved: SavedQuestions, old: Assistant, new: Assistant
) -> None:
    examined = _gate(_save(saved, FEE, PLOT))(old, new, ())
    assert [change.now.question for change in examined.mended] == [FEE[0]]


def test_a_question_whose_document_was_removed_is_set_aside(
    saved: SavedQuestions, old: Assistant, without_bikes: Assistant
) -> None:
    _save(saved, TIDY, PLOT)
    examined = _gate(saved)(without_bikes, old, _kept(saved, old))
    assert (examined.passes, examined.set_aside, examined.faults) == (True, ("q-1",), ())
    assert [one.question for one in examined.results] == [PLOT[0]]


def test_what_no_library_holds_is_told_by_file_and_line_and_stops_nothing(
    saved: SavedQuestions, old: Assistant, new: Assistant
) -> None:
    _save(saved, PLOT, ("菜园里的灯谁来修", "gardens:99"), ("夜市几点收摊", "night:1"))
    examined = _gate(saved)(new, old, ())
    assert examined.passes
    assert examined.set_aside == ("q-2", "q-3")
    where = saved.folder / "saved.jsonl"
    assert [fault.partition(": ")[0] for fault in examined.faults] == [f"{where}:2", f"{where}:3"]


def test_questions_that_give_the_words_that_answer_are_asked_too(
    saved: SavedQuestions, old: Assistant, new: Assistant
) -> None:
    row = {"id": "w", "question": FEE[0], "answers": [{"document": "gardens", "quote": "每年收取管理费六十元"}]}
    saved.import_file("fees.jsonl", json.dumps(row).encode())
    [change] = _gate(saved)(new, old, ()).broken
    assert change.before.wanted == ("gardens: 每年收取管理费六十元",)
    assert change.gone == ()


def test_that_a_shipped_question_has_no_answer_counts_where_there_are_no_other_texts(
    tmp_path: Path, old: Assistant, without_bikes: Assistant
) -> None:
    rows = [
        {"id": "a", "question": PLOT[0], "relevant": ["gardens:2"]},
        {"id": "n", "question": "几点", "relevant": []},
    ]
    shipped = tmp_path / "shipped.jsonl"
    shipped.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    gate = _gate(SavedQuestions(tmp_path / "none", shipped=shipped))
    assert [one.id for one in gate(without_bikes, None, ()).results] == ["a", "n"]
    assert [one.id for one in gate(old, None, ()).results] == ["a"]


def test_a_question_that_cannot_be_asked_is_wrong_and_stops_nothing(saved: SavedQuestions, new: Assistant) -> None:
    row = {"id": "long", "question": "菜" * 3000, "relevant": ["gardens:2"]}
    saved.import_file("long.jsonl", json.dumps(row).encode())
    examined = _gate(saved)(new, None, ())
    assert [one.status for one in examined.results] == ["refused"]
    assert examined.passes


def test_a_malformed_file_is_told_before_anything_is_asked(old: Assistant) -> None:
    settings = old.settings
    folder = settings.library_folder / "questions"
    folder.mkdir(parents=True)
    path = folder / "bad.jsonl"
    path.write_text('{"id": "1", "question": "几点开门", "relevant": []}\n{"id": "2"}\n', encoding="utf-8")
    with pytest.raises(QuestionFileError) as raised:
        open_gate(settings)
    assert str(raised.value).startswith(f"{path}:2: ")
    path.unlink()
    assert len(open_gate(settings)(old, None, ()).set_aside) == 2034, "the shipped texts are not in this library"
