"""A telephone number that somebody leaves to be called back: of mainland China, mobile or fixed, nothing else."""

import re
from dataclasses import dataclass

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

from assistant.privacy.folding import SEPARATOR, fold
from corpus.errors import InputError

_REGION, _COUNTRY = "CN", 86
_MOST = 40  # characters that a number is written in
_EXTENSION = re.compile(r"转接?|分机号?|(?<=\d{7})-(?=\d{1,6}$)", re.ASCII)
_WRITTEN = re.compile(r"\+?[\d ()/.-]+(?: ext\. [\d ]+)?", re.ASCII)
_KINDS = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
_GAP = rf"(?:{SEPARATOR}|[()]){{0,3}}"  # between two digits
_SHORTEST = 7  # digits that are a number by themselves, without the area


@dataclass(frozen=True, slots=True)
class Telephone:
    """A number in digits, with the 0 of its area: 13800138000, 04518765432; an extension behind an x."""

    digits: str

    @property
    def grouped(self) -> str:
        """As people write and read it out: 138 0013 8000, 0451 8765 4321 转 8012."""
        number, _, extension = self.digits.partition("x")
        parsed = phonenumbers.parse(number, _REGION)
        written = phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL)
        return f"{written} 转 {extension}" if extension else written

    @property
    def dialled(self) -> str:
        """What a telephone is told to dial; an extension is asked for by voice."""
        return self.digits.partition("x")[0]

    def out_of(self, text: str) -> str:
        """The text without this number, however its digits are grouped, with or without its area."""
        number = phonenumbers.parse(self.dialled, _REGION)
        national = str(number.national_number)
        area = phonenumbers.length_of_geographical_area_code(number)
        forms = [f"(?:[+]?86{_GAP})?0?{_digits(national)}"]
        if area and len(national) - area >= _SHORTEST:
            forms.append(_digits(national[area:]))
        found = re.compile("|".join(forms))
        kept, done = [], 0
        for one in found.finditer(fold(text)):
            kept += [text[done : one.start()], "〔电话号〕"]
            done = one.end()
        return "".join([*kept, text[done:]])


def read_telephone(text: str, field: str = "phone") -> Telephone:
    """A number as typed. Raises InputError for anything but a mobile or fixed line of mainland China."""
    written = _EXTENSION.sub(" ext. ", fold(text).strip())[:_MOST]
    written = re.sub(r" +", " ", written.replace("(0)", ""))
    try:
        if len(text) > _MOST or not _WRITTEN.fullmatch(written):
            raise _refusal(field)
        number = phonenumbers.parse(written, _REGION)
    except NumberParseException:
        raise _refusal(field) from None
    is_ours = number.country_code == _COUNTRY and phonenumbers.is_valid_number(number)
    if not is_ours or phonenumbers.number_type(number) not in _KINDS:
        raise _refusal(field)
    digits = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL).partition(" ext.")[0].replace(" ", "")
    return Telephone(f"{digits}x{number.extension}" if number.extension else digits)


def _digits(digits: str) -> str:
    return _GAP.join(digits)


def _refusal(field: str) -> InputError:
    return InputError(
        "请填写内地的手机号（11 位）或带区号的固定电话，如 0451-8765 4321；其他号码不能回拨，可以直接拨打12345。"
        "Give a mobile number of mainland China (11 digits) or a fixed line with its area code; other numbers are not "
        "called back, but you can call 12345 yourself.",
        field,
    )
