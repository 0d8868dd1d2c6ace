"""The languages of the pages, in their addresses: every language that there are messages in.

The chat is at `/` in the first language and at `/{code}` in any other; other pages take `?lang={code}`.
"""

import re
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends

from assistant.messages import Messages, languages, messages
from corpus.errors import InputError
from ui.page.root import under_root

_BOTH = re.compile(r"(?P<zh>.*?。)\s*(?P<en>[A-Z].*)", re.DOTALL)


def page_path(words: Messages) -> str:
    """The route of the chat in this language; its address is `page_url`."""
    return "/" if words.code == languages()[0] else f"/{words.code}"


def page_url(words: Messages) -> str:
    """The address of the chat in this language."""
    return under_root(page_path(words))


def with_language(path: str, words: Messages, query: tuple[tuple[str, str], ...] = ()) -> str:
    """The address of a page other than the chat in this language."""
    pairs = (*query, *(() if words.code == languages()[0] else (("lang", words.code),)))
    address = under_root(path)
    return f"{address}?{urlencode(pairs)}" if pairs else address


def other_languages(words: Messages) -> list[Messages]:
    """Those that a page can be switched to."""
    return [messages(code) for code in languages() if code != words.code]


def language(code: str) -> Messages:
    """The messages of a language as an address names it; of the first language where there is no such one."""
    return messages(code if code in languages() else languages()[0])


def in_language(error: InputError, words: Messages) -> str:
    """What an error says to a reader of this language: it says the same in Chinese and, behind that, in English."""
    both = _BOTH.fullmatch(str(error))
    if both is None:  # words of this page's own language
        return str(error)
    return both["zh"] if words.is_chinese else both["en"]


def _requested(lang: str = "") -> Messages:
    return language(lang)


RequestedLanguage = Annotated[Messages, Depends(_requested)]
