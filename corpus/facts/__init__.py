"""The facts of a document, read off its words and its page: each with its evidence, none guessed.

In reading order: `fact` (what a fact is), `dates`, `segments` (lines cut at tabs and labels), `labels` (文号：…),
`organs`, `title`, `enclosed` (the text that a notice issues), `number`, `issuer`, `issued`, `flat`, `validity`,
`repeals`, `audience`, `places`, `status`, and `read`, which puts them together.
"""

from corpus.facts.dates import PartialDate
from corpus.facts.fact import Fact, Facts, OlderText
from corpus.facts.read import read_facts

__all__ = ["Fact", "Facts", "OlderText", "PartialDate", "read_facts"]
