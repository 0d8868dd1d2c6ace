"""Which language to answer in, and messages in which nothing can be read."""

import re

_HAN = re.compile(r"[\u3400-\u9fff]")
_LETTER = re.compile(r"(?![一二三四五六七八九十第])[\u3400-\u9fffa-z]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_ABOUT_A_WORD = re.compile(
    r"\W*(?:so |and |please )?(?:what(?:'s| is| are| does| do)|(?:the )?meaning of|explain|define)\b", re.I
)
# What is named in a sentence: titles, quoted words and what is added in brackets show no language of their own.
_NAMED = re.compile(r"《[^《》]{1,80}》|“[^“”]{1,40}”|[（(][^（）()]{1,60}[)）]")
# Words that only the grammar of a language needs: with those of English and none of Chinese a sentence is English,
# whatever Chinese terms stand in it.
_ENGLISH_GRAMMAR = re.compile(
    r"\b(?:a|an|the|is|are|do|does|did|can|could|may|must|should|will|would|how|what|where|when|who|which|why|i|my|we"
    r"|our|you|your|it|to|of|in|for|at|on|from|with|and|or|if|need|get)\b",
    re.I,
)
_CHINESE_GRAMMAR = re.compile(
    r"[的了吗呢吧啊么嘛啥咋谁哪我你您他她它们能会想要把被给让在是有没不怎几]|什么|如何|多少|多久|是否|请问|可以|可否|何时"
)
_NUMBER = re.compile(r"^\d{1,4}$|\d\d|\d条")


def language_of(text: str, default: str | None = None) -> str:
    """`zh` where the text holds Chinese, unless that is no more than terms in an English sentence; else `en`.

    `default` is the language of the page, for a text that shows none: a number, a single Latin word; or hardly any.
    """
    latin = _LATIN_WORD.findall(text)
    if not _HAN.search(text):
        return default if default and len(latin) < 2 else "en"
    if _ABOUT_A_WORD.match(text):
        return "en"
    sentence = _NAMED.sub(" ", text)
    grammar = len(_ENGLISH_GRAMMAR.findall(sentence))
    if sum(not word.isupper() for word in latin) < 2 or not grammar or _CHINESE_GRAMMAR.search(sentence):
        return "zh"
    return "en" if grammar > 1 else default or "en"


def is_readable(text: str) -> bool:
    """Whether a message in normal form holds a letter, a character that is no numeral, or a number to look up."""
    return bool(_LETTER.search(text) or _NUMBER.search(text))
