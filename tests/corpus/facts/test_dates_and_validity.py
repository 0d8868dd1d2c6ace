"""Laws of dates: every way of writing them, partial ones as such, and what is counted from them."""

from datetime import date

import pytest

from corpus.facts.dates import PartialDate, parse_date
from tests.corpus.facts.texts import BODY, facts_of, shown, value_of


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2019年5月6日", "2019-05-06"),
        ("2019 年 12 月 16 日", "2019-12-16"),
        ("二〇一九年十二月卅一日", "2019-12-31"),
        ("二〇一九年三月卅日", "2019-03-30"),
        ("二〇一九年十二月十六日", "2019-12-16"),
        ("二○○九年五月三十一日", "2009-05-31"),
        ("二OO九年五月廿一日", "2009-05-21"),
        ("２０１９年５月６日", "2019-05-06"),
        ("2019-5-6", "2019-05-06"),
        ("2019/05/06 10:20", "2019-05-06"),
        ("20190506", "2019-05-06"),
        ("2019年5月", "2019-05"),
        ("2019年", "2019"),
        ("2019年2月30日", None),
        ("2019年小学招生", None),
        ("12345", None),
    ],
)
def test_a_date_is_read_in_every_form(text: str, iso: str | None) -> None:
    found = parse_date(text)
    assert (found.isoformat() if found else None) == iso


def test_only_a_full_date_is_a_day() -> None:
    assert PartialDate(2019, 5, 6).full == date(2019, 5, 6)
    assert PartialDate(2019, 5).full is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("养老服务办法\n（2019年5月）\n\n" + BODY, "2019-05"),
        ("养老条例\n（2019年5月6日某市常委会通过 2019年7月8日某省常委会批准）\n\n" + BODY, "2019-07-08"),
        ("养老条例\n（2019年5月6日通过 2019年7月8日批准 2019年7月9日公布）\n\n" + BODY, "2019-07-09"),
        ("养老服务办法\n成文日期：2019年5月6日 发布日期：2019年5月9日\n\n" + BODY, "2019-05-06"),
        (
            "养老服务办法\n\n"
            + BODY
            + "\n\n某市民政局\n二〇一九年五月六日\n\n抄送：各区。\n某市民政局办公室 2019年5月9日印发",
            "2019-05-06",
        ),
        ("养老服务办法\n\n" + BODY + "\n某市民政局办公室 2019年5月9日印发", "2019-05-09"),
        ("洛民〔2019〕8号\n养老服务办法\n发布时间：2019-05-09\n\n" + BODY, "2019-05-09"),
        ("洛民〔2009〕8号\n养老服务办法\n发布时间：2019-05-09\n\n" + BODY, "2009"),
        ("养老服务办法\n发布时间：2019-05-09\n\n" + BODY, None),
        ("养老服务办法\n\n" + BODY, None),
    ],
)
def test_the_date_of_issue_is_when_it_was_signed(text: str, iso: str | None) -> None:
    assert value_of(text, "issued") == iso


def validity(last: str) -> tuple[str | None, str | None]:
    text = f"养老服务办法\n\n第一条 《居住证》有效期为三年。\n第二条 {last}\n\n某市民政局\n2019年5月6日"
    facts = facts_of(text)
    return shown(facts, "effective"), shown(facts, "expires")


@pytest.mark.parametrize(
    ("last", "found"),
    [
        ("本办法自2019年7月1日起施行。", ("2019-07-01", None)),
        ("本办法自2019年7月1日起施行，有效期五年。", ("2019-07-01", "2024-06-30")),
        ("本办法自2019年7月1日起实施，有效期至2022年12月31日。", ("2019-07-01", "2022-12-31")),
        ("本办法从二〇一九年七月一日起试行，试行两年。", ("2019-07-01", "2021-06-30")),
        ("本办法由某局解释，自2019年7月1日起执行，暂定3年。", ("2019-07-01", "2022-06-30")),
        ("本办法自印发之日起施行。", ("2019-05-06", None)),
        ("本办法自公布之日起30日后施行。", ("2019-06-05", None)),
        ("本通知自6月1日起执行。", ("2019-06-01", None)),
        ("本通知自1月1日起执行。", ("2020-01-01", None)),
        ("本办法自2019年7月1日起施行，2021年6月30日废止。", ("2019-07-01", "2021-06-30")),
        ("《服务条例》已于2016年1月1日起施行。", (None, None)),
        ("自本办法施行之日起，旧证继续有效。", (None, None)),
        ("待遇从2019年9月1日起执行。", (None, None)),
    ],
)
def test_first_and_last_day_in_force(last: str, found: tuple[str | None, str | None]) -> None:
    assert validity(last) == found


def test_the_day_of_issue_counts_only_where_it_is_sure() -> None:
    text = "洛民〔2019〕8号\n养老服务办法\n发布时间：2019-05-09\n\n第一条 甲。\n第二条 本办法自印发之日起施行。"
    assert facts_of(text).effective is None


def test_a_wrapped_line_breaks_no_date() -> None:
    assert validity("本办法自2019年7\n月1日起施行，有效期至2022\n年12月31日。") == ("2019-07-01", "2022-12-31")
