"""Laws of points (一是 … 二是 …)."""

from corpus.lines import paragraphs, split_lines
from corpus.points import find_points


def points(text: str) -> list[str]:
    return [text[node.start : node.end] for node in find_points(text, paragraphs(split_lines(text)))]


def test_a_point_runs_to_the_next_and_the_last_to_the_end_of_its_paragraph() -> None:
    assert points("一是快办。二是好办；三是易办。\n另一段。") == ["一是快办。", "二是好办；", "三是易办。"]


def test_points_may_stand_in_paragraphs_of_their_own() -> None:
    assert points("做法如下：\n一是快办。\n\n二是好办。") == ["一是快办。", "二是好办。"]


def test_a_point_begins_a_sentence_and_has_a_successor() -> None:
    assert points("这一是非之地，一是快，二是好。") == []
    assert points("一是快办。") == []
    assert points("二是好办。三是易办。") == []


def test_a_number_out_of_sequence_opens_no_point() -> None:
    assert points("一是快办。二是好办。五是例外。三是易办。") == ["一是快办。", "二是好办。五是例外。", "三是易办。"]


def test_a_second_count_in_the_same_text_is_a_run_of_its_own() -> None:
    text = "一是快办。二是好办。\n一是省时。二是省钱。"
    assert points(text) == ["一是快办。", "二是好办。", "一是省时。", "二是省钱。"]
