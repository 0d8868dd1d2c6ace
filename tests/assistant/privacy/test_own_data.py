"""What somebody says of themselves is no part of the question."""

import pytest

from assistant.privacy.masking import without_personal_data


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("怎么申请首贷？我电话138 0013 8000", "怎么申请首贷？"),
        ("我的手机号是13800138000，首贷怎么办", "，首贷怎么办"),
        ("12345能查进度吗", "12345能查进度吗"),
        ("13800138000", "13800138000"),
        ("我的车牌是黑B·54321，违章在哪查", "，违章在哪查"),
        ("我家里电话0551-65432109，装宽带找谁", "，装宽带找谁"),
        ("我叫李明远，怎么申请低保", "，怎么申请低保"),
        ("我是华侨，怎么落户", "我是华侨，怎么落户"),
    ],
)
def test_what_is_asked_is_what_is_left_without_ones_own_number(text: str, rest: str) -> None:
    assert without_personal_data(text) == rest
