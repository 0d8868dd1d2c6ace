from hypothesis import given
from hypothesis import strategies as st

from assistant.api.highlight import highlights

SOME = st.text(alphabet="首贷企业户名ＡaBﬁ１2，。 \n", max_size=40)


def test_words_of_the_query_are_found_whatever_their_width_and_case() -> None:
    text = "上线ＡＰＰ，开设首贷专区；app 里也能办。"
    assert [text[start:end] for start, end in highlights("首贷专区 App", text)] == ["ＡＰＰ", "首贷专区", "app"]


def test_words_that_touch_make_one_span() -> None:
    assert highlights("无贷户 名单库", "建立无贷户名单库") == [(2, 8)]


def test_a_query_without_common_words_gives_none() -> None:
    assert highlights("weather tomorrow", "建立无贷户名单库") == []
    assert highlights("", "建立无贷户名单库") == []


@given(query=SOME, text=SOME)
def test_spans_are_ordered_disjoint_and_inside_the_text(query: str, text: str) -> None:
    edges = [edge for span in highlights(query, text) for edge in span]
    assert edges == sorted(set(edges))
    assert all(0 <= edge <= len(text) for edge in edges)
