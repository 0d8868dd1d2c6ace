"""What a text rules out or requires in words, held against what a question says of its case.

「独栋别墅不予补助」 leaves a villa out; 「不存在风险疑点的」 leaves out who has some; 「持有居住证的」 says nothing of
who has none. All texts are in normal form.
"""

import re
from collections.abc import Iterator, Sequence

_RULED_OUT = re.compile(
    r"不予|不再?享受|不适用|不纳入|不列入|不受理|不给予|除外|不包括在内|不得(?=(?:重复)?(?:申[请领报购]|享受|领取|参加|报[名考]|购买|租赁|纳入))"
)
_PHRASE = re.compile(r"[^，,。；;]*")
_ITEM = re.compile(r"[、,，]|以及|或者?|[和及与]")
_WITHOUT = re.compile(
    r"(?:不存在|不具有|不属于|没有|尚未|[未无](?![需须法偿论来经纸人障感缝线]|差别))([^，,。；;、的]{2,12})(?=的|且|[，,；;。]|$)"
    r"|\b(?:with|have|has|having|is|are) no ([a-z]+(?: [a-z]+){0,2})"
)
_THERE_IS = r"(?:(?<![没未])有|存在|带|已经?|被|属于|(?<!不)是)[^，,。]{0,3}"
_THERE_IS_EN = r"\b(?:with|has|have|having|got|is|are)(?: [a-z]+){0,2} "
_NEGATES = re.compile(r"(?:[没无未不非]|没有|不存在|不再|\b(?:no|not|without|never|any)|n't)\s?(?:any |a |an )?$")
_REQUIRES = re.compile(r"(?:持有?|具有|具备|取得|凭|拥有|(?<![没具])有|缴纳|登记为|提交|出示|经|已)[^，,。；;]{0,8}$")
_WORD = re.compile(r"[a-z]{4,}")
_ATTRIBUTE = re.compile(r"^(?:对于?|已经?|曾经?|有)|的[^的]{0,8}$")  # around what tells a case: 已购买商品房的家庭
_HALF, _SOME = 0.5, 0.3  # share of its words that the question must name


def ruled_out(question: str, sentences: Sequence[str], around: str) -> int | None:
    """The position of the sentence that rules out what the question is about by words that nothing else of it has.

    `around` is what else names the matter: titles, which rule out nothing.
    """
    for position, sentence in enumerate(sentences):
        match = _RULED_OUT.search(sentence)
        if not match:
            continue
        others = "\n".join((around, *sentences[:position], *sentences[position + 1 :], sentence[match.end() :]))
        items = (_ATTRIBUTE.sub("", item) for item in _ITEM.split(sentence[: match.start()]))
        for item in items:
            runs = [run for run in _shared(item, question) if not _is_negated(run, question)]
            if _is_the_case(item, runs, others, _HALF):
                return position
    return None


def without(question: str, text: str, around: str) -> str:
    """The condition of a text that some thing is not there, where the question says that it is; or empty.

    `around` is the matter beside it; what is named there tells nothing.
    """
    others = _WITHOUT.sub(" ", f"{around}\n{text}")
    for match in _WITHOUT.finditer(text):
        thing, there_is = (match.group(1), _THERE_IS) if match.group(1) else (match.group(2), _THERE_IS_EN)
        runs = [run for run in _shared(thing, question) if re.search(there_is + re.escape(run), question)]
        if _is_the_case(thing, runs, others, _SOME):
            return match.group()
    return ""


def required(words: str, text: str) -> bool:
    """Whether a text requires the thing that these words of it name: 持有居住证的, 凭身份证."""
    for match in re.finditer(re.escape(words), text):
        ruled_out_by = _RULED_OUT.search(_PHRASE.match(text, match.start()).group())  # type: ignore[union-attr]
        if not ruled_out_by and _REQUIRES.search(text[max(0, match.start() - 12) : match.start()]):
            return True
    return False


def _is_the_case(thing: str, runs: Sequence[str], others: str, least: float) -> bool:
    """Whether these stretches are so much of a thing, and nothing else has one of them."""
    whole = sum(map(len, _WORD.findall(thing))) if thing.isascii() else len(thing)
    return any(run not in others for run in runs) and sum(map(len, runs)) >= least * whole


def _shared(words: str, question: str) -> Iterator[str]:
    """The stretches of some words that the question has: two Chinese characters and more, whole English words."""
    if words.isascii():
        yield from (word for word in _WORD.findall(words) if word in question)
        return
    start = 0
    while start < len(words) - 1:
        end = start + 1
        while end < len(words) and words[start : end + 1] in question:
            end += 1
        if end - start > 1:
            yield words[start:end]
        start = end


def _is_negated(words: str, question: str) -> bool:
    before = (question[max(0, match.start() - 12) : match.start()] for match in re.finditer(re.escape(words), question))
    return all(map(_NEGATES.search, before))
