"""Facts read from texts and pages that the tests write."""

from corpus.facts import Facts, read_facts
from corpus.parser.outline import parse_outline
from corpus.readers.source import Source, source_line

BODY = "第一条 为规范服务，制定本办法。\n第二条 本办法由某局解释。"


def source_of(text: str, page: dict[str, str] | None = None) -> Source:
    """A source of the lines of a text, with the facts that its page states."""
    return Source(tuple(source_line(line) for line in text.split("\n")), tuple((page or {}).items()))


def facts_of(text: str, page: dict[str, str] | None = None) -> Facts:
    """The facts of a text."""
    source = source_of(text, page)
    return read_facts(source, parse_outline(source.text))


def value_of(text: str, key: str, page: dict[str, str] | None = None) -> str | None:
    """One fact of a text as a line, or None."""
    return shown(facts_of(text, page), key)


def shown(facts: Facts, key: str) -> str | None:
    """The value of one fact as a line, or None."""
    fact = getattr(facts, key)
    if fact is None:
        return None
    return "、".join(fact.value) if isinstance(fact.value, tuple) else str(fact.value)
