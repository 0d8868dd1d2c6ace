"""Laws of points (一是 … 二是 …)."""

from corpus.parser.inline_parts import find_inline_parts
from corpus.parser.lines import paragraphs, split_lines


def points(text: str) -> list[str]:
    return [text[node.start : node.end] for node in find_inline_parts(text, paragraphs(split_lines(text)))]


def test_a_point_runs_to_the_next_and_the_last_to_the_end_of_its_paragraph() -> None:
    assert points("一是快办。二是好办；三是易办。\n另一段。") == ["一是快办。", "二是好办；", "三是易办。"]


def test_points_may_stand_in_paragraphs_of_their_own() -> None:
    assert points("做法如下：\n一是快办。\n\n二是好办。") == ["一是快办。", "二是好办。"]


def test_a_point_begins_after_any_punctuation_and_never_inside_a_word() -> None:
    assert points("做到一是一，二是二。") == []
    assert points("这是唯一是非之地；二是好。") == []
    assert points("统一要求，二要落实。") == []
    assert points("开展检查，一是查证，二是查价，三是查量。") == ["一是查证，", "二是查价，", "三是查量。"]
    assert points("做到：一是热情，二是高效；三是廉洁。") == ["一是热情，", "二是高效；", "三是廉洁。"]


def test_other_words_that_count_points_are_read_alike() -> None:
    assert points("坚持改革。一要压实责任；二要加强培训。") == ["一要压实责任；", "二要加强培训。"]
    assert points("限时办结：第一，带头办；第二，限期办。") == ["第一，带头办；", "第二，限期办。"]
    assert points("一是快办。二要好办。") == []


def test_a_number_wrapped_away_from_its_word_still_opens_a_point() -> None:
    assert points("一是快办，二\n是好办。") == ["一是快办，", "二\n是好办。"]


def test_a_count_inside_a_point_belongs_to_the_point() -> None:
    text = "一是快办：一是网上办，二是就近办。二是好办。三是易办。"
    assert points(text) == ["一是快办：一是网上办，二是就近办。", "二是好办。", "三是易办。"]


def test_a_point_has_a_successor() -> None:
    assert points("一是快办。") == []
    assert points("二是好办。三是易办。") == []


def test_a_number_out_of_sequence_opens_no_point() -> None:
    assert points("一是快办。二是好办。五是例外。三是易办。") == ["一是快办。", "二是好办。五是例外。", "三是易办。"]


def test_a_second_count_in_the_same_text_is_a_run_of_its_own() -> None:
    text = "一是快办。二是好办。\n一是省时。二是省钱。"
    assert points(text) == ["一是快办。", "二是好办。", "一是省时。", "二是省钱。"]
