import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.normalizer import normalize

policy_text = st.text(
    st.sampled_from("第一二三十百零〇两条项款年〔〕【】（）()，。ＡＢab12 　\u200b貸戶開業證營個體後裡臺后里台"),
    max_size=40,
)


@given(st.text() | policy_text)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("第二十六条", "第26条"),
        ("第一百零三条", "第103条"),
        ("六十六条措施", "66条措施"),
        ("皖营商环境办〔2023〕4号", "皖营商环境办[2023]4号"),
        ("（三）", "(三)"),
        ("ＡＰＰ", "app"),
        ("首貸戶的營業執照", "首贷户的营业执照"),
        ("不動產抵押權註銷", "不动产抵押权注销"),
        ("首\u200b贷", "首贷"),
    ],
)
def test_what_means_the_same_is_written_the_same(written: str, other: str) -> None:
    assert normalize(written) == normalize(other)


@pytest.mark.parametrize("text", ["一是摸清需求", "十分满意", "千方百计", "百姓", "三证合一", "万一"])
def test_a_numeral_inside_a_word_stays(text: str) -> None:
    assert normalize(text) == text
