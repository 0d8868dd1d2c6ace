"""The value that a phrase states, in the words of the text and as English says it."""

import pytest

from assistant.composition.values import value_in


@pytest.mark.parametrize(
    ("phrase", "kind", "chinese", "english"),
    [
        ("每户补助1.2万元", "amount", "1.2万元", "12,000 yuan"),
        ("服务费每次不超过五十元", "fee", "不超过50元", "at most 50 yuan"),
        ("自受理之日起五个工作日内换照", "duration", "五个工作日内", "5 working days"),
        ("执照有效期两年", "duration", "两年", "2 years"),
        ("试营业期一个月", "duration", "一个月", "1 month"),
        ("应当在2027年3月15日前提出", "date", "2027年3月15日前", "by 15 March 2027"),
        ("3月底前完成", "date", "3月底前", "by the end of March"),
        ("自6月1日起施行", "date", "6月1日起", "from 1 June"),
        ("摊位不少于12个", "count", "不少于12个", "at least 12"),
        ("用电容量提高到160千瓦", "count", "160千瓦", "160 kW"),
        ("租金压减三成，时间压减40%以上", "rate", "40%以上", "at least 40%"),
    ],
)
def test_the_value_is_told_with_what_bounds_it(phrase: str, kind: str, chinese: str, english: str) -> None:
    assert value_in(phrase, kind, in_english=False) == chinese
    assert value_in(phrase, kind, in_english=True) == english


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("处五百元以上二千元以下罚款", "amount"),  # two sums
        ("每年3月和9月受理", "date"),
        ("5月4日至6日报名", "date"),  # no single day
        ("将18个窗口合并为6个", "count"),
        ("尽快办结", "duration"),
        ("到窗口办理", "place"),
    ],
)
def test_nothing_is_told_where_it_is_not_the_only_one(phrase: str, kind: str) -> None:
    assert value_in(phrase, kind, in_english=True) == ""
    assert value_in(phrase, kind, in_english=False) == ""
