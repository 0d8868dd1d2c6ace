"""Check digits and dates by which numbers of one kind are told from others of the same length."""

import re

_BIRTHDAY = re.compile(r"\d{6}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])", re.ASCII)
_OLD_IDENTITY = re.compile(  # province, city, county, birthday without century, number of the day
    r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])\d{4}\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}",
    re.ASCII,
)
_DOUBLED = str.maketrans("0123456789", "0246813579")  # digit → sum of the digits of its double
_CREDIT_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def is_identity_number(number: str) -> bool:
    """Whether 18 characters are an identity number: a birthday inside and the check digit of GB 11643 (ISO 7064)."""
    if not _BIRTHDAY.match(number):  # one credit code of digits in eleven has that check digit by chance
        return False
    total = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(number[:17]))
    return "10X98765432"[total % 11] == number[17].upper()


def is_old_identity_number(number: str) -> bool:
    """Whether 15 digits are an identity number as issued until 1999: no check digit, but a province and a birthday."""
    return _OLD_IDENTITY.fullmatch(number) is not None


def is_bank_card(number: str) -> bool:
    """Whether 16 to 19 digits are a card number: the check digit of ISO 7812 (Luhn)."""
    return (sum(map(int, number[::-2])) + sum(map(int, number[-2::-2].translate(_DOUBLED)))) % 10 == 0


def is_credit_code(code: str) -> bool:
    """Whether 18 capitals and digits are the credit code of a company or an office: the check character of GB 32100."""
    total = sum(_CREDIT_DIGITS.index(digit) * pow(3, place, 31) for place, digit in enumerate(code[:17]))
    return _CREDIT_DIGITS[-total % 31] == code[17]
