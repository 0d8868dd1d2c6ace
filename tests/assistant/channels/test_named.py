"""Where the quoted words say that one can turn."""

import pytest

from assistant.channels.named import channels_in


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("企业可通过“江城办”APP提交,也可前往政务服务大厅办理。", ["“江城办”APP", "政务服务大厅"]),
        ("关注“江城人社”微信公众号查询进度。", ["“江城人社”微信公众号"]),
        ("登录江城政务服务网，点“我要办”。", ["江城政务服务网"]),
        ("咨询电话：0555-2345678，或拨打12333热线。", ["12333热线", "0555-2345678"]),
        ("加强平台建设，提升窗口服务质量。", []),
        ("编号2023-10-19，金额1234567元。", []),
    ],
)
def test_named_channels_are_found_in_their_own_words(text: str, names: list[str]) -> None:
    assert list(channels_in([text])) == names


def test_a_telephone_number_counts_and_nothing_comes_twice() -> None:
    found = channels_in(["请拨打400-810-1234。", "请拨打400-810-1234，或登录“江城办”APP。", "打开“江城办”APP"])
    assert found == ("400-810-1234", "“江城办”APP")
