"""The hand-made pages: HTML from templates, where every value that is put in is escaped."""

from jinja2 import Environment, PackageLoader, StrictUndefined

_PAGES = Environment(
    loader=PackageLoader("ui"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)


def render(template: str, *, english: bool, **values: object) -> str:
    """The page of a file in ui/templates; in it `say(chinese, english)` is the word in the page's language."""

    def say(chinese: str, in_english: str) -> str:
        return in_english if english else chinese

    return _PAGES.get_template(template).render(english=english, say=say, **values)
