"""HTML from templates: the one way in which the pages make it. Every value that is put in is escaped.

In a template `t("chat.send")` is a message in the language of the page, and `rich("chat.note", hotline=…)` one with
markup in its places.
"""

import re
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, PackageLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup, escape

from assistant.access.caller import working
from assistant.channels.named import TELEPHONE
from assistant.channels.words import channel_name, hours_words, opening_words
from assistant.composition.answer_blocks import gist_of, name_of
from assistant.messages import Messages
from corpus.clock import CHINA
from ui.page.doors import doors
from ui.page.languages import other_languages, page_url
from ui.page.root import under_root

_FOLDERS = sorted(path.parent.name for path in Path(__file__).parents[1].glob("*/templates"))
_BREAKS = str.maketrans({character: f"&#{ord(character)};" for character in "\t\n\v\f\r\x1c\x1d\x1e\u2028\u2029"})
_BREAKS[0x85] = "&#10;"  # HTML has no reference to it; no document holds it, a question may


def _one_line(value: object) -> Markup:
    """A value as markup on one line: a browser reads a character reference as the tab or line break itself."""
    return value if isinstance(value, Markup) else Markup(str(escape(value)).translate(_BREAKS))


_CHINESE = re.compile(r"[\u3400-\u9fff][\u3000-\u303f\u3400-\u9fff\uff00-\uffef〔〕0-9]*")


def marking_chinese(text: str, html: str) -> Markup:
    """A text in the language `html`; Chinese words in one of another language are marked, for screen readers."""
    line = _one_line(text)
    if html.startswith("zh"):
        return line
    return Markup(_CHINESE.sub(r'<span lang="zh-CN">\g<0></span>', str(line)))


def dialling(text: str, html: str) -> Markup:
    """The same with its telephone numbers as links that dial them."""
    return Markup(TELEPHONE.sub(r'<a href="tel:\g<0>">\g<0></a>', str(marking_chinese(text, html))))


_ENVIRONMENT = Environment(
    loader=PrefixLoader({name: PackageLoader(f"ui.{name}") for name in _FOLDERS}),
    autoescape=True,
    auto_reload=False,
    finalize=_one_line,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def moment(time: datetime) -> str:
    """A moment to the minute, in China."""
    return f"{time.astimezone(CHINA):%Y-%m-%d %H:%M}"


_ENVIRONMENT.filters |= {"marking_chinese": marking_chinese, "dialling": dialling}
_ENVIRONMENT.globals |= {
    "name_of": name_of,
    "gist_of": gist_of,
    "channel_name": channel_name,
    "hours_words": hours_words,
    "opening_words": opening_words,
    "marking_chinese": marking_chinese,
    "other_languages": other_languages,
    "page_url": page_url,
    "under_root": under_root,
    "doors": doors,
    "working": working,
    "moment": moment,
}


def render(template: str, words: Messages, **values: object) -> str:
    """The HTML of a template, which is named by folder and file (chat/top.html), in the language of `words`."""

    def rich(key: str, **places: Markup) -> Markup:
        return escape(words(key)).format(**places)

    return _ENVIRONMENT.get_template(template).render(words=words, t=words, rich=rich, **values)


def render_line(template: str, words: Messages, **values: object) -> str:
    """The same on a single line, which Markdown passes through untouched: no text is taken for formatting.

    Values keep every character; what separates the lines of the template is dropped.
    """
    return "".join(line.strip(" ") for line in render(template, words, **values).split("\n"))
