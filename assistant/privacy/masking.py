"""Personal data out of what people type, before it is stored (脱敏).

Numbers are recognised by their form, their check digits and the words around them, so that what only looks like one
stays: hotlines and offices' numbers, document numbers, dates, amounts, and numbers that say that they are something
else (受理号, 发票号码, 订单号, 统一社会信用代码). A fixed line with its area code is masked unless the words around it
say that it is an office's; one without only where the writer calls it his own. Names and addresses have no form of
their own: they are recognised behind words that announce them (我叫, 家住), and nowhere else. All patterns take time
in proportion to the text.
"""

import re
from collections.abc import Iterator

from assistant.privacy.accounts import ACCOUNT, find_accounts
from assistant.privacy.check_digits import is_credit_code, is_identity_number
from assistant.privacy.documents import PAPER, PLATE, find_documents, find_plates
from assistant.privacy.folding import fold
from assistant.privacy.homes import HOME, find_homes
from assistant.privacy.mail import MAIL, find_mail
from assistant.privacy.names import NAME, find_names
from assistant.privacy.numbers import CARD, IDENTITY, LANDLINE, MOBILE, Found, find_landlines, find_numbers
from assistant.privacy.with_commas import find_with_commas

_MAYBE = re.compile(  # without any of these nothing is found
    r"\d|@|艾特|[ (\[（【]AT[ )\]）】]|[叫姓住址]|我是|本人|申请人|联系人|收件人|经办人|户主|法人|代表人|名字|当事人"
    r"|我[,，]|我家|房子?在|老家|NAME|ADDRESS|LIVE|微信|薇信|V信|WECHAT|VX|WX",
    re.ASCII,
)
_CREDIT_CODE = re.compile(  # those who register in numbers, by the first two; none of them is how a card begins
    r"(?<![0-9A-Z])(?:[1589][1239]|3[1-49]|[ANY][1-9])\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Z])", re.ASCII
)
_LABELS = "|".join((MAIL, IDENTITY, CARD, MOBILE, LANDLINE, PAPER, PLATE, NAME, HOME, ACCOUNT))


def mask(text: str) -> str:
    """The text with personal data replaced by 〔what stood there〕.

    Identity numbers, bank cards, mobile and fixed-line numbers, e-mail addresses, passports, permits, licence plates,
    QQ and WeChat accounts, and names and homes that are announced as such. Everything else stays character for
    character.
    """
    folded = fold(text)
    if not _MAYBE.search(folded):
        return text
    kept, done = [], 0
    for found in _without_overlap(text, folded):
        kept += [text[done : found.start], found.label]
        done = found.end
    return "".join([*kept, text[done:]])


def _without_overlap(text: str, folded: str) -> list[Found]:
    """What is found, in order of place. Of two that overlap, the one that is found first here stays."""
    taken = bytearray(len(folded))
    chosen = []
    for found in _found(text, folded):
        if not any(taken[found.start : found.end]):
            taken[found.start : found.end] = b"\1" * (found.end - found.start)
            chosen.append(found)
    return sorted((found for found in chosen if found.label), key=lambda found: found.start)


def _found(text: str, folded: str) -> Iterator[Found]:
    yield from find_mail(folded)
    yield from find_accounts(folded)
    yield from find_names(text, folded)
    yield from _credit_codes(folded)
    yield from _numbers(folded)
    yield from find_homes(folded)


def _numbers(folded: str) -> Iterator[Found]:
    yield from find_documents(folded)
    yield from find_plates(folded)
    yield from find_landlines(folded)
    yield from find_numbers(folded)
    yield from find_with_commas(folded)


def _credit_codes(folded: str) -> Iterator[Found]:
    """Credit codes of companies and offices: they have no label, and what looks personal inside them stays."""
    for code in _CREDIT_CODE.finditer(folded):
        if is_credit_code(code[0]) and not is_identity_number(code[0]):
            yield Found(code.start(), code.end(), "")


_ANNOUNCED = re.compile(
    r"(?:(?:我|本人)?的?(?:家里|家庭)?"
    r"(?:姓名|名字|住址|地址|家?住|家|电话|座机|手机|身份证|护照|通行证|银行卡|卡|车牌|车|邮箱|微信|QQ)(?:号码?)?(?:是|为|在|叫|[:：])?\s*"
    rf"|(?:我|本人)(?:叫|名叫|是)?)?(?:{_LABELS})"
)


def without_personal_data(text: str) -> str:
    """The text without what `mask` would hide and the words that announce it: nobody asks for a number of his own."""
    masked = mask(text)
    return text if masked == text else _ANNOUNCED.sub(" ", masked).strip() or text
