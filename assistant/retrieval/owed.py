"""Who is owed what: an employee who waits for wages is not meant by a rule on what firms are owed for their goods.

The words of the two are near each other, 欠款 and 欠薪, and a rule on the one often names the other beside it.
"""

import re

from corpus.clause import Clause

_WAGES = re.compile(
    r"(?:拖?欠|克扣|压着|(?:没有?|不|未|少)(?:按时)?(?:给|发|付|结|开)|讨|要回)[^，,。？?]{0,6}(?:工资|薪|工钱|血汗钱)|欠薪"
    r"|(?:工资|薪水|工钱)[^，,。？?]{0,8}(?:没|不|拖|欠|未)"
    r"|\b(?:owe[sd]?|unpaid|withh[eo]ld|(?:not|n't|never) pa(?:id|y))\b.{0,24}\b(?:wages?|salar(?:y|ies)|pay)\b"
)
_FIRMS_OWED = re.compile(r"账款|货款|工程款|企业[^，,。]{0,4}(?:欠款|款项)")
_WAGES_RULED = re.compile(r"工资|薪|劳动报酬")
_HEAD = re.compile(r"[^。；;\n]*")
_EMPLOYER_ASKS = re.compile(
    r"货款|账款|工程款|(?:我们|俺们)(?:厂|公司|店|小)|[小厂店]老板"
    r"|\b(?:invoices?|goods|customers?|clients?|buyers?|our (?:[a-z]+ )?(?:firm|company|business|shop|factory))\b"
)


def means_other_debt(question: str, clause: Clause) -> bool:
    """Whether a question, in normal form, is about wages owed, and the clause about what firms are owed."""
    if not _WAGES.search(question) or _EMPLOYER_ASKS.search(question):
        return False
    head = clause.title + _HEAD.search(clause.text).group()  # type: ignore[union-attr]
    return bool(_FIRMS_OWED.search(head)) and not _WAGES_RULED.search(head)
