"""Whether a number at the start of a line opens a heading or continues running text."""

import re

from corpus.numbering import HeadingNumber, NumberingStyle

_ORDINAL_REFERENCE = re.compile(
    r"规定|所[称列指述]|第\S{1,4}[款项]|的|中(?:规定|所|的)|"
    r"之(?:规定|间|外)|(?:以及|或者|[和与及或至到、，,])\s*(?:第|本|其他|有关)"
)
_BRACKET_REFERENCE = re.compile(
    r"项(?!目)|目(?![标录前的])|款(?!项)|规定(?:的|情形)|所[称列指述]|中的|(?:以及|或者|[和与及或至到、，,])\s*[（(第]"
)
_HAN_REFERENCE = re.compile(r"[一二三四五六七八九十]+\s*(?:[、级类期季线批年产档]|等)")
_DECIMAL = re.compile(r"\d{1,2}(?!\d)")  # 1.5万元, but not 1.2023年
_JOINING = re.compile(
    r"(?:[、（(《“‘和与及或至第]|依照|按照|根据|依据|违反|符合|适用|本[法条]|本(?:条例|办法|规定|细则|措施)|前款)$"
)


def is_reference(marker: HeadingNumber, text: str, before: str | None, *, expected: bool) -> bool:
    """Whether the number at the start of line `text` belongs to running text (「第十条规定的…」「（一）项规定的」).

    `before` is the line above when the two may be one hard-wrapped sentence, else None; `expected` says whether
    the number is the next one, or the first, of its style.
    """
    rest = text[marker.length :].lstrip()
    unfinished = before is not None and (len(before) >= 20 or before.endswith(("，", ",", "、")))
    wrapped = before is not None and len(before) >= 20 and not expected
    if marker.style is NumberingStyle.DIGIT and _DECIMAL.match(text, marker.length):
        return before is not None or not expected
    if marker.style <= NumberingStyle.ARTICLE:
        refers = bool(_ORDINAL_REFERENCE.match(rest)) and not (expected and marker.spaced)
        cut = unfinished and marker.style is NumberingStyle.ARTICLE and not marker.spaced  # 「…不受⏎第六条限制」
        return refers or wrapped or cut or (before is not None and bool(_JOINING.search(before)))
    if marker.style is NumberingStyle.HAN:
        return wrapped or (bool(_HAN_REFERENCE.match(rest)) and (unfinished or not expected))
    return bool(_BRACKET_REFERENCE.match(rest)) or wrapped
