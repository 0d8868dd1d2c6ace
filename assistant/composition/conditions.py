"""What a text rules out or requires in words, held against what a question says of its case.

「独栋别墅不予补助」 leaves a villa out; 「不存在风险疑点的」 leaves out who has some; 「持有居住证的」 says nothing of who has
none. All texts are in normal form.
"""

import re
from collections.abc import Iterator, Sequence

_RULED_OUT = re.compile(
    r"不予|不再?享受|不适用|不纳入|不列入|不受理|不给予|除外|不包括在内|不得(?=(?:重复)?(?:申[请领报购]|享受|领取|参加|报[名考]|购买|租赁|纳入))"
)
_ITEM = re.compile(r"[、,，]|以及|或者?|[和及与]")
_WITHOUT = re.compile(
    r"(?:不存在|不具有|不属于|没有|尚未|[未无](?![需须法偿论来经]))([^，,。；;、的]{2,12})(?=的|且|[，,；;。]|$)"
    r"|\b(?:no|without|free of|free from) ([a-z]+(?: [a-z]+){0,2})"
)
_NEGATES = re.compile(r"(?:[没无未不非]|没有|不存在|不再|\b(?:no|not|without|never|any)|n't)\s?(?:any |a |an )?$")
_REQUIRES = re.compile(r"(?:持有?|具有|具备|取得|凭|拥有|(?<![没具])有|缴纳|登记为|提交|出示|经过?|已)[^，,。；;]{0,8}$")
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
        if any(_is_the_case(item, question, others, _HALF) for item in items):
            return position
    return None


def without(question: str, text: str) -> str:
    """The condition of a text that some thing is not there, where the question says that it is; or empty."""
    for match in _WITHOUT.finditer(text):
        others = text[: match.start()] + "\n" + text[match.end() :]
        if _is_the_case(match.group(1) or match.group(2), question, others, _SOME):
            return match.group()
    return ""


def required(words: str, text: str) -> bool:
    """Whether a text requires the thing that these words of it name: 持有居住证的, 凭身份证."""
    before = (text[max(0, match.start() - 12) : match.start()] for match in re.finditer(re.escape(words), text))
    return any(map(_REQUIRES.search, before))


def _is_the_case(thing: str, question: str, others: str, least: float) -> bool:
    """Whether a question names so much of a thing, says not that it lacks it, and nothing else has those words."""
    runs = [run for run in _shared(thing, question) if not _is_negated(run, question)]
    telling = any(run not in others for run in runs)
    return telling and sum(map(len, runs)) >= least * len(thing)


def _shared(words: str, question: str) -> Iterator[str]:
    """The stretches of some words that the question has: two Chinese characters and more, whole words in Latin letters."""
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
