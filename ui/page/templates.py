"""The hand-made pages: HTML from templates, where every value that is put in is escaped."""

from jinja2 import Environment, PackageLoader, PrefixLoader, StrictUndefined

_FOLDERS = ("page", "chat", "console", "clause")
_PAGES = Environment(
    loader=PrefixLoader({name: PackageLoader(f"ui.{name}") for name in _FOLDERS}),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def render(template: str, *, english: bool, **values: object) -> str:
    """The page of a template, named by folder and file (chat/top.html).

    In it `say(chinese, english)` is the word in the page's language.
    """

    def say(chinese: str, in_english: str) -> str:
        return in_english if english else chinese

    return _PAGES.get_template(template).render(english=english, say=say, **values)
