"""What is masked, and what only looks like it: both are examples first, then laws."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.privacy.masking import mask, without_personal_data

ID, MOBILE, CARD, MAIL = "〔身份证号〕", "〔手机号〕", "〔银行卡号〕", "〔邮箱〕"
WIDE = str.maketrans("0123456789Xx+-@. ", "０１２３４５６７８９Ｘｘ＋－＠．\u3000")
CREDIT_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_around = st.text(st.characters(exclude_categories=["Nd", "Cs"], exclude_characters="+-.%_@¥￥$＋－．％＿＠＄元万〔"))


def _identity_number(region: int, born: date, turn: int) -> str:
    digits = f"{region:06}{born:%Y%m%d}{turn:03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11]


def _with_luhn_digit(digits: str) -> str:
    odd, even = map(int, digits[::-2]), map(int, digits[-2::-2])
    return digits + str(-(sum(2 * d - 9 * (d > 4) for d in odd) + sum(even)) % 10)


def _credit_code(start: str) -> str:
    weights = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    total = sum(CREDIT_DIGITS.index(c) * w for c, w in zip(start, weights, strict=True))
    return start + CREDIT_DIGITS[-total % 31]


identity_numbers = st.builds(
    _identity_number,
    st.integers(110000, 659999),
    st.dates(date(1900, 1, 1), date(2030, 12, 31)),
    st.integers(0, 999),
)
mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
cards = st.from_regex(r"4[0-9]{14,17}|62[0-9]{13,16}", fullmatch=True).map(_with_luhn_digit)
credit_codes = st.from_regex(r"9[123][1-6][0-9]{5}[0-9A-HJ-NPQRTUWXY]{9}", fullmatch=True).map(_credit_code)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("我的身份证11010519491231002X能办吗", f"我的身份证{ID}能办吗"),
        ("身份证11010519491231002x。", f"身份证{ID}。"),
        ("号码 440524 1880 0101 0014 对吗", f"号码 {ID} 对吗"),
        ("440524-18800101-0014", ID),
        ("１１０１０５１９４９１２３１００２Ｘ", ID),
        ("请打13800138000找我", f"请打{MOBILE}找我"),
        ("电话：138 0013 8000、139-1234-5678", f"电话：{MOBILE}、{MOBILE}"),
        ("1380 013 8000", MOBILE),
        ("+86 13800138000 / 0086-13800138000 / 8613800138000 / 013800138000", " / ".join([MOBILE] * 4)),
        ("１３８００１３８０００", MOBILE),
        ("微信wx13800138000", f"微信wx{MOBILE}"),
        ("Tel.13800138000.", f"Tel.{MOBILE}."),
        ("手机13800138000元旦后打", f"手机{MOBILE}元旦后打"),
        ("卡号4111111111111111", f"卡号{CARD}"),
        ("4111 1111 1111 1111，2张", f"{CARD}，2张"),
        ("4111-1111-1111-1111 12", f"{CARD} 12"),
        ("6222 0212 3456 7890 128", CARD),
        ("写信到zhang.san+1@mail.example.com。谢谢", f"写信到{MAIL}。谢谢"),
        ("ZHANG@EXAMPLE.CN 或 li @qq.com", f"{MAIL} 或 {MAIL}"),
        ("13800138000@qq.com", MAIL),
        ("ｚｈａｎｇ＠ｑｑ．ｃｏｍ", MAIL),
        ("13800138000,11010519491231002X", f"{MOBILE},{ID}"),
    ],
)
def test_personal_data_gives_way_to_its_name(said: str, kept: str) -> None:
    assert mask(said) == kept


@pytest.mark.parametrize(
    "said",
    [
        "12345 和 12333、110、95588",
        "0451-84664567，(010)12345678，010-13812345，86-0451-84664567，045184664567",
        "400-820-8820，4008208820，800-810-1234，1010-1234",
        "皖营商环境办〔2023〕4号，国发[2019]18号，第2023001号",
        "2023-10-19 至 2024-10-19，20231019，2023 1019 2024 1019，2023年10月19日 13:00",
        "注册资本13800138000元，15000000000 元，13800138000.50，¥13800138000，13800000000万元",
        "91230100MA18Y9876X，91200000022211244H，91200000022211244h，９１２０００００２２２１１２４４Ｈ",
        "办件编号20231019123456782，2301-000000-04-01-123456",
        "110105194912310021",  # a wrong check digit
        "11010519491331002X",  # no such month
        "4111111111111112",
        "138001380001，1380013800",
        "12800138000",
        "a@b，价格@3.5，@政务服务",
        "",
    ],
)
def test_what_only_looks_personal_stays(said: str) -> None:
    assert mask(said) == said


@given(st.sampled_from(["", " ", "-"]), st.booleans(), _around, _around, st.data())
def test_every_number_of_its_kind_is_found_in_any_text(
    separator: str, wide: bool, before: str, after: str, data: st.DataObject
) -> None:
    number, label = data.draw(
        st.one_of(
            identity_numbers.map(lambda n: (separator.join((n[:6], n[6:14], n[14:])), ID)),
            mobiles.map(lambda n: (separator.join((n[:3], n[3:7], n[7:])), MOBILE)),
            cards.map(lambda n: (separator.join(filter(None, (n[:4], n[4:8], n[8:12], n[12:16], n[16:]))), CARD)),
        )
    )
    assert mask(before + (number.translate(WIDE) if wide else number) + after) == before + label + after


@given(_around, identity_numbers, st.sampled_from("0123456789X"), _around)
def test_an_identity_number_with_another_check_digit_is_none(before: str, right: str, last: str, after: str) -> None:
    assume(last != right[17])
    assert ID not in mask(before + right[:17] + last + after)


@given(_around, credit_codes, _around)
def test_a_credit_code_stays(before: str, code: str, after: str) -> None:
    assume(code[6:8] not in ("18", "19", "20"))  # which might be the birthday in an identity number
    said = f"{before}码{code}，{after}"
    assert mask(said) == said


@given(st.text())
def test_masking_twice_is_masking_once_and_text_without_digits_and_addresses_is_untouched(text: str) -> None:
    once = mask(text)
    assert mask(once) == once
    if "@" not in text and "＠" not in text and not any(c.isdigit() for c in text):
        assert once == text


@given(st.text(st.sampled_from("0123456789Xx -+@.a〔元")))
def test_masking_twice_is_masking_once_among_digits(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("怎么申请首贷？我电话138 0013 8000", "怎么申请首贷？"),
        ("我的手机号是13800138000，首贷怎么办", "，首贷怎么办"),
        ("12345能查进度吗", "12345能查进度吗"),
        ("13800138000", "13800138000"),
    ],
)
def test_what_is_asked_is_what_is_left_without_ones_own_number(text: str, rest: str) -> None:
    assert without_personal_data(text) == rest
