"""Personal data out of what people type, before it is stored (脱敏).

Numbers are recognised by their form and their check digits, so that what only looks like one stays: hotlines, office
numbers, document numbers, dates, amounts, the credit codes of companies. Names and addresses have no such form and are
not recognised.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

# Other writings of digits, letters, signs and blanks, one character for one, so that places in the text stay the same.
_FOLD = (
    {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
    | dict.fromkeys(map(ord, "\t\u00a0\u2002\u2003\u2009\u200b\u202f\u3000"), " ")
    | dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
)
_SEPARATOR = re.compile(r"[ -]")
_BIRTHDAY = re.compile(r"\d{6}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_CREDIT_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_CODE = re.compile(  # those who register in numbers, by the first two; none of them is how a card begins
    r"(?<![0-9A-Z])(?:[1589][1239]|3[1-49]|[ANY][1-9])\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Z])",
    re.ASCII | re.IGNORECASE,
)


def is_identity_number(number: str) -> bool:
    """Whether 18 characters are an identity number: a birthday inside and the check digit of GB 11643 (ISO 7064)."""
    if not _BIRTHDAY.match(number):  # one credit code of digits in eleven has that check digit by chance
        return False
    total = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(number[:17]))
    return "10X98765432"[total % 11] == number[17].upper()


def is_bank_card(number: str) -> bool:
    """Whether 16 to 19 digits are a card number: the check digit of ISO 7812 (Luhn)."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in number[-2::-2])
    return (sum(map(int, number[::-2])) + sum(doubled)) % 10 == 0


def is_credit_code(code: str) -> bool:
    """Whether 18 capitals and digits are the credit code of a company or an office: the check character of GB 32100."""
    total = sum(_CREDIT_DIGITS.index(digit) * pow(3, place, 31) for place, digit in enumerate(code[:17]))
    return _CREDIT_DIGITS[-total % 31] == code[17]


def _by_form_alone(_number: str) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of personal data. Group 1 of the pattern is what may be one; `holds` decides, given it unseparated.

    The group stands in a lookahead, so that a number that does not hold hides none that begins inside it.
    """

    label: str
    pattern: re.Pattern[str]
    holds: Callable[[str], bool] = _by_form_alone

    def mask(self, text: str) -> str:
        kept, done = [], 0
        for match in self.pattern.finditer(text.translate(_FOLD)):
            start, end = match.span(1)
            if start >= done and self.holds(_SEPARATOR.sub("", match[1])):
                kept += [text[done:start], self.label]
                done = end
        return "".join([*kept, text[done:]])


# No card begins with 0 or 1; what begins with 20 is a date and a running number.
_CARD = r"(?<!\d)(?!20)(?=([2-9]\d{3}([ -]?)\d{4}\2\d{4}\2\d{4}"
_MOBILE = r"(?:(?:\+|00)?86[ -]?)?0?(?:1[3-9]\d[ -]?\d{4}[ -]?\d{4}|1[3-9]\d\d[ -]\d{3}[ -]\d{4})"
_NO_AMOUNT = r"(?!\.\d| ?万?元(?![旦宵月]))"

_MAIL = _Kind(
    "〔邮箱〕", re.compile(r"(?<![\w.%+-])(?=([\w.%+-]+ ?@ ?(?:[a-z\d-]+\.)+[a-z]{2,}))", re.ASCII | re.IGNORECASE)
)
_IDENTITY = _Kind("〔身份证号〕", re.compile(r"(?<!\d)(?=((?:\d[ -]?){17}[\dXx])(?!\d))", re.ASCII), is_identity_number)
_NUMBERS = (
    _Kind("〔银行卡号〕", re.compile(_CARD + r"\2\d{1,3})(?!\d))", re.ASCII), is_bank_card),
    _Kind("〔银行卡号〕", re.compile(_CARD + r")(?!\d))", re.ASCII), is_bank_card),
    _Kind("〔手机号〕", re.compile(rf"(?<!\d)(?<!\d\.)(?<![¥￥$])(?=({_MOBILE})(?!\d){_NO_AMOUNT})", re.ASCII)),
)


def mask(text: str) -> str:
    """The text with identity, card and mobile numbers and e-mail addresses replaced by 〔what stood there〕.

    Everything else stays character for character.
    """
    text = _IDENTITY.mask(_MAIL.mask(text))
    kept, done = [], 0
    for code in _CREDIT_CODE.finditer(text.translate(_FOLD)):  # whose digits may look like a card
        if is_credit_code(code[0].upper()):
            kept += [_without_numbers(text[done : code.start()]), text[code.start() : code.end()]]
            done = code.end()
    return "".join([*kept, _without_numbers(text[done:])])


def _without_numbers(text: str) -> str:
    for kind in _NUMBERS:
        text = kind.mask(text)
    return text


_SAID = re.compile(
    r"(?:我?的?(?:电话|手机|身份证|银行卡|卡|邮箱)(?:号码?)?(?:是|为|[:：])?\s*)?〔(?:邮箱|身份证号|银行卡号|手机号)〕"
)


def without_personal_data(text: str) -> str:
    """The text without what `mask` would hide and the words that announce it: nobody is asking for their own number."""
    masked = mask(text)
    return text if masked == text else _SAID.sub(" ", masked).strip() or text
